namespace WeToo.Core.Identifiers;

/// <summary>Names of YouTube that are no handles.</summary>
internal static class Channels
{
    /// <summary>Whether it is a channel's number, the one name in which case has a meaning: UC and 22 of base64url.</summary>
    internal static bool IsChannel(string name) =>
        name.Length == 24 && name.StartsWith("UC", StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary><c>c/name</c> and <c>user/name</c>, which need not be the handle of that name; null for anything else.</summary>
    internal static string? OldName(string folded)
    {
        var parts = folded.Split('/');
        return parts is ["c" or "user", { Length: >= 1 and <= 100 } name] && name.EnumerateRunes().All(rune => rune.Value is '-' or '_' or '.' || DomainName.IsWordRune(rune.Value, first: false))
            ? folded
            : null;
    }
}
