using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Cases;

/// <summary>Which counselor each author of a match is offered to.</summary>
internal static class Assignment
{
    /// <summary>Nobody of the team is named, as far as anybody here knows.</summary>
    internal static readonly IReadOnlySet<string> Nobody = new HashSet<string>();

    /// <summary>Who may be offered a case.</summary>
    /// <param name="roster">The roster in force.</param>
    /// <param name="chosen">The signing keys that the author chose; null where nobody can read whom.</param>
    /// <param name="skipped">Those of the team whom the filing names, in hex: for them there is no case.</param>
    /// <returns>
    /// Those chosen who are on the roster and not named. Where somebody of the team is named, counselors when two or more are left, else whoever of the chosen stands
    /// outside the team, if there is anybody. Where all of the chosen have left the roster, the first of them alone: whoever the author left out must not learn
    /// that there is a case. Where the choice cannot be read, everybody. In hex; empty when nobody is left.
    /// </returns>
    internal static IReadOnlyList<string> Candidates(Roster roster, IReadOnlyList<ReadOnlyMemory<byte>>? chosen, IReadOnlySet<string> skipped)
    {
        var wanted = chosen?.Select(Hex).ToHashSet(StringComparer.Ordinal);
        List<TeamMember> present = [.. roster.Counselors.Where(one => wanted?.Contains(Hex(one.Signing)) ?? true)];
        var left = present.FindAll(one => !skipped.Contains(Hex(one.Signing)));
        var outside = left.FindAll(one => one.Role == TeamRole.Ombuds);
        var inside = left.Count - outside.Count;
        if (present.Count == 0) return chosen is null ? [] : [.. chosen.Take(1).Select(Hex).Where(one => !skipped.Contains(one))];

        // Two who work together know each other: with one of the team named, a single colleague is not enough.
        var goesOutside = left.Count < present.Count && inside < 2 && outside.Count > 0;
        return [.. (goesOutside ? outside : inside > 0 ? left.FindAll(one => one.Role == TeamRole.Counselor) : left).Select(one => Hex(one.Signing))];
    }

    /// <summary>Whom an author chose who stands outside the team and is not named, beside those of the team who may be offered the case. In hex.</summary>
    /// <param name="roster">The roster in force.</param>
    /// <param name="chosen">As for <see cref="Candidates"/>.</param>
    /// <param name="skipped">As for <see cref="Candidates"/>.</param>
    internal static IReadOnlyList<string> Outside(Roster roster, IReadOnlyList<ReadOnlyMemory<byte>>? chosen, IReadOnlySet<string> skipped)
    {
        var candidates = Candidates(roster, chosen, skipped);
        var wanted = chosen?.Select(Hex).ToHashSet(StringComparer.Ordinal);
        return [.. roster.Counselors.Where(one => one.Role == TeamRole.Ombuds).Select(one => Hex(one.Signing))
            .Where(one => (wanted?.Contains(one) ?? true) && !skipped.Contains(one) && !candidates.Contains(one))];
    }

    /// <summary>
    /// Gives each author one counselor: a different one for each wherever that is possible at all, and of several ways the one
    /// that begins with whoever has the fewest cases.
    /// </summary>
    /// <param name="candidates">For each author, who may be offered the case, in hex.</param>
    /// <param name="loads">What counselors have; one who is not in it has nothing.</param>
    /// <returns>For each author a counselor; empty where there is no candidate.</returns>
    internal static string[] Assign(IReadOnlyList<IReadOnlyList<string>> candidates, IReadOnlyDictionary<string, Load> loads)
    {
        var free = candidates.Select(own => own.Where(one => Of(one).InMatch == 0).OrderBy(one => Of(one).InAll).ToList()).ToList();
        var taken = new Dictionary<string, int>();
        for (var author = 0; author < candidates.Count; author++) _ = TryGive(author, []);

        var given = new string[candidates.Count];
        foreach (var (counselor, author) in taken) given[author] = counselor;
        for (var author = 0; author < given.Length; author++)
            given[author] ??= candidates[author].OrderBy(one => Of(one).InMatch + given.Count(one.Equals)).ThenBy(one => Of(one).InAll).FirstOrDefault("");
        return given;

        Load Of(string counselor) => loads.GetValueOrDefault(counselor, new(counselor, 0, 0));

        // Kuhn's augmenting path: whoever is in the way moves to another counselor of theirs, if there is one.
        bool TryGive(int author, HashSet<string> tried)
        {
            foreach (var counselor in free[author].Where(tried.Add))
            {
                if (taken.TryGetValue(counselor, out var other) && !TryGive(other, tried)) continue;
                taken[counselor] = author;
                return true;
            }

            return false;
        }
    }

    /// <summary>
    /// The same, but first among those whom every author of the match chose: they may tell each other about whom their authors named. Only where that
    /// gives no counselor of their own to each, among each author's own choice.
    /// </summary>
    /// <param name="candidates">As for <see cref="Assign"/>.</param>
    /// <param name="others">Whom the authors of the match's other cases chose.</param>
    /// <param name="loads">As for <see cref="Assign"/>.</param>
    internal static string[] AssignAmongAll(
        IReadOnlyList<IReadOnlyList<string>> candidates, IReadOnlyList<IReadOnlyList<string>> others, IReadOnlyDictionary<string, Load> loads)
    {
        var common = candidates.Select(own => own.Where(one => candidates.Concat(others).All(chosen => chosen.Contains(one))).ToList()).ToList();
        var given = Assign(common, loads);
        var apart = given.Distinct().Count() == given.Length && given.All(one => one.Length > 0 && (!loads.TryGetValue(one, out var load) || load.InMatch == 0));
        return apart ? given : Assign(candidates, loads);
    }

    /// <summary>What counselors have, in all and of one match.</summary>
    internal static Dictionary<string, Load> Loads(Session session, byte[] matchId) =>
        session.Query<(byte[] Counselor, long InMatch, long InAll)>(Sql.Loads, new { match_id = matchId })
            .ToDictionary(row => Hex(row.Counselor), row => new Load(Hex(row.Counselor), row.InMatch, row.InAll));

    private static string Hex(ReadOnlyMemory<byte> key) => Convert.ToHexStringLower(key.Span);

    /// <summary>How many cases a counselor has.</summary>
    internal sealed record Load(string Counselor, long InMatch, long InAll);

    private static class Sql
    {
        internal const string Loads = """
            SELECT counselor, sum(CASE WHEN match_id = @match_id THEN 1 ELSE 0 END) AS in_match, count(*) AS in_all FROM cases GROUP BY counselor
            """;
    }
}
