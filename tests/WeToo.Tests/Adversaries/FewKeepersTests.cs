using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Ladder;
using WeToo.Core.Oprf;
using WeToo.Core.Sealing;
using WeToo.Core.Threshold;
using WeToo.Hosting.Storage;
using WeToo.Keeper.Features.Keysets;
using WeToo.Keeper.Keys;
using WeToo.Matcher.Store;
using WeToo.Tests.Story;
using Xunit;

namespace WeToo.Tests.Adversaries;

/// <summary>
/// Thieves with real keepers' databases and key files, and everything else besides: fewer than the quorum learn nothing, and the very same attack
/// with a quorum succeeds, so the test can fail.
/// </summary>
public sealed class FewKeepersTests : IAsyncLifetime
{
    private const string Named = "tel:+33612345678";

    private World _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await World.BeginAsync();
        using var ines = await _world.JoinAsync("Inès");
        _ = await _world.FileAsync("what nobody may read", 3, Named);
        await _world.SettleAsync();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task They_test_a_guess_at_who_is_named_only_with_a_quorum(int stolen, bool succeeds)
    {
        var shares = await StolenSharesAsync(stolen);
        var point = OprfClient.Blind(World.InputOf(Named), One());
        var n = Quorum.Combine([.. shares.Select(share => new PartialEvaluation(share.Index, point.Times(share.K)))])!.Value;
        var tag = Chain.Tag(Chain.Climb(Chain.Start(OprfClient.Finalize(World.InputOf(Named), n)), 0, 2));

        using var matcher = new MatcherKeys(Path.Combine(_world.Folder, "matcher", "matcher.key"));
        Assert.Equal(succeeds, await TagIsStoredAsync(matcher.Pepper(2, tag)));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task They_take_the_lock_off_a_package_only_with_a_quorum(int stolen, bool succeeds)
    {
        var shares = await StolenSharesAsync(stolen);
        using var vault = Database.Open($"Data Source={Path.Combine(_world.Folder, "vault", "vault.db")}");
        var (message, account) = await vault.ReadAsync(session => session.QueryOne<(byte[], byte[])>("SELECT message, account FROM filings"), Cancel);
        var filing = FilingMessage.TryParse(message)!;
        var point = Quorum.Combine([.. shares.Select(share => new PartialEvaluation(share.Index, filing.Account.U.Times(share.Z)))])!.Value;

        var opened = Tdh2.Open(point, filing.Account, filing.PackageLabel(PackageField.Account), account);

        Assert.Equal(succeeds, opened is not null);
        Assert.Equal(-1, (opened ?? []).AsSpan().IndexOf("what nobody may read"u8)); // Even a quorum needs the counselor.
    }

    [Fact]
    public void A_keeper_that_saw_every_evaluation_has_neither_the_identifier_nor_its_input_on_disk()
    {
        var bytes = _world.BytesOf("keeper-1", "keeper-2", "keeper-3");

        Assert.Equal(-1, bytes.AsSpan().IndexOf("33612345678"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(World.InputOf(Named)));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("what nobody may read"u8));
    }

    private async Task<IReadOnlyList<Holding>> StolenSharesAsync(int count)
    {
        var stolen = new List<Holding>();
        for (var i = 1; i <= count; i++)
        {
            using var keys = KeyFile.Read(Path.Combine(_world.Folder, $"keeper-{i}", "keeper.key"));
            using var database = Database.Open($"Data Source={Path.Combine(_world.Folder, $"keeper-{i}", $"keeper-{i}.db")}");
            stolen.Add((await KeysetStore.LoadAsync(database, keys, Cancel))!);
        }

        return stolen;
    }

    private async Task<bool> TagIsStoredAsync(byte[] tag)
    {
        using var matcher = Database.Open($"Data Source={Path.Combine(_world.Folder, "matcher", "matcher.db")}");
        return (await matcher.ReadAsync(session => session.Query<long>("SELECT filing FROM standings WHERE tag = @tag", new { tag }), Cancel)).Count > 0;
    }

    private static Scalar One() => Scalar.FromIndex(1);
}
