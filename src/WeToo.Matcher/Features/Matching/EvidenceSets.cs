using WeToo.Core;
using WeToo.Matcher.Store;

namespace WeToo.Matcher.Features.Matching;

/// <summary>
/// Which slips to show to keepers. Evidence takes one slip of a pseudonym and at most <see cref="Limits.MemberCount"/>; the slips that share a tag
/// may be more, and several may be one person's.
/// </summary>
/// <remarks>
/// Everybody's slip with the least number always suffices for the others: if m people whose least number is at most m share a tag, then so do the
/// m slips of one of these people's choice and the least of each other. So no slip that should move lacks a set that moves it.
/// </remarks>
internal static class EvidenceSets
{
    /// <summary>How many people can matter to a rule: the highest least number.</summary>
    private const int Sufficient = Limits.HighestLeastNumber;

    /// <summary>The sets to try, in order: first everybody's least slip, which moves most at once; then one for each slip that should move.</summary>
    /// <param name="sharing">The live slips that share a tag.</param>
    /// <param name="wanted">Those of them that should move.</param>
    internal static IEnumerable<List<Sharer>> Of(IReadOnlyList<Sharer> sharing, IReadOnlyList<Sharer> wanted)
    {
        var least = sharing.GroupBy(PseudonymOf).Select(slips => slips.MinBy(slip => (slip.Member.Slips.LeastNumber, slip.Member.Rung))!).ToList();
        return wanted.Select(slip => Take([slip], least.Where(other => PseudonymOf(other) != PseudonymOf(slip)))).Prepend(Take([], least));
    }

    /// <summary>Those that suffice for every rule, then as many of the rest as fit, not yet opened ones first.</summary>
    private static List<Sharer> Take(Sharer[] first, IEnumerable<Sharer> others)
    {
        var inOrder = others.OrderBy(slip => slip.Member.Slips.LeastNumber).ThenBy(slip => slip.HasOpened).ToList();
        return
        [
            .. first.Concat(inOrder.Where(slip => slip.Member.Rung == 0).Take(Sufficient))
                .Concat(inOrder.Where(slip => slip.Member.Rung > 0).Take(Sufficient))
                .Concat(inOrder.OrderBy(slip => slip.HasOpened))
                .DistinctBy(slip => (slip.Filing, slip.Slip))
                .Take(Limits.MemberCount),
        ];
    }

    private static string PseudonymOf(Sharer slip) => Convert.ToHexString(slip.Member.Slips.Credential.Pseudonym.Span);
}
