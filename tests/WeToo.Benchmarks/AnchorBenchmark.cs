using System.Diagnostics;
using System.Globalization;
using WeToo.Core.Letters;
using WeToo.Tests.Core.Letters;

namespace WeToo.Benchmarks;

/// <summary>How many passages of a revision are found in the next, by us and by what annotation tools do, on edits whose outcome is known; and how long a comparison takes at worst.</summary>
internal static class AnchorBenchmark
{
    internal static void Run(int pairs)
    {
        var tallies = Tally.Of(1, pairs, new Dictionary<string, Func<RevisionPair, Matchers.Matcher>> { ["ours"] = Matchers.Ours, ["exact"] = Matchers.Exact, ["by likeness"] = Matchers.Fuzzy });
        Row("", [.. Tally.Columns]);
        Row("---", [.. Tally.Columns.Select(_ => "---")]);
        foreach (var (way, tally) in tallies) Row(way, [.. tally.Cells()]);

        var chance = new Chance(1);
        var (one, other) = (Words(chance), Words(chance));
        var start = Stopwatch.GetTimestamp();
        _ = RevisionMap.Between(one, other);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"two texts of {one.Length} units with nothing but chance in common: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms"));
    }

    private static string Words(Chance chance) => string.Join(' ', Enumerable.Range(0, 40_000).Select(_ => $"w{chance.Below(60)}"));

    private static void Row(string name, string[] cells) => Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
}
