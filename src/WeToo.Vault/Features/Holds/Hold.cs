using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Holds;

/// <summary>What people of the team stand by. Whoever may not have a case never hears of one: a second person is one whom its author chose, and whom nobody passed over.</summary>
internal static class Hold
{
    /// <summary>How long one signature waits for the other.</summary>
    internal const int ProposalDays = 7;

    /// <summary>What is asked of the caller, or was by them, and what they keep.</summary>
    internal static IReadOnlyList<Row> Of(Session session, byte[] caller) =>
        [.. session.Query<Row>(Sql.Asked, new { caller }), .. session.Query<Row>(Sql.InForce, new { caller })];

    /// <summary>Takes a signature, and does what two people have signed.</summary>
    internal static Refusal? Sign(Session session, byte[] caller, byte[] caseId, HoldMessage hold, Roster roster, long today)
    {
        Held.EndDue(session, today);
        var key = new { caller, case_id = caseId };
        if (session.QueryOne<Case>(Sql.Case, key) is not { } found) return Refusal.CaseUnknown;
        if (Check(hold, found, caller, today) is { } refusal) return refusal;

        var row = new { filing_id = found.FilingId, signer = caller, message = hold.Bytes.ToArray(), at_day = today };
        var other = session.Query<byte[]>(Sql.Others, row).Select(bytes => HoldMessage.TryParse(bytes)!)
            .FirstOrDefault(one => (one.Act, one.Reason, one.UntilDay) == (hold.Act, hold.Reason, hold.UntilDay) && roster.Member(one.Signer) is not null);
        if (other is null && found.MayBegin == 0) return Refusal.CaseUnknown; // A colleague stands by what was asked, and asks nothing.
        if (other is null)
        {
            session.Execute(Sql.Propose, row);
            return null;
        }

        session.Execute(Sql.Forget, row);
        if (hold.Act == HoldAct.Lift) Held.End(session, found.FilingId);
        else session.Execute(Sql.Keep, new { filing_id = found.FilingId, until_day = (long)hold.UntilDay, first = other.Bytes.ToArray(), second = row.message });
        return null;
    }

    private static Refusal? Check(HoldMessage hold, Case found, byte[] caller, long today)
    {
        if (!hold.Signer.Span.SequenceEqual(caller) || !hold.FilingId.Span.SequenceEqual(found.FilingId)) return Refusal.FilingUnknown;
        if (found.Stage < Cases.CaseStage.Told) return Refusal.CheckMissing;
        if (hold.Act == HoldAct.Lift) return found.UntilDay == hold.UntilDay ? null : Refusal.MalformedMessage;
        if (found.Withdrawn > 0) return Refusal.FilingWithdrawn; // What was erased cannot be kept.
        return hold.UntilDay > today && hold.UntilDay <= today + HoldMessage.LongestDays ? null : Refusal.MalformedMessage;
    }

    /// <summary>A signed message about a case, and a second one once it is in force.</summary>
    internal sealed class Row
    {
        public byte[] CaseId { get; init; } = [];

        public byte[] First { get; init; } = [];

        public byte[]? Second { get; init; }
    }

    private sealed class Case
    {
        public byte[] FilingId { get; init; } = [];

        public long Stage { get; init; }

        public long Withdrawn { get; init; }

        /// <summary>1 for who has the case, or signed the hold in force.</summary>
        public long MayBegin { get; init; }

        public long? UntilDay { get; init; }
    }

    private static class Sql
    {
        /// <summary>Of a case <c>c</c>: who has it, whom its author chose, and who signed before.</summary>
        private const string MaySign = """
            (c.counselor = @caller
             OR EXISTS (SELECT 1 FROM candidates k WHERE k.filing_id = c.filing_id AND k.counselor = @caller)
             OR EXISTS (SELECT 1 FROM outside o WHERE o.filing_id = c.filing_id AND o.counselor = @caller)
             OR EXISTS (SELECT 1 FROM holds h WHERE h.filing_id = c.filing_id AND (substr(h.first, 18, 32) = @caller OR substr(h.second, 18, 32) = @caller)))
            """;

        private const string MayBegin = """
            (c.counselor = @caller OR EXISTS (SELECT 1 FROM holds h WHERE h.filing_id = c.filing_id AND (substr(h.first, 18, 32) = @caller OR substr(h.second, 18, 32) = @caller)))
            """;

        internal const string Case = $"""
            SELECT c.filing_id, c.stage, (SELECT count(*) FROM tombstones t WHERE t.filing_id = c.filing_id) AS withdrawn,
                (SELECT h.until_day FROM holds h WHERE h.filing_id = c.filing_id) AS until_day, (CASE WHEN {MayBegin} THEN 1 ELSE 0 END) AS may_begin
            FROM cases c WHERE c.case_id = @case_id AND {MaySign}
              AND ({MayBegin} OR EXISTS (SELECT 1 FROM hold_proposals p WHERE p.filing_id = c.filing_id))
            """;

        internal const string Asked = $"""
            SELECT c.case_id, p.message AS first FROM hold_proposals p JOIN cases c ON c.filing_id = p.filing_id WHERE {MaySign} ORDER BY c.case_id, p.signer
            """;

        internal const string InForce = """
            SELECT c.case_id, h.first, h.second FROM holds h JOIN cases c ON c.filing_id = h.filing_id
            WHERE c.counselor = @caller OR substr(h.first, 18, 32) = @caller OR substr(h.second, 18, 32) = @caller ORDER BY c.case_id
            """;

        internal const string Propose = """
            INSERT INTO hold_proposals (filing_id, signer, message, at_day) VALUES (@filing_id, @signer, @message, @at_day)
            ON CONFLICT (filing_id, signer) DO UPDATE SET message = excluded.message, at_day = excluded.at_day
            """;

        internal const string Others = "SELECT message FROM hold_proposals WHERE filing_id = @filing_id AND signer <> @signer ORDER BY signer";

        internal const string Forget = "DELETE FROM hold_proposals WHERE filing_id = @filing_id";

        internal const string Keep = """
            INSERT INTO holds (filing_id, until_day, first, second) VALUES (@filing_id, @until_day, @first, @second)
            ON CONFLICT (filing_id) DO UPDATE SET until_day = excluded.until_day, first = excluded.first, second = excluded.second
            """;
    }
}
