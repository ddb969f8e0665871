using System.Globalization;

namespace WeToo.Vault.Features.Statistics;

/// <summary>How a number of people is said in public, so that nobody can be found by it: never below ten, never exactly. There is no other way to say one.</summary>
public static class SmallNumbers
{
    /// <summary>The smallest number that is said at all.</summary>
    public const long Least = 10;

    /// <summary>How many people a place must have before anything is said of matches.</summary>
    public const long CoveredForMatches = 2_000;

    private const long Step = 5;

    /// <summary>A number in words.</summary>
    /// <param name="count">0 or more.</param>
    /// <returns><c>fewer than 10</c>, or the nearest multiple of five.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static string Words(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count < Least ? $"fewer than {Least}" : ((count + (Step / 2)) / Step * Step).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The number of matches in words.</summary>
    /// <param name="count">0 or more.</param>
    /// <param name="covered">How many people could have written here.</param>
    /// <returns>As <see cref="Words"/>, or null where too few are covered: then nothing is said, not even "fewer".</returns>
    public static string? Matches(long count, long covered) => covered < CoveredForMatches ? null : Words(count);
}
