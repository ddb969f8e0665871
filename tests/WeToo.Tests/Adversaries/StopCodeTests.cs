using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Receipts;
using WeToo.Core.Signing;
using WeToo.Tests.Vault;
using Xunit;

namespace WeToo.Tests.Adversaries;

/// <summary>What lies at the vault for a stop code, in a thief's hands; and a stop code in somebody else's.</summary>
public sealed class StopCodeTests : IAsyncLifetime
{
    private readonly StopCode _code = StopCode.Random(RandomNumberGenerator.Fill);
    private VaultSet _set = null!;
    private StopKeys _keys = null!;
    private TestFiling _filing = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private byte[] Deployment => _set.Keyset.Keyset.Deployment.ToArray();

    public async ValueTask InitializeAsync()
    {
        _set = await VaultSet.StartAsync();
        _keys = _code.KeysIn(Deployment);
        _filing = await new TestFiling(_set, contact: "Call me", account: "What happened").FiledAsync(_set);
        var put = StopPut.Write(Deployment, _filing.Id, _set.Today, _keys.Signing.PublicKey.Span, _keys.BoxKey.Span, _filing.Author.Pseudonym, RandomNumberGenerator.Fill)!;
        Assert.Null((await _set.SendAsync(HttpMethod.Put, "/v1/stops", put)).Refusal);
    }

    public async ValueTask DisposeAsync()
    {
        _keys.Dispose();
        _code.Dispose();
        await _set.DisposeAsync();
    }

    [Fact]
    public async Task A_thief_of_the_vaults_database_finds_no_signature_that_withdraws()
    {
        // Everything of the withdrawal but its signature is known to the thief: it is tried with each 64 bytes that lie there.
        var unsigned = _filing.Withdrawal[..^Ed25519.SignatureSize];
        var stolen = (await StolenAsync()).SelectMany(part => part.Length < 1000 ? Windows(part) : []).ToList();

        Assert.True(stolen.Count > 500);
        Assert.DoesNotContain(stolen, signature => WithdrawalMessage.TryParse((byte[])[.. unsigned, .. signature])!.CheckSignature() is null);
        Assert.Null(WithdrawalMessage.TryParse(_filing.Withdrawal)!.CheckSignature()); // The same check takes the true one.
    }

    [Fact]
    public async Task Nothing_that_lies_there_tells_which_code_it_is_for_without_trying_codes()
    {
        var stolen = await StolenAsync();

        foreach (var secret in (byte[][])[System.Text.Encoding.ASCII.GetBytes(_code.ToText()), System.Text.Encoding.ASCII.GetBytes(_code.ToText().Replace("-", "", StringComparison.Ordinal))])
            Assert.DoesNotContain(stolen, part => part.AsSpan().IndexOf(secret) >= 0);
    }

    [Fact]
    public async Task Whoever_has_only_the_stop_code_opens_no_text_and_cannot_act_as_the_author()
    {
        var opened = (await StolenAsync()).Select(part => _keys.Open(part)).OfType<byte[]>().ToList();
        Assert.Equal(_filing.Withdrawal, Assert.Single(opened)); // Of all that lies there, the withdrawal and nothing else.

        Assert.Equal(Refusal.FilingUnknown, await _set.PostAsync("/v1/consents", ConsentMessage.Write(Deployment, _filing.Id, _set.Today, _keys.Signing)));
        Assert.Equal(Refusal.NotAllowed, await _set.PostAsync(
            "/v1/freezes", FreezeMessage.Write(Deployment, _filing.Id, _set.Today, freezes: false, new byte[16], _keys.Signing)));
        var (status, _) = await AuthorTests.StatusAsync(_set, _keys.Signing);
        Assert.StartsWith("{\"filings\":[],", status, StringComparison.Ordinal);
    }

    private static IEnumerable<byte[]> Windows(byte[] part) =>
        Enumerable.Range(0, Math.Max(0, part.Length - Ed25519.SignatureSize + 1)).Select(at => part[at..(at + Ed25519.SignatureSize)]);

    private Task<List<byte[]>> StolenAsync() => _set.Database.ReadAsync(
        session => (List<byte[]>)[
            .. session.Query<byte[]>("SELECT box FROM stops"), .. session.Query<byte[]>("SELECT stop_key FROM stops"), .. session.Query<byte[]>("SELECT message FROM filings"),
            .. session.Query<byte[]>("SELECT contact FROM filings"), .. session.Query<byte[]>("SELECT account FROM filings"), .. session.Query<byte[]>("SELECT message FROM outbox")],
        Cancel);
}
