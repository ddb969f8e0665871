namespace WeToo.Core.Identifiers;

/// <summary>The platforms with a rule: spec/identifiers.md §6.3.</summary>
internal static class Platforms
{
    internal static IReadOnlyList<Platform> All { get; } =
    [
        new("instagram", "Instagram")
        {
            Hosts = ["instagram.com", "instagr.am"], Aliases = ["ig"], Signs = "._", Length = (1, 30),
            Reserved = ["p", "reel", "reels", "tv", "stories", "explore", "direct", "accounts", "about", "legal", "developer", "web", "topics"],
            Tails = ["reels", "tagged", "followers", "following", "channel"],
        },
        new("facebook", "Facebook")
        {
            Hosts = ["facebook.com", "fb.com", "m.me"], Aliases = ["fb", "messenger"], Signs = "", Length = (5, 50),
            Reserved =
            [
                "groups", "events", "pages", "watch", "photo", "photo.php", "photos", "video.php", "videos", "story.php", "stories", "permalink.php", "posts", "reel",
                "marketplace", "hashtag", "gaming", "login", "login.php", "settings", "messages", "notifications", "search", "policies", "privacy", "business", "media", "public",
            ],
            Tails = ["about", "photos", "photos_all", "videos", "friends", "posts", "reels", "mentions", "likes", "followers", "following"],
        },
        new("x", "X (Twitter)")
        {
            Hosts = ["x.com", "twitter.com"], Aliases = ["twitter"], Signs = "_", Length = (1, 15),
            Reserved = ["home", "i", "intent", "search", "hashtag", "share", "explore", "settings", "messages", "notifications", "login", "signup", "tos", "privacy", "compose", "jobs", "about"],
            Tails = ["with_replies", "media", "likes", "followers", "following", "highlights", "articles", "verified_followers"],
        },
        new("linkedin", "LinkedIn") { Hosts = ["linkedin.com"], Words = ["in"], Signs = "-", AnyScript = true, Length = (2, 100), Tails = null },
        new("tiktok", "TikTok") { Hosts = ["tiktok.com"], At = true, Signs = "._", Length = (2, 24), Tails = ["live"] },
        new("snapchat", "Snapchat") { Hosts = ["snapchat.com"], Aliases = ["snap"], Words = ["add"], At = true, Signs = "._-", Length = (3, 15) },
        new("youtube", "YouTube")
        {
            Hosts = ["youtube.com"], At = true, Signs = "._-·", AnyScript = true, Length = (3, 30),
            Tails = ["videos", "shorts", "streams", "playlists", "community", "featured", "about", "posts", "live", "podcasts", "channels"],
        },
        new("github", "GitHub")
        {
            Hosts = ["github.com"], Signs = "-", Length = (1, 39),
            Reserved = ["orgs", "topics", "settings", "marketplace", "explore", "about", "features", "pricing", "login", "join", "sponsors", "search", "notifications", "issues", "pulls", "collections", "trending", "apps", "enterprise", "site", "security"],
        },
        new("telegram", "Telegram")
        {
            Hosts = ["t.me", "telegram.me", "telegram.dog"], Aliases = ["tg"], Signs = "_", Length = (4, 32),
            Reserved = ["joinchat", "c", "addstickers", "addemoji", "addtheme", "addlist", "share", "proxy", "socks", "setlanguage", "login", "confirmphone", "invoice", "boost", "giftcode", "contact"],
        },
        new("bluesky", "Bluesky") { Hosts = ["bsky.app"], Aliases = ["bsky"], Words = ["profile"] },
        new("mastodon", "Mastodon") { Aliases = ["fediverse"], Tails = ["with_replies", "media", "followers", "following"] },
        new("threads", "Threads") { Hosts = ["threads.net", "threads.com"], At = true, Signs = "._", Length = (1, 30), Tails = ["replies", "reposts", "media"] },
        new("reddit", "Reddit")
        {
            Hosts = ["reddit.com"], Words = ["user", "u"], Signs = "_-", Length = (3, 20), Tails = ["submitted", "comments", "posts", "overview", "about"],
        },
        new("twitch", "Twitch")
        {
            Hosts = ["twitch.tv"], Signs = "_", Length = (3, 25), Tails = ["about", "videos", "schedule", "clips"],
            Reserved = ["directory", "videos", "settings", "subscriptions", "downloads", "jobs", "turbo", "store", "search"],
        },
        new("vk", "VK")
        {
            Hosts = ["vk.com", "vk.ru", "vkontakte.ru"], Signs = "._", Length = (2, 32),
            Reserved = ["feed", "im", "groups", "friends", "video", "music", "search", "login", "about", "join", "settings"],
        },
        new("medium", "Medium") { Hosts = ["medium.com"], At = true, Signs = "._-", Length = (1, 60), Tails = ["about", "followers", "following", "lists"] },
        new("discord", "Discord") { Hosts = ["discord.com", "discordapp.com"], Words = ["users"], Signs = "._", Length = (2, 32) },
    ];

    /// <summary>The platform of that name or alias, or null.</summary>
    internal static Platform? Named(string word) => All.FirstOrDefault(platform => platform.Name == word || platform.Aliases.Contains(word));

    /// <summary>The platform under one of whose domains the host stands, and what stands before that domain; or null.</summary>
    internal static (Platform Platform, string Before)? Of(string host)
    {
        foreach (var platform in All)
        {
            foreach (var domain in platform.Hosts)
            {
                if (host == domain) return (platform, "");
                if (host.EndsWith($".{domain}", StringComparison.Ordinal)) return (platform, host[..^(domain.Length + 1)]);
            }
        }

        return null;
    }
}
