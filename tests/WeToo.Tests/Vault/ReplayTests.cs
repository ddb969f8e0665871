using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting.Storage;
using WeToo.Tests.Keeper;
using WeToo.Vault;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>A vault that was restored from a backup asks the keepers what was withdrawn since. WEP-1, section 10.3.</summary>
public sealed class ReplayTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_fingerprint_is_the_one_of_the_specification()
    {
        var fingerprint = Convert.ToHexStringLower(WithdrawalMessage.Fingerprint([.. Enumerable.Repeat((byte)1, 32)], [.. Enumerable.Repeat((byte)2, 16)]));

        Assert.Contains($"`{fingerprint}`", File.ReadAllText(Path.Combine(Vectors.Root(), "spec", "wep-1.md")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_only_keepers_know_to_be_withdrawn_is_gone_before_anybody_is_answered(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var ana = await new TestFiling(set).FiledAsync(set);
        var ben = await new TestFiling(set).FiledAsync(set);
        await set.StopVaultAsync();
        foreach (var keeper in set.Keepers.Keepers) Assert.Null((await keeper.Client.AskAsync("/v1/tombstones", ana.Withdrawal)).Refusal);

        await VaultHost.AfterRestoreAsync(set.Database, new byte[32], TimeProvider.System, Cancel);
        await set.StartVaultAsync();

        Assert.Equal((0, true), (await SealedBytesAsync(set, ana), await SealedBytesAsync(set, ben) > 0));
        Assert.Equal(1, await set.CountAsync("tombstones"));
        Assert.Equal(ana.Withdrawal, Assert.Single(await set.Matcher.NextTombstonesAsync(1)));
    }

    [Fact]
    public async Task It_does_not_start_while_too_few_keepers_answer()
    {
        await using var set = await VaultSet.StartAsync();
        var ana = await new TestFiling(set).FiledAsync(set);
        await set.StopVaultAsync();
        Assert.Null((await set.Keepers.Keepers[2].Client.AskAsync("/v1/tombstones", ana.Withdrawal)).Refusal);
        await VaultHost.AfterRestoreAsync(set.Database, new byte[32], TimeProvider.System, Cancel);
        var keepers = set.Keepers.Keepers;
        await keepers[0].StopAsync();
        await keepers[1].StopAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(set.StartVaultAsync);

        Assert.Contains("restored from a backup", refused.Message, StringComparison.Ordinal);
        Assert.Equal((2, 0), (await set.CountAsync("replays"), await SealedBytesAsync(set, ana)));
    }

    [Fact]
    public async Task A_keeper_cannot_take_a_filing_out_by_words_of_its_own()
    {
        await using var set = await VaultSet.StartAsync();
        var ana = await new TestFiling(set).FiledAsync(set);
        await set.StopVaultAsync();
        var forged = ana.Withdrawal;
        forged[^1] ^= 1;
        var row = new { filing = (byte[])[.. ana.Author.Pseudonym.PublicKey.Span, .. ana.Id], message = forged };
        foreach (var keeper in set.Keepers.Keepers)
            _ = await keeper.Database.TransactAsync(session => session.Execute("INSERT INTO tombstones (filing, day, message) VALUES (@filing, 1, @message)", row), Cancel);

        await VaultHost.AfterRestoreAsync(set.Database, new byte[32], TimeProvider.System, Cancel);
        await set.StartVaultAsync();

        Assert.True(await SealedBytesAsync(set, ana) > 0);
        Assert.Equal(0, await set.CountAsync("tombstones"));
    }

    [Fact]
    public async Task Who_does_not_know_a_filing_gets_nothing_from_a_keeper()
    {
        await using var set = await VaultSet.StartAsync();
        var ana = new TestFiling(set);
        var keeper = set.Keepers.Keepers[0];
        Assert.Null((await keeper.Client.AskAsync("/v1/tombstones", ana.Withdrawal)).Refusal);
        var known = WithdrawalMessage.Fingerprint(ana.Author.Pseudonym.PublicKey.Span, ana.Id);

        Assert.Equal(ana.Withdrawal, (await keeper.Client.AskAsync("/v1/tombstones/kept", [.. RandomNumberGenerator.GetBytes(32), .. known])).Bytes);
        Assert.Empty((await keeper.Client.AskAsync("/v1/tombstones/kept", RandomNumberGenerator.GetBytes(32 * 100))).Bytes);
        Assert.Equal(Refusal.MalformedMessage, (await keeper.Client.AskAsync("/v1/tombstones/kept", new byte[31])).Refusal);
    }

    private static Task<long> SealedBytesAsync(VaultSet set, TestFiling filing) => set.Database.ReadAsync(
        session => session.QueryOne<long>("SELECT length(contact) + length(account) FROM filings WHERE filing_id = @id", new { id = filing.Id }), Cancel);
}
