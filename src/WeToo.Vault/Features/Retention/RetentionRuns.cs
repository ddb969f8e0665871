using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Audit;
using WeToo.Vault.Features.Health;
using WeToo.Vault.Features.Holds;
using WeToo.Vault.Features.Statistics;

namespace WeToo.Vault.Features.Retention;

/// <summary>What a coming run would delete.</summary>
/// <param name="Day">The day of the run.</param>
/// <param name="Deletes">How much of each kind, in words that tell of nobody; null where nothing is deleted yet.</param>
public sealed record PlannedRun(string Day, IReadOnlyList<(RetentionKind Kind, string Words)> Deletes);

/// <summary>Runs that delete: what they would do, and doing it. One each Monday, in one transaction with its certificate and its record.</summary>
public static class RetentionRuns
{
    /// <summary>The most runs that can be looked at in advance.</summary>
    public const int MostPlanned = 12;

    /// <summary>A dry run: what the next runs would delete. Nothing is changed.</summary>
    /// <param name="database">The vault's.</param>
    /// <param name="count">How many runs, 1 to <see cref="MostPlanned"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The runs; empty when there are no periods.</returns>
    public static Task<IReadOnlyList<PlannedRun>> PlanAsync(Database database, int count, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(time);
        var days = RetentionDays.RunsAfter(DayOf(time), Math.Clamp(count, 1, MostPlanned)).ToList();
        return database.ReadAsync(session => Plan(session, days), cancel);
    }

    /// <summary>Does the last run that was to be, unless it was done.</summary>
    /// <param name="database">The vault's.</param>
    /// <param name="keyFile">The key of certificates.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Its certificate, if this did it; and the day of the last run that there is, in words.</returns>
    public static async Task<(string? Certificate, string Day)> RunAsync(Database database, string keyFile, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(time);
        var (day, today) = (RetentionDays.LastRun(DayOf(time)), (uint)DayOf(time));
        var done = await database.TransactAsync(session => Run(session, keyFile, day, today, time), cancel);
        return (done, RetentionDays.Written(day));
    }

    private static IReadOnlyList<PlannedRun> Plan(Session session, IReadOnlyList<long> days)
    {
        if (RetentionBook.Read(session) is not { } policy || RosterOf(session) is not { } keyset) return [];

        var before = Enum.GetValues<RetentionKind>().ToDictionary(kind => kind, _ => 0L);
        return
        [
            .. days.Select(day => new PlannedRun(RetentionDays.Written(day), [.. Enum.GetValues<RetentionKind>().Select(kind =>
            {
                var all = Due(session, policy, kind, day, keyset.Roster);
                var words = SmallNumbers.Words(all - before[kind]); // What the runs before it leave.
                before[kind] = all;
                return (kind, words);
            })])),
        ];
    }

    private static long Due(Session session, RetentionPolicy policy, RetentionKind kind, long day, Roster roster) =>
        day < policy.FromDay ? 0 : RetentionDue.Count(session, kind, RetentionDays.Cutoff(day, policy.Periods.Of(kind)), roster);

    private static string? Run(Session session, string keyFile, long day, uint today, TimeProvider time)
    {
        if (RetentionBook.Read(session) is not { } policy || day < policy.FromDay || RosterOf(session) is not { } keyset) return null;
        if (session.Query<long>(Sql.Done, new { day }).Count > 0) return null;

        Held.EndDue(session, today);
        var deleted = Enum.GetValues<RetentionKind>()
            .Select(kind => (kind, RetentionDue.Delete(session, kind, RetentionDays.Cutoff(day, policy.Periods.Of(kind)), keyset.Roster, today))).ToList();
        var certificate = Certificates.Sign(keyFile, keyset.Keyset.Deployment.Span, day, policy.Periods, deleted);
        session.Execute(Sql.Note, new { day, certificate });
        OperatorLog.Append(session, time, OperatorAct.RetentionRun, SHA256.HashData(Encoding.UTF8.GetBytes(certificate)));
        Runs.Note(session, Runs.Retention, time);
        return certificate;
    }

    private static SignedKeyset? RosterOf(Session session) => session.QueryOne<string>(Sql.Keyset) is { } document ? SignedKeyset.TryParse(document) : null;

    private static long DayOf(TimeProvider time) => time.GetUtcNow().ToUnixTimeSeconds() / 86_400;

    private static class Sql
    {
        internal const string Done = "SELECT run_day FROM retention_runs WHERE run_day >= @day";

        internal const string Note = "INSERT INTO retention_runs (run_day, certificate) VALUES (@day, @certificate)";

        internal const string Keyset = "SELECT document FROM keysets ORDER BY revision DESC LIMIT 1";
    }
}
