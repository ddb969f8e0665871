using System.Text;

namespace WeToo.Core.Identifiers;

/// <summary>What every kind of identifier does first to what was typed or pasted: spec/identifiers.md §2.</summary>
internal static class PlainText
{
    private const string ZerosOfLivingScripts = "٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀០᠐";

    // Default_Ignorable_Code_Point of Unicode 15.0: marks of direction, joiners, soft hyphens, fillers, selectors.
    private static readonly (int First, int Last)[] s_invisible =
    [
        (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
        (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    /// <summary>
    /// The text without invisible characters, in NFKC, with each run of white space as one space and none at the ends;
    /// null if a character is a control, unassigned, private or half of a pair.
    /// </summary>
    internal static string? Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune)) return null;
            if (!rune.IsBmp) i++;
            if (!rune.IsAscii && IsInvisible(rune.Value)) continue;
            if (IsSpace(rune.Value)) _ = kept.Append(' ');
            else if (rune.Value is < 0x20 or (>= 0x7F and < 0xA0) || (!rune.IsAscii && !UnicodeTable.IsAssigned(rune.Value))) return null;
            else _ = kept.Append(rune.ToString());
        }

        return string.Join(' ', Nfkc.Normalize(kept.ToString()).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Clean text in lower case, one character at a time, with a dot above an i dropped, in NFKC again.</summary>
    internal static string Fold(string clean)
    {
        if (Ascii.IsValid(clean)) return LowerAscii(clean);
        var lower = new StringBuilder(clean.Length);
        foreach (var rune in clean.EnumerateRunes())
        {
            var c = UnicodeTable.Lower.GetValueOrDefault(rune.Value, rune.Value);
            if (c != 0x307 || lower.Length == 0 || lower[^1] != 'i') _ = lower.Append(new Rune(c).ToString());
        }

        return Nfkc.Normalize(lower.ToString());
    }

    /// <summary>The text with A to Z in lower case.</summary>
    internal static string LowerAscii(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c + 32) : c));

    /// <summary>The text with the decimal digits of nineteen living scripts as 0 to 9.</summary>
    internal static string AsciiDigits(string text) => Ascii.IsValid(text) ? text : string.Concat(text.Select(AsciiDigit));

    private static char AsciiDigit(char c)
    {
        foreach (var zero in ZerosOfLivingScripts)
            if (c >= zero && c <= zero + 9) return (char)('0' + c - zero);
        return c;
    }

    private static bool IsInvisible(int c) => s_invisible.Any(range => range.First <= c && c <= range.Last);

    private static bool IsSpace(int c) => c is (>= 9 and <= 13) or 0x20 or 0x85 or 0xA0 or 0x1680 or (>= 0x2000 and <= 0x200A) or 0x2028 or 0x2029 or 0x202F or 0x205F or 0x3000;
}
