using System.Net;
using WeToo.Core.Log;
using WeToo.Keeper.Keys;
using WeToo.Tests.Keeper;
using Xunit;

namespace WeToo.Tests.Log;

/// <summary>A log with keepers as its witnesses: without enough of them there is no date, and two branches never both get theirs.</summary>
public sealed class WitnessedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_date_needs_the_quorum_and_comes_by_itself_once_it_is_there()
    {
        await using var log = await RunningLog.StartAsync();
        await log.StopAsync();
        await using var set = await KeepersAsync(log.Key);
        await File.WriteAllTextAsync(log.Options.PolicyFile, PolicyOf(log.Key, set), Cancel);
        foreach (var keeper in set.Keepers.Skip(1)) await keeper.StopAsync();
        await log.StartAsync();

        var entry = RunningLog.NewEntry();
        Assert.Equal(0UL, (await log.AppendAsync(entry))[0]); // Written, however many witnesses are there.
        await Eventually.HoldsAsync(() => log.SaidAsync("Only 1 of 3 witnesses"), "the log says what is missing");
        using (var proof = await log.TryGetAsync("v1/proofs/0")) Assert.Equal(HttpStatusCode.ServiceUnavailable, proof.StatusCode);
        using (var checkpoint = await log.TryGetAsync("checkpoint")) Assert.Equal(HttpStatusCode.NotFound, checkpoint.StatusCode);

        // A keeper that starts again listens elsewhere: the log is told so, as by its operator.
        await set.Keepers[1].StartAsync();
        await log.StopAsync();
        await File.WriteAllTextAsync(log.Options.PolicyFile, PolicyOf(log.Key, set), Cancel);
        await log.StartAsync();

        var shown = (await log.ProofAsync(0)).ShownBy(log.Policy);
        Assert.Equal((null, 2), (shown.Fault, shown.Witnesses.Count));
        Assert.True((await log.ProofAsync(0)).Includes(entry));
        Assert.InRange((long)shown.AtSeconds!.Value, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 300, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 5);
    }

    [Fact]
    public async Task A_second_branch_of_the_log_gets_no_date_for_anything()
    {
        await using var log = await RunningLog.StartAsync();
        await using var set = await KeepersAsync(log.Key);
        await log.StopAsync();
        await File.WriteAllTextAsync(log.Options.PolicyFile, PolicyOf(log.Key, set), Cancel);
        await log.StartAsync();
        await using var fork = await RunningLog.StartAsync();
        await fork.StopAsync();
        File.Copy(log.Options.KeyFile, fork.Options.KeyFile, overwrite: true);
        File.Copy(log.Options.PolicyFile, fork.Options.PolicyFile, overwrite: true);
        await fork.StartAsync();

        var honest = RunningLog.NewEntry();
        await log.AppendAsync(honest);
        _ = await log.ProofAsync(0);
        await fork.AppendAsync(RunningLog.NewEntry(), RunningLog.NewEntry()); // Shown to somebody else, under the same key.

        await Eventually.HoldsAsync(() => fork.SaidAsync("Only 0 of 3 witnesses"), "no witness cosigns the other branch");
        using var proof = await fork.TryGetAsync("v1/proofs/0");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, proof.StatusCode);
        await log.AppendAsync(RunningLog.NewEntry());
        Assert.Null((await log.ProofAsync(1)).ShownBy(log.Policy).Fault);
    }

    [Fact]
    public async Task A_log_that_was_put_back_to_an_older_state_gets_no_date_for_what_it_writes_anew()
    {
        await using var log = await RunningLog.StartAsync();
        await using var set = await KeepersAsync(log.Key);
        await log.StopAsync();
        await File.WriteAllTextAsync(log.Options.PolicyFile, PolicyOf(log.Key, set), Cancel);
        await log.StartAsync();
        await log.AppendAsync(RunningLog.NewEntry());
        _ = await log.ProofAsync(0);

        await log.StopAsync();
        _ = await log.Database.TransactAsync(session => session.Execute("DELETE FROM entries") + session.Execute("DELETE FROM head") + session.Execute("DELETE FROM checkpoints"), Cancel);
        Directory.Delete(log.Options.Folder, recursive: true);
        await log.StartAsync();
        await log.AppendAsync(RunningLog.NewEntry());

        await Eventually.HoldsAsync(() => log.SaidAsync("Only 0 of 3 witnesses"), "no witness cosigns it");
        using var proof = await log.TryGetAsync("v1/proofs/0");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, proof.StatusCode);
    }

    [Fact]
    public async Task A_policy_without_this_log_stops_it_at_the_start()
    {
        await using var log = await RunningLog.StartAsync();
        await log.StopAsync();
        foreach (var text in new[] { "quorum none\n", "nonsense\n" })
        {
            await File.WriteAllTextAsync(log.Options.PolicyFile, text, Cancel);
            await Assert.ThrowsAsync<InvalidOperationException>(log.StartAsync);
        }
    }

    internal static Task<KeeperSet> KeepersAsync(NoteKey log)
    {
        var number = 0;
        return KeeperSet.StartAsync(new() { Settings = options => (options.WitnessName, options.WitnessLogs) = ($"keeper-{++number}.example/w", [log.ToText()]) });
    }

    /// <summary>Two of three keepers.</summary>
    internal static string PolicyOf(NoteKey log, KeeperSet set) =>
        $"log {log.ToText()}\n{string.Concat(set.Keepers.Select((keeper, i) => $"witness k{i} {KeyOf(keeper).ToText()} {new Uri(keeper.Address, "witness/")}\n"))}group two 2 k0 k1 k2\nquorum two\n";

    private static NoteKey KeyOf(RunningKeeper keeper)
    {
        using var keys = KeyFile.Read(keeper.Options.KeyFile);
        return new(keeper.Options.WitnessName, NoteKeyKind.Witness, keys.Witness.PublicKey);
    }
}
