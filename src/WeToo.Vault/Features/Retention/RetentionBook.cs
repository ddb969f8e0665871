using System.Security.Cryptography;
using System.Text;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Audit;

namespace WeToo.Vault.Features.Retention;

/// <summary>The periods in force.</summary>
/// <param name="Periods">What the operator decided.</param>
/// <param name="FromDay">Nothing is deleted by them before this day, in days since 1970.</param>
public sealed record RetentionPolicy(RetentionPeriods Periods, long FromDay)
{
    /// <summary>On which day something is deleted that ended on a day.</summary>
    /// <param name="kind">What is deleted.</param>
    /// <param name="ended">The day.</param>
    /// <param name="heldUntil">The last day of a hold, or null.</param>
    internal long DayFor(RetentionKind kind, long ended, long? heldUntil) =>
        RetentionDays.RunFrom(Math.Max(Math.Max(FromDay, (heldUntil ?? 0) + 1), RetentionDays.After(ended, Periods.Of(kind))));
}

/// <summary>What operators decided about how long things stay. Every decision is kept.</summary>
public static class RetentionBook
{
    /// <summary>Decides. What makes anything shorter holds thirty days later, so that nobody finds gone what they were told would stay.</summary>
    /// <param name="database">The vault's.</param>
    /// <param name="periods">What is decided.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What is in force.</returns>
    /// <exception cref="ArgumentException">The periods cannot be meant.</exception>
    public static Task<RetentionPolicy> DecideAsync(Database database, RetentionPeriods periods, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(periods);
        ArgumentNullException.ThrowIfNull(time);
        periods.Validate();
        return database.TransactAsync(session => Decide(session, periods, time), cancel);
    }

    /// <summary>What is in force; null before anybody decided.</summary>
    /// <param name="database">The vault's.</param>
    /// <param name="cancel">Gives up.</param>
    public static Task<RetentionPolicy?> ReadAsync(Database database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.ReadAsync(Read, cancel);
    }

    /// <summary>What is in force; null before anybody decided.</summary>
    internal static RetentionPolicy? Read(Session session) => session.QueryOne<Row>(Sql.Last) is { } row
        ? new(new((int)row.MailMonths, (int)row.CasesMonths, (int)row.CandidatesMonths, (int)row.RequestsMonths), row.FromDay)
        : null;

    private static RetentionPolicy Decide(Session session, RetentionPeriods periods, TimeProvider time)
    {
        var (before, today) = (Read(session), time.GetUtcNow().ToUnixTimeSeconds() / 86_400);
        if (before?.Periods == periods) return before;

        var from = before is null || periods.IsShorterThan(before.Periods) ? today + RetentionDays.NoticeDays : before.FromDay;
        session.Execute(Sql.Add, new
        {
            number = (session.QueryOne<Row>(Sql.Last)?.Number ?? 0) + 1, set_day = today, from_day = from,
            mail = (long)periods.Mail, cases = (long)periods.Cases, candidates = (long)periods.Candidates, requests = (long)periods.Requests,
        });
        OperatorLog.Append(session, time, OperatorAct.RetentionDecided, SHA256.HashData(Encoding.UTF8.GetBytes($"{periods} from {RetentionDays.Written(from)}")));
        return new(periods, from);
    }

    private sealed record Row(long Number, long FromDay, long MailMonths, long CasesMonths, long CandidatesMonths, long RequestsMonths);

    private static class Sql
    {
        internal const string Last = """
            SELECT number, from_day, mail_months, cases_months, candidates_months, requests_months FROM retention_policies ORDER BY number DESC LIMIT 1
            """;

        internal const string Add = """
            INSERT INTO retention_policies (number, set_day, from_day, mail_months, cases_months, candidates_months, requests_months)
            VALUES (@number, @set_day, @from_day, @mail, @cases, @candidates, @requests)
            """;
    }
}
