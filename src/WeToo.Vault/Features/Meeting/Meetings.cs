using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;

namespace WeToo.Vault.Features.Meeting;

/// <summary>
/// Who would like to meet whom, and what each gets: another's wish only once both have one that their counselors stand by, and another's words only once both
/// have said yes twice. WEP-1, section 18.
/// </summary>
internal static class Meetings
{
    /// <summary>Whether its author would like to, last said.</summary>
    internal static bool Asks(Session session, byte[] filingId) => session.Query<long>(Sql.Asks, new { filing_id = filingId }) is [1];

    /// <summary>The others of a match who would like to meet the author of a filing, where that one would too.</summary>
    internal static IReadOnlyList<Other> Of(Session session, byte[] filingId) => session.Query<Other>(Sql.Others, new { filing_id = filingId });

    /// <summary>Forgets all that a filing has here, and what was said to its author.</summary>
    internal static void Forget(Session session, byte[] filingId)
    {
        var row = new { filing_id = filingId };
        session.Execute(Sql.ForgetMeets, row);
        TakeBack(session, filingId);
    }

    /// <summary>Forgets what followed from a wish.</summary>
    internal static void TakeBack(Session session, byte[] filingId)
    {
        var row = new { filing_id = filingId };
        session.Execute(Sql.ForgetVouch, row);
        session.Execute(Sql.ForgetPuts, row);
    }

    /// <summary>Forgets the word of a counselor who has the case no more.</summary>
    internal static void ForgetVouch(Session session, byte[] filingId) => session.Execute(Sql.ForgetVouch, new { filing_id = filingId });

    /// <summary>Somebody whose wish answers one's own. With properties: SQLite gives what is computed no type in an empty result.</summary>
    internal sealed class Other
    {
        public byte[] FilingId { get; init; } = [];

        public byte[] Mark { get; init; } = [];

        /// <summary>Their counselor's word.</summary>
        public byte[] Vouch { get; init; } = [];

        /// <summary>Whether one has said yes to them for the second time.</summary>
        public long Given { get; init; }

        /// <summary>What they said, once both have.</summary>
        public byte[]? Put { get; init; }
    }

    private static class Sql
    {
        internal const string Asks = "SELECT asks FROM meets WHERE filing_id = @filing_id ORDER BY act DESC LIMIT 1";

        /// <summary>Whether a filing's last wish stands and has a counselor's word, contact is not stopped, and its author was told of the match.</summary>
        private const string Ready = $"""
            SELECT w.filing_id, w.mark, v.message AS vouch FROM meets w
            JOIN meet_vouches v ON v.filing_id = w.filing_id AND v.recipient = w.recipient
            JOIN cases c ON c.filing_id = w.filing_id AND c.stage = 2
            WHERE w.asks = 1 AND w.act = (SELECT max(l.act) FROM meets l WHERE l.filing_id = w.filing_id)
              AND {FreezeEndpoint.Frozen.OfCase} = 0 AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = w.filing_id)
            """;

        internal const string Others = $"""
            SELECT o.filing_id, o.mark, o.vouch,
                (SELECT count(*) FROM meet_puts p WHERE p.filing_id = me.filing_id AND p.other_id = o.filing_id) AS given,
                (SELECT q.message FROM meet_puts q WHERE q.filing_id = o.filing_id AND q.other_id = me.filing_id
                    AND EXISTS (SELECT 1 FROM meet_puts p WHERE p.filing_id = me.filing_id AND p.other_id = o.filing_id)) AS put
            FROM ({Ready}) me
            JOIN ({Ready}) o ON o.filing_id <> me.filing_id
            WHERE me.filing_id = @filing_id
              AND EXISTS (SELECT 1 FROM match_members m JOIN match_members n ON n.match_id = m.match_id WHERE m.filing_id = me.filing_id AND n.filing_id = o.filing_id)
              AND (SELECT count(*) FROM findings f WHERE f.answer = 1
                    AND ((f.filing_id = me.filing_id AND f.other_id = o.filing_id) OR (f.filing_id = o.filing_id AND f.other_id = me.filing_id))) = 4
            ORDER BY o.mark
            """;

        internal const string ForgetMeets = "DELETE FROM meets WHERE filing_id = @filing_id";

        internal const string ForgetVouch = "DELETE FROM meet_vouches WHERE filing_id = @filing_id";

        internal const string ForgetPuts = "DELETE FROM meet_puts WHERE filing_id = @filing_id OR other_id = @filing_id";
    }
}
