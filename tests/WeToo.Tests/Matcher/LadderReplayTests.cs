using CsCheck;
using WeToo.Tests.Authors;
using WeToo.Tests.Core;
using Xunit;

namespace WeToo.Tests.Matcher;

/// <summary>The cases of the rule's own test, once more: with signatures, sealed seeds and contacts, a matcher and keepers.</summary>
public sealed class LadderReplayTests
{
    private const int CaseCount = 300;

    [Fact]
    public async Task Three_hundred_random_cases_through_matcher_and_keepers_open_exactly_what_the_stated_meaning_says()
    {
        await using var matcher = await RunningMatcher.StartAsync();
        TestAuthor[] people = [.. Enumerable.Range(0, 8).Select(_ => matcher.NewAuthor())];

        await LadderCases.Any.SampleAsync(
            async events =>
            {
                var filings = await ReplayAsync(matcher, people, events);
                int[] opened = [.. filings.Where(filed => matcher.HasOpened(filed.Value)).Select(filed => filed.Key).Order()];
                Assert.Equal(LadderCases.MustOpen(events).Order(), opened);
            },
            iter: CaseCount,
            threads: 1);

        Assert.Empty(matcher.Log.Lines);
        Assert.Equal(0, await matcher.CountDueAsync());
    }

    private static async Task<Dictionary<int, TestFiling>> ReplayAsync(RunningMatcher matcher, TestAuthor[] people, LadderEvent[] events)
    {
        var accused = $"tel:+33{System.Security.Cryptography.RandomNumberGenerator.GetHexString(12)}";
        var (filings, live) = (new Dictionary<int, TestFiling>(), new List<int>());
        for (var now = 0; now < events.Length; now++)
        {
            var (person, leastNumber) = events[now];
            var latest = LadderCases.LatestOf(live, events, person);
            if (leastNumber > 0)
            {
                filings[now] = await matcher.FileAsync(people[person], leastNumber, accused);
                live.Add(now);
            }
            else if (latest >= 0)
            {
                await matcher.WithdrawAsync(people[person], filings[latest]);
                await matcher.RunDueAsync();
                live.Remove(latest);
            }
        }

        return filings;
    }
}
