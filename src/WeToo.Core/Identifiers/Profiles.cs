using System.Text.RegularExpressions;

namespace WeToo.Core.Identifiers;

/// <summary>Whose page a link of a platform is: spec/identifiers.md §6.2.</summary>
internal static partial class Profiles
{
    private static readonly string[] s_shareHosts =
    [
        "vm.tiktok.com", "vt.tiktok.com", "lnkd.in", "fb.me", "fb.watch", "youtu.be", "t.co", "redd.it", "t.snapchat.com", "l.facebook.com", "lm.facebook.com",
        "l.instagram.com", "bit.ly", "tinyurl.com", "goo.gl", "is.gd", "ow.ly", "buff.ly", "cutt.ly", "rb.gy", "pin.it", "spotify.link", "on.soundcloud.com",
    ];

    private static readonly string[] s_groupHosts = ["discord.gg", "chat.whatsapp.com"];

    /// <summary>The handle, or why the link has none; null if no platform has a rule for it.</summary>
    internal static Reading? Read(WebLink link)
    {
        var host = link.Host.StartsWith("www.", StringComparison.Ordinal) ? link.Host[4..] : link.Host;
        if (s_shareHosts.Contains(host)) return IdentifierHelp.ShareLink;
        if (s_groupHosts.Contains(host)) return IdentifierHelp.NotAProfile;
        if (host.EndsWith(".bsky.social", StringComparison.Ordinal)) return Named("bluesky", host);
        if (Platforms.Of(host) is not var (platform, before)) return OnAnyHost(host, link.Segments);
        if (before.Length == 0 || SameSite().IsMatch(before)) return IsShare(platform, link.Segments) ? IdentifierHelp.ShareLink : Page(platform, link);
        return platform.Name is "telegram" or "medium" ? Named(platform.Name, before) : IdentifierHelp.NotAProfile;
    }

    /// <summary>The handle of that name on that platform, or that none is written so.</summary>
    internal static Reading Named(string platform, string name)
    {
        var rule = Platforms.Named(platform)!;
        if (name.Length == 0 || name == "@") return IdentifierHelp.NoHandle;
        if (platform == "mastodon" && Platforms.Of(name[(name.LastIndexOf('@') + 1)..]) is ({ Name: "threads" }, "")) return Named("threads", name[..name.LastIndexOf('@')]);
        return rule.Handle(name) is { } handle ? new Identifier(IdentifierType.Handle, $"{platform}:{handle}") : IdentifierHelp.NotAHandle;
    }

    private static Reading Page(Platform platform, WebLink link) => platform.Name switch
    {
        "facebook" => FacebookNumber(link) is { } number ? Named("facebook", number) : Ordinary(platform, link.Segments),
        "x" when link.Segments is ["intent", "user" or "follow"] => Named("x", link["screen_name"] ?? ""),
        "youtube" => Channel(link.Segments) ?? Ordinary(platform, link.Segments),
        "telegram" when link.Segments is ["s", ..] => Ordinary(platform, [.. link.Segments.Skip(1)]),
        "telegram" when link.Segments is [['+', ..], ..] => IdentifierHelp.NotAProfile,
        _ => Ordinary(platform, link.Segments),
    };

    private static Reading Ordinary(Platform platform, IReadOnlyList<string> path)
    {
        if (path.Count == 0) return IdentifierHelp.NoHandle;
        var first = PlainText.Fold(path[0]);
        if (platform.Words.Contains(first)) path = [.. path.Skip(1)];
        else if (platform.At ? first[0] != '@' : platform.Words.Length > 0 || platform.Reserved.Contains(first)) return IdentifierHelp.NotAProfile;
        if (path.Count == 0) return IdentifierHelp.NoHandle;
        return IsTail(platform, path) ? Named(platform.Name, path[0]) : IdentifierHelp.NotAProfile;
    }

    private static bool IsTail(Platform platform, IReadOnlyList<string> path) =>
        platform.Tails is null || path.Count == 1 || (path.Count == 2 && platform.Tails.Contains(PlainText.Fold(path[1])));

    /// <summary>The number of a Facebook page, which stays when the name changes.</summary>
    private static string? FacebookNumber(WebLink link)
    {
        var number = link.Segments switch
        {
            ["profile.php"] => link["id"],
            ["people", _, { } id] => id,
            ["p", { } named] => named[(named.LastIndexOf('-') + 1)..],
            _ => null,
        };
        if (number is null) return link.Segments is ["profile.php" or "people" or "p", ..] ? "" : null;
        return number.All(char.IsAsciiDigit) ? number : "";
    }

    private static Reading? Channel(IReadOnlyList<string> path) => path switch
    {
        ["channel", { } id, ..] when Channels.IsChannel(id) => Named("youtube", id),
        ["channel", ..] => IdentifierHelp.NotAHandle,
        ["c" or "user", { } name, ..] => Named("youtube", $"{path[0]}/{name}"),
        _ => (Reading?)null,
    };

    private static bool IsShare(Platform platform, IReadOnlyList<string> path) => platform.Name switch
    {
        "instagram" or "facebook" => path is ["share" or "sharer" or "sharer.php" or "share.php", ..],
        "tiktok" or "snapchat" => path is ["t", ..],
        "reddit" => path is ["r" or "user" or "u", _, "s", ..],
        _ => false,
    };

    /// <summary>A page whose path is @name is a name of the fediverse, on whatever host.</summary>
    private static Reading? OnAnyHost(string host, IReadOnlyList<string> path)
    {
        if (path is ["web", ['@', ..], ..]) path = [.. path.Skip(1)];
        if (path is not [['@', _, ..], ..]) return null;
        if (!IsTail(Platforms.Named("mastodon")!, path)) return IdentifierHelp.NotAProfile;
        return Named("mastodon", path[0].LastIndexOf('@') > 0 ? path[0] : $"{path[0]}@{host}");
    }

    [GeneratedRegex("^(www|m|mobile|web|touch|mbasic|free|old|new|amp|music|gist|[a-z]{2}(-[a-z]{2})?)$", RegexOptions.CultureInvariant)]
    private static partial Regex SameSite();
}
