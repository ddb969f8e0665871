using System.Text.Json;
using CsCheck;
using WeToo.Core.Letters;
using Xunit;

namespace WeToo.Tests.Core.Letters;

/// <summary>Passages across edits: the vectors of spec/anchors.md, what holds for all texts, and the bars on edits whose outcome is known.</summary>
public sealed class AnchorsTests
{
    private static readonly JsonElement s_vectors = Vectors.Read("anchors.json").RootElement;

    private static readonly string[] s_words = ["the", "board", "a", ".", ",", " ", "\n", "été", "é", "字", "不", "👩‍👩‍👧", "قلم"];

    private static readonly Gen<string> s_texts = Gen.OneOf(
        Gen.Int[0, s_words.Length - 1].Array[0, 40].Select(words => string.Concat(words.Select(word => s_words[word]))),
        Gen.Char.Array[0, 40].Select(chars => new string(chars)));

    [Fact]
    public void A_selection_is_read_as_the_vectors_say() => Assert.All(s_vectors.GetProperty("passages").EnumerateArray(), vector =>
    {
        var text = vector.GetProperty("text").GetString()!;
        var passage = Passage.TryMake(text, vector.GetProperty("start").GetInt32(), vector.GetProperty("end").GetInt32(), vector.GetProperty("quote").GetString()!);
        var expected = vector.GetProperty("is");
        Assert.Equal(expected.ValueKind == JsonValueKind.Null, passage is null);
        if (passage is not { } is_) return;

        Assert.Equal((expected.GetProperty("start").GetInt32(), expected.GetProperty("end").GetInt32()), (is_.Start, is_.End));
        Assert.Equal((expected.GetProperty("prefix").GetString(), expected.GetProperty("suffix").GetString()), (is_.PrefixOf(text), is_.SuffixOf(text)));
        Assert.Equal((expected.GetProperty("codePoints")[0].GetInt32(), expected.GetProperty("codePoints")[1].GetInt32()), is_.CodePointsOf(text));
        Assert.Equal(is_, Passage.TryFind(text, is_.QuoteOf(text), is_.PrefixOf(text), is_.SuffixOf(text)));
    });

    [Fact]
    public void A_passage_becomes_what_the_vectors_say() => Assert.All(s_vectors.GetProperty("maps").EnumerateArray(), vector =>
    {
        var (before, after) = (vector.GetProperty("before").GetString()!, vector.GetProperty("after").GetString()!);
        var map = RevisionMap.Between(before, after);
        Assert.All(vector.GetProperty("passages").EnumerateArray(), expected =>
        {
            var mapped = map.Map(Passage.TryFind(before, expected.GetProperty("quote").GetString()!, "", "")!.Value);
            Assert.Equal(((AnchorState)expected.GetProperty("state").GetInt32(), expected.GetProperty("now").GetString()), (mapped.State, mapped.Passage.QuoteOf(after)));
        });
    });

    [Fact]
    public void A_quotation_that_stands_twice_is_found_by_its_surroundings_or_not_at_all()
    {
        const string Text = "the board and the dean and the board";
        Assert.Null(Passage.TryFind(Text, "the board", "", ""));
        Assert.Equal(new Passage(27, 36), Passage.TryFind(Text, "the board", "and ", ""));
        Assert.Null(Passage.TryFind(Text, "the union", "", ""));
    }

    [Fact]
    public void Of_passages_that_were_edited_95_in_100_are_found_and_1_in_100_at_most_is_attached_to_other_text()
    {
        var tallies = Tally.Of(20_261_129, 480, new Dictionary<string, Func<RevisionPair, Matchers.Matcher>> { ["ours"] = Matchers.Ours, ["exact"] = Matchers.Exact, ["fuzzy"] = Matchers.Fuzzy });
        var ours = tallies["ours"];

        Assert.InRange(ours.EditedFound, 0.95, 1);
        Assert.InRange(ours.KeptFound, 0.99, 1);
        Assert.InRange(ours.DeletedAttached, 0, 0.01);
        Assert.InRange(ours.Wrong, 0, 0.01);
        // The measure can tell: what others do fails it.
        Assert.InRange(tallies["exact"].EditedFound, 0, 0.1);
        Assert.InRange(tallies["fuzzy"].DeletedAttached, 0.1, 1);
    }

    [Fact]
    public void Every_passage_of_every_text_is_carried_to_some_place_in_the_other() => Gen.Select(s_texts, s_texts, Gen.Int[0, 40], Gen.Int[0, 40]).Sample((before, after, one, other) =>
    {
        var (start, end) = (Math.Min(one, other) % (before.Length + 1), Math.Max(one, other) % (before.Length + 1));
        var mapped = RevisionMap.Between(before, after).Map(new(Math.Min(start, end), Math.Max(start, end)));
        Assert.InRange(mapped.Passage.Start, 0, mapped.Passage.End);
        Assert.InRange(mapped.Passage.End, 0, after.Length);
        Assert.Equal(mapped.State == AnchorState.Gone, mapped.Passage.Start == mapped.Passage.End);
    });

    [Fact]
    public void In_a_text_that_did_not_change_every_passage_is_kept_where_it_is() => Gen.Select(s_texts, Gen.Int[0, 40], Gen.Int[0, 40]).Sample((text, one, other) =>
    {
        var (start, end) = (Math.Min(one, other), Math.Min(text.Length, Math.Max(one, other)));
        if (start >= end || Passage.TryMake(text, start, end, text[start..end]) is not { } passage) return;
        Assert.Equal(new MappedPassage(AnchorState.Kept, passage), RevisionMap.Between(text, text).Map(passage));
    });

    [Theory]
    [InlineData("👩‍👩‍👧", 2, 8)]
    [InlineData("…", 0, 1)]
    [InlineData("— —", 2, 3)]
    public void A_sign_that_stands_alone_is_kept(string text, int start, int end) =>
        Assert.Equal(new(AnchorState.Kept, new(start, end)), RevisionMap.Between(text, text).Map(new(start, end)));

    [Fact]
    public void What_stays_in_order_is_a_longest_common_subsequence() => Gen.Select(Gen.Int[0, 4].Array[0, 60], Gen.Int[0, 4].Array[0, 60]).Sample((old, @new) =>
    {
        var match = TokenDiff.Match(Tokens(old), Tokens(@new));
        int[] taken = [.. match.Where(place => place >= 0)];
        Assert.Equal(taken.Distinct().Order(), taken);
        Assert.All(Enumerable.Range(0, old.Length).Where(i => match[i] >= 0), i => Assert.Equal(old[i], @new[match[i]]));
        Assert.Equal(LongestCommon(old, @new), taken.Length);
    });

    [Fact]
    public void No_text_makes_the_comparison_take_more_steps_than_its_length_allows()
    {
        var chance = new Chance(1);
        int[] one = [.. Enumerable.Range(0, 40_000).Select(_ => chance.Below(60))], other = [.. Enumerable.Range(0, 40_000).Select(_ => chance.Below(60))];
        int[] none = [.. Enumerable.Range(100, 40_000)], same = new int[40_000], nearly = [.. new int[39_993], 1];
        Assert.All([(one, other), (one, none), (same, nearly), (same, one)], pair =>
        {
            _ = TokenDiff.Match(Tokens(pair.Item1), Tokens(pair.Item2), out var steps);
            Assert.InRange(steps, 0, 2L * 1024 * (pair.Item1.Length + pair.Item2.Length));
        });
    }

    private static Token[] Tokens(int[] words) => [.. words.Select((word, i) => new Token(i, 1, 1, word))];

    private static int LongestCommon(int[] old, int[] @new)
    {
        var best = new int[@new.Length + 1];
        foreach (var word in old)
        {
            var diagonal = 0;
            for (var j = 1; j < best.Length; j++)
                (diagonal, best[j]) = (best[j], word == @new[j - 1] ? diagonal + 1 : Math.Max(best[j], best[j - 1]));
        }

        return best[^1];
    }
}
