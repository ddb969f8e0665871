using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;

namespace WeToo.Vault.Features.Carrying;

/// <summary>
/// Cases on their way to a counselor. Who has as much as they can carry is offered nothing: a case waits for the first of those whom its author chose who takes
/// more. WEP-1, section 12.6.
/// </summary>
internal static class Offers
{
    /// <summary>Writes down that somebody has it from today; in their quiet hours it is not shown before they end.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="filingId">The filing.</param>
    /// <param name="counselor">Whose it is, in hex; empty when it waits.</param>
    /// <param name="clocks">Today.</param>
    internal static void Note(Session session, byte[] filingId, string counselor, DeskClocks clocks)
    {
        var key = Convert.FromHexString(counselor);
        var isHeld = key.Length > 0 && CounselorLimits.Of(session, key).IsQuietAt(clocks.Now);
        session.Execute(Sql.Note, new { filing_id = filingId, given_day = key.Length > 0 ? DeskClocks.Number(clocks.Today) : (long?)null, held = isHeld ? 1L : 0L });
    }

    /// <summary>
    /// Gives a case that nobody has to one of those who may have it and take more. For two working days it waits for somebody who has no other case of its match, where there is
    /// anybody; then whoever of them is free may have both, and after them whoever the author chose outside the team.
    /// </summary>
    /// <returns>Whether somebody has it now.</returns>
    internal static bool Give(Session session, byte[] filingId, Roster roster, DeskClocks clocks)
    {
        var row = session.QueryOne<Row>(Sql.One, new { filing_id = filingId })!;
        var hasWaited = clocks.WorkingDaysSince(row.OpenedDay) >= LongestWait_workingDays;
        var loads = Assignment.Loads(session, row.MatchId, DeskClocks.Number(clocks.Today));
        var next = Next(Sql.Candidates);
        if (next.Length == 0 && hasWaited) next = Next(Sql.Outside);
        GiveTo(session, filingId, Convert.FromHexString(next), clocks);
        return next.Length > 0;

        string Next(string sql)
        {
            List<string> present = [.. session.Query<byte[]>(sql, new { filing_id = filingId }).Where(key => roster.Counselor(key) is not null).Select(Convert.ToHexStringLower)];
            return Assignment.AssignAmongAll([present], Assignment.ChosenInMatch(session, row.MatchId), loads, hasWaited)[0];
        }
    }

    /// <summary>Gives a case to somebody, or to nobody.</summary>
    internal static void GiveTo(Session session, byte[] filingId, byte[] next, DeskClocks clocks)
    {
        var row = session.QueryOne<Row>(Sql.One, new { filing_id = filingId })!;
        session.Execute(Sql.Give, new { filing_id = filingId, next });
        Note(session, filingId, Convert.ToHexStringLower(next), clocks);
        if (next.Length > 0 && row.Direct == 0 && row.ClosedDay is null) clocks.BeginChecks(session, row.CaseId);
    }

    /// <summary>Gives what waits, the oldest first.</summary>
    /// <returns>How many are with somebody now.</returns>
    internal static int GiveWaiting(Session session, Roster roster, DeskClocks clocks) =>
        session.Query<byte[]>(Sql.Waiting).Count(filingId => Give(session, filingId, roster, clocks));

    /// <summary>Whether any case waits for somebody who takes more.</summary>
    internal static bool AnyWaits(Session session) => session.Query<byte[]>(Sql.Waiting).Count > 0;

    /// <summary>1 for the filing of a case <c>c</c> that waits.</summary>
    internal const string IsWaiting = """
        (CASE WHEN length(c.counselor) = 0 AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = c.filing_id)
            AND (EXISTS (SELECT 1 FROM candidates k WHERE k.filing_id = c.filing_id) OR EXISTS (SELECT 1 FROM outside o WHERE o.filing_id = c.filing_id)) THEN 1 ELSE 0 END)
        """;

    private const int LongestWait_workingDays = 2;

    /// <summary>With properties: SQLite gives what may be null no type in an empty result.</summary>
    private sealed class Row
    {
        public byte[] CaseId { get; init; } = [];

        public byte[] MatchId { get; init; } = [];

        public long OpenedDay { get; init; }

        public long? ClosedDay { get; init; }

        public long Direct { get; init; }
    }

    private static class Sql
    {
        internal const string One = """
            SELECT c.case_id, c.match_id, c.opened_day, c.closed_day, f.direct FROM cases c JOIN filings f ON f.filing_id = c.filing_id WHERE c.filing_id = @filing_id
            """;

        internal const string Waiting = $"SELECT c.filing_id FROM cases c WHERE {IsWaiting} = 1 ORDER BY c.opened_day, c.filing_id";

        internal const string Candidates = "SELECT counselor FROM candidates WHERE filing_id = @filing_id ORDER BY counselor";

        internal const string Outside = "SELECT counselor FROM outside WHERE filing_id = @filing_id ORDER BY counselor";

        internal const string Give = "UPDATE cases SET counselor = @next WHERE filing_id = @filing_id";

        internal const string Note = "UPDATE cases SET given_day = @given_day, held = @held WHERE filing_id = @filing_id";
    }
}
