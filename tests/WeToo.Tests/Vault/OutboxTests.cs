using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Outbox;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>What leaves the vault arrives, at least once and in order, whoever is away and whenever the vault stops.</summary>
public sealed class OutboxTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Slips_wait_for_a_matcher_that_is_away_and_arrive_in_order(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, MatcherIsThere = false });
        var filings = new List<TestFiling>();
        for (var i = 0; i < 5; i++) filings.Add(await new TestFiling(set).FiledAsync(set));

        await set.Matcher.StartAsync();

        Assert.Equal(filings.Select(Box), await set.Matcher.NextSlipsAsync(5));
        await VaultSet.UntilAsync(async () => await set.CountAsync("outbox") == 0);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_was_not_carried_survives_the_end_of_the_process(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, MatcherIsThere = false });
        var filing = await new TestFiling(set).FiledAsync(set);

        await set.StopVaultAsync();
        await set.Matcher.StartAsync();
        await set.StartVaultAsync();

        Assert.Equal([Box(filing)], await set.Matcher.NextSlipsAsync(1));
    }

    [Fact]
    public async Task What_the_matcher_failed_to_take_is_carried_again()
    {
        await using var set = await VaultSet.StartAsync();
        var failures = 1;
        set.Matcher.OnSlips = () => Task.FromResult(Interlocked.Decrement(ref failures) < 0);

        var filing = await new TestFiling(set).FiledAsync(set);

        Assert.Equal([Box(filing)], await set.Matcher.NextSlipsAsync(1));
        Assert.Contains(set.Log.Lines, line => line.Contains("it will be carried again", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_message_committed_between_two_that_are_being_carried_is_not_lost(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, MatcherIsThere = false });
        await set.StopVaultAsync();
        await PostAsync(10, [1]);
        await PostAsync(12, [3]);
        var isLate = true;
        set.Matcher.OnSlips = async () =>
        {
            // Numbers are given out before the commit, so this is what two writers at once look like.
            if (isLate) await PostAsync(11, [2]);
            isLate = false;
            return true;
        };

        await set.Matcher.StartAsync();
        await set.StartVaultAsync();

        Assert.Equal([[1], [3], [2]], await set.Matcher.NextSlipsAsync(3));

        Task<int> PostAsync(long outgoing, byte[] message) => set.Database.TransactAsync(
            session => session.Execute(
                $"INSERT INTO outbox (outgoing, target, message) {(engine == Engine.Postgres ? "OVERRIDING SYSTEM VALUE" : "")} VALUES (@outgoing, @target, @message)",
                new { outgoing, target = OutboxTarget.Slips, message }),
            Cancel);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_withdrawal_reaches_the_matcher_and_every_keeper_and_one_that_was_away_as_well(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filing = await new TestFiling(set).FiledAsync(set);
        var away = set.Keepers.Keepers[2];
        var address = away.Address;
        await away.StopAsync();

        Assert.Null(await set.PostAsync("/v1/withdrawals", filing.Withdrawal));
        Assert.Equal([filing.Withdrawal], await set.Matcher.NextTombstonesAsync(1));
        foreach (var keeper in set.Keepers.Keepers.Take(2)) await VaultSet.UntilAsync(() => HasTombstoneAsync(keeper));
        Assert.False(await HasTombstoneAsync(away));

        away.Options.Urls = address.ToString();
        await away.StartAsync();
        await VaultSet.UntilAsync(() => HasTombstoneAsync(away));
        await VaultSet.UntilAsync(async () => await set.CountAsync("outbox") == 0);

        static async Task<bool> HasTombstoneAsync(WeToo.Tests.Keeper.RunningKeeper keeper) =>
            (await keeper.Database.ReadAsync(session => session.Query<long>("SELECT count(*) FROM tombstones"), Cancel))[0] == 1;
    }

    [Fact]
    public void Pauses_between_attempts_grow_and_stay_bounded()
    {
        var pauses = Enumerable.Range(1, 100).Select(OutboxWorker.PauseAfter).ToList();

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 64], pauses.Take(8).Select(pause => pause.TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(64), pauses.Max());
    }

    private static byte[] Box(TestFiling filing) => filing.Submission.SlipsBox.ToArray();
}
