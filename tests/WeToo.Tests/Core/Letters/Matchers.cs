using WeToo.Core.Letters;

namespace WeToo.Tests.Core.Letters;

/// <summary>Ways to find a passage again, beside each other: ours, and those that annotation tools use, which see a quotation and its surroundings only.</summary>
internal static class Matchers
{
    /// <summary>Null: it is said to be gone.</summary>
    internal delegate Passage? Matcher(Passage passage);

    internal static Matcher Ours(RevisionPair pair)
    {
        var map = RevisionMap.Between(pair.Before, pair.After);
        return passage => map.Map(passage) is { State: not AnchorState.Gone } mapped ? mapped.Passage : null;
    }

    /// <summary>The same words, where they stand nearest to where they stood.</summary>
    internal static Matcher Exact(RevisionPair pair) => passage =>
    {
        var starts = Occurrences(pair.After, passage.QuoteOf(pair.Before));
        return starts.Count == 0 ? null : Of(starts.MinBy(start => Math.Abs(start - passage.Start)), passage.End - passage.Start);
    };

    /// <summary>
    /// The nearest text by edit distance, with up to half of the quotation's length (256 at most) in errors; of several, the one that is likest in quotation (50), prefix (20), suffix (20) and place (2):
    /// the manner and the weights of Hypothesis' client.
    /// </summary>
    internal static Matcher Fuzzy(RevisionPair pair) => passage =>
    {
        var quote = passage.QuoteOf(pair.Before);
        var exact = Occurrences(pair.After, quote);
        var candidates = exact.Count > 0 ? exact.Select(start => (Start: start, End: start + quote.Length, Errors: 0)) : Nearest(pair.After, quote, Math.Min(256, quote.Length / 2));
        var scored = candidates.Select(candidate => (candidate, Score: Score(pair, passage, candidate))).ToList();
        return scored.Count == 0 ? null : scored.MaxBy(each => each.Score).candidate is var best ? new Passage(best.Start, best.End) : null;
    };

    private static Passage Of(int start, int length) => new(start, start + length);

    private static List<int> Occurrences(string text, string quote)
    {
        List<int> starts = [];
        for (var at = text.IndexOf(quote, StringComparison.Ordinal); at >= 0; at = text.IndexOf(quote, at + 1, StringComparison.Ordinal)) starts.Add(at);
        return starts;
    }

    /// <summary>All places with the fewest errors. P. H. Sellers, "The Theory and Computation of Evolutionary Distances", J. Algorithms 1 (1980).</summary>
    private static List<(int Start, int End, int Errors)> Nearest(string text, string quote, int most)
    {
        var errors = Enumerable.Range(0, quote.Length + 1).ToArray();
        var starts = new int[quote.Length + 1];
        List<(int Start, int End, int Errors)> best = [];
        for (var at = 0; at < text.Length; at++)
        {
            var (diagonal, diagonalStart) = (errors[0], starts[0]);
            starts[0] = at + 1;
            for (var i = 1; i <= quote.Length; i++)
            {
                var cost = diagonal + (quote[i - 1] == text[at] ? 0 : 1);
                var (left, leftStart) = (errors[i], starts[i]);
                (errors[i], starts[i]) = cost <= left + 1 && cost <= errors[i - 1] + 1 ? (cost, diagonalStart)
                    : left <= errors[i - 1] ? (left + 1, leftStart) : (errors[i - 1] + 1, starts[i - 1]);
                (diagonal, diagonalStart) = (left, leftStart);
            }

            if (errors[^1] > most) continue;
            if (best.Count > 0 && errors[^1] < best[0].Errors) best.Clear();
            if (best.Count == 0 || errors[^1] == best[0].Errors) best.Add((starts[^1], at + 1, errors[^1]));
        }

        return best;
    }

    private static double Score(RevisionPair pair, Passage passage, (int Start, int End, int Errors) at)
    {
        var found = new Passage(Math.Min(at.Start, at.End), at.End);
        var quote = 1 - ((double)at.Errors / (passage.End - passage.Start));
        var place = 1 - ((double)Math.Abs(found.Start - passage.Start) / pair.After.Length);
        return (50 * quote) + (20 * Likeness(passage.PrefixOf(pair.Before), found.PrefixOf(pair.After))) + (20 * Likeness(passage.SuffixOf(pair.Before), found.SuffixOf(pair.After))) + (2 * place);
    }

    private static double Likeness(string one, string other)
    {
        if (one.Length == 0) return 1;
        var nearest = Nearest(other, one, one.Length);
        return nearest.Count == 0 ? 0 : 1 - ((double)nearest[0].Errors / one.Length);
    }
}
