using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Log;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using WeToo.Tests.Keeper;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>What an author does after filing: comes back, keeps a copy, consents, withdraws. WEP-1, sections 9 to 11.</summary>
public sealed class AuthorTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_pseudonym_that_nobody_knows_gets_what_one_without_filings_gets(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var known = await new TestFiling(set).FiledAsync(set);

        var (unknown, refusal) = await StatusAsync(set, new Author(set.Keyset.Keyset).Pseudonym);

        Assert.Null(refusal);
        Assert.Equal("""{"filings":[],"erase_after_days":30,"box_revision":0,"box":null}""", unknown);
        Assert.Equal(
            $$"""{"filings":[{"filing_id":"{{known.IdText}}","state":"sealed","filed_day":{{set.Today}},"frozen":false,"stop_s":null,"changed":false,"consented":false,"read":false,"released":false,"counselor":null,"waits":false,"erase_day":null,"addenda":0,"from_others":0,"joined_day":null,"closed_day":null,"delete_day":null,"mail_delete_day":null,"hold":null,"meet":null,"handover":null,"readings":[]}],"erase_after_days":30,"box_revision":0,"box":null}""",
            (await StatusAsync(set, known.Author.Pseudonym)).Json);
    }

    [Fact]
    public async Task A_status_request_must_be_fresh_and_signed_for_this_deployment()
    {
        await using var set = await VaultSet.StartAsync();
        var key = new Author(set.Keyset.Keyset).Pseudonym;
        var deployment = set.Keyset.Keyset.Deployment.Span.ToArray();
        var nonce = new byte[16];
        var unsigned = StatusRequest.Write(deployment, set.Today, nonce, key);
        unsigned[^1] ^= 1;

        Assert.Equal(Refusal.DeploymentForeign, await set.PostAsync("/v1/status", StatusRequest.Write(new byte[16], set.Today, nonce, key)));
        Assert.Equal(Refusal.RequestExpired, await set.PostAsync("/v1/status", StatusRequest.Write(deployment, set.Today - 2, nonce, key)));
        Assert.Equal(Refusal.SignatureInvalid, await set.PostAsync("/v1/status", unsigned));
        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync("/v1/status", unsigned[..^1]));
        Assert.Equal(Refusal.MessageTooLarge, await set.PostAsync("/v1/status", new byte[Limits.OtherBytes + 1]));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task An_own_copy_is_replaced_by_higher_revisions_only(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var author = new Author(set.Keyset.Keyset);
        var (first, second) = (PutOf(set, author, 1), PutOf(set, author, 2));

        Assert.Null(await PutAsync(set, first));
        Assert.Null(await PutAsync(set, first));
        Assert.Null(await PutAsync(set, second));
        Assert.Equal(Refusal.BoxRevisionStale, await PutAsync(set, first));
        Assert.Equal(Refusal.BoxRevisionStale, await PutAsync(set, PutOf(set, author, 2)));
        Assert.Null(await PutAsync(set, second));

        var kept = BoxPut.TryParse(second)!.Box.ToArray();
        var status = JsonSerializer.Deserialize<JsonElement>((await StatusAsync(set, author.Pseudonym)).Json);
        Assert.Equal((2, Convert.ToHexString(kept)), (status.GetProperty("box_revision").GetInt32(), Convert.ToHexString(status.GetProperty("box").GetBytesFromBase64())));
    }

    [Fact]
    public async Task An_own_copy_needs_a_credential_a_fresh_signature_and_a_known_size()
    {
        await using var set = await VaultSet.StartAsync();
        var author = new Author(set.Keyset.Keyset);
        var unsigned = PutOf(set, author, 1);
        unsigned[BoxPut.SignedSize - 1] ^= 1;
        var another = PutOf(set, author, 1);
        another[^1] ^= 1;

        Assert.Equal(Refusal.CredentialForeign, await PutAsync(set, PutOf(set, new Author(set.Keyset.Keyset, new TestRegistrar(100_000)), 1)));
        Assert.Equal(Refusal.SignatureInvalid, await PutAsync(set, unsigned));
        Assert.Equal(Refusal.MalformedMessage, await PutAsync(set, another));
        Assert.Equal(Refusal.SizeClassUnknown, await PutAsync(set, PutOf(set, author, 1, size: 4095)));
        Assert.Equal(Refusal.RequestExpired, await PutAsync(set, PutOf(set, author, 1, day: set.Today + 2)));
        Assert.Equal(Refusal.DeploymentForeign, await PutAsync(set, PutOf(set, author, 1, deployment: new byte[16])));
        Assert.Equal(Refusal.MessageTooLarge, await PutAsync(set, new byte[Limits.SubmissionBytes + 1]));
        Assert.Equal(0, await set.CountAsync("boxes"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Consent_is_for_ones_own_living_filing(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filing = await new TestFiling(set).FiledAsync(set);
        var stranger = ConsentMessage.Write(set.Keyset.Keyset.Deployment.Span, filing.Id, set.Today, new Author(set.Keyset.Keyset).Pseudonym);
        var unsigned = filing.Consent;
        unsigned[^1] ^= 1;

        Assert.Equal(Refusal.FilingUnknown, await set.PostAsync("/v1/consents", stranger));
        Assert.Equal(Refusal.SignatureInvalid, await set.PostAsync("/v1/consents", unsigned));
        Assert.Equal(Refusal.MalformedMessage, await set.PostAsync("/v1/consents", filing.Withdrawal));
        Assert.Equal(0, await set.CountAsync("consents"));
        Assert.Null(await set.PostAsync("/v1/consents", filing.Consent));
        Assert.Null(await set.PostAsync("/v1/consents", filing.Consent));
        Assert.Equal(1, await set.CountAsync("consents"));
        Assert.Contains("\"sealed\"", (await StatusAsync(set, filing.Author.Pseudonym)).Json, StringComparison.Ordinal);

        Assert.Null(await set.PostAsync("/v1/withdrawals", filing.Withdrawal));
        Assert.Equal(Refusal.FilingWithdrawn, await set.PostAsync("/v1/consents", filing.Consent));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_withdrawal_erases_what_was_sealed_and_leaves_a_tombstone(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filing = await new TestFiling(set).FiledAsync(set);
        var other = await new TestFiling(set).FiledAsync(set);

        Assert.Null(await set.PostAsync("/v1/withdrawals", filing.Withdrawal));
        Assert.Null(await set.PostAsync("/v1/withdrawals", filing.Withdrawal));

        var rows = await set.Database.ReadAsync(s => s.Query<(byte[] Id, byte[] Contact, byte[] Account)>("SELECT filing_id, contact, account FROM filings"), Cancel);
        Assert.Contains(rows, row => row.Id.SequenceEqual(filing.Id) && row.Contact.Length == 0 && row.Account.Length == 0);
        Assert.Contains(rows, row => row.Id.SequenceEqual(other.Id) && row.Contact.Length > 4096);
        Assert.Equal(1, await set.CountAsync("tombstones"));
        Assert.Contains("\"withdrawn\"", (await StatusAsync(set, filing.Author.Pseudonym)).Json, StringComparison.Ordinal);
        Assert.Single(await set.Matcher.NextTombstonesAsync(1));
    }

    [Fact]
    public async Task Nobody_withdraws_what_another_filed()
    {
        await using var set = await VaultSet.StartAsync();
        var filing = await new TestFiling(set).FiledAsync(set);
        var before = await set.CountAsync("filings");
        var unsigned = filing.Withdrawal;
        unsigned[^1] ^= 1;

        Assert.Equal(Refusal.FilingUnknown, await set.PostAsync(
            "/v1/withdrawals", WithdrawalMessage.Write(set.Keyset.Keyset.Deployment.Span, filing.Id, set.Today, new Author(set.Keyset.Keyset).Pseudonym)));
        Assert.Equal(Refusal.FilingUnknown, await set.PostAsync(
            "/v1/withdrawals", WithdrawalMessage.Write(set.Keyset.Keyset.Deployment.Span, new byte[16], set.Today, filing.Author.Pseudonym)));
        Assert.Equal(Refusal.DeploymentForeign, await set.PostAsync("/v1/withdrawals", WithdrawalMessage.Write(new byte[16], filing.Id, set.Today, filing.Author.Pseudonym)));
        Assert.Equal(Refusal.SignatureInvalid, await set.PostAsync("/v1/withdrawals", unsigned));
        Assert.Equal((before, 0), (await set.CountAsync("filings"), await set.CountAsync("tombstones")));
    }

    internal static async Task<(string Json, Refusal? Refusal)> StatusAsync(VaultSet set, SigningKey pseudonym)
    {
        var (bytes, refusal) = await set.SendAsync(
            HttpMethod.Post, "/v1/status", StatusRequest.Write(set.Keyset.Keyset.Deployment.Span, set.Today, RandomNumberGenerator.GetBytes(16), pseudonym));
        return (System.Text.Encoding.UTF8.GetString(bytes), refusal);
    }

    internal static async Task<string> StateAsync(VaultSet set, TestFiling filing) => JsonSerializer
        .Deserialize<JsonElement>((await StatusAsync(set, filing.Author.Pseudonym)).Json).GetProperty("filings")[0].GetProperty("state").GetString()!;

    internal static byte[] PutOf(VaultSet set, Author author, uint revision, int size = 4096, uint? day = null, byte[]? deployment = null) => BoxPut.Write(
        deployment ?? set.Keyset.Keyset.Deployment.Span, day ?? set.Today, revision, author.Credential, new LogEntry(EntryKind.Account, RandomNumberGenerator.GetBytes(32)),
        RandomNumberGenerator.GetBytes(24 + size + 16), author.Pseudonym);

    internal static async Task<Refusal?> PutAsync(VaultSet set, byte[] message) => (await set.SendAsync(HttpMethod.Put, "/v1/box", message)).Refusal;
}
