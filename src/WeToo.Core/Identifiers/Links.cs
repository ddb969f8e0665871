namespace WeToo.Core.Identifiers;

/// <summary>Links: to a person's page on a platform, to a telephone number, or to any other page. spec/identifiers.md §6.</summary>
internal static class Links
{
    internal static Reading Read(string clean)
    {
        if (WebLink.TryParse(clean, out var help) is not { } link) return help;
        if (Phone(link) is { } number) return Telephone.Read(number, null);
        if (IsWhatsApp(link.Host)) return IdentifierHelp.ShareLink;
        if (Profiles.Read(link) is { } reading) return reading;
        var canonical = link.Canonical();
        return canonical.Length <= Identifier.TextLength ? new Identifier(IdentifierType.Url, canonical) : IdentifierHelp.TooLong;
    }

    /// <summary>The number in a link that rings or writes to one, with its +; null if the text is no such link.</summary>
    internal static string? PhoneOf(string clean) =>
        clean.Contains('/', StringComparison.Ordinal) && WebLink.TryParse(clean, out _) is { } link ? Phone(link) : null;

    private static string? Phone(WebLink link)
    {
        var written = link.Host switch
        {
            "wa.me" => link.Segments is [{ } number] ? number : null,
            "api.whatsapp.com" or "web.whatsapp.com" => link.Segments is ["send"] ? link["phone"] : null,
            "t.me" => link.Segments is [['+', .. { } number]] ? number : null,
            _ => null,
        };
        var digits = written?.TrimStart('+', ' ');
        return digits is { Length: >= 7 } && digits.All(char.IsAsciiDigit) ? $"+{digits}" : null;
    }

    private static bool IsWhatsApp(string host) => host is "wa.me" or "api.whatsapp.com" or "web.whatsapp.com";
}
