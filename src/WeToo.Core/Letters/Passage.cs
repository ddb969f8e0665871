namespace WeToo.Core.Letters;

/// <summary>A stretch of a text, in UTF-16 units: spec/anchors.md.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends; equal to <paramref name="Start"/> for a mere place between two characters.</param>
public readonly record struct Passage(int Start, int End)
{
    /// <summary>The most a reader can select, in UTF-16 units: a long paragraph.</summary>
    public const int MostUnits = 2000;

    /// <summary>What is quoted of the text before and after a passage, in UTF-16 units at most, as Web Annotation's prefix and suffix.</summary>
    public const int ContextUnits = 32;

    /// <summary>Reads what a browser says was selected.</summary>
    /// <param name="text">The text of the revision that was on the screen.</param>
    /// <param name="start">First unit.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="quote">What the reader saw: must be what stands there.</param>
    /// <returns>The passage without white space at its ends; <see langword="null"/> when it is outside of the text, empty, too long, splits a character, or says something else.</returns>
    public static Passage? TryMake(string text, int start, int end, string quote)
    {
        if (start < 0 || end > text.Length || start >= end || end - start > MostUnits) return null;
        if (!text.AsSpan(start, end - start).SequenceEqual(quote) || Splits(text, start) || Splits(text, end)) return null;

        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        return start < end ? new(start, end) : null;
    }

    /// <summary>The passage that a quotation names: where it stands nearest to a hint, with what is known of its surroundings.</summary>
    /// <param name="text">The text to look in.</param>
    /// <param name="quote">What it says, to the letter.</param>
    /// <param name="prefix">What ends just before it, or nothing.</param>
    /// <param name="suffix">What begins just after it, or nothing.</param>
    /// <returns><see langword="null"/> when it stands nowhere, or more than once and its surroundings do not say which.</returns>
    public static Passage? TryFind(string text, string quote, string prefix, string suffix)
    {
        if (string.IsNullOrWhiteSpace(quote) || quote.Length > MostUnits) return null;

        Passage? found = null;
        for (var at = text.IndexOf(quote, StringComparison.Ordinal); at >= 0; at = text.IndexOf(quote, at + 1, StringComparison.Ordinal))
        {
            var end = at + quote.Length;
            if (!text.AsSpan(0, at).EndsWith(prefix, StringComparison.Ordinal) || !text.AsSpan(end).StartsWith(suffix, StringComparison.Ordinal)) continue;
            if (found is not null) return null;
            found = TryMake(text, at, end, quote);
        }

        return found;
    }

    /// <summary>What it says.</summary>
    /// <param name="text">The text it is of.</param>
    public string QuoteOf(string text) => text[Start..End];

    /// <summary>The end of what stands before it, <see cref="ContextUnits"/> at most, no character split.</summary>
    /// <param name="text">The text it is of.</param>
    public string PrefixOf(string text)
    {
        var from = Math.Max(0, Start - ContextUnits);
        return text[(Splits(text, from) ? from + 1 : from)..Start];
    }

    /// <summary>The beginning of what stands after it, <see cref="ContextUnits"/> at most, no character split.</summary>
    /// <param name="text">The text it is of.</param>
    public string SuffixOf(string text)
    {
        var to = Math.Min(text.Length, End + ContextUnits);
        return text[End..(Splits(text, to) ? to - 1 : to)];
    }

    /// <summary>Start and end in Unicode code points, as Web Annotation's position selectors count.</summary>
    /// <param name="text">The text it is of.</param>
    public (int Start, int End) CodePointsOf(string text)
    {
        var start = CodePoints(text.AsSpan(0, Start));
        return (start, start + CodePoints(text.AsSpan(Start, End - Start)));
    }

    private static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text) count += char.IsLowSurrogate(c) ? 0 : 1;
        return count;
    }

    private static bool Splits(string text, int at) => at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);
}

/// <summary>What became of a passage when a revision was saved.</summary>
public enum AnchorState
{
    /// <summary>The same words, wherever they stand now.</summary>
    Kept = 1,

    /// <summary>Enough of it is still there.</summary>
    Edited = 2,

    /// <summary>It was taken out; what is left is where it stood.</summary>
    Gone = 3,
}

/// <summary>A passage in the next revision.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Passage">Where it is; of one that is gone, the place where it stood.</param>
public readonly record struct MappedPassage(AnchorState State, Passage Passage);
