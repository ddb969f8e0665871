namespace WeToo.Tests.Core.Letters;

/// <summary>The same numbers for the same seed, everywhere: SplitMix64. G. L. Steele and others, "Fast Splittable Pseudorandom Number Generators", 2014.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A whole number from 0 to below a limit.</summary>
    internal int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>True in so many of a hundred.</summary>
    internal bool In100(int times) => Below(100) < times;

    internal T Of<T>(IReadOnlyList<T> all) => all[Below(all.Count)];

    internal List<T> Shuffled<T>(IEnumerable<T> all)
    {
        List<T> list = [.. all];
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }

        return list;
    }

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
