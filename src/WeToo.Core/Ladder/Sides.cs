namespace WeToo.Core.Ladder;

/// <summary>
/// What counts together when counselors found that some do not mean the same person: the largest sets in which no two were found apart. The rule of
/// the ladder is applied to each. WEP-1, section 9.1.
/// </summary>
public static class Sides
{
    /// <summary>Divides what shares a tag.</summary>
    /// <typeparam name="T">A slip, or a filing.</typeparam>
    /// <param name="all">What shares a tag.</param>
    /// <param name="areApart">Whether two were found apart; symmetric, and false for one and itself.</param>
    /// <returns>
    /// Each largest set, its members in the order of <paramref name="all"/>; <paramref name="all"/> itself when no two are apart. By Bron and Kerbosch
    /// ("Algorithm 457", 1973) on those that are apart from anybody, who are few.
    /// </returns>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> all, Func<T, T, bool> areApart)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(areApart);
        List<int> divided = [.. Enumerable.Range(0, all.Count).Where(i => all.Any(other => areApart(all[i], other)))];
        return divided.Count == 0
            ? [all]
            : Largest([], divided, [], (i, j) => i != j && !areApart(all[i], all[j]))
                .Select(side => (IReadOnlyList<T>)[.. Enumerable.Range(0, all.Count).Where(i => side.Contains(i) || !divided.Contains(i)).Select(i => all[i])]);
    }

    private static IEnumerable<List<int>> Largest(List<int> chosen, List<int> open, List<int> tried, Func<int, int, bool> fit)
    {
        if (open.Count == 0 && tried.Count == 0) yield return chosen;

        for (var left = open; left.Count > 0; left = left[1..])
        {
            var one = left[0];
            foreach (var side in Largest([.. chosen, one], left.FindAll(other => fit(one, other)), tried.FindAll(other => fit(one, other)), fit)) yield return side;
            tried = [.. tried, one];
        }
    }
}
