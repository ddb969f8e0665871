using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Carrying;

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
    /// <param name="hasWaited">Whether an author waits no longer for somebody of their own who takes nobody now, while another does.</param>
    /// <returns>For each author a counselor; empty where no candidate takes more.</returns>
    internal static string[] Assign(IReadOnlyList<IReadOnlyList<string>> candidates, IReadOnlyDictionary<string, Load> loads, bool hasWaited = false)
    {
        var free = candidates.Select(own => own.Where(one => Of(one) is { InMatch: 0, Room: > 0 }).OrderBy(one => Of(one).InAll).ToList()).ToList();
        var taken = new Dictionary<string, int>();
        for (var author = 0; author < candidates.Count; author++) _ = TryGive(author, []);

        var given = new string[candidates.Count];
        foreach (var (counselor, author) in taken) given[author] = counselor;
        for (var author = 0; author < given.Length; author++)
            given[author] ??= Shared(candidates[author]);
        return given;

        string Shared(IReadOnlyList<string> own) => !hasWaited && own.Any(one => InMatch(one) == 0)
            ? ""
            : own.Where(one => Of(one).Room > given.Count(one.Equals)).OrderBy(InMatch).ThenBy(one => Of(one).InAll).FirstOrDefault("");

        long InMatch(string counselor) => Of(counselor).InMatch + given.Count(counselor.Equals);

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
    /// <param name="hasWaited">As for <see cref="Assign"/>.</param>
    internal static string[] AssignAmongAll(
        IReadOnlyList<IReadOnlyList<string>> candidates, IReadOnlyList<IReadOnlyList<string>> others, IReadOnlyDictionary<string, Load> loads, bool hasWaited = false)
    {
        var common = candidates.Select(own => own.Where(one => candidates.Concat(others).All(chosen => chosen.Contains(one))).ToList()).ToList();
        var given = Assign(common, loads);
        var apart = given.Distinct().Count() == given.Length && given.All(one => one.Length > 0 && (!loads.TryGetValue(one, out var load) || load.InMatch == 0));
        return apart ? given : Assign(candidates, loads, hasWaited);
    }

    /// <summary>What counselors have, in all and of one match, and how many more they take.</summary>
    internal static Dictionary<string, Load> Loads(Session session, byte[] matchId, long today)
    {
        var limits = CounselorLimits.All(session);
        var has = session.Query<(byte[] Counselor, long InMatch, long InAll, long Lately)>(Sql.Loads, new { match_id = matchId, since_day = today - Week_days })
            .ToDictionary(row => Hex(row.Counselor), row => (row.InMatch, row.InAll, row.Lately));
        return has.Keys.Union(limits.Keys).ToDictionary(one => one, one =>
        {
            var (inMatch, inAll, lately) = has.GetValueOrDefault(one);
            return new Load(one, inMatch, inAll, limits.GetValueOrDefault(one, CounselorLimits.Unsaid).Room(inAll, lately, today));
        });
    }

    /// <summary>Whom the authors of a match's cases chose, each.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> ChosenInMatch(Session session, byte[] matchId) =>
        [.. session.Query<(byte[] FilingId, byte[] Counselor)>(Sql.ChosenInMatch, new { match_id = matchId })
            .GroupBy(row => Hex(row.FilingId), row => Hex(row.Counselor)).Select(filing => filing.ToList())];

    private static string Hex(ReadOnlyMemory<byte> key) => Convert.ToHexStringLower(key.Span);

    private const long Week_days = 7;

    /// <summary>How many open cases a counselor has, of one match and in all, and how many more they take.</summary>
    internal sealed record Load(string Counselor, long InMatch, long InAll, long Room = long.MaxValue);

    private static class Sql
    {
        internal const string Loads = """
            SELECT c.counselor, sum(CASE WHEN c.match_id = @match_id THEN 1 ELSE 0 END) AS in_match,
                sum(CASE WHEN c.closed_day IS NULL AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = c.filing_id) THEN 1 ELSE 0 END) AS in_all,
                sum(CASE WHEN c.given_day > @since_day THEN 1 ELSE 0 END) AS lately
            FROM cases c WHERE length(c.counselor) > 0 GROUP BY c.counselor
            """;

        internal const string ChosenInMatch = """
            SELECT k.filing_id, k.counselor FROM match_members m JOIN candidates k ON k.filing_id = m.filing_id WHERE m.match_id = @match_id
            """;
    }
}
