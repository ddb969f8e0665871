using CsCheck;
using WeToo.Core.Keysets;
using WeToo.Vault.Features.Cases;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>Which counselor an author gets: their own choice, another for each author, and no more work than others have.</summary>
public sealed class AssignmentTests
{
    private static readonly Dictionary<string, Assignment.Load> s_idle = [];

    [Fact]
    public void Whoever_has_the_fewest_cases_is_asked_first() =>
        Assert.Equal(["b"], Assignment.Assign([["a", "b", "c"]], Loads(("a", 0, 3), ("b", 0, 1), ("c", 0, 2))));

    [Fact]
    public void An_author_with_one_choice_is_not_crowded_out_by_one_with_two() =>
        Assert.Equal(["y", "x"], Assignment.Assign([["x", "y"], ["x"]], s_idle));

    [Fact]
    public void A_counselor_who_has_an_author_of_this_match_gets_another_only_when_nobody_else_can() =>
        Assert.Equal(["b", "a"], Assignment.Assign([["a", "b"], ["a", "b"]], Loads(("a", 1, 1), ("b", 0, 9))));

    [Fact]
    public void With_too_few_counselors_the_work_is_shared() =>
        Assert.Equal(2, Assignment.Assign([["a", "b"], ["a", "b"], ["a", "b"], ["a", "b"]], s_idle).Count("a".Equals));

    [Fact]
    public void Who_takes_no_more_is_not_asked_and_an_author_waits_for_one_of_their_own_while_there_may_be_one()
    {
        Dictionary<string, Assignment.Load> loads = new() { ["a"] = new("a", 0, 5, 0), ["b"] = new("b", 1, 1, 1) };

        Assert.Equal([""], Assignment.Assign([["a"]], loads));
        Assert.Equal([""], Assignment.Assign([["a", "b"]], loads)); // The other has somebody of this match.
        Assert.Equal(["b"], Assignment.Assign([["a", "b"]], loads, hasWaited: true));
        Assert.Equal(["b", ""], Assignment.Assign([["a", "b"], ["a", "b"]], loads, hasWaited: true)); // And takes one more.
        Assert.Equal(["b"], Assignment.Assign([["b"]], loads)); // Nobody else was chosen.
    }

    [Fact]
    public void With_nobody_to_ask_there_is_nobody() => Assert.Equal([""], Assignment.Assign([[]], s_idle));

    [Fact]
    public void As_many_different_counselors_are_found_as_an_exhaustive_search_finds() => Gen.Select(
            Gen.Int[0, 15].Array[1, 4], Gen.Int[0, 3].Array[4])
        .Sample((choices, work) =>
        {
            List<IReadOnlyList<string>> candidates = [.. choices.Select(bits => Enumerable.Range(0, 4).Where(i => ((bits >> i) & 1) == 1).Select(i => $"{i}").ToList())];

            var given = Assignment.Assign(candidates, Loads([.. work.Select((cases, i) => ($"{i}", 0, cases))]));

            return given.Zip(candidates).All(pair => pair.Second.Count == 0 ? pair.First.Length == 0 : pair.Second.Contains(pair.First))
                && given.Where(one => one.Length > 0).Distinct().Count() == MostDifferent(candidates, 0, []);
        });

    [Fact]
    public void Whoever_an_author_left_out_is_not_asked_even_when_all_chosen_have_left()
    {
        using TestCounselor here = new("Here"), gone = new("Gone");
        var roster = Roster.TryParse(KeysetText.WriteRoster([here.Entry]))!;
        var left = Convert.ToHexStringLower(gone.Signing.PublicKey.Span);
        var stays = Convert.ToHexStringLower(here.Signing.PublicKey.Span);

        Assert.Equal([left], Assignment.Candidates(roster, [gone.Signing.PublicKey], Assignment.Nobody));
        Assert.Equal([stays], Assignment.Candidates(roster, [gone.Signing.PublicKey, here.Signing.PublicKey], Assignment.Nobody));
        Assert.Equal([stays], Assignment.Candidates(roster, null, Assignment.Nobody));
    }

    [Fact]
    public void Whoever_is_named_is_passed_over_and_one_colleague_alone_is_not_asked_where_somebody_stands_outside()
    {
        using TestCounselor a = new("A"), b = new("B"), c = new("C"), outside = new("Outside");
        var everybody = Roster.TryParse(KeysetText.WriteRoster([a.Entry, b.Entry, c.Entry, outside.Entry with { Role = TeamRole.Ombuds }]))!;
        string Key(TestCounselor one) => Convert.ToHexStringLower(one.Signing.PublicKey.Span);
        IReadOnlyList<string> Left(IReadOnlyList<TestCounselor>? chosen, params TestCounselor[] named) =>
            Assignment.Candidates(everybody, chosen?.Select(one => one.Signing.PublicKey).ToList(), named.Select(Key).ToHashSet());

        Assert.Equal([Key(a), Key(b), Key(c)], Left([a, b, c, outside]));
        Assert.Equal([Key(b), Key(c)], Left([a, b, c, outside], a));
        Assert.Equal([Key(outside)], Left([a, b, c, outside], a, b));
        Assert.Equal([Key(outside)], Left([a, outside], a));
        Assert.Equal([Key(c)], Left([a, b, c], a, b)); // Nobody outside was chosen.
        Assert.Equal([Key(a)], Left([a, outside])); // The author chose one: nobody is named.
        Assert.Equal([Key(outside)], Left([outside]));
        Assert.Empty(Left([a], a));
        Assert.Equal([Key(outside)], Left(null, a, b));
    }

    private static int MostDifferent(List<IReadOnlyList<string>> candidates, int author, HashSet<string> taken) => author == candidates.Count
        ? taken.Count
        : candidates[author].Where(one => !taken.Contains(one)).Select(one => MostDifferent(candidates, author + 1, [.. taken, one]))
            .Append(MostDifferent(candidates, author + 1, taken)).Max();

    private static Dictionary<string, Assignment.Load> Loads(params (string Counselor, int InMatch, int InAll)[] loads) =>
        loads.ToDictionary(load => load.Counselor, load => new Assignment.Load(load.Counselor, load.InMatch, load.InAll));
}
