using WeToo.Core.Log;
using WeToo.Core.Signing;
using WeToo.Tests.Log;
using WeToo.Tool;
using Xunit;

namespace WeToo.Tests.Tool;

/// <summary><c>wetoo monitor</c> follows a log from outside, and each way of changing it is an alarm of its own.</summary>
public sealed class MonitorTests : IAsyncLifetime
{
    private readonly string _state = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.json");
    private RunningLog _log = null!;
    private SigningKey _key = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _log = await RunningLog.StartAsync();
        _key = SigningKey.FromSeed(await File.ReadAllBytesAsync(_log.Options.KeyFile, Cancel));
        var last = (await _log.AppendAsync([.. Enumerable.Range(0, 300).Select(_ => RunningLog.NewEntry())]))[^1];
        _ = await _log.ProofAsync(last);
    }

    public async ValueTask DisposeAsync()
    {
        _key.Dispose();
        await _log.DisposeAsync();
        File.Delete(_state);
    }

    [Fact]
    public async Task A_log_that_grows_holds_each_time_and_only_what_is_new_is_counted()
    {
        Assert.Equal((ExitCodes.Done, true), await LookAsync("300 entries; 300 of kind 1"));
        Assert.Equal((ExitCodes.Done, true), await LookAsync("300 entries; nothing new"));
        _ = await _log.ProofAsync((await _log.AppendAsync(RunningLog.NewEntry(EntryKind.Keyset), RunningLog.NewEntry()))[1]);
        Assert.Equal((ExitCodes.Done, true), await LookAsync("302 entries; 1 of kind 1, 1 of kind 4"));
    }

    [Fact]
    public async Task One_entry_that_was_changed_or_moved_is_an_alarm_also_where_it_was_read_before()
    {
        Assert.Equal(ExitCodes.Done, (await LookAsync("")).Code);
        var path = Path.Combine(_log.Options.Folder, "tile", "0", "001.p", "44");
        var tile = await File.ReadAllBytesAsync(path, Cancel);
        await File.WriteAllBytesAsync(path, [.. tile[32..64], .. tile[..32], .. tile[64..]], Cancel); // Two changed places.
        Assert.Equal((ExitCodes.Alarm, true), await LookAsync("ALARM Rewritten"));
        await File.WriteAllBytesAsync(path, tile, Cancel);
        Assert.Equal(ExitCodes.Done, (await LookAsync("")).Code);

        _ = await _log.ProofAsync((await _log.AppendAsync(RunningLog.NewEntry()))[0]);
        var bundle = Path.Combine(_log.Options.Folder, "tile", "entries", "001.p", "45");
        var entries = await File.ReadAllBytesAsync(bundle, Cancel);
        entries[^1] ^= 1;
        await File.WriteAllBytesAsync(bundle, entries, Cancel);
        Assert.Equal((ExitCodes.Alarm, true), await LookAsync("ALARM Rewritten"));
        await File.WriteAllBytesAsync(bundle, entries[..^1], Cancel);
        Assert.Equal((ExitCodes.Alarm, true), await LookAsync("ALARM Missing"));
    }

    [Fact]
    public async Task A_fork_a_rollback_and_a_strangers_checkpoint_are_alarms_each_with_its_name()
    {
        Assert.Equal(ExitCodes.Done, (await LookAsync("")).Code);
        var honest = (await _log.Client.GetStringAsync(new Uri("checkpoint", UriKind.Relative), Cancel))!;
        using var other = SigningKey.FromSeed(new byte[32]);
        foreach (var (note, alarm) in new[]
        {
            (SignedNote.Sign(new Checkpoint(RunningLog.Origin, 300, new byte[32]).ToText(), RunningLog.Origin, _key), "Forked"),
            (SignedNote.Sign(new Checkpoint(RunningLog.Origin, 299, new byte[32]).ToText(), RunningLog.Origin, _key), "RolledBack"),
            (SignedNote.Sign(new Checkpoint(RunningLog.Origin, 300, new byte[32]).ToText(), RunningLog.Origin, other), "NotSigned"),
            (SignedNote.Sign(new Checkpoint("another.example", 300, new byte[32]).ToText(), "another.example", _key), "NotSigned"),
        })
        {
            await ServeAsync(note.ToText());
            Assert.Equal((ExitCodes.Alarm, true), await LookAsync($"ALARM {alarm}"));
        }

        await ServeAsync(honest);
        Assert.Equal((ExitCodes.Done, true), await LookAsync("300 entries; nothing new"));
        _ = await _log.Database.TransactAsync(session => session.Execute("DELETE FROM checkpoints"), Cancel);
        Assert.Equal((ExitCodes.Alarm, true), await LookAsync("ALARM RolledBack"));
    }

    [Fact]
    public async Task A_policy_whose_witnesses_are_missing_is_an_alarm_and_a_log_that_is_away_is_none()
    {
        var policy = _state + ".policy";
        await File.WriteAllTextAsync(policy, $"log {_log.Key.ToText()}\nwitness w {new NoteKey("w.example", NoteKeyKind.Witness, _key.PublicKey).ToText()}\nquorum w\n", Cancel);
        Assert.Equal((ExitCodes.Alarm, true), await LookAsync("ALARM NotWitnessed", "--policy", policy));
        File.Delete(policy);
        await _log.StopAsync();
        Assert.Equal((ExitCodes.Unreachable, true), await LookAsync("does not answer", "--policy", _log.Options.PolicyFile));
    }

    /// <summary>The same from the folder alone, as it is after a restore or at a mirror.</summary>
    [Fact]
    public async Task A_folder_holds_without_a_network_and_each_file_that_was_changed_is_named()
    {
        await _log.StopAsync();
        Assert.Equal((ExitCodes.Done, "It holds: 300 entries, signed by the log; the policy asks for no witness."), await VerifyAsync("--policy", _log.Options.PolicyFile));
        Assert.Equal(ExitCodes.Unproven, (await VerifyAsync()).Code);
        foreach (var (path, named) in ((string, string)[])
            [("tile/0/000", "  tile/0/000"), ("tile/0/001.p/44", "  tile/0/001.p/44"), ("tile/1/000.p/1", "  tile/1/000.p/1"), ("tile/entries/000", "  tile/0/000"), ("tile/entries/001.p/44", "  tile/0/001.p/44"), ("checkpoint", "  checkpoint")])
        {
            var file = Path.Combine(_log.Options.Folder, path);
            var bytes = await File.ReadAllBytesAsync(file, Cancel);
            bytes[^3] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, Cancel);
            Assert.Equal((ExitCodes.Alarm, true), ((await VerifyAsync("--policy", _log.Options.PolicyFile)) is var (code, said) ? code : 0, said.Contains(named, StringComparison.Ordinal)));
            File.Delete(file);
            Assert.Equal(ExitCodes.Alarm, (await VerifyAsync("--policy", _log.Options.PolicyFile)).Code);
            bytes[^3] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, Cancel);
        }

        Assert.Equal(ExitCodes.Done, (await VerifyAsync("--policy", _log.Options.PolicyFile)).Code);
    }

    private async Task<(int Code, string Said)> VerifyAsync(params string[] more)
    {
        using var output = new StringWriter();
        var code = await CommandLine.Root().Parse(["log", "verify", _log.Options.Folder, .. more]).InvokeAsync(new() { Output = output, EnableDefaultExceptionHandler = false }, Cancel);
        return (code, output.ToString().TrimEnd());
    }

    private Task<int> ServeAsync(string note) => _log.Database.TransactAsync(session => session.Execute("UPDATE checkpoints SET note = @note", new { note }), Cancel);

    private async Task<(int Code, bool Said)> LookAsync(string saying, params string[] more)
    {
        using var output = new StringWriter();
        var code = await CommandLine.Root().Parse(["monitor", _log.Address.ToString(), "--state", _state, .. more])
            .InvokeAsync(new() { Output = output, EnableDefaultExceptionHandler = false }, Cancel);
        var said = output.ToString();
        Assert.True(said.Contains(saying, StringComparison.Ordinal), said);
        return (code, true);
    }
}
