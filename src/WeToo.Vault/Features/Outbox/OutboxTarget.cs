namespace WeToo.Vault.Features.Outbox;

/// <summary>Whom an outgoing message is for: the column <c>target</c> of the outbox.</summary>
internal static class OutboxTarget
{
    /// <summary>The matcher: a slips box.</summary>
    internal const long Slips = 0;

    /// <summary>The matcher: a withdrawal.</summary>
    internal const long MatcherTombstones = 1;

    /// <summary>The matcher: two findings by which two filings do not count together.</summary>
    internal const long MatcherApart = 2;

    private const long FirstKeeper = 100;

    /// <summary>A keeper: a withdrawal.</summary>
    internal static long Keeper(int index) => FirstKeeper + index;

    internal static int KeeperIndex(long target) => (int)(target - FirstKeeper);
}
