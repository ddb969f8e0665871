namespace WeToo.Voices.Features.Hashtags;

/// <summary>A hashtag of a language.</summary>
/// <param name="Language">The language.</param>
/// <param name="Tag">As people write it, without the sign.</param>
/// <param name="TopicId">What it is about, with its counterparts.</param>
internal sealed record Hashtag(string Language, string Tag, byte[] TopicId)
{
    private const int Longest = 60;

    /// <summary>Where its page is.</summary>
    internal string Path => $"/{Language}/tags/{Uri.EscapeDataString(Folded(Tag))}";

    /// <summary>How it is looked up.</summary>
    internal static string Folded(string tag) => tag.ToLowerInvariant();

    /// <summary>A hashtag as it was typed, without its sign; or <see langword="null"/> when it is none.</summary>
    internal static string? TryRead(string text)
    {
        var tag = text.Trim().TrimStart('#');
        return tag.Length is >= 2 and <= Longest && tag.All(sign => char.IsLetterOrDigit(sign) || sign == '_') ? tag : null;
    }
}
