using WeToo.Core.Filings;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Dates;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Handover;
using WeToo.Vault.Features.Holds;
using WeToo.Vault.Features.Mailbox;
using WeToo.Vault.Features.Meeting;
using WeToo.Vault.Features.Notes;
using WeToo.Vault.Features.Outbox;

namespace WeToo.Vault.Features.Cases;

/// <summary>
/// Applies what follows from findings and withdrawals to the cases of a match, in the transaction of what it follows from. Until both checks are
/// recorded from both sides, nothing that an author can see depends on any of it. WEP-1, section 9.1.
/// </summary>
internal static class MatchWork
{
    /// <summary>Applies what follows for every filing that met one, and for the others of their matches.</summary>
    internal static void Settle(Session session, byte[] filingId, uint today)
    {
        var rows = session.Query<Row>(Sql.Members, new { filing_id = filingId });
        var found = FoundAmong(session, filingId);
        var matches = rows.Where(row => row.Gone == 0).GroupBy(row => Hex(row.MatchId))
            .ToDictionary(match => match.Key, match => (IReadOnlyList<MatchMember>)[.. match.Select(row => new MatchMember(Hex(row.FilingId), LeastNumberOf(row)))]);
        var (stay, leave) = (new List<byte[]>(), 0);
        foreach (var member in rows.Where(row => row.Gone == 0).GroupBy(row => Hex(row.FilingId)))
        {
            var row = member.First();
            var standing = MatchRule.Of(member.Key, [.. member.Select(one => matches[Hex(one.MatchId)])], found);
            if (Apply(session, row, standing, today)) stay.Add(row.FilingId);
            else leave++;
        }

        // One that has returned to sealed is compared with no more: the others may stand otherwise now.
        if (leave == 0) return;
        foreach (var one in stay) Settle(session, one, today);
    }

    /// <summary>Takes note of a finding, and tells the matcher once both sides agree that two filings do not count together.</summary>
    internal static void Record(Session session, FindingMessage finding, uint today)
    {
        var (filing, other) = (finding.FilingId.ToArray(), finding.OtherId.ToArray());
        session.Execute(Sql.Put, new
        {
            filing_id = filing, other_id = other, question = (long)finding.Question, answer = (long)finding.Answer, message = finding.Bytes.ToArray(),
        });
        var pair = new { filing_id = filing, other_id = other, question = (long)finding.Question };
        session.Execute(Sql.GoOn, pair);
        if (session.QueryOne<byte[]>(Sql.OtherSide, pair) is not { } message || FindingMessage.TryParse(message) is not { } theirs) return;

        var (first, second) = finding.Answer == FindingAnswer.NoLongerThis ? (theirs, finding) : (finding, theirs);
        var apart = new ApartMessage(PseudonymOf(session, first), first, PseudonymOf(session, second), second).ToBytes();
        if (ApartMessage.TryParse(apart) is not { } agreed) return; // They do not agree on that.

        session.Execute(OutboxWorker.Sql.Post, new { target = OutboxTarget.MatcherApart, message = apart });
        if (agreed.IsOneAuthor) Join(session, first.FilingId.ToArray(), second.FilingId.ToArray(), today);
        else session.Execute(Sql.CountUndone, new { year = (long)DateTime.UnixEpoch.AddDays(today).Year });
    }

    /// <summary>What follows for one case; false when it has returned to sealed.</summary>
    private static bool Apply(Session session, Row row, MatchStanding standing, uint today)
    {
        if (standing == MatchStanding.Undone && row.Stage < CaseStage.Told)
        {
            Reseal(session, row.FilingId);
            return false;
        }

        var stage = StageAfter(standing, row.Stage);
        session.Execute(Sql.Stand, new { row.FilingId, stage, changed = standing == MatchStanding.Undone ? 1L : 0L });
        if (stage == CaseStage.Told && row.Stage < stage) Dated.NoteMatch(session, FilingMessage.TryParse(row.Message)!.Deployment.Span, row.FilingId, today);
        return true;
    }

    private static long StageAfter(MatchStanding standing, long stage) => standing switch
    {
        MatchStanding.Agreed => CaseStage.Told,
        MatchStanding.Unclear => Math.Max(stage, CaseStage.Checking),
        _ => stage,
    };

    /// <summary>What was opened is forgotten here, and opens again only when the matcher shows a new match.</summary>
    private static void Reseal(Session session, byte[] filingId)
    {
        var id = new { filing_id = filingId };
        Held.KeepSheet(session, filingId);
        Held.KeepMail(session, filingId);
        Held.KeepNotes(session, filingId);
        session.Execute(Sql.ForgetClocks, id);
        session.Execute(Sql.ForgetCandidates, id);
        session.Execute(Sql.ForgetOutside, id);
        session.Execute(Sql.ForgetSignatures, id);
        session.Execute(Sql.ForgetFindings, id);
        AskedStops.Forget(session, filingId);
        Handovers.Forget(session, filingId);
        CaseRegister.Erase(session, filingId);
        Meetings.Forget(session, filingId);
        Mail.Unsay(session, filingId);
        session.Execute(Sql.Leave, id);
        session.Execute(Sql.ForgetCase, id);
    }

    /// <summary>The one that is used no more stays sealed for its date.</summary>
    private static void Join(Session session, byte[] used, byte[] retired, uint today)
    {
        session.Execute(Sql.Join, new { filing_id = retired, into_id = used, at_day = (long)today });
        Reseal(session, retired);
    }

    private static FindingSet FoundAmong(Session session, byte[] filingId) => new(
        session.Query<Found>(Sql.Found, new { filing_id = filingId })
            .ToDictionary(row => (Hex(row.FilingId), Hex(row.OtherId), (FindingQuestion)row.Question), row => (FindingAnswer)row.Answer));

    private static byte[] PseudonymOf(Session session, FindingMessage finding) =>
        session.QueryOne<byte[]>(Sql.Pseudonym, new { filing_id = finding.FilingId.ToArray() })!;

    private static byte LeastNumberOf(Row row) => FilingMessage.TryParse(row.Message)!.LeastNumber;

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>With properties: SQLite gives what is computed no type in an empty result, by which a constructor could be found.</summary>
    private sealed class Row
    {
        public byte[] MatchId { get; init; } = [];

        public byte[] FilingId { get; init; } = [];

        public byte[] Message { get; init; } = [];

        public long Stage { get; init; }

        public long Gone { get; init; }
    }

    private sealed record Found(byte[] FilingId, byte[] OtherId, long Question, long Answer);

    private static class Sql
    {
        /// <summary>The matches of everybody who is in a match with the filing.</summary>
        private const string Near = """
            SELECT match_id FROM match_members WHERE filing_id IN (
                SELECT filing_id FROM match_members WHERE match_id IN (SELECT match_id FROM match_members WHERE filing_id = @filing_id))
            """;

        internal const string Members = $"""
            SELECT m.match_id, m.filing_id, f.message, c.stage,
                (SELECT count(*) FROM tombstones t WHERE t.filing_id = m.filing_id) AS gone
            FROM match_members m
            JOIN filings f ON f.filing_id = m.filing_id
            JOIN cases c ON c.filing_id = m.filing_id
            WHERE m.match_id IN ({Near})
            ORDER BY m.match_id, m.filing_id
            """;

        internal const string Found = $"""
            SELECT filing_id, other_id, question, answer FROM findings
            WHERE filing_id IN (SELECT filing_id FROM match_members WHERE match_id IN ({Near}))
            """;

        internal const string Stand = "UPDATE cases SET stage = @stage, changed = @changed WHERE filing_id = @FilingId";

        internal const string Put = """
            INSERT INTO findings (filing_id, other_id, question, answer, message) VALUES (@filing_id, @other_id, @question, @answer, @message)
            ON CONFLICT (filing_id, other_id, question) DO UPDATE SET answer = excluded.answer, message = excluded.message
            """;

        /// <summary>What had ended goes on with somebody new, once both sides have found that it is one person and two who wrote: before that its author can not tell.</summary>
        internal const string GoOn = """
            UPDATE cases SET closed_day = NULL, mail_ended = NULL
            WHERE filing_id IN (@filing_id, @other_id) AND closed_day IS NOT NULL
              AND (SELECT count(*) FROM findings f WHERE f.answer = 1
                    AND ((f.filing_id = @filing_id AND f.other_id = @other_id) OR (f.filing_id = @other_id AND f.other_id = @filing_id))) = 4
            """;

        internal const string OtherSide = "SELECT message FROM findings WHERE filing_id = @other_id AND other_id = @filing_id AND question = @question";

        internal const string Pseudonym = "SELECT pseudonym FROM filings WHERE filing_id = @filing_id";

        internal const string CountUndone = """
            INSERT INTO checks_undone (year, times) VALUES (@year, 1) ON CONFLICT (year) DO UPDATE SET times = checks_undone.times + 1
            """;

        internal const string Join = """
            INSERT INTO joined (filing_id, into_id, at_day) VALUES (@filing_id, @into_id, @at_day) ON CONFLICT (filing_id) DO NOTHING
            """;

        internal const string ForgetClocks = "DELETE FROM clocks WHERE case_id IN (SELECT case_id FROM cases WHERE filing_id = @filing_id)";

        internal const string ForgetCandidates = "DELETE FROM candidates WHERE filing_id = @filing_id";

        internal const string ForgetOutside = "DELETE FROM outside WHERE filing_id = @filing_id";

        internal const string ForgetSignatures = "DELETE FROM opening_signatures WHERE filing_id = @filing_id";

        /// <summary>All but what keeps it apart from another: they may open again, each with somebody else.</summary>
        internal const string ForgetFindings = """
            DELETE FROM findings WHERE (filing_id = @filing_id OR other_id = @filing_id) AND NOT (question = 2 AND answer = 2 AND EXISTS (
                SELECT 1 FROM findings r WHERE r.filing_id = findings.other_id AND r.other_id = findings.filing_id AND r.question = 2 AND r.answer = 2))
            """;

        internal const string Leave = "DELETE FROM match_members WHERE filing_id = @filing_id";

        internal const string ForgetCase = "DELETE FROM cases WHERE filing_id = @filing_id";
    }
}

/// <summary>What an author is told of their case: the column <c>stage</c>.</summary>
internal static class CaseStage
{
    /// <summary>Nothing: to its author it is sealed.</summary>
    internal const long Untold = 0;

    /// <summary>That a check goes on.</summary>
    internal const long Checking = 1;

    /// <summary>That there is a match.</summary>
    internal const long Told = 2;
}
