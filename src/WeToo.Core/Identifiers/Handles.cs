namespace WeToo.Core.Identifiers;

/// <summary>Names on platforms, typed or pasted: spec/identifiers.md §6.</summary>
internal static class Handles
{
    internal static Reading Read(string clean)
    {
        if (IsNamed(clean, out var platform, out var name)) return OnPlatform(platform, name);
        if (clean.StartsWith('@') && clean.LastIndexOf('@') > 0) return Profiles.Named("mastodon", clean);
        if (IsRedditor(clean)) return Profiles.Named("reddit", clean.TrimStart('/'));
        if (IsLink(clean)) return Links.Read(clean);
        return PlainText.Fold(clean).EndsWith(".bsky.social", StringComparison.Ordinal) ? Profiles.Named("bluesky", clean) : IdentifierHelp.NoPlatform;
    }

    /// <summary>Whether the text can only be meant as a handle or a link.</summary>
    internal static bool IsMeant(string clean) =>
        IsNamed(clean, out _, out _) || clean.StartsWith('@') || IsRedditor(clean) || IsLink(clean) || PlainText.Fold(clean).EndsWith(".bsky.social", StringComparison.Ordinal);

    private static Reading OnPlatform(string platform, string name)
    {
        var reading = Profiles.Named(platform, name);
        return reading.Help is not null && IsLink(name) ? Links.Read(name) : reading;
    }

    private static bool IsNamed(string clean, out string platform, out string name)
    {
        var colon = clean.IndexOf(':', StringComparison.Ordinal);
        var rule = colon > 0 ? Platforms.Named(PlainText.Fold(clean[..colon].TrimEnd(' '))) : null;
        (platform, name) = (rule?.Name ?? "", rule is null ? "" : clean[(colon + 1)..].Trim(' '));
        return rule is not null;
    }

    private static bool IsRedditor(string clean) =>
        clean.StartsWith("u/", StringComparison.OrdinalIgnoreCase) || clean.StartsWith("/u/", StringComparison.OrdinalIgnoreCase);

    private static bool IsLink(string clean) =>
        clean.Contains('/', StringComparison.Ordinal) || clean.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
}
