namespace WeToo.Core.Letters;

/// <summary>Signatures that are shown together or not at all.</summary>
public static class Together
{
    /// <summary>
    /// Which signatures may be shown: the largest set in which everybody has as many beside them, themselves included, as they asked for. Somebody with
    /// the condition c is in it exactly if c is at most the number that this returns, which is the greatest c that at least c people asked for or less.
    /// </summary>
    /// <param name="conditions">The least number each signer asked for; 0 and 1 for those who asked for none. In any order.</param>
    /// <returns>The greatest condition that is met, 0 or more. O(n log n), and not constant-time: who signed is known to whoever calls.</returns>
    public static long Met(IEnumerable<long> conditions)
    {
        var met = 0L;
        foreach (var (index, condition) in conditions.Order().Index())
            if (condition <= index + 1L) met = condition;
        return met;
    }
}
