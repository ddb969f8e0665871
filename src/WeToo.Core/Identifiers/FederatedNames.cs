namespace WeToo.Core.Identifiers;

/// <summary>Names that carry a domain.</summary>
internal static class FederatedNames
{
    /// <summary>A Bluesky name is a domain, by default under bsky.social, or a DID.</summary>
    internal static string? Bluesky(string folded)
    {
        if (folded.StartsWith("did:plc:", StringComparison.Ordinal))
            return folded.Length == 32 && folded[8..].All(c => c is (>= 'a' and <= 'z') or (>= '2' and <= '7')) ? folded : null;
        return DomainName.TryCanonical(folded.Contains('.', StringComparison.Ordinal) ? folded : $"{folded}.bsky.social");
    }

    /// <summary><c>name@host</c>; the host may be written in any script.</summary>
    internal static string? Mastodon(string folded)
    {
        var parts = folded.Split('@');
        if (parts is not [{ Length: >= 1 and <= 64 } name, { } written] || DomainName.TryCanonical(written) is not { } host) return null;
        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? $"{name}@{host}" : null;
    }
}
