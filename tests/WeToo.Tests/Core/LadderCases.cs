using CsCheck;

namespace WeToo.Tests.Core;

/// <summary>Somebody names the one person that a case is about, or takes it back.</summary>
/// <param name="Person">Who, in 0..7.</param>
/// <param name="LeastNumber">The least number t they ask for, in 2..5; 0 when they withdraw their latest filing.</param>
public readonly record struct LadderEvent(int Person, byte LeastNumber);

/// <summary>Random cases of the ladder, shared by the rule's own test and by its replay through real keepers.</summary>
internal static class LadderCases
{
    /// <summary>Up to ten events among up to eight people; one in six is a withdrawal.</summary>
    internal static Gen<LadderEvent[]> Any { get; } =
        Gen.Select(Gen.Int[0, 7], Gen.Frequency((5, Gen.Byte[2, 5]), (1, Gen.Const((byte)0))), (person, t) => new LadderEvent(person, t)).Array[1, 10];

    /// <summary>
    /// What must have opened by the end, as positions of the filing events: after each event, with m the largest number such that at least m
    /// people with t ≤ m have a live filing, everything live with t ≤ m opens, and what has opened stays so.
    /// </summary>
    internal static IReadOnlySet<int> MustOpen(IReadOnlyList<LadderEvent> events)
    {
        var live = new List<int>();
        var opened = new HashSet<int>();
        for (var now = 0; now < events.Count; now++)
        {
            if (events[now].LeastNumber > 0) live.Add(now);
            else live.Remove(LatestOf(live, events, events[now].Person));

            for (var m = 5; m >= 2; m--)
            {
                var asking = live.Where(i => events[i].LeastNumber <= m).ToList();
                if (asking.Select(i => events[i].Person).Distinct().Count() < m) continue;
                opened.UnionWith(asking);
                break;
            }
        }

        return opened;
    }

    /// <summary>The filing that a withdrawal takes back: the person's latest live one, or −1.</summary>
    internal static int LatestOf(IEnumerable<int> live, IReadOnlyList<LadderEvent> events, int person) =>
        live.Where(i => events[i].Person == person).DefaultIfEmpty(-1).Max();
}
