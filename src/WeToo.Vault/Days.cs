namespace WeToo.Vault;

/// <summary>Days of the protocol: whole days since 1970-01-01 UTC.</summary>
internal static class Days
{
    /// <summary>Whether two days are the same or next to each other, so that no time zone and no midnight is refused.</summary>
    internal static bool AreNear(uint a, uint b) => a <= b ? b - a <= 1 : a - b <= 1;
}
