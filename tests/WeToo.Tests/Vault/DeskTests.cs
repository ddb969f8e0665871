using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Filings;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>What counselors see and do, and what they do not. WEP-1, sections 9 and 12.</summary>
public sealed class DeskTests
{
    private const string Cases = "/v1/desk/cases";

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_request_counts_once_while_it_is_fresh_and_for_what_was_signed(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var counselor = set.Counselors[0];
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = counselor.Header(set, HttpMethod.Get, Cases, []);
        using var stranger = new TestCounselor("Nobody");

        Assert.Null(await AskAsync(Cases, header));
        Assert.Equal(Refusal.RequestReplayed, await AskAsync(Cases, header));
        Assert.Equal(Refusal.RequestExpired, await AskAsync(Cases, counselor.Header(set, HttpMethod.Get, Cases, [], now - 310)));
        Assert.Equal(Refusal.RequestExpired, await AskAsync(Cases, counselor.Header(set, HttpMethod.Get, Cases, [], now + 310)));
        Assert.Equal(Refusal.RequestExpired, await AskAsync(Cases, counselor.Header(set, HttpMethod.Get, Cases, [], -1)));
        Assert.Null(await AskAsync(Cases, counselor.Header(set, HttpMethod.Get, Cases, [], now - 290)));
        Assert.Equal(Refusal.SignatureInvalid, await AskAsync(Cases, counselor.Header(set, HttpMethod.Get, Cases + "/1", [])));
        Assert.Equal(Refusal.SignatureInvalid, await AskAsync(Cases, counselor.Header(set, HttpMethod.Post, Cases, [])));
        Assert.Equal(Refusal.SignatureInvalid, await AskAsync(Cases, counselor.Header(set, HttpMethod.Get, Cases, [1])));
        Assert.Equal(Refusal.CounselorUnknown, await AskAsync(Cases, stranger.Header(set, HttpMethod.Get, Cases, [])));
        Assert.Equal(Refusal.NotAllowed, await AskAsync(Cases, "none"));
        Assert.Equal(Refusal.NotAllowed, (await set.SendAsync(HttpMethod.Get, Cases, [])).Refusal);

        async Task<Refusal?> AskAsync(string path, string value) => (await set.SendAsync(HttpMethod.Get, path, [], DeskSignature.Header, value)).Refusal;
    }

    [Fact]
    public async Task A_replay_is_known_after_the_vault_starts_again()
    {
        await using var set = await VaultSet.StartAsync();
        var header = set.Counselors[0].Header(set, HttpMethod.Get, Cases, []);

        Assert.Null((await set.SendAsync(HttpMethod.Get, Cases, [], DeskSignature.Header, header)).Refusal);
        await set.StopVaultAsync();
        await set.StartVaultAsync();

        Assert.Equal(Refusal.RequestReplayed, (await set.SendAsync(HttpMethod.Get, Cases, [], DeskSignature.Header, header)).Refusal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Another_counselors_case_and_one_that_never_was_are_answered_alike(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var (owner, other) = (set.Counselors[0], set.Counselors[1]);
        await TestMatch.MatchedAsync(set, new TestFiling(set, counselors: [owner]), new TestFiling(set, counselors: [owner]));
        var theirs = (await owner.CasesAsync(set))[0].GetProperty("case_id").GetString()!;

        var answers = new List<string>();
        foreach (var id in (string[])[theirs, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), "none"])
            foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, $"{Cases}/{id}"), (HttpMethod.Post, $"{Cases}/{id}/findings")])
                answers.Add(await WholeAnswerAsync(set, other, method, path));

        Assert.Single(answers.Distinct());
        Assert.Contains("case-unknown", answers[0], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task An_account_is_released_once_its_author_and_its_counselor_have_both_said_so(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var counselor = set.Counselors[0];
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set, account: "What happened"), new TestFiling(set));
        var @case = await CaseOfAsync(set, counselor, filings[0]);

        Assert.Null(await counselor.VerifyAsync(set, @case));
        Assert.Equal("verified", (await CaseOfAsync(set, counselor, filings[0])).GetProperty("state").GetString());
        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[0]) == "released");

        var whole = await counselor.CaseAsync(set, @case.GetProperty("case_id").GetString()!);
        Assert.Equal("released", whole.GetProperty("state").GetString());
        var (given, _) = await counselor.OpenRoomAsync(set, @case.GetProperty("case_id").GetString()!, 0);
        Assert.Equal("What happened"u8, AgeFile.TryDecrypt(counselor.Identity, given.GetProperty("account").GetBytesFromBase64())!);
        Assert.Equal("opened", await AuthorTests.StateAsync(set, filings[1]));
    }

    [Fact]
    public async Task Consent_in_advance_waits_for_the_counselor_and_shows_nothing_before_the_match()
    {
        await using var set = await VaultSet.StartAsync();
        var filing = await new TestFiling(set).FiledAsync(set);
        Assert.Null(await set.PostAsync("/v1/consents", filing.Consent));
        Assert.Equal("sealed", await AuthorTests.StateAsync(set, filing));

        await TestMatch.MatchedAsync(set, filing, new TestFiling(set));
        Assert.Equal("sealed", await AuthorTests.StateAsync(set, filing));
        Assert.Null(await set.Counselors[0].VerifyAsync(set, await CaseOfAsync(set, set.Counselors[0], filing)));

        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filing) == "released");
    }

    [Fact]
    public async Task A_keeper_that_is_away_and_one_that_lies_do_not_keep_an_account_from_its_counselor()
    {
        await using var lying = await LyingKeeper.StartAsync();
        await using var set = await VaultSet.StartAsync(new()
        {
            Settings = options =>
            {
                lying.Truth = options.Keepers[0].Url!;
                options.Keepers[0].Url = lying.Address;
            },
        });
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));

        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        Assert.Null(await set.Counselors[0].VerifyAsync(set, await CaseOfAsync(set, set.Counselors[0], filings[0])));

        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[0]) == "released");
        Assert.Contains("Keeper 1 gave an answer that does not verify", set.Log.Lines);
    }

    [Fact]
    public async Task An_account_that_nobody_can_read_is_asked_for_once()
    {
        await using var set = await VaultSet.StartAsync();
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set).WithGarbageAccount(), new TestFiling(set));

        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        Assert.Null(await set.Counselors[0].VerifyAsync(set, await CaseOfAsync(set, set.Counselors[0], filings[0])));

        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[0]) == "released");
        var @case = await CaseOfAsync(set, set.Counselors[0], filings[0]);
        var caseId = @case.GetProperty("case_id").GetString()!;
        Assert.True((await set.Counselors[0].CaseAsync(set, caseId)).GetProperty("unreadable").GetBoolean());
        Assert.Equal(Refusal.NotAllowed, (await set.Counselors[0].OpenRoomAsync(set, caseId, 0)).Refusal);
        Assert.Equal(0, await set.CountAsync("readings"));
    }

    private static async Task<JsonElement> CaseOfAsync(VaultSet set, TestCounselor counselor, TestFiling filing) =>
        (await counselor.CasesAsync(set)).Single(one => one.GetProperty("filing_id").GetString() == filing.IdText);

    private static async Task<string> WholeAnswerAsync(VaultSet set, TestCounselor counselor, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (method == HttpMethod.Post) request.Content = new ByteArrayContent([]);
        request.Headers.TryAddWithoutValidation(DeskSignature.Header, counselor.Header(set, method, path, []));
        using var answer = await set.Client.SendAsync(request, Cancel);
        return Answers.Whole(answer, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
