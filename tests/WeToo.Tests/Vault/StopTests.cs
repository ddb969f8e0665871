using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Receipts;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>The stop code, freezing, taking a consent back, and what is left after a withdrawal. WEP-1, sections 9 and 10.</summary>
public sealed class StopTests : IDisposable
{
    private readonly StopCode _code = StopCode.Random(RandomNumberGenerator.Fill);

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _code.Dispose();

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_stop_code_withdraws_what_was_left_for_it_and_no_other_code_can(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        using var keys = _code.KeysIn(Deployment(set));
        using var other = StopCode.Random(RandomNumberGenerator.Fill);
        using var otherKeys = other.KeysIn(Deployment(set));
        var filing = await new TestFiling(set).FiledAsync(set);
        Assert.Null(await PutAsync(set, filing, keys));

        Assert.Empty(Opened(await AnswerAsync(set, otherKeys), otherKeys));
        Assert.Empty(Opened(await AnswerAsync(set, keys), otherKeys));
        var withdrawal = Assert.Single(Opened(await AnswerAsync(set, keys), keys));
        Assert.Null(await set.PostAsync("/v1/withdrawals", withdrawal));
        Assert.Equal("withdrawn", await AuthorTests.StateAsync(set, filing));
        Assert.Single(Opened(await AnswerAsync(set, keys), keys)); // Once more does no harm.
        Assert.Null(await set.PostAsync("/v1/withdrawals", withdrawal));
        Assert.Equal(Refusal.FilingWithdrawn, await PutAsync(set, filing, keys));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_code_that_nobody_has_is_answered_like_one_that_fits(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        using var keys = _code.KeysIn(Deployment(set));
        var filing = await new TestFiling(set).FiledAsync(set);
        Assert.Null(await PutAsync(set, filing, keys));
        using var unused = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));

        var (known, unknown) = (await WholeAsync(set, keys.Signing), await WholeAsync(set, unused));

        Assert.Equal(unknown.Head, known.Head);
        Assert.Equal((1448, 1448), (unknown.Body.Length, known.Body.Length));
        Assert.NotEqual(unknown.Body, (await WholeAsync(set, unused)).Body);
    }

    [Fact]
    public async Task Guessing_at_codes_locks_nobody_out()
    {
        await using var set = await VaultSet.StartAsync();
        using var keys = _code.KeysIn(Deployment(set));
        var filing = await new TestFiling(set).FiledAsync(set);
        Assert.Null(await PutAsync(set, filing, keys));
        for (var i = 0; i < 200; i++)
        {
            using var guess = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));
            Assert.Equal(1448, (await WholeAsync(set, guess)).Body.Length);
        }

        Assert.Single(Opened(await AnswerAsync(set, keys), keys));
    }

    [Fact]
    public async Task Only_an_author_leaves_a_stop_and_only_for_their_own_filing()
    {
        await using var set = await VaultSet.StartAsync();
        using var keys = _code.KeysIn(Deployment(set));
        var filing = await new TestFiling(set).FiledAsync(set);
        var stranger = new Keeper.Author(set.Keyset.Keyset).Pseudonym;
        var unsigned = PutOf(set, filing, keys);
        unsigned[^1] ^= 1;

        Assert.Equal(Refusal.FilingUnknown, await PutAsync(set, filing, keys, stranger));
        Assert.Equal(Refusal.FilingUnknown, await PutAsync(set, new TestFiling(set), keys));
        Assert.Equal(Refusal.SignatureInvalid, (await set.SendAsync(HttpMethod.Put, "/v1/stops", unsigned)).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await set.SendAsync(HttpMethod.Put, "/v1/stops", unsigned[1..])).Refusal);
        Assert.Equal(Refusal.RequestExpired, (await set.SendAsync(HttpMethod.Put, "/v1/stops", PutOf(set, filing, keys, day: set.Today + 2))).Refusal);
        Assert.Equal(Refusal.DeploymentForeign, (await set.SendAsync(HttpMethod.Put, "/v1/stops", PutOf(set, filing, keys, deployment: new byte[16]))).Refusal);
        Assert.Equal(Refusal.RequestExpired, await set.PostAsync("/v1/stops", StopRequest.Write(Deployment(set), set.Today - 2, new byte[16], keys.Signing)));
        Assert.Equal(0, await set.CountAsync("stops"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_freeze_closes_the_desk_at_once_and_only_the_author_lets_it_go_on(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        using var keys = _code.KeysIn(Deployment(set));
        var counselor = set.Counselors[0];
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set, contact: "Call me"), new TestFiling(set));
        Assert.Null(await PutAsync(set, filings[0], keys));
        var id = (await CaseOfAsync(set, counselor, filings[0])).GetProperty("case_id").GetString()!;
        var freeze = FreezeOf(set, filings[0], keys.Signing, freezes: true);

        Assert.Null(await set.PostAsync("/v1/freezes", freeze));
        Assert.Null(await set.PostAsync("/v1/freezes", freeze)); // Its answer was lost.
        var frozen = await counselor.CaseAsync(set, id);
        Assert.True(frozen.GetProperty("frozen").GetBoolean());
        Assert.Equal(JsonValueKind.Null, frozen.GetProperty("contact").ValueKind);
        Assert.Equal(Refusal.ContactFrozen, (await counselor.OpenRoomAsync(set, id, 0)).Refusal);
        Assert.Equal(Refusal.ContactFrozen, await counselor.VerifyAsync(set, await CaseOfAsync(set, counselor, filings[0])));
        Assert.False((await CaseOfAsync(set, counselor, filings[1])).GetProperty("frozen").GetBoolean());

        Assert.Equal(Refusal.NotAllowed, await set.PostAsync("/v1/freezes", FreezeOf(set, filings[0], keys.Signing, freezes: false)));
        Assert.Null(await set.PostAsync("/v1/freezes", FreezeOf(set, filings[0], filings[0].Author.Pseudonym, freezes: false)));
        var thawed = await counselor.CaseAsync(set, id);
        Assert.False(thawed.GetProperty("frozen").GetBoolean());
        Assert.NotEmpty(thawed.GetProperty("contact").GetBytesFromBase64());
        Assert.Equal(Refusal.RequestReplayed, await set.PostAsync("/v1/freezes", freeze));
    }

    [Fact]
    public async Task Nobody_else_freezes_or_lets_go_on()
    {
        await using var set = await VaultSet.StartAsync();
        var filing = await new TestFiling(set).FiledAsync(set);
        using var stranger = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));
        var unsigned = FreezeOf(set, filing, filing.Author.Pseudonym, freezes: true);
        unsigned[^1] ^= 1;

        Assert.Equal(Refusal.FilingUnknown, await set.PostAsync("/v1/freezes", FreezeOf(set, filing, stranger, freezes: true)));
        Assert.Equal(Refusal.SignatureInvalid, await set.PostAsync("/v1/freezes", unsigned));
        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync("/v1/freezes", unsigned[1..]));
        Assert.Equal(Refusal.RequestExpired, await set.PostAsync(
            "/v1/freezes", FreezeMessage.Write(Deployment(set), filing.Id, set.Today - 2, true, new byte[16], filing.Author.Pseudonym)));
        Assert.Equal(0, await set.CountAsync("freezes"));
    }

    [Fact]
    public async Task Nothing_is_released_while_contact_is_stopped()
    {
        await using var set = await VaultSet.StartAsync();
        var counselor = set.Counselors[0];
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        Assert.Null(await counselor.VerifyAsync(set, await CaseOfAsync(set, counselor, filings[0])));
        Assert.Null(await set.PostAsync("/v1/freezes", FreezeOf(set, filings[0], filings[0].Author.Pseudonym, freezes: true)));
        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        Assert.Null(await set.PostAsync("/v1/consents", filings[1].Consent));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[1]) == "released");

        Assert.Equal("consented", await AuthorTests.StateAsync(set, filings[0]));
        Assert.Null(await set.PostAsync("/v1/freezes", FreezeOf(set, filings[0], filings[0].Author.Pseudonym, freezes: false)));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[0]) == "released");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_consent_is_taken_back_until_it_was_used(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        Assert.Contains("\"consented\":true", (await AuthorTests.StatusAsync(set, filings[0].Author.Pseudonym)).Json, StringComparison.Ordinal);

        Assert.Null(await set.PostAsync("/v1/revocations", RevocationOf(set, filings[0], filings[0].Author.Pseudonym)));
        Assert.Null(await set.Counselors[0].VerifyAsync(set, await CaseOfAsync(set, set.Counselors[0], filings[0])));
        Assert.Equal("opened", await AuthorTests.StateAsync(set, filings[0]));
        Assert.Equal(Refusal.FilingUnknown, await set.PostAsync("/v1/revocations", RevocationOf(set, filings[0], filings[1].Author.Pseudonym)));

        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[0]) == "released");
        Assert.Equal(Refusal.AccountReleased, await set.PostAsync("/v1/revocations", RevocationOf(set, filings[0], filings[0].Author.Pseudonym)));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task After_a_withdrawal_the_other_person_learns_only_that_something_changed(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        Assert.Null(await set.Counselors[0].VerifyAsync(set, await CaseOfAsync(set, set.Counselors[0], filings[0])));
        Assert.Null(await set.PostAsync("/v1/withdrawals", filings[0].Withdrawal));

        var other = JsonDocument.Parse((await AuthorTests.StatusAsync(set, filings[1].Author.Pseudonym)).Json).RootElement.GetProperty("filings")[0];
        Assert.Equal(("opened", true), (other.GetProperty("state").GetString(), other.GetProperty("changed").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, other.GetProperty("erase_day").ValueKind);
        Assert.True((await CaseOfAsync(set, set.Counselors[0], filings[1])).GetProperty("changed").GetBoolean());
        var own = JsonDocument.Parse((await AuthorTests.StatusAsync(set, filings[0].Author.Pseudonym)).Json).RootElement.GetProperty("filings")[0];
        Assert.Equal((false, set.Today + 30), (own.GetProperty("changed").GetBoolean(), own.GetProperty("erase_day").GetUInt32()));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task An_author_is_told_whether_a_counselor_had_the_contact_part_or_the_account_also_after_withdrawing(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var counselor = set.Counselors[0];
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        Assert.Equal((false, false), await KnownAsync(set, filings[0]));

        _ = await counselor.CaseAsync(set, (await CaseOfAsync(set, counselor, filings[0])).GetProperty("case_id").GetString()!);
        Assert.Equal((false, false), await KnownAsync(set, filings[0])); // Nobody has compared yet.
        Assert.Null(await counselor.VerifyAsync(set, await CaseOfAsync(set, counselor, filings[0])));
        Assert.Equal((true, false), await KnownAsync(set, filings[0]));
        Assert.Equal((false, false), await KnownAsync(set, filings[1]));
        Assert.Null(await set.PostAsync("/v1/consents", filings[0].Consent));
        await VaultSet.UntilAsync(async () => await AuthorTests.StateAsync(set, filings[0]) == "released");
        Assert.Null(await set.PostAsync("/v1/withdrawals", filings[0].Withdrawal));

        Assert.Equal((true, true), await KnownAsync(set, filings[0]));
        Assert.Equal(Refusal.FilingWithdrawn, (await counselor.OpenRoomAsync(set, (await CaseOfAsync(set, counselor, filings[0])).GetProperty("case_id").GetString()!, 0)).Refusal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_is_left_of_a_case_is_erased_on_the_day_that_was_shown(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, Settings = options => options.EraseAfterDays = 1 });
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        Assert.Null(await set.Counselors[0].VerifyAsync(set, await CaseOfAsync(set, set.Counselors[0], filings[0])));
        Assert.Null(await set.PostAsync("/v1/withdrawals", filings[0].Withdrawal));
        var worker = set.App.Services.GetRequiredService<ErasureWorker>();

        await worker.RunDueAsync(Cancel);
        Assert.Equal(2, (await set.Counselors[0].CasesAsync(set)).Count);
        _ = await set.Database.TransactAsync(session => session.Execute("UPDATE tombstones SET at_day = at_day - 1"), Cancel); // A day goes by.
        await worker.RunDueAsync(Cancel);

        Assert.Equal(filings[1].IdText, Assert.Single(await set.Counselors[0].CasesAsync(set)).GetProperty("filing_id").GetString());
        Assert.Equal("withdrawn", await AuthorTests.StateAsync(set, filings[0]));
        Assert.Contains("\"changed\":true", (await AuthorTests.StatusAsync(set, filings[1].Author.Pseudonym)).Json, StringComparison.Ordinal);
        Assert.Equal(0, await set.Database.ReadAsync(
            session => session.Query<long>("SELECT count(*) FROM opening_signatures WHERE filing_id = @id", new { id = filings[0].Id })[0], Cancel));
    }

    private static async Task<(bool Read, bool Released)> KnownAsync(VaultSet set, TestFiling filing)
    {
        using var status = JsonDocument.Parse((await AuthorTests.StatusAsync(set, filing.Author.Pseudonym)).Json);
        var own = status.RootElement.GetProperty("filings")[0];
        return (own.GetProperty("read").GetBoolean(), own.GetProperty("released").GetBoolean());
    }

    private static byte[] Deployment(VaultSet set) => set.Keyset.Keyset.Deployment.ToArray();

    private static byte[] PutOf(VaultSet set, TestFiling filing, StopKeys keys, SigningKey? author = null, uint? day = null, byte[]? deployment = null) => StopPut.Write(
        deployment ?? Deployment(set), filing.Id, day ?? set.Today, keys.Signing.PublicKey.Span, keys.BoxKey.Span, author ?? filing.Author.Pseudonym, RandomNumberGenerator.Fill)!;

    private static async Task<Refusal?> PutAsync(VaultSet set, TestFiling filing, StopKeys keys, SigningKey? author = null) =>
        (await set.SendAsync(HttpMethod.Put, "/v1/stops", PutOf(set, filing, keys, author))).Refusal;

    private static async Task<byte[]> AnswerAsync(VaultSet set, StopKeys keys)
    {
        var (bytes, refusal) = await set.SendAsync(HttpMethod.Post, "/v1/stops", RequestOf(set, keys.Signing));
        Assert.Null(refusal);
        return bytes;
    }

    private static byte[] RequestOf(VaultSet set, SigningKey key) => StopRequest.Write(Deployment(set), set.Today, RandomNumberGenerator.GetBytes(16), key);

    private static List<byte[]> Opened(byte[] answer, StopKeys keys) => [.. answer.Chunk(StopPut.BoxSize).Select(box => keys.Open(box)).OfType<byte[]>()];

    private static async Task<(string Head, byte[] Body)> WholeAsync(VaultSet set, SigningKey key)
    {
        using var answer = await set.Client.PostAsync(new Uri("/v1/stops", UriKind.Relative), new ByteArrayContent(RequestOf(set, key)), Cancel);
        return (Answers.Whole(answer, ""), await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    private static byte[] FreezeOf(VaultSet set, TestFiling filing, SigningKey signer, bool freezes) =>
        FreezeMessage.Write(Deployment(set), filing.Id, set.Today, freezes, RandomNumberGenerator.GetBytes(16), signer);

    private static byte[] RevocationOf(VaultSet set, TestFiling filing, SigningKey signer) =>
        RevocationMessage.Write(Deployment(set), filing.Id, set.Today, RandomNumberGenerator.GetBytes(16), signer);

    private static async Task<JsonElement> CaseOfAsync(VaultSet set, TestCounselor counselor, TestFiling filing) =>
        (await counselor.CasesAsync(set)).Single(one => one.GetProperty("filing_id").GetString() == filing.IdText);
}
