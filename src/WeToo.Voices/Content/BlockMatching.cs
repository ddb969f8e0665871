namespace WeToo.Voices.Content;

/// <summary>Which block of an edited text is which block of the text before.</summary>
internal static class BlockMatching
{
    /// <summary>The least share of words in common, 0 to 1, of two blocks that are one block edited.</summary>
    private const double Alike = 0.5;

    /// <summary>Numbers the blocks of an edited text.</summary>
    /// <param name="before">The blocks of the revision before; empty for a first one.</param>
    /// <param name="after">Kind and text of each block now.</param>
    /// <param name="next">The number of the first new block.</param>
    /// <returns>
    /// A number for each block of <paramref name="after"/>, no two alike: what is unchanged or edited in its place keeps its number, then what was moved;
    /// the rest gets new ones from <paramref name="next"/> on. Costs O(blocks before × blocks after), and O(blocks) when no text changed.
    /// </returns>
    internal static IReadOnlyList<long> Number(IReadOnlyList<Block> before, IReadOnlyList<(BlockKind Kind, string Text)> after, long next)
    {
        if (before.Select(block => block.Text).SequenceEqual(after.Select(block => block.Text))) return [.. before.Select(block => block.Number)];

        Dictionary<string, int>[] wordsBefore = [.. before.Select(block => WordsOf(block.Text))];
        Dictionary<string, int>[] wordsAfter = [.. after.Select(block => WordsOf(block.Text))];
        double Likeness(int i, int j) => before[i].Text == after[j].Text ? 1 : Shared(wordsBefore[i], wordsAfter[j]);

        var numbers = new long?[after.Count];
        var taken = new bool[before.Count];
        foreach (var (i, j) in InPlace(before.Count, after.Count, Likeness)) (numbers[j], taken[i]) = (before[i].Number, true);
        var moved = from i in Enumerable.Range(0, before.Count)
                    where !taken[i]
                    from j in Enumerable.Range(0, after.Count)
                    where numbers[j] is null
                    let alike = Likeness(i, j)
                    where alike >= Alike
                    orderby alike descending
                    select (i, j);
        foreach (var (i, j) in moved.ToList())
            if (!taken[i] && numbers[j] is null) (numbers[j], taken[i]) = (before[i].Number, true);
        return [.. numbers.Select(number => number ?? next++)];
    }

    /// <summary>The pairs, in the order of both, that have most in common.</summary>
    private static List<(int Before, int After)> InPlace(int before, int after, Func<int, int, double> likeness)
    {
        double[][] best = [.. Enumerable.Range(0, before + 1).Select(_ => new double[after + 1])];
        double[][] alike = [.. Enumerable.Range(0, before).Select(_ => new double[after])];
        for (var i = before - 1; i >= 0; i--)
        {
            for (var j = after - 1; j >= 0; j--)
            {
                alike[i][j] = likeness(i, j) is var found && found >= Alike ? found : 0;
                var pair = alike[i][j] > 0 ? alike[i][j] + best[i + 1][j + 1] : 0;
                best[i][j] = Math.Max(pair, Math.Max(best[i + 1][j], best[i][j + 1]));
            }
        }

        var pairs = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < before && j < after;)
        {
            if (alike[i][j] > 0 && best[i][j] == alike[i][j] + best[i + 1][j + 1]) pairs.Add((i++, j++));
            else if (best[i][j] == best[i + 1][j]) i++;
            else j++;
        }

        return pairs;
    }

    private static Dictionary<string, int> WordsOf(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).CountBy(word => word).ToDictionary();

    private static double Shared(Dictionary<string, int> one, Dictionary<string, int> other)
    {
        var (total, shared) = (one.Values.Sum() + other.Values.Sum(), 0);
        foreach (var (word, count) in one) shared += Math.Min(count, other.GetValueOrDefault(word));
        return total == 0 ? 0 : 2.0 * shared / total;
    }
}
