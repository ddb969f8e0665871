using WeToo.Core.Filings;

namespace WeToo.Vault.Features.Cases;

/// <summary>Whether a match has lost somebody whom one of its authors needed. They are told no more than that the situation has changed.</summary>
internal static class MatchChange
{
    /// <summary>Whether fewer live in the match than the author of a filing asked for, since somebody withdrew.</summary>
    /// <param name="filing">The signed Filing.</param>
    /// <param name="live">How many of its match live, itself among them.</param>
    /// <param name="withdrawn">How many of its match were withdrawn.</param>
    internal static bool IsTooSmall(byte[] filing, long live, long withdrawn) =>
        withdrawn > 0 && FilingMessage.TryParse(filing) is { } message && live < message.LeastNumber;
}
