using System.Globalization;

namespace WeToo.Core.Identifiers;

/// <summary>
/// What spec/unicode says of each character, read once. The runtime is built without ICU, so that it has no
/// normalisation of its own: docs/adr/0010.
/// </summary>
internal static class UnicodeTable
{
    private const string Resource = "unicode-15.0.txt";

    static UnicodeTable()
    {
        using var stream = typeof(UnicodeTable).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#')) Add(line[0], [.. line[2..].Split(' ')]);
    }

    /// <summary>Canonical combining classes other than 0.</summary>
    internal static Dictionary<int, int> CombiningClass { get; } = [];

    /// <summary>Simple lower case, of those that change.</summary>
    internal static Dictionary<int, int> Lower { get; } = [];

    /// <summary>Full compatibility decompositions, of all but Hangul syllables.</summary>
    internal static Dictionary<int, int[]> Decomposition { get; } = [];

    /// <summary>Primary compositions, of all but Hangul syllables.</summary>
    internal static Dictionary<(int First, int Second), int> Composition { get; } = [];

    private static List<(int First, int Last)> Assigned { get; } = [];

    /// <summary>Whether Unicode 15.0 gives the code point a meaning: not private use, not a surrogate.</summary>
    internal static bool IsAssigned(int codePoint)
    {
        var (low, high) = (0, Assigned.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Assigned[middle].First <= codePoint) low = middle;
            else high = middle - 1;
        }

        return Assigned[low].First <= codePoint && codePoint <= Assigned[low].Last;
    }

    private static void Add(char kind, string[] fields)
    {
        var n = fields.Select((field, i) => int.Parse(field, kind == 'k' && i == 2 ? NumberStyles.None : NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToArray();
        switch (kind)
        {
            case 'a': Assigned.Add((n[0], n[1])); break;
            case 'k': foreach (var codePoint in Enumerable.Range(n[0], n[1] - n[0] + 1)) CombiningClass.Add(codePoint, n[2]); break;
            case 'l': Lower.Add(n[0], n[1]); break;
            case 'd': Decomposition.Add(n[0], n[1..]); break;
            default: Composition.Add((n[0], n[1]), n[2]); break;
        }
    }
}
