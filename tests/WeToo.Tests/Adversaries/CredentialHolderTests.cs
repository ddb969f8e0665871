using System.Security.Cryptography;
using WeToo.Core.Ladder;
using WeToo.Hosting.Storage;
using WeToo.Matcher.Store;
using WeToo.Tests.Story;
using WeToo.Tool.Authoring;
using Xunit;

namespace WeToo.Tests.Adversaries;

/// <summary>Whoever runs the matcher, and has a credential as anybody may: they learn by evaluations, which are rationed and logged, and learn no content.</summary>
public sealed class CredentialHolderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_test_four_guesses_in_an_evaluation_two_evaluations_a_day_and_each_leaves_a_record()
    {
        await using var world = await World.BeginAsync();
        using var ines = await world.JoinAsync("Inès");
        _ = await world.FileAsync("Ana's account", 2, "tel:+33612345678");
        await world.SettleAsync();

        var (client, visit, _) = await world.EnterAsync();
        var recordsBefore = await RecordsAsync(world);
        var found = await StandsAsync(world, client, visit, "tel:+33612345678");
        var recordsAfter = await RecordsAsync(world);
        var notFound = await StandsAsync(world, client, visit, "tel:+33612345679");

        Assert.True(found);
        Assert.False(notFound);
        Assert.True(recordsAfter >= recordsBefore + 2, "each of a quorum of keepers records the evaluation");
        Assert.Null(await StandsAsync(world, client, visit, "tel:+33612345670"));
    }

    /// <summary>Whether somebody stands on rung 1 for an identifier; null when the keepers refused the evaluation.</summary>
    private static async Task<bool?> StandsAsync(World world, AuthorClient client, AuthorVisit visit, string guess)
    {
        var keyset = visit.Keyset.Keyset;
        using var slips = new BlindedSlips(keyset, visit.Credential!, visit.Pseudonym, [World.InputOf(guess)], Today(), RandomNumberGenerator.Fill);
        await client.EvaluateAsync(keyset, slips, Cancel);
        if (slips.Combine(keyset) is not { } evaluated) return null;

        using var keys = new MatcherKeys(Path.Combine(world.Folder, "matcher", "matcher.key"));
        using var database = Database.Open($"Data Source={Path.Combine(world.Folder, "matcher", "matcher.db")}");
        var tag = keys.Pepper(1, Chain.Tag(Chain.Climb(evaluated[0].Start, 0, 1)));
        return (await database.ReadAsync(session => session.Query<long>("SELECT filing FROM standings WHERE tag = @tag", new { tag }), Cancel)).Count > 0;
    }

    private static async Task<long> RecordsAsync(World world)
    {
        var count = 0L;
        for (var i = 1; i <= 3; i++)
        {
            using var keeper = Database.Open($"Data Source={Path.Combine(world.Folder, $"keeper-{i}", $"keeper-{i}.db")}");
            count += await keeper.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM audit"), Cancel);
        }

        return count;
    }

    private static uint Today() => (uint)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 86400);
}
