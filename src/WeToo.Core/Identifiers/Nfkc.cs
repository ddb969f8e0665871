using System.Text;

namespace WeToo.Core.Identifiers;

/// <summary>Normalization Form KC of Unicode 15.0: UAX #15, with Hangul by arithmetic (The Unicode Standard, 3.12).</summary>
internal static class Nfkc
{
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TrailCount = 28, SyllableCount = LeadCount * VowelCount * TrailCount;

    /// <summary>The text in form KC. It must hold no lone surrogate: each becomes U+FFFD.</summary>
    internal static string Normalize(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var decomposed = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes()) Decompose(rune.Value, decomposed);
        Order(decomposed);
        return Write(Compose(decomposed));
    }

    private static void Decompose(int c, List<int> into)
    {
        var syllable = c - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            into.Add(LeadBase + (syllable / (VowelCount * TrailCount)));
            into.Add(VowelBase + (syllable / TrailCount % VowelCount));
            if (syllable % TrailCount != 0) into.Add(TrailBase + (syllable % TrailCount));
        }
        else if (UnicodeTable.Decomposition.TryGetValue(c, out var parts)) into.AddRange(parts);
        else into.Add(c);
    }

    /// <summary>Sorts each run of combining marks by class, keeping the order of equals.</summary>
    private static void Order(List<int> text)
    {
        for (var i = 1; i < text.Count; i++)
        {
            var (mark, its) = (text[i], Class(text[i]));
            var at = i;
            while (its != 0 && at > 0 && Class(text[at - 1]) > its)
            {
                text[at] = text[at - 1];
                at--;
            }

            text[at] = mark;
        }
    }

    private static List<int> Compose(List<int> text)
    {
        var composed = new List<int>(text.Count);
        var (starter, last) = (-1, 0);
        foreach (var c in text)
        {
            var its = Class(c);
            var reached = starter >= 0 && (composed.Count - 1 == starter || (last != 0 && last < its));
            if (reached && Pair(composed[starter], c) is { } whole)
            {
                composed[starter] = whole;
                continue;
            }

            if (its == 0) starter = composed.Count;
            last = its;
            composed.Add(c);
        }

        return composed;
    }

    private static int? Pair(int first, int second)
    {
        if (first - LeadBase is >= 0 and < LeadCount && second - VowelBase is >= 0 and < VowelCount)
            return SyllableBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TrailCount);
        if (first - SyllableBase is >= 0 and < SyllableCount && (first - SyllableBase) % TrailCount == 0 && second - TrailBase is > 0 and < TrailCount)
            return first + second - TrailBase;
        return UnicodeTable.Composition.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static int Class(int c) => UnicodeTable.CombiningClass.GetValueOrDefault(c);

    private static string Write(List<int> codePoints)
    {
        var text = new StringBuilder(codePoints.Count);
        foreach (var c in codePoints) _ = text.Append(new Rune(c).ToString());
        return text.ToString();
    }
}
