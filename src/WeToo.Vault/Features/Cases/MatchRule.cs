using WeToo.Core.Filings;
using WeToo.Core.Ladder;

namespace WeToo.Vault.Features.Cases;

/// <summary>How a filing stands in its matches.</summary>
internal enum MatchStanding
{
    /// <summary>Too few count together with it: it returns to sealed, or, if its author was told, the situation has changed.</summary>
    Undone,

    /// <summary>Counselors still compare. Its author is told nothing.</summary>
    Open,

    /// <summary>All was compared, and it cannot be told. Its author hears that the check goes on.</summary>
    Unclear,

    /// <summary>As many as its author asked for were found to be other people who mean the same person.</summary>
    Agreed,
}

/// <summary>A filing of a match that lives.</summary>
/// <param name="Filing">Its id, in hex.</param>
/// <param name="LeastNumber">What its author asked for.</param>
internal sealed record MatchMember(string Filing, byte LeastNumber);

/// <summary>What counselors found, by filing, other filing and question.</summary>
internal sealed class FindingSet(IReadOnlyDictionary<(string Filing, string Other, FindingQuestion Question), FindingAnswer> answers)
{
    /// <summary>Both sides say that different people are meant.</summary>
    internal bool AreApart(string one, string other) => Both(one, other, FindingQuestion.Named, FindingAnswer.No, FindingAnswer.No);

    /// <summary>Both sides say that one person wrote both and uses the first one now.</summary>
    internal bool IsUsedInsteadOf(string one, string other) => Both(one, other, FindingQuestion.Authors, FindingAnswer.No, FindingAnswer.NoLongerThis);

    /// <summary>Both sides say that two people mean the same person.</summary>
    internal bool AreTogether(string one, string other) =>
        Both(one, other, FindingQuestion.Authors, FindingAnswer.Yes, FindingAnswer.Yes) && Both(one, other, FindingQuestion.Named, FindingAnswer.Yes, FindingAnswer.Yes);

    /// <summary>Whether one side has answered both questions.</summary>
    internal bool HasCompared(string one, string other) =>
        answers.ContainsKey((one, other, FindingQuestion.Authors)) && answers.ContainsKey((one, other, FindingQuestion.Named));

    /// <summary>What one side says.</summary>
    internal FindingAnswer? Of(string one, string other, FindingQuestion question) => answers.TryGetValue((one, other, question), out var answer) ? answer : null;

    private bool Both(string one, string other, FindingQuestion question, FindingAnswer mine, FindingAnswer theirs) =>
        Of(one, other, question) == mine && Of(other, one, question) == theirs;
}

/// <summary>What follows from counselors' findings for each filing of a match. WEP-1, section 9.1.</summary>
internal static class MatchRule
{
    /// <summary>How a filing stands.</summary>
    /// <param name="filing">The filing.</param>
    /// <param name="matches">The living members of each match that it is in, itself among them.</param>
    /// <param name="found">What counselors found.</param>
    internal static MatchStanding Of(string filing, IReadOnlyList<IReadOnlyList<MatchMember>> matches, FindingSet found)
    {
        var standing = matches.Select(members => OfOne(filing, members, found)).DefaultIfEmpty(MatchStanding.Undone).ToList();
        return standing.Contains(MatchStanding.Agreed) ? MatchStanding.Agreed
            : standing.TrueForAll(one => one == MatchStanding.Undone) ? MatchStanding.Undone
            : standing.Contains(MatchStanding.Open) ? MatchStanding.Open
            : MatchStanding.Unclear;
    }

    private static MatchStanding OfOne(string filing, IReadOnlyList<MatchMember> members, FindingSet found)
    {
        if (!Sides.Of(members, (one, other) => found.AreApart(one.Filing, other.Filing)).Any(side => Opens(filing, side))) return MatchStanding.Undone;

        var others = members.Where(one => one.Filing != filing && !found.AreApart(filing, one.Filing)).ToList();
        var together = 1 + others.Count(other => found.AreTogether(filing, other.Filing));
        return together >= members.First(one => one.Filing == filing).LeastNumber ? MatchStanding.Agreed
            : others.TrueForAll(other => found.HasCompared(filing, other.Filing) && found.HasCompared(other.Filing, filing)) ? MatchStanding.Unclear
            : MatchStanding.Open;
    }

    /// <summary>By the rule of the ladder at rung 0. Each filing is another pseudonym's.</summary>
    private static bool Opens(string filing, IReadOnlyList<MatchMember> side) =>
        LadderRule.Open([.. side.Select(one => new Standing(Convert.FromHexString(one.Filing), one.LeastNumber, 0))])
            .Positions.Any(position => side[position].Filing == filing);
}
