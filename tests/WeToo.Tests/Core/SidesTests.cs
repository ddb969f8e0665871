using CsCheck;
using WeToo.Core.Ladder;
using Xunit;

namespace WeToo.Tests.Core;

/// <summary>What counts together when some were found apart. WEP-1, section 9.1.</summary>
public sealed class SidesTests
{
    [Fact]
    public void With_nobody_apart_all_count_together() => Assert.Equal([[1, 2, 3]], Sides.Of([1, 2, 3], (_, _) => false));

    [Fact]
    public void Two_who_are_apart_count_with_everybody_else_each() =>
        Assert.Equal(["1 3 4", "2 3 4"], Sides.Of([1, 2, 3, 4], (one, other) => one + other == 3 && one != other).Select(side => string.Join(' ', side)).Order());

    [Fact]
    public void Each_side_is_a_largest_set_without_two_that_are_apart_and_none_is_missing() => Gen.Select(Gen.Int[0, 6], Gen.Int[0, (1 << 21) - 1]).Sample((count, edges) =>
    {
        var all = Enumerable.Range(0, count).ToList();
        bool AreApart(int one, int other) => one != other && ((edges >> ((Math.Max(one, other) * (Math.Max(one, other) - 1) / 2) + Math.Min(one, other))) & 1) == 1;

        var sides = Sides.Of(all, AreApart).Select(side => side.Sum(one => 1 << one)).Order().ToList();

        bool Holds(int set) => !all.Exists(one => all.Exists(other => ((set >> one) & 1) == 1 && ((set >> other) & 1) == 1 && AreApart(one, other)));
        var largest = Enumerable.Range(0, 1 << count).Where(Holds).Where(set => !all.Exists(one => ((set >> one) & 1) == 0 && Holds(set | (1 << one)))).ToList();
        return sides.SequenceEqual(largest);
    });
}
