using System.Text;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>C8: nobody is told of a match before counselors of both sides have found that two people wrote and that they mean the same person.</summary>
public sealed class CheckTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task To_the_byte_an_author_sees_what_they_saw_before_until_both_sides_have_answered_both_questions(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var (ana, ben) = (await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set));
        var (anas, bens) = (await StatusAsync(set, ana), await StatusAsync(set, ben));
        async Task NothingIsToldAsync()
        {
            Assert.Equal((anas, bens), (await StatusAsync(set, ana), await StatusAsync(set, ben)));
            Assert.Equal(new byte[32], (await new TestMail(set, ana.Author, ana.Id).AuthorAsync(TestMail.Look)).Counselor);
        }


        Assert.Null((await set.AsMatcherAsync("/v1/internal/openings", await TestMatch.OpenAsync(set, [ana, ben]))).Refusal);
        await NothingIsToldAsync();
        var (one, other) = (await SideAsync(set, ana), await SideAsync(set, ben));
        await one.Counselor.CaseAsync(set, one.CaseId);
        await NothingIsToldAsync();

        Assert.Equal(Refusal.CheckMissing, await DoneAsync(set, one, "first-contact"));
        Assert.Null(await one.SaysAsync(set, other, FindingQuestion.Named));
        await NothingIsToldAsync();
        Assert.Null(await one.SaysAsync(set, other, FindingQuestion.Authors));
        await NothingIsToldAsync();
        Assert.Null(await other.SaysAsync(set, one, FindingQuestion.Authors));
        await NothingIsToldAsync();
        Assert.Null(await other.SaysAsync(set, one, FindingQuestion.Named));

        Assert.Equal(("opened", "opened"), (await AuthorTests.StateAsync(set, ana), await AuthorTests.StateAsync(set, ben)));
        Assert.Null(await DoneAsync(set, one, "first-contact"));
        Assert.Equal(["agreed", "agreed"], [(await one.ReadAsync(set)).GetProperty("checks").GetString(), (await other.ReadAsync(set)).GetProperty("checks").GetString()]);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Different_people_return_both_to_sealed_and_nobody_is_told(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var (ana, ben) = (await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set));
        var (anas, bens) = (await StatusAsync(set, ana), await StatusAsync(set, ben));
        var opening = await TestMatch.OpenAsync(set, [ana, ben], matchId: new byte[16]);
        Assert.Null((await set.AsMatcherAsync("/v1/internal/openings", opening)).Refusal);
        var (one, other) = (await SideAsync(set, ana), await SideAsync(set, ben));

        Assert.Null(await one.SaysAsync(set, other, FindingQuestion.Named, FindingAnswer.No));
        Assert.Equal(2, await set.CountAsync("cases"));
        Assert.Null(await other.SaysAsync(set, one, FindingQuestion.Named, FindingAnswer.No));

        Assert.Equal((anas, bens), (await StatusAsync(set, ana), await StatusAsync(set, ben)));
        Assert.Empty(await one.Counselor.CasesAsync(set));
        Assert.Empty(await other.Counselor.CasesAsync(set));
        foreach (var table in (string[])["cases", "opening_signatures", "match_members", "candidates", "clocks"]) Assert.Equal(0, await set.CountAsync(table));
        var apart = ApartMessage.TryParse(await set.Matcher.NextApartAsync())!;
        Assert.False(apart.IsOneAuthor);
        Assert.Equal(1, await set.Database.ReadAsync(session => session.QueryOne<long>("SELECT sum(times) FROM checks_undone"), Cancel));

        // A third names the same: each opens with them, and the two are not compared again.
        var cleo = await new TestFiling(set).FiledAsync(set);
        Assert.Null((await set.AsMatcherAsync("/v1/internal/openings", await TestMatch.OpenAsync(set, [ana, cleo], matchId: new byte[16]))).Refusal);
        Assert.Null((await set.AsMatcherAsync("/v1/internal/openings", await TestMatch.OpenAsync(set, [ben, cleo], matchId: new byte[16], known: [cleo]))).Refusal);
        var (again, third) = (await SideAsync(set, ana), await SideAsync(set, cleo));
        Assert.Equal(cleo.IdText, Assert.Single(await again.SiblingsAsync(set)).GetProperty("filing_id").GetString());
        Assert.Equal(2, (await third.SiblingsAsync(set)).Count);
        await BothSayAsync(set, again, third);
        Assert.Equal(("opened", "sealed", "opened"), (await AuthorTests.StateAsync(set, ana), await AuthorTests.StateAsync(set, ben), await AuthorTests.StateAsync(set, cleo)));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_cannot_be_told_says_to_each_only_that_a_check_goes_on(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        var (one, other) = (await SideAsync(set, filings[0]), await SideAsync(set, filings[1]));

        Assert.Null(await one.SaysAsync(set, other, FindingQuestion.Authors));
        Assert.Null(await one.SaysAsync(set, other, FindingQuestion.Named, FindingAnswer.CannotTell));
        Assert.Null(await other.SaysAsync(set, one, FindingQuestion.Authors));
        Assert.Equal("sealed", await AuthorTests.StateAsync(set, filings[0]));
        Assert.Null(await other.SaysAsync(set, one, FindingQuestion.Named));

        foreach (var filing in filings) Assert.Equal("checking", await AuthorTests.StateAsync(set, filing));
        Assert.Null(await DoneAsync(set, one, "first-contact"));
        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        Assert.Equal("checking", await AuthorTests.StateAsync(set, filings[0]));
        Assert.Null(await one.SaysAsync(set, other, FindingQuestion.Named));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[0]) == "released");
        Assert.Equal("opened", await AuthorTests.StateAsync(set, filings[1]));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task One_person_who_wrote_twice_keeps_the_older_date_and_no_match_is_told(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var older = await new TestFiling(set, day: set.Today - 1).FiledAsync(set);
        await set.Database.TransactAsync(session => session.Execute("UPDATE filings SET filed_day = filed_day - 30"), Cancel);
        var newer = await new TestFiling(set).FiledAsync(set);
        Assert.Null((await set.AsMatcherAsync("/v1/internal/openings", await TestMatch.OpenAsync(set, [older, newer], matchId: new byte[16]))).Refusal);
        var (lost, used) = (await SideAsync(set, older), await SideAsync(set, newer));

        Assert.Null(await used.SaysAsync(set, lost, FindingQuestion.Authors, FindingAnswer.No));
        Assert.Null(await lost.SaysAsync(set, used, FindingQuestion.Authors, FindingAnswer.No)); // They must agree which of the two is used.
        Assert.Equal(2, await set.CountAsync("cases"));
        Assert.Null(await lost.SaysAsync(set, used, FindingQuestion.Authors, FindingAnswer.NoLongerThis));

        Assert.Equal(0, await set.CountAsync("cases"));
        var (kept, retired) = (await FilingAsync(set, newer), await FilingAsync(set, older));
        Assert.Equal(("sealed", set.Today - 30), (kept.GetProperty("state").GetString(), kept.GetProperty("joined_day").GetUInt32()));
        Assert.Equal("joined", retired.GetProperty("state").GetString());
        var apart = ApartMessage.TryParse(await set.Matcher.NextApartAsync())!;
        Assert.True(apart.IsOneAuthor);
        Assert.Equal((newer.IdText, older.IdText), (Convert.ToHexStringLower(apart.First.FilingId.Span), Convert.ToHexStringLower(apart.Second.FilingId.Span)));

        // What counts no more opens nothing and is given to nobody; the other one meets a third.
        Assert.Empty((await set.AsMatcherAsync("/v1/internal/filings", older.Id)).Bytes[4..]);
        var third = await new TestFiling(set).FiledAsync(set);
        Assert.Null((await set.AsMatcherAsync("/v1/internal/openings", await TestMatch.OpenAsync(set, [newer, third], matchId: new byte[16]))).Refusal);
        await BothSayAsync(set, await SideAsync(set, newer), await SideAsync(set, third));
        Assert.Equal("opened", await AuthorTests.StateAsync(set, newer));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Who_withdraws_before_anybody_was_told_leaves_the_other_as_if_nothing_had_been(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var (ana, ben) = (await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set));
        var before = await StatusAsync(set, ana);
        Assert.Null((await set.AsMatcherAsync("/v1/internal/openings", await TestMatch.OpenAsync(set, [ana, ben]))).Refusal);
        var (one, other) = (await SideAsync(set, ana), await SideAsync(set, ben));
        await other.ReadAsync(set);
        Assert.Null(await one.SaysAsync(set, other, FindingQuestion.Authors));

        Assert.Null(await set.PostAsync("/v1/withdrawals", ben.Withdrawal));

        Assert.Equal(before, await StatusAsync(set, ana));
        Assert.Empty(await one.Counselor.CasesAsync(set));
        var gone = await FilingAsync(set, ben);
        Assert.Equal(("withdrawn", false), (gone.GetProperty("state").GetString(), gone.GetProperty("read").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, gone.GetProperty("counselor").ValueKind); // Whoever tests for a match by taking out learns nothing.
    }

    [Fact]
    public async Task Found_different_after_all_the_situation_has_changed_and_nothing_is_read()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        var (one, other) = (await SideAsync(set, filings[0]), await SideAsync(set, filings[1]));
        await BothSayAsync(set, one, other);
        Assert.Null(await one.SaysAsync(set, other, FindingQuestion.Named, FindingAnswer.No));
        Assert.Null(await other.SaysAsync(set, one, FindingQuestion.Named, FindingAnswer.No));

        foreach (var filing in filings) Assert.True((await FilingAsync(set, filing)).GetProperty("changed").GetBoolean());
        Assert.False((await one.ReadAsync(set)).GetProperty("verified").GetBoolean());
    }

    [Fact]
    public async Task A_finding_is_the_counselors_own_about_two_of_one_match()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        var (one, other) = (await SideAsync(set, filings[0]), await SideAsync(set, filings[1]));
        var stranger = await new TestFiling(set).FiledAsync(set);
        byte[] Write(TestFiling about, TestFiling with, TestCounselor by, byte[]? deployment = null) => FindingMessage.Write(
            deployment ?? set.Keyset.Keyset.Deployment.Span, about.Id, with.Id, FindingQuestion.Named, FindingAnswer.Yes, set.Today, by.Signing);
        async Task<Refusal?> SendAsync(byte[] finding) => (await one.Counselor.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{one.CaseId}/findings", finding)).Refusal;
        var unsigned = Write(filings[0], filings[1], one.Counselor);
        unsigned[^1] ^= 1;

        Assert.Equal(Refusal.MalformedMessage, await SendAsync([1]));
        Assert.Equal(Refusal.MalformedMessage, await SendAsync(Write(filings[1], filings[0], one.Counselor)));
        Assert.Equal(Refusal.MalformedMessage, await SendAsync(Write(filings[0], filings[1], other.Counselor)));
        Assert.Equal(Refusal.MalformedMessage, await SendAsync(Write(filings[0], filings[1], one.Counselor, new byte[16])));
        Assert.Equal(Refusal.SignatureInvalid, await SendAsync(unsigned));
        Assert.Equal(Refusal.FilingUnknown, await SendAsync(Write(filings[0], stranger, one.Counselor)));
        Assert.Equal(0, await set.CountAsync("findings"));
    }

    [Fact]
    public async Task A_sheet_is_for_those_whom_the_author_chose_and_for_nobody_else()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var filings = await TestMatch.MatchedAsync(
            set, new TestFiling(set, counselors: [set.Counselors[0]]), new TestFiling(set, counselors: [set.Counselors[0], set.Counselors[1]]));
        var (one, other) = (await SideAsync(set, filings[0]), await SideAsync(set, filings[1]));
        Assert.NotEqual(one.Counselor, other.Counselor);

        foreach (var side in (Side[])[one, other])
        {
            var sheet = JsonSerializer.SerializeToUtf8Bytes(new { sheet = Encoding.UTF8.GetBytes($"sealed by {side.CaseId}") });
            Assert.Null((await side.Counselor.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{side.CaseId}/sheet", sheet)).Refusal);
        }

        var (seen, unseen) = (Assert.Single(await one.SiblingsAsync(set)), Assert.Single(await other.SiblingsAsync(set)));
        Assert.Equal($"sealed by {other.CaseId}", Encoding.UTF8.GetString(seen.GetProperty("sheet").GetBytesFromBase64()));
        Assert.False(seen.GetProperty("may_share").GetBoolean());
        Assert.Equal(JsonValueKind.Null, unseen.GetProperty("sheet").ValueKind);
        Assert.True(unseen.GetProperty("may_share").GetBoolean());
    }

    private static async Task BothSayAsync(VaultSet set, Side one, Side other)
    {
        foreach (var question in Enum.GetValues<FindingQuestion>())
        {
            Assert.Null(await one.SaysAsync(set, other, question));
            Assert.Null(await other.SaysAsync(set, one, question));
        }
    }

    private static async Task<Refusal?> DoneAsync(VaultSet set, Side side, string kind) => (await side.Counselor.AskAsync(
        set, HttpMethod.Post, $"/v1/desk/cases/{side.CaseId}/done", JsonSerializer.SerializeToUtf8Bytes(new { kind }))).Refusal;

    private static async Task<string> StatusAsync(VaultSet set, TestFiling filing) => (await AuthorTests.StatusAsync(set, filing.Author.Pseudonym)).Json;

    private static async Task<JsonElement> FilingAsync(VaultSet set, TestFiling filing) =>
        JsonSerializer.Deserialize<JsonElement>(await StatusAsync(set, filing)).GetProperty("filings")[0];

    private static async Task<Side> SideAsync(VaultSet set, TestFiling filing)
    {
        foreach (var counselor in set.Counselors)
        {
            foreach (var one in await counselor.CasesAsync(set))
                if (one.GetProperty("filing_id").GetString() == filing.IdText) return new(counselor, one.GetProperty("case_id").GetString()!, filing.IdText);
        }

        throw new InvalidOperationException("Nobody has the case.");
    }

    /// <summary>A counselor with one case.</summary>
    private sealed record Side(TestCounselor Counselor, string CaseId, string FilingId)
    {
        internal Task<Refusal?> SaysAsync(VaultSet set, Side other, FindingQuestion question, FindingAnswer answer = FindingAnswer.Yes) =>
            Counselor.FindAsync(set, CaseId, FilingId, other.FilingId, question, answer);

        internal Task<JsonElement> ReadAsync(VaultSet set) => Counselor.CaseAsync(set, CaseId);

        internal async Task<IReadOnlyList<JsonElement>> SiblingsAsync(VaultSet set) => [.. (await ReadAsync(set)).GetProperty("siblings").EnumerateArray()];
    }
}
