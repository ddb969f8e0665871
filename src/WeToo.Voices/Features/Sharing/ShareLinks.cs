namespace WeToo.Voices.Features.Sharing;

/// <summary>Plain links to places where something can be shared. Nothing of theirs is loaded here: they hear of a reader when the reader goes there.</summary>
internal static class ShareLinks
{
    /// <summary>The places, with the key of the link's text.</summary>
    /// <param name="address">The whole address of what is shared.</param>
    /// <param name="title">Its title.</param>
    /// <param name="picture">The whole address of its share picture.</param>
    internal static IReadOnlyList<(string Key, string Href)> Of(string address, string title, string picture)
    {
        var (url, text) = (Uri.EscapeDataString(address), Uri.EscapeDataString(title));
        var both = Uri.EscapeDataString($"{title} {address}");
        return
        [
            ("share.facebook", $"https://www.facebook.com/sharer/sharer.php?u={url}"),
            ("share.x", $"https://x.com/intent/post?text={text}&url={url}"),
            ("share.reddit", $"https://www.reddit.com/submit?title={text}&url={url}"),
            ("share.pinterest", $"https://www.pinterest.com/pin/create/button/?url={url}&media={Uri.EscapeDataString(picture)}&description={text}"),
            ("share.bluesky", $"https://bsky.app/intent/compose?text={both}"),
            ("share.whatsapp", $"https://wa.me/?text={both}"),
            ("share.mail", $"mailto:?subject={text}&body={both}"),
        ];
    }

    /// <summary>Where Mastodon servers take what is shared, or <see langword="null"/> when the text names no server.</summary>
    internal static string? OnMastodon(string server, string title, string address)
    {
        var name = server.Trim().TrimEnd('/');
        name = name.Contains('@', StringComparison.Ordinal) ? name[(name.LastIndexOf('@') + 1)..] : name.Replace("https://", "", StringComparison.OrdinalIgnoreCase);
        var isName = Uri.CheckHostName(name) == UriHostNameType.Dns && name.Contains('.', StringComparison.Ordinal);
        return isName ? $"https://{name.ToLowerInvariant()}/share?text={Uri.EscapeDataString($"{title} {address}")}" : null;
    }
}
