using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core.Conflicts;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using WeToo.Tests.Keeper;
using Xunit;

namespace WeToo.Tests.Matcher;

public sealed class UnreliableKeepersTests
{
    private const string Accused = "tel:+33612345678";

    private static readonly Element s_another = Element.HashFrom("another"u8, "wetoo/test"u8);

    [Fact]
    public async Task One_keeper_away_is_no_problem()
    {
        await using var matcher = await RunningMatcher.StartAsync();
        await matcher.Keepers.Keepers[0].StopAsync();

        await FileTwoAsync(matcher);

        Assert.Equal(2, matcher.Vault.Opened.Count);
    }

    [Fact]
    public async Task With_two_keepers_away_everything_waits_and_nothing_is_lost()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var matcher = await RunningMatcher.StartAsync(clock: time);
        await matcher.Keepers.Keepers[0].StopAsync();
        await matcher.Keepers.Keepers[1].StopAsync();
        await FileTwoAsync(matcher);
        Assert.Empty(matcher.Vault.Opened);
        Assert.NotEqual(0, await matcher.CountDueAsync());

        await matcher.Keepers.Keepers[0].StartAsync();
        await matcher.RestartAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        await matcher.RunDueAsync();

        Assert.Equal(2, matcher.Vault.Opened.Count);
        Assert.Equal(0, await matcher.CountDueAsync());
    }

    [Fact]
    public async Task With_the_vault_away_an_opening_waits()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var matcher = await RunningMatcher.StartAsync(clock: time);
        matcher.Vault.IsAway = true;
        await FileTwoAsync(matcher);
        Assert.Empty(matcher.Vault.Opened);

        matcher.Vault.IsAway = false;
        time.Advance(TimeSpan.FromMinutes(1));
        await matcher.RunDueAsync();

        Assert.Equal(2, matcher.Vault.Opened.Count);
    }

    [Fact]
    public async Task A_keeper_that_lies_is_named_and_passed_over()
    {
        await using var matcher = await RunningMatcher.StartAsync();
        await using var liar = await Detour.StartAsync(matcher.Keepers.Keepers[0].Address, Lie);
        matcher.Detours[1] = liar.Address;
        await matcher.RestartAsync();

        await FileTwoAsync(matcher);

        Assert.Equal(2, matcher.Vault.Opened.Count);
        var faults = await matcher.Database.ReadAsync(
            session => session.Query<(long Index, long Times)>("SELECT keeper_index, times FROM keeper_faults"), TestContext.Current.CancellationToken);
        Assert.Equal([(1L, 2L)], faults);
        Assert.All(matcher.Log.Lines, line => Assert.Equal("Keeper 1 gave an answer that does not verify", line));
    }

    [Fact]
    public async Task A_keeper_that_makes_up_a_conflict_is_named_and_passed_over_and_a_real_one_reaches_the_vault()
    {
        using SigningKey ines = Key(), tomasz = Key();
        TeamMember[] team = [new("Inès", "age1a", ines.PublicKey), new("Tomasz", "age1b", tomasz.PublicKey)];
        await using var matcher = await RunningMatcher.StartAsync(keeperPlan: new() { Counselors = team });
        var keyset = matcher.Keepers.Keyset;
        var start = matcher.NewAuthor().Evaluate(Accused).Start;
        foreach (var (keeper, entry) in matcher.Keepers.Keepers.Zip(keyset.Keepers))
            await PutAsync(keeper, ConflictPut.Write(keyset.Deployment.Span, entry, 1, [start], ines, RandomNumberGenerator.Fill));

        // Tomasz never registered anything of the sort: keeper 1 takes what he signed for it, about somebody else, and says that it is this.
        var other = ConflictPut.TryParse(ConflictPut.Write(keyset.Deployment.Span, keyset.Keepers[0], 1, [new byte[64]], tomasz, RandomNumberGenerator.Fill))!;
        await using var liar = await Detour.StartAsync(matcher.Keepers.Keepers[0].Address, (path, answer) => path == "/v1/openings" && OpeningReply.TryParse(answer) is { } reply
            ? (reply with { Conflicts = [.. reply.Conflicts.Append(other).OrderBy(one => Convert.ToHexString(one.Member.Span), StringComparer.Ordinal)] }).ToBytes() : answer);
        matcher.Detours[1] = liar.Address;
        await matcher.RestartAsync();

        await FileTwoAsync(matcher);

        Assert.Equal(2, matcher.Vault.Opened.Count);
        Assert.Equal([Convert.ToHexString(ines.PublicKey.Span)], matcher.Vault.Skipped);
        Assert.All(matcher.Log.Lines, line => Assert.Equal("Keeper 1 gave an answer that does not verify", line));
        Assert.NotEmpty(matcher.Log.Lines);
    }

    private static SigningKey Key() => SigningKey.FromSeed(RandomNumberGenerator.GetBytes(SigningKey.SeedSize));

    private static async Task PutAsync(RunningKeeper keeper, byte[] put)
    {
        using var content = new ByteArrayContent(put);
        using var answer = await keeper.Client.PutAsync(new Uri("/v1/conflicts", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Two_keepers_that_lie_can_hold_up_a_match_and_cannot_falsify_it()
    {
        await using var matcher = await RunningMatcher.StartAsync();
        await using var first = await Detour.StartAsync(matcher.Keepers.Keepers[0].Address, Lie);
        await using var second = await Detour.StartAsync(matcher.Keepers.Keepers[1].Address, Lie);
        (matcher.Detours[1], matcher.Detours[2]) = (first.Address, second.Address);
        await matcher.RestartAsync();

        await FileTwoAsync(matcher);

        Assert.Empty(matcher.Vault.Opened);
        Assert.NotEqual(0, await matcher.CountDueAsync());
    }

    private static async Task FileTwoAsync(RunningMatcher matcher)
    {
        await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);
        await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);
    }

    /// <summary>Gives another share than its own, with the proof of its own.</summary>
    private static byte[] Lie(string path, byte[] answer) => path switch
    {
        "/v1/drops" => DropReply.TryParse(answer) is { } drop
            ? (drop with { Shares = [.. drop.Shares.Select(_ => s_another)] }).ToBytes() : answer,
        "/v1/openings" => OpeningReply.TryParse(answer) is { } opening
            ? (opening with { Opened = [.. opening.Opened.Select(one => one with { Share = s_another })] }).ToBytes() : answer,
        _ => answer,
    };
}
