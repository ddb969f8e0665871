using CsCheck;
using WeToo.Core.Ladder;
using Xunit;

namespace WeToo.Tests.Core;

public sealed class LadderRuleTests
{
    [Fact]
    public void A_hundred_thousand_random_cases_open_exactly_what_the_stated_meaning_says() =>
        LadderCases.Any.Sample(events => Assert.Equal(LadderCases.MustOpen(events).Order(), Climbed(events).Order()), iter: 100_000);

    [Fact]
    public void Two_who_ask_for_two_open() => Assert.Equal([0, 1], Climbed([new(0, 2), new(1, 2)]).Order());

    [Fact]
    public void One_person_who_files_five_times_opens_nothing() =>
        Assert.Empty(Climbed([new(0, 2), new(0, 2), new(0, 3), new(0, 2), new(0, 5)]));

    [Fact]
    public void Nobody_is_counted_towards_an_opening_they_did_not_accept() =>
        Assert.Empty(Climbed([new(0, 2), new(1, 3)]));

    [Fact]
    public void Somebody_at_rung_0_whose_partner_never_opened_counts_for_nobody_else()
    {
        // The partner's sealed seed was garbage: only the first of the two ever stood at rung 0.
        Standing[] sharing = [At(0, leastNumber: 2, rung: 0), At(1, leastNumber: 3, rung: 2)];

        Assert.Empty(LadderRule.Drop(2, sharing).Positions);
        Assert.Empty(LadderRule.Open(sharing).Positions);
    }

    [Fact]
    public void Those_who_have_opened_count_at_every_rung()
    {
        Standing[] sharing = [At(0, 2, 0), At(1, 2, 0), At(2, 3, 2)];

        Assert.Equal([2], LadderRule.Drop(2, sharing).Positions);
    }

    /// <summary>Runs the rule as the matcher does: after each event, at every rung, until nothing moves.</summary>
    private static HashSet<int> Climbed(LadderEvent[] events)
    {
        var rungs = new Dictionary<int, byte>();
        var opened = new HashSet<int>();
        for (var now = 0; now < events.Length; now++)
        {
            if (events[now].LeastNumber > 0) rungs[now] = (byte)(events[now].LeastNumber - 1);
            else rungs.Remove(LadderCases.LatestOf(rungs.Keys, events, events[now].Person));

            while (Step(events, rungs))
            {
            }

            int[] live = [.. rungs.Keys.Order()];
            opened.UnionWith(LadderRule.Open([.. live.Select(i => At(events[i].Person, events[i].LeastNumber, rungs[i]))]).Positions.Select(j => live[j]));
        }

        return opened;
    }

    private static bool Step(LadderEvent[] events, Dictionary<int, byte> rungs)
    {
        for (byte b = 4; b >= 1; b--)
        {
            int[] sharing = [.. rungs.Keys.Order().Where(i => rungs[i] == 0 || (rungs[i] <= b && b < events[i].LeastNumber))];
            var (_, positions) = LadderRule.Drop(b, [.. sharing.Select(i => At(events[i].Person, events[i].LeastNumber, rungs[i]))]);
            foreach (var j in positions) rungs[sharing[j]] = (byte)(b - 1);
            if (positions.Count > 0) return true;
        }

        return false;
    }

    private static Standing At(int person, byte leastNumber, byte rung) => new(new[] { (byte)person }, leastNumber, rung);
}
