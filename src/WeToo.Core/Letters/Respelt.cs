namespace WeToo.Core.Letters;

/// <summary>Words of a short gap that are another spelling of each other, in order.</summary>
internal static class Respelt
{
    /// <summary>Finds the pairs whose likeness adds up to most, by the table of a longest common subsequence. |old| · |new| comparisons.</summary>
    internal static void Pair(string[] old, string[] @new, Action<int, int> pair)
    {
        var best = new double[old.Length + 1][];
        best[old.Length] = new double[@new.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            best[i] = new double[@new.Length + 1];
            for (var j = @new.Length - 1; j >= 0; j--)
                best[i][j] = Math.Max(Math.Max(best[i + 1][j], best[i][j + 1]), best[i + 1][j + 1] + Likeness(old[i], @new[j]));
        }

        for (var (i, j) = (0, 0); i < old.Length && j < @new.Length;)
        {
            if (best[i][j] == best[i + 1][j]) i++;
            else if (best[i][j] == best[i][j + 1]) j++;
            else pair(i++, j++);
        }
    }

    /// <summary>The share of the longer word that both begin and end with; nothing below six tenths, or for fewer than four letters.</summary>
    private static double Likeness(string one, string other)
    {
        var (shorter, longer) = (Math.Min(one.Length, other.Length), Math.Max(one.Length, other.Length));
        if (shorter == 0) return 0;

        var (start, end) = (0, 0);
        while (start < shorter && char.ToLowerInvariant(one[start]) == char.ToLowerInvariant(other[start])) start++;
        while (end < shorter - start && char.ToLowerInvariant(one[^(end + 1)]) == char.ToLowerInvariant(other[^(end + 1)])) end++;
        return start + end < 4 || 10 * (start + end) < 6 * longer ? 0 : (double)(start + end) / longer;
    }
}
