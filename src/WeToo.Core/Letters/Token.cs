using System.Globalization;
using System.Text;

namespace WeToo.Core.Letters;

/// <summary>A word, a sign, or one character of a script that is written without spaces. White space is no token: a paragraph that is split or joined changes nothing.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="Length">How many, all of whole grapheme clusters.</param>
/// <param name="Weight">How much it says: graphemes of a word, <see cref="OfContinuous"/> for a character of a script without spaces, 0 for a sign.</param>
/// <param name="Word">Equal for equal tokens of one <see cref="Vocabulary"/>.</param>
internal readonly record struct Token(int Start, int Length, int Weight, int Word)
{
    internal const int OfContinuous = 2;

    internal int End => Start + Length;

    /// <summary>Cuts a text into tokens. Linear in its length.</summary>
    internal static Token[] Cut(string text, Vocabulary vocabulary)
    {
        List<Token> tokens = [];
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            var kind = KindOf(text, at);
            var (end, weight) = (at + length, kind switch { Kind.Word => 1, Kind.Continuous => OfContinuous, _ => 0 });
            while (kind == Kind.Word && end < text.Length && KindOf(text, end) == Kind.Word)
            {
                end += StringInfo.GetNextTextElementLength(text, end);
                weight++;
            }

            if (kind != Kind.Space) tokens.Add(new(at, end - at, weight, vocabulary.NumberOf(text.AsSpan(at, end - at))));
            at = end;
        }

        return [.. tokens];
    }

    private static Kind KindOf(string text, int at)
    {
        if (!Rune.TryGetRuneAt(text, at, out var rune)) return Kind.Sign;
        if (Rune.IsWhiteSpace(rune)) return Kind.Space;
        if (!Rune.IsLetterOrDigit(rune)) return Kind.Sign;
        return IsContinuous(rune.Value) ? Kind.Continuous : Kind.Word;
    }

    /// <summary>Thai, Lao, Tibetan, Myanmar, Khmer, kana and Han.</summary>
    private static bool IsContinuous(int c) => c is (>= 0x0E00 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF)
        or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private enum Kind
    {
        Space,
        Sign,
        Word,
        Continuous,
    }
}

/// <summary>Numbers for words: one for all that differ in case, in the shape of a quotation mark or in the length of a dash only.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    internal int NumberOf(ReadOnlySpan<char> token)
    {
        var folded = token switch
        {
            "‘" or "’" or "‚" or "‛" or "′" or "ʼ" => "'",
            "“" or "”" or "„" or "‟" or "″" or "«" or "»" => "\"",
            "‐" or "‑" or "‒" or "–" or "—" or "−" => "-",
            _ => token.ToString().ToLowerInvariant(),
        };
        if (_numbers.TryGetValue(folded, out var number)) return number;

        _numbers.Add(folded, _numbers.Count);
        return _numbers.Count - 1;
    }
}
