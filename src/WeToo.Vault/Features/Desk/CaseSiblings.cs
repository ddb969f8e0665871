using WeToo.Core.Filings;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Cases;

namespace WeToo.Vault.Features.Desk;

/// <summary>The other cases of a match, as far as a counselor must know them to compare: who has them, what they wrote about the named person, and what both found.</summary>
internal static class CaseSiblings
{
    /// <summary>In how many pairs the counselor of the case <c>c</c> has answered both questions.</summary>
    internal const string Compared = """
        (SELECT count(*) FROM findings a JOIN findings n ON n.filing_id = a.filing_id AND n.other_id = a.other_id AND n.question = 2
            WHERE a.filing_id = c.filing_id AND a.question = 1)
        """;

    /// <summary>1 once the author of the case <c>c</c> was told of the match, and its counselor has found so; else 0.</summary>
    internal const string Verified = """
        (CASE WHEN c.stage = 2 AND EXISTS (
            SELECT 1 FROM findings a JOIN findings n ON n.filing_id = a.filing_id AND n.other_id = a.other_id AND n.question = 2 AND n.answer = 1
            WHERE a.filing_id = c.filing_id AND a.question = 1 AND a.answer = 1) THEN 1 ELSE 0 END)
        """;

    /// <summary>Those that live and were not found apart from it.</summary>
    internal static IReadOnlyList<Sibling> Of(Session session, byte[] filingId, byte[] counselor)
    {
        var key = new { filing_id = filingId, counselor };
        var answers = session.Query<Found>(Sql.Findings, key)
            .ToDictionary(row => (Hex(row.FilingId), Hex(row.OtherId), (FindingQuestion)row.Question), row => (FindingAnswer)row.Answer);
        var (found, own) = (new FindingSet(answers), Hex(filingId));
        return [.. session.Query<Row>(Sql.Others, key).Where(row => !found.AreApart(own, Hex(row.FilingId))).Select(row => new Sibling(
            Hex(row.CaseId), Hex(row.FilingId), Hex(row.Counselor), row.MayShare > 0, row.MayRead > 0 && row.Frozen == 0 ? row.Sheet : null,
            new(found.Of(own, Hex(row.FilingId), FindingQuestion.Authors), found.Of(own, Hex(row.FilingId), FindingQuestion.Named)),
            new(found.Of(Hex(row.FilingId), own, FindingQuestion.Authors), found.Of(Hex(row.FilingId), own, FindingQuestion.Named))))];
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>With properties: SQLite gives what is computed no type in an empty result, by which a constructor could be found.</summary>
    private sealed class Row
    {
        public byte[] CaseId { get; init; } = [];

        public byte[] FilingId { get; init; } = [];

        public byte[] Counselor { get; init; } = [];

        public byte[]? Sheet { get; init; }

        public long MayRead { get; init; }

        public long MayShare { get; init; }

        public long Frozen { get; init; }
    }

    private sealed record Found(byte[] FilingId, byte[] OtherId, long Question, long Answer);

    private static class Sql
    {
        /// <summary>Whoever was not chosen by an author reads nothing that is about them, and gets nothing to read.</summary>
        internal const string Others = $"""
            SELECT c.case_id, c.filing_id, c.counselor, c.sheet,
                (SELECT count(*) FROM candidates k WHERE k.filing_id = c.filing_id AND k.counselor = @counselor) AS may_read,
                (SELECT count(*) FROM candidates k WHERE k.filing_id = @filing_id AND k.counselor = c.counselor) AS may_share,
                {FreezeEndpoint.Frozen.OfCase} AS frozen
            FROM cases c
            WHERE c.filing_id <> @filing_id
              AND c.filing_id IN (SELECT m.filing_id FROM match_members m JOIN match_members n ON n.match_id = m.match_id WHERE n.filing_id = @filing_id)
              AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = c.filing_id)
            ORDER BY c.case_id
            """;

        internal const string Findings = "SELECT filing_id, other_id, question, answer FROM findings WHERE filing_id = @filing_id OR other_id = @filing_id";
    }
}

/// <summary>Another case of a match.</summary>
/// <param name="CaseId">In hex.</param>
/// <param name="FilingId">In hex.</param>
/// <param name="Counselor">Who has it: signing key, in hex.</param>
/// <param name="MayShare">Whether this case's author chose that counselor too, so that they may read about whom this author named.</param>
/// <param name="Sheet">What that counselor wrote for the others: an age file.</param>
/// <param name="Mine">What was found from this side.</param>
/// <param name="Theirs">What was found from that side.</param>
internal sealed record Sibling(string CaseId, string FilingId, string Counselor, bool MayShare, byte[]? Sheet, Compared Mine, Compared Theirs);

/// <summary>Answers to the two questions, as far as they were given.</summary>
internal sealed record Compared(FindingAnswer? Authors, FindingAnswer? Named)
{
    /// <summary>Whether both were answered.</summary>
    internal bool IsWhole => Authors is not null && Named is not null;
}
