using CsCheck;
using WeToo.Core.Letters;
using Xunit;

namespace WeToo.Tests.Core;

/// <summary>Who is shown when signatures wait for each other.</summary>
public sealed class TogetherTests
{
    [Fact]
    public void At_49_of_50_nobody_is_shown_and_at_50_all_are()
    {
        Assert.Equal(0, Together.Met(Enumerable.Repeat(50L, 49)));
        Assert.Equal(50, Together.Met(Enumerable.Repeat(50L, 50)));
    }

    [Fact]
    public void Those_who_asked_for_less_count_for_those_who_asked_for_more() =>
        Assert.Equal(3, Together.Met([0, 3, 2, 10]));

    [Fact]
    public void It_is_the_largest_set_in_which_everybody_has_what_they_asked_for() =>
        Gen.Long[0, 8].Array[0, 9].Sample(conditions =>
        {
            var met = Together.Met(conditions);
            var shown = conditions.Count(condition => condition <= met);
            var largest = Enumerable.Range(0, 1 << conditions.Length)
                .Select(set => conditions.Where((_, i) => ((set >> i) & 1) == 1).ToList())
                .Where(set => set.All(condition => condition <= set.Count))
                .Max(set => set.Count);
            Assert.Equal(largest, shown);
        });
}
