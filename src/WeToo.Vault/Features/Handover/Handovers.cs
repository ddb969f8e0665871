using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Carrying;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;

namespace WeToo.Vault.Features.Handover;

/// <summary>Cases on their way from one counselor to another, with a note that only the other reads. WEP-1, section 12.8.</summary>
internal static class Handovers
{
    /// <summary>Who may have a case after its counselor: those whom its author chose and who are on the roster. In hex. How much they have plays no part, or a list would tell of other cases.</summary>
    internal static IReadOnlyList<string> Heirs(Session session, byte[] filingId, byte[] counselor, Roster roster) =>
        [.. session.Query<byte[]>(Sql.Candidates, new { filing_id = filingId })
            .Where(key => !key.AsSpan().SequenceEqual(counselor) && roster.Counselor(key) is not null).Select(Convert.ToHexStringLower)];

    /// <summary>What is proposed for a case, or came with it.</summary>
    internal static Row? Of(Session session, byte[] filingId) => session.QueryOne<Row>(Sql.One, new { filing_id = filingId });

    /// <summary>Proposes it, in the place of what was proposed or came before.</summary>
    internal static void Put(Session session, byte[] filingId, byte[] successor, uint fromDay, byte[] message, byte[] note) =>
        session.Execute(Sql.Put, new { filing_id = filingId, successor, from_day = (long)fromDay, message, note });

    /// <summary>Forgets what is proposed for a case, or came with it.</summary>
    internal static void Forget(Session session, byte[] filingId) => session.Execute(Sql.Forget, new { filing_id = filingId });

    /// <summary>An author does not want whom was proposed: they are not among the chosen any more. Where who has the case is away, it goes to another of these rather than to nobody who looks.</summary>
    internal static void Refuse(Session session, Row row, Roster roster, DeskClocks clocks)
    {
        session.Execute(Sql.LeaveOut, new { filing_id = row.FilingId, row.Successor });
        Forget(session, row.FilingId);
        var isAway = CounselorLimits.Of(session, row.Counselor).NotBefore > DeskClocks.Number(clocks.Today);
        if (isAway && Succession.HasHeir(session, row, roster)) Succession.HandOn(session, row, roster, clocks);
    }

    /// <summary>Makes it so: the case is the successor's, with the note.</summary>
    internal static void Do(Session session, Row row, DeskClocks clocks)
    {
        Succession.HandTo(session, row, row.Successor, clocks);
        session.Execute(Sql.Done, new { row.FilingId });
    }

    /// <summary>Makes so what is due. Where the successor has left the team, nothing is proposed any more.</summary>
    /// <returns>How many cases went to another.</returns>
    internal static int Settle(Session session, Roster roster, DeskClocks clocks)
    {
        var due = session.Query<Row>(Sql.Due, new { today = DeskClocks.Number(clocks.Today) });
        foreach (var row in due)
            if (roster.Counselor(row.Successor) is null) Forget(session, row.FilingId);
            else Do(session, row, clocks);
        return due.Count;
    }

    /// <summary>Whether anything is due.</summary>
    internal static bool AnyDue(Session session, DeskClocks clocks) => session.Query<Row>(Sql.Due, new { today = DeskClocks.Number(clocks.Today) }).Count > 0;

    /// <summary>Whether a counselor has an open case that somebody could take on while they are away, and for which they named nobody.</summary>
    internal static bool AnyWithoutStandIn(Session session, byte[] counselor, Roster roster) =>
        session.Query<byte[]>(Sql.Unnamed, new { counselor }).Any(filingId => Heirs(session, filingId, counselor, roster).Count > 0);

    /// <summary>A proposal, and whose the case is. With properties: SQLite gives what is computed no type in an empty result.</summary>
    internal sealed class Row : ICaseOf
    {
        public byte[] CaseId { get; init; } = [];

        public byte[] FilingId { get; init; } = [];

        public byte[] Counselor { get; init; } = [];

        public long Direct { get; init; }

        public byte[] Successor { get; init; } = [];

        /// <summary>The signed Handover.</summary>
        public byte[] Message { get; init; } = [];

        /// <summary>For the successor alone.</summary>
        public byte[] Note { get; init; } = [];

        /// <summary>1 once it is theirs.</summary>
        public long Done { get; init; }
    }

    private static class Sql
    {
        private const string Select = """
            SELECT c.case_id, c.filing_id, c.counselor, f.direct, h.successor, h.message, h.note, h.done
            FROM handovers h JOIN cases c ON c.filing_id = h.filing_id JOIN filings f ON f.filing_id = h.filing_id
            """;

        internal const string One = Select + " WHERE h.filing_id = @filing_id";

        internal const string Due = Select + " WHERE h.done = 0 AND h.from_day <= @today ORDER BY h.filing_id";

        internal const string Candidates = "SELECT counselor FROM candidates WHERE filing_id = @filing_id ORDER BY counselor";

        internal const string Put = """
            INSERT INTO handovers (filing_id, successor, from_day, message, note) VALUES (@filing_id, @successor, @from_day, @message, @note)
            ON CONFLICT (filing_id) DO UPDATE SET successor = excluded.successor, from_day = excluded.from_day, message = excluded.message, note = excluded.note, done = 0
            """;

        internal const string Forget = "DELETE FROM handovers WHERE filing_id = @filing_id";

        internal const string LeaveOut = "DELETE FROM candidates WHERE filing_id = @filing_id AND counselor = @Successor";

        internal const string Done = "UPDATE handovers SET done = 1 WHERE filing_id = @FilingId";

        internal const string Unnamed = """
            SELECT c.filing_id FROM cases c
            WHERE c.counselor = @counselor AND c.closed_day IS NULL
              AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = c.filing_id)
              AND NOT EXISTS (SELECT 1 FROM handovers h WHERE h.filing_id = c.filing_id AND h.done = 0)
            ORDER BY c.filing_id
            """;
    }
}
