using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Cases;

/// <summary>Which counselor a case is offered to.</summary>
internal static class Assignment
{
    /// <summary>
    /// Of those the author chose and who are still on the roster, one who has no other author of this match, and of these the one with the fewest
    /// cases. Where an author's choice has left the roster, all of the roster is asked, since somebody must see the case.
    /// </summary>
    /// <returns>A signing key; null when the roster is empty.</returns>
    internal static byte[]? Choose(Session session, Roster roster, IReadOnlyList<ReadOnlyMemory<byte>> chosen, byte[] matchId)
    {
        var candidates = roster.Counselors.Where(counselor => chosen.Any(key => key.Span.SequenceEqual(counselor.Signing.Span))).ToList();
        if (candidates.Count == 0) candidates = [.. roster.Counselors];

        return candidates
            .Select(counselor => counselor.Signing.ToArray())
            .Select(counselor => (Key: counselor, Load: session.QueryOne<Load>(Sql.Load, new { counselor, match_id = matchId })!))
            .OrderBy(candidate => candidate.Load.InMatch)
            .ThenBy(candidate => candidate.Load.InAll)
            .Select(candidate => candidate.Key)
            .FirstOrDefault();
    }

    private sealed record Load(long InMatch, long InAll);

    private static class Sql
    {
        internal const string Load = """
            SELECT (SELECT count(*) FROM cases WHERE counselor = @counselor AND match_id = @match_id) AS in_match,
                   (SELECT count(*) FROM cases WHERE counselor = @counselor) AS in_all
            """;
    }
}
