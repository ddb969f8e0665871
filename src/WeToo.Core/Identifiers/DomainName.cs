using System.Globalization;

namespace WeToo.Core.Identifiers;

/// <summary>A domain as its A-labels: spec/identifiers.md §3.</summary>
internal static class DomainName
{
    private const string Prefix = "xn--";
    private const string InsideLabels = "·͵׳״・";

    /// <summary>The domain of clean text, in lower-case A-labels; null if no such domain can exist.</summary>
    internal static string? TryCanonical(string clean)
    {
        var labels = clean.Replace('。', '.').Split('.');
        if (labels.Length > 1 && labels[^1].Length == 0) labels = labels[..^1];
        if (labels.Length is < 2 or > 127) return null;
        var canonical = labels.Select(Label).ToArray();
        if (canonical.Any(label => label is null) || !IsEnding(canonical[^1]!)) return null;
        var domain = string.Join('.', canonical);
        return domain.Length <= 253 ? domain : null;
    }

    private static string? Label(string label)
    {
        var folded = PlainText.Fold(label);
        if (folded.StartsWith(Prefix, StringComparison.Ordinal))
        {
            if (Punycode.Decode(folded[Prefix.Length..]) is not { } decoded || PlainText.Clean(decoded) is not { } clean) return null;
            folded = PlainText.Fold(clean);
        }

        if (folded.Length is 0 or > 63 || folded.StartsWith(Prefix, StringComparison.Ordinal) || folded[0] == '-' || folded[^1] == '-' || !Holds(folded)) return null;
        var ascii = folded.All(char.IsAscii) ? folded : Prefix + Punycode.Encode(folded);
        return ascii.Length <= 63 ? ascii : null;
    }

    /// <summary>Letters, marks (not first) and digits; and the few signs that some scripts put between letters.</summary>
    private static bool Holds(string label)
    {
        var first = true;
        foreach (var rune in label.EnumerateRunes())
        {
            if (!(rune.Value == '-' || IsWordRune(rune.Value, first) || (rune.IsBmp && InsideLabels.Contains((char)rune.Value, StringComparison.Ordinal)))) return false;
            first = false;
        }

        return true;
    }

    /// <summary>Whether a code point is a letter or a decimal digit, or a mark that has something to stand on.</summary>
    internal static bool IsWordRune(int codePoint, bool first) => CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => !first,
        _ => false,
    };

    /// <summary>Two letters or more, or an A-label. No list of those that exist today: it would age.</summary>
    private static bool IsEnding(string label) =>
        label.StartsWith(Prefix, StringComparison.Ordinal) || (label.Length >= 2 && label.All(char.IsAsciiLetter));
}
