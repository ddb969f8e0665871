using System.Text;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Filings;
using WeToo.Core.Wire;
using WeToo.Hosting.Storage;
using WeToo.Tests.Keeper;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>Writing to a counselor at once: threshold one, nobody named, no keeper asked. WEP-1, section 7.1.</summary>
public sealed class DirectTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task One_of_the_chosen_has_a_case_at_once_and_the_account_after_a_yes(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 3 });
        TestCounselor[] chosen = [set.Counselors[0], set.Counselors[1]];
        var direct = await new TestDirect(set, counselors: chosen, contact: """{"wetoo":"contact/1","call_me":"Ana"}""", account: """{"wetoo":"account/1","text":"In spring"}""").SentAsync(set);

        var has = (await chosen[0].CasesAsync(set)).Count == 1 ? chosen[0] : chosen[1];
        Assert.Equal(1, (await chosen[0].CasesAsync(set)).Count + (await chosen[1].CasesAsync(set)).Count);
        Assert.Empty(await set.Counselors[2].CasesAsync(set));
        var one = await direct.CaseAsync(set, has);
        Assert.Equal(("verified", true, false), (one.GetProperty("state").GetString(), one.GetProperty("direct").GetBoolean(), one.GetProperty("changed").GetBoolean()));
        Assert.Equal(["first-contact"], one.GetProperty("clocks").EnumerateArray().Select(clock => clock.GetProperty("kind").GetString()!));
        Assert.Equal("""{"wetoo":"contact/1","call_me":"Ana"}""", Open(has, one, "contact"));
        var caseId = one.GetProperty("case_id").GetString()!;
        Assert.Equal(Refusal.NotAllowed, (await has.OpenRoomAsync(set, caseId, 0)).Refusal);
        var status = await direct.StatusAsync(set);
        Assert.Equal(("opened", Convert.ToHexStringLower(has.Signing.PublicKey.Span)), (status.GetProperty("state").GetString(), status.GetProperty("counselor").GetString()));

        Assert.Null(await set.PostAsync("/v1/consents", direct.Consent));
        await VaultSet.UntilAsync(async () => (await direct.StatusAsync(set)).GetProperty("state").GetString() == "released");
        Assert.Equal("""{"wetoo":"account/1","text":"In spring"}""", Open(has, (await has.OpenRoomAsync(set, caseId, 0)).Given, "account"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_vault_has_no_word_of_it_even_once_it_may_be_read(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        const string Marker = "He locked the office door behind us.";
        var direct = await new TestDirect(set, contact: $$"""{"who":"{{Marker}}"}""", account: $$"""{"text":"{{Marker}}"}""").SentAsync(set);
        Assert.Null(await set.PostAsync("/v1/consents", direct.Consent));
        await VaultSet.UntilAsync(async () => (await direct.StatusAsync(set)).GetProperty("state").GetString() == "released");

        Assert.Empty(await Leaks.FindAsync(set, Marker));
        Assert.False(Leaks.InFiles(set, Marker));
        Assert.NotEmpty(await Leaks.FindAsync(set, "age-encryption.org")); // What is there is found.
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task It_can_be_sent_again_as_it_is_and_nothing_else_takes_its_id(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var direct = await new TestDirect(set).SentAsync(set);
        await direct.SentAsync(set);

        Assert.Single(await set.Counselors[0].CasesAsync(set));
        Assert.Equal(Refusal.FilingIdReused, await set.PostAsync("/v1/directs", new TestDirect(set, id: direct.Id).Bytes));
        Assert.Equal(Refusal.FilingIdReused, await set.PostAsync("/v1/filings", new TestFiling(set, id: direct.Id).Bytes));
        Assert.Single(await set.Counselors[0].CasesAsync(set));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Neither_matcher_nor_keepers_hear_of_it_or_of_its_end(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var direct = await new TestDirect(set).SentAsync(set);
        var (looked, _) = await set.AsMatcherAsync("/v1/internal/filings", direct.Id);
        Assert.Equal(new WireWriter().Vec32([]).ToArray(), looked);
        Assert.Equal(0, await set.CountAsync("outbox"));

        Assert.Null(await set.PostAsync("/v1/withdrawals", direct.Withdrawal));

        Assert.Equal(0, await set.CountAsync("outbox"));
        Assert.Equal("withdrawn", (await direct.StatusAsync(set)).GetProperty("state").GetString());
        var one = await direct.CaseAsync(set, set.Counselors[0]);
        Assert.Equal(("withdrawn", ""), (one.GetProperty("state").GetString(), one.GetProperty("contact").GetString()));
        Assert.Equal(Refusal.FilingWithdrawn, await set.PostAsync("/v1/directs", direct.Bytes));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task While_contact_is_stopped_a_yes_gives_nothing_and_afterwards_it_does(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var direct = await new TestDirect(set).SentAsync(set);
        Assert.Null(await set.PostAsync("/v1/freezes", direct.Freeze(true)));
        Assert.Null(await set.PostAsync("/v1/consents", direct.Consent));
        var other = await new TestDirect(set).SentAsync(set);
        Assert.Null(await set.PostAsync("/v1/consents", other.Consent));
        await VaultSet.UntilAsync(async () => (await other.StatusAsync(set)).GetProperty("state").GetString() == "released");

        var frozen = await direct.CaseAsync(set, set.Counselors[0]);
        Assert.Equal(JsonValueKind.Null, frozen.GetProperty("contact").ValueKind);
        Assert.Equal(Refusal.ContactFrozen, (await set.Counselors[0].OpenRoomAsync(set, frozen.GetProperty("case_id").GetString()!, 0)).Refusal);
        Assert.Equal("consented", (await direct.StatusAsync(set)).GetProperty("state").GetString());

        Assert.Null(await set.PostAsync("/v1/freezes", direct.Freeze(false)));
        await VaultSet.UntilAsync(async () => (await direct.StatusAsync(set)).GetProperty("state").GetString() == "released");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_first_word_needs_no_check_and_whoever_gives_it_back_passes_it_on(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var direct = await new TestDirect(set).SentAsync(set);
        var first = (await set.Counselors[0].CasesAsync(set)).Count == 1 ? set.Counselors[0] : set.Counselors[1];
        var second = first == set.Counselors[0] ? set.Counselors[1] : set.Counselors[0];
        var one = await direct.CaseAsync(set, first);
        var path = $"/v1/desk/cases/{one.GetProperty("case_id").GetString()}";
        Assert.Equal(Refusal.FilingUnknown, await first.FindAsync(set, one.GetProperty("case_id").GetString()!, one.GetProperty("filing_id").GetString()!, new('1', 32), FindingQuestion.Named));
        Assert.Null((await first.AskAsync(set, HttpMethod.Post, path + "/done", Encoding.UTF8.GetBytes("""{"kind":"first-contact"}"""))).Refusal);
        Assert.Equal(["reminder"], Kinds(await direct.CaseAsync(set, first))); // One, in three weeks, if nobody answers.

        Assert.Null((await first.AskAsync(set, HttpMethod.Post, path + "/recusal", Encoding.UTF8.GetBytes("{}"))).Refusal);

        Assert.Empty(await first.CasesAsync(set));
        var now = await direct.CaseAsync(set, second);
        Assert.Equal(["reminder"], Kinds(now));
        Assert.Equal("{\"wetoo\":\"contact/1\"}", Open(second, now, "contact"));
    }

    private static IEnumerable<string?> Kinds(JsonElement one) => one.GetProperty("clocks").EnumerateArray().Select(clock => clock.GetProperty("kind").GetString());

    [Fact]
    public async Task What_does_not_hold_is_refused_and_stores_nothing()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var before = await set.CountsAsync();
        using var stranger = new TestCounselor("Nobody");
        var direct = new TestDirect(set);
        var foreign = new Author(set.Keyset.Keyset, new TestRegistrar(100_000));
        var unsigned = direct.Bytes.ToArray();
        unsigned[4 + 1 + 16] ^= 1; // Another filing id.
        var swapped = direct.Bytes.ToArray();
        swapped[^1] ^= 1;
        var shorter = DirectMessage.Write(
            set.Keyset.Keyset.Deployment.Span, direct.Id, direct.Author.Credential, set.Today, [set.Counselors[0].Signing.PublicKey], direct.Contact, direct.Account, direct.Author.Pseudonym);

        Assert.Equal(Refusal.CounselorUnknown, await set.PostAsync("/v1/directs", new TestDirect(set, counselors: [set.Counselors[0], stranger]).Bytes));
        Assert.Equal(Refusal.DeploymentForeign, await set.PostAsync("/v1/directs", new TestDirect(set, deployment: new byte[16]).Bytes));
        Assert.Equal(Refusal.RequestExpired, await set.PostAsync("/v1/directs", new TestDirect(set, day: set.Today - 2).Bytes));
        Assert.Equal(Refusal.CredentialForeign, await set.PostAsync("/v1/directs", new TestDirect(set, foreign).Bytes));
        Assert.Equal(Refusal.SignatureInvalid, await set.PostAsync("/v1/directs", unsigned));
        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync("/v1/directs", swapped));
        Assert.Equal(Refusal.SizeClassUnknown, await set.PostAsync("/v1/directs", shorter));
        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync("/v1/directs", [1, 2, 3]));
        Assert.Equal(Refusal.MessageTooLarge, await set.PostAsync("/v1/directs", new byte[Limits.SubmissionBytes + 1]));

        Assert.Equal(before, await set.CountsAsync());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task An_author_writes_to_counselors_five_times_in_a_month(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var author = new Author(set.Keyset.Keyset);
        for (var i = 0; i < 5; i++) await new TestDirect(set, author).SentAsync(set);

        Assert.Equal(Refusal.DirectLimit, await set.PostAsync("/v1/directs", new TestDirect(set, author).Bytes));
        await new TestDirect(set).SentAsync(set);
    }

    private static string Open(TestCounselor counselor, JsonElement one, string part) =>
        Encoding.UTF8.GetString(AgeFile.TryDecrypt(counselor.Identity, one.GetProperty(part).GetBytesFromBase64())!).TrimEnd(' ');
}
