namespace WeToo.Core.Identifiers;

/// <summary>Staff and student numbers: spec/identifiers.md §7.</summary>
internal static class MemberNumber
{
    private const string Separators = " -./_‐‒–—―−";

    internal static Reading Read(string clean, string? organisation)
    {
        var colon = clean.IndexOf(':', StringComparison.Ordinal);
        if (organisation is null && colon > 0) (organisation, clean) = (clean[..colon], clean[(colon + 1)..]);
        if (organisation is null || Organisation(organisation) is not { } org) return IdentifierHelp.NoOrganisation;
        var number = PlainText.Fold(string.Concat(PlainText.AsciiDigits(clean).Where(c => !Separators.Contains(c, StringComparison.Ordinal))));
        if (number.Length == 0) return IdentifierHelp.Empty;
        if (number.Length > 64) return IdentifierHelp.TooLong;
        if (!number.EnumerateRunes().All(rune => DomainName.IsWordRune(rune.Value, first: false))) return IdentifierHelp.NotANumber;
        return new Identifier(IdentifierType.Member, $"{org}:{string.Concat(number.Select(UpperAscii))}");
    }

    /// <summary>The operator's word for the organisation: a to z, digits and hyphens, at most 64.</summary>
    private static string? Organisation(string text)
    {
        if (PlainText.Clean(text) is not { } clean) return null;
        var word = PlainText.Fold(clean);
        return word.Length is >= 1 and <= 64 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? word : null;
    }

    private static char UpperAscii(char c) => char.IsAsciiLetterLower(c) ? (char)(c - 32) : c;
}
