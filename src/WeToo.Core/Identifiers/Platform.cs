namespace WeToo.Core.Identifiers;

/// <summary>
/// How one platform writes the names of people and the addresses of their pages: a row of spec/identifiers.md §6.3.
/// </summary>
internal sealed record Platform(string Name, string Title)
{
    private static readonly string[] s_postAddresses = ["wall", "photo", "video", "club", "public", "event", "album", "topic", "app", "clip", "story", "doc", "note"];

    /// <summary>Its domains; a subdomain for devices or languages means the same.</summary>
    internal string[] Hosts { get; init; } = [];

    /// <summary>Other words that people write before the colon.</summary>
    internal string[] Aliases { get; init; } = [];

    /// <summary>What may stand before the name in a path. None, and no <see cref="At"/>: the name comes first.</summary>
    internal string[] Words { get; init; } = [];

    /// <summary>Whether a path may begin with <c>@name</c>.</summary>
    internal bool At { get; init; }

    /// <summary>First segments that are no name.</summary>
    internal string[] Reserved { get; init; } = [];

    /// <summary>What may follow the name on a page that is still the person's own; null: anything.</summary>
    internal string[]? Tails { get; init; } = [];

    /// <summary>Signs in a name, besides letters and digits.</summary>
    internal string Signs { get; init; } = "";

    /// <summary>Whether letters of any script may stand in a name.</summary>
    internal bool AnyScript { get; init; }

    /// <summary>Fewest and most characters in a name.</summary>
    internal (int Fewest, int Most) Length { get; init; }

    /// <summary>The name as the platform compares it; null if it allows no such name. Case means nothing on any of them.</summary>
    internal string? Handle(string typed)
    {
        var name = Unprefixed(typed.Trim(' '));
        if (Name == "youtube" && Channels.IsChannel(name)) return name;
        name = PlainText.Fold(name.StartsWith('@') ? name[1..] : name);
        return Name switch
        {
            "bluesky" => FederatedNames.Bluesky(name),
            "mastodon" => FederatedNames.Mastodon(name),
            "facebook" => Fits(name.Replace(".", "", StringComparison.Ordinal)),
            "youtube" => Channels.OldName(name) ?? Fits(name),
            "vk" when s_postAddresses.Any(word => name.StartsWith(word, StringComparison.Ordinal) && name.Length > word.Length && char.IsAsciiDigit(name[word.Length])) => null,
            _ => Fits(name),
        };
    }

    private string? Fits(string name)
    {
        var count = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            var letter = AnyScript ? DomainName.IsWordRune(rune.Value, count == 0) : rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value);
            if (!letter && !(rune.IsBmp && Signs.Contains((char)rune.Value, StringComparison.Ordinal))) return null;
            count++;
        }

        return count >= Length.Fewest && count <= Length.Most ? name : null;
    }

    private string Unprefixed(string typed) => Words
        .Where(word => typed.StartsWith($"{word}/", StringComparison.OrdinalIgnoreCase))
        .Select(word => typed[(word.Length + 1)..])
        .FirstOrDefault(typed);
}
