using System.Text.Json;
using WeToo.Core;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>C2, C4, C8: what is owed, and giving a case back.</summary>
public sealed class CaseActsTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_case_begins_with_what_is_owed_and_loses_it_as_it_is_done(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var counselor = set.Counselors[0];
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        var one = await CaseOfAsync(set, counselor, filings[0]);
        Assert.Equal(["checks", "first-contact"], Kinds(one));

        Assert.Equal(Refusal.CheckMissing, await DoAsync(set, counselor, one, "done", new { kind = "first-contact" }));
        Assert.Null(await counselor.VerifyAsync(set, one));
        Assert.Null(await DoAsync(set, counselor, one, "promise", new { due_day = set.Today + 30 }));
        Assert.Null(await DoAsync(set, counselor, one, "promise", new { due_day = set.Today + 40 }));
        Assert.Equal(["first-contact", "promise"], Kinds(await CaseOfAsync(set, counselor, filings[0])));
        Assert.Null(await DoAsync(set, counselor, one, "done", new { kind = "first-contact" }));

        // One reminder after three weeks; once it is done, or was not needed, nothing more.
        Assert.Equal([("reminder", set.Today + 21, "later"), ("promise", set.Today + 40, "later")], Running(await CaseOfAsync(set, counselor, filings[0])));
        Assert.Null(await DoAsync(set, counselor, one, "done", new { kind = "reminder" }));
        Assert.Null(await DoAsync(set, counselor, one, "done", new { kind = "first-contact" })); // Its answer was lost: it begins nothing anew.
        Assert.Equal([("promise", set.Today + 40, "later")], Running(await CaseOfAsync(set, counselor, filings[0])));
        Assert.Equal(["first-contact"], Kinds(await CaseOfAsync(set, counselor, filings[1])));
    }

    [Fact]
    public async Task What_is_no_promise_is_refused_and_sets_nothing()
    {
        await using var set = await VaultSet.StartAsync();
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        var one = await CaseOfAsync(set, set.Counselors[0], filings[0]);

        foreach (var body in (object[])[new { due_day = set.Today - 2 }, new { due_day = set.Today + 500 }, new { due_day = "soon" }, new { }, 7])
            Assert.Equal(Refusal.MalformedMessage, await DoAsync(set, set.Counselors[0], one, "promise", body));
        Assert.Equal(Refusal.MalformedMessage, await DoAsync(set, set.Counselors[0], one, "done", new { kind = "checks" }));

        Assert.Equal(["checks", "first-contact"], Kinds(await CaseOfAsync(set, set.Counselors[0], filings[0])));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Who_gives_a_case_back_loses_it_at_once_and_another_of_the_chosen_has_it_unchecked_with_the_same_clock(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 3 });
        var (chosen, leftOut) = ((TestCounselor[])[set.Counselors[0], set.Counselors[1]], set.Counselors[2]);
        var filings = await TestMatch.MatchedAsync(
            set, new TestFiling(set, counselors: chosen, contact: "Sam", account: "What happened"), new TestFiling(set, counselors: [leftOut]));
        var first = (await chosen[0].CasesAsync(set)).Count == 1 ? chosen[0] : chosen[1];
        var second = first == chosen[0] ? chosen[1] : chosen[0];
        var before = await CaseOfAsync(set, first, filings[0]);
        Assert.Null(await first.VerifyAsync(set, before));
        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[0]) == "released");

        Assert.Null(await DoAsync(set, first, before, "recusal", new { }));

        Assert.Empty(await first.CasesAsync(set));
        Assert.Equal(Refusal.CaseUnknown, (await first.AskAsync(set, HttpMethod.Get, $"/v1/desk/cases/{before.GetProperty("case_id").GetString()}")).Refusal);
        Assert.Equal(Refusal.CaseUnknown, await DoAsync(set, first, before, "recusal", new { }));
        var after = await CaseOfAsync(set, second, filings[0]);
        Assert.False(after.GetProperty("verified").GetBoolean());
        Assert.Equal("consented", after.GetProperty("state").GetString());
        Assert.Equal(["checks", "first-contact"], Kinds(after));
        Assert.Equal(before.GetProperty("clocks").ToString(), after.GetProperty("clocks").ToString());
        Assert.Single(await leftOut.CasesAsync(set));

        Assert.Null(await second.VerifyAsync(set, after));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[0]) == "released");
        Assert.Null(await DoAsync(set, second, after, "recusal", new { }));
        Assert.Empty(await second.CasesAsync(set));
        Assert.Single(await leftOut.CasesAsync(set));
    }

    [Fact]
    public async Task Withdrawal_forgets_what_was_owed_and_whom_they_chose()
    {
        await using var set = await VaultSet.StartAsync();
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        Assert.Equal((4, 2), (await set.CountAsync("clocks"), await set.CountAsync("candidates")));
        Assert.Null(await set.Counselors[0].VerifyAsync(set, await CaseOfAsync(set, set.Counselors[0], filings[0])));

        Assert.Null(await set.PostAsync("/v1/withdrawals", filings[0].Withdrawal));

        Assert.Equal((1, 1), (await set.CountAsync("clocks"), await set.CountAsync("candidates")));
        Assert.Empty(Kinds(await CaseOfAsync(set, set.Counselors[0], filings[0])));
    }

    private static IEnumerable<(string? Kind, uint DueDay, string? State)> Running(JsonElement one) => one.GetProperty("clocks").EnumerateArray()
        .Select(clock => (clock.GetProperty("kind").GetString(), clock.GetProperty("due_day").GetUInt32(), clock.GetProperty("state").GetString()));

    private static IEnumerable<string> Kinds(JsonElement one) => one.GetProperty("clocks").EnumerateArray().Select(clock => clock.GetProperty("kind").GetString()!);

    private static async Task<JsonElement> CaseOfAsync(VaultSet set, TestCounselor counselor, TestFiling filing) =>
        (await counselor.CasesAsync(set)).Single(one => one.GetProperty("filing_id").GetString() == filing.IdText);

    private static async Task<Refusal?> DoAsync(VaultSet set, TestCounselor counselor, JsonElement one, string act, object body) =>
        (await counselor.AskAsync(
            set, HttpMethod.Post, $"/v1/desk/cases/{one.GetProperty("case_id").GetString()}/{act}", JsonSerializer.SerializeToUtf8Bytes(body))).Refusal;
}
