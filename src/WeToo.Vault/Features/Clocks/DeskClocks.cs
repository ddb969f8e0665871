using System.ComponentModel.DataAnnotations;
using NodaTime;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Clocks;

/// <summary>What a counselor owes until when: rules of this house and promises, in days where the house stands. WEP-1, section 12.</summary>
internal sealed class DeskClocks
{
    internal const string FirstContact = "first-contact";

    internal const string Checks = "checks";

    internal const string Promise = "promise";

    /// <summary>One word to somebody who did not answer the first; after it nothing more.</summary>
    internal const string Reminder = "reminder";

    private const int ReminderDays = 21;

    private const int ChecksWorkingDays = 2;

    private const int FirstContactWorkingDays = 3;

    private const int SoonWorkingDays = 2;

    private const int RestWorkingDays = 2;

    private const int MostPutOff = 2;

    private static readonly LocalDate s_epoch = new(1970, 1, 1);

    private readonly TimeProvider _time;
    private readonly DateTimeZone _zone;
    private readonly WorkingDays _days;

    internal DeskClocks(TimeProvider time, string zone, string country)
    {
        _time = time;
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? throw new ValidationException($"Vault:DeskTimeZone: there is no time zone {zone}");
        _days = WorkingDays.Of(country)
            ?? throw new ValidationException($"Vault:WorkingDays: there are no working days of {country}, only of {string.Join(", ", WorkingDays.Codes)}");
    }

    /// <summary>The moment, by which quiet hours go; nothing that is owed does.</summary>
    internal Instant Now => Instant.FromDateTimeOffset(_time.GetUtcNow());

    /// <summary>Today where the house stands.</summary>
    internal LocalDate Today => Now.InZone(_zone).Date;

    /// <summary>The first day on which something new comes to somebody who had enough today.</summary>
    internal long AfterRest => Number(_days.After(Today, RestWorkingDays));

    /// <summary>A day as it is stored: days since 1970.</summary>
    internal static long Number(LocalDate day) => Period.DaysBetween(s_epoch, day);

    /// <summary>Starts what is owed to the author of a case that has just been opened.</summary>
    internal void Begin(Session session, byte[] caseId)
    {
        BeginChecks(session, caseId);
        BeginContact(session, caseId);
    }

    /// <summary>Starts the clock of the first message: all that is owed to somebody who wrote by themselves.</summary>
    internal void BeginContact(Session session, byte[] caseId) => Set(session, caseId, FirstContact, Number(_days.After(Today, FirstContactWorkingDays)));

    /// <summary>Starts the clock of the checks, for whoever has the case now.</summary>
    internal void BeginChecks(Session session, byte[] caseId) => Set(session, caseId, Checks, Number(_days.After(Today, ChecksWorkingDays)));

    /// <summary>Starts the clock of the one reminder, once somebody was written to.</summary>
    internal void BeginReminder(Session session, byte[] caseId) => Set(session, caseId, Reminder, Number(Today.PlusDays(ReminderDays)));

    /// <summary>Sets a clock; one of its kind that runs in the case takes the new day.</summary>
    internal static void Set(Session session, byte[] caseId, string kind, long dueDay) =>
        session.Execute(Sql.Set, new { case_id = caseId, kind, due_day = dueDay });

    /// <summary>Stops a clock that runs.</summary>
    internal static bool Stop(Session session, byte[] caseId, string kind) => session.Execute(Sql.Stop, new { case_id = caseId, kind }) == 1;

    /// <summary>Stops all that run in a case: nothing is owed any more.</summary>
    internal static void StopAll(Session session, byte[] caseId) => session.Execute(Sql.StopAll, new { case_id = caseId });

    /// <summary>The clocks of some cases that run, the next first.</summary>
    internal static ILookup<string, Clock> Running(Session session, byte[] counselor) =>
        session.Query<Clock>(Sql.Running, new { counselor }).ToLookup(clock => Convert.ToHexStringLower(clock.CaseId));

    /// <summary>Moves what a counselor owes today, and not before, to the next working day; what was moved twice stays, so that nobody waits for ever.</summary>
    /// <returns>What was moved, with its new day, and what stays.</returns>
    internal (IReadOnlyList<Clock> Moved, IReadOnlyList<Clock> Kept) PutOff(Session session, byte[] counselor)
    {
        var (today, next) = (Number(Today), Number(_days.After(Today, 1)));
        var due = session.Query<Clock>(Sql.Running, new { counselor }).Where(clock => clock.DueDay == today).ToList();
        var moved = due.FindAll(clock => clock.PutOff < MostPutOff).ConvertAll(clock => clock with { DueDay = next });
        session.Execute(Sql.PutOff, moved.Select(clock => new { clock.CaseId, clock.Kind, clock.DueDay }));
        return (moved, due.FindAll(clock => clock.PutOff >= MostPutOff));
    }

    /// <summary>How many working days have begun since a day.</summary>
    /// <param name="day">Days since 1970.</param>
    internal int WorkingDaysSince(long day) => _days.Between(s_epoch.PlusDays((int)day), Today);

    /// <summary>What a clock says today: <c>later</c>, <c>soon</c> or <c>overdue</c>. Its last day is not overdue.</summary>
    internal string StateOf(long dueDay)
    {
        var due = s_epoch.PlusDays((int)dueDay);
        return Today > due ? "overdue" : _days.Between(Today, due) <= SoonWorkingDays ? "soon" : "later";
    }

    internal sealed record Clock(byte[] CaseId, string Kind, long DueDay, long PutOff);

    private static class Sql
    {
        internal const string Set = """
            INSERT INTO clocks (case_id, kind, due_day) VALUES (@case_id, @kind, @due_day)
            ON CONFLICT (case_id, kind) DO UPDATE SET due_day = excluded.due_day, put_off = 0
            """;

        internal const string PutOff = "UPDATE clocks SET due_day = @DueDay, put_off = put_off + 1 WHERE case_id = @CaseId AND kind = @Kind";

        internal const string Stop = "DELETE FROM clocks WHERE case_id = @case_id AND kind = @kind";

        internal const string StopAll = "DELETE FROM clocks WHERE case_id = @case_id";

        internal const string Running = """
            SELECT k.case_id, k.kind, k.due_day, k.put_off FROM clocks k JOIN cases c ON c.case_id = k.case_id WHERE c.counselor = @counselor ORDER BY k.due_day, k.kind
            """;
    }
}
