using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeToo.Core;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Matcher;
using WeToo.Matcher.Features.Matching;
using WeToo.Tests.Authors;
using WeToo.Tests.Keeper;
using Xunit;

namespace WeToo.Tests.Matcher;

/// <summary>A real matcher with real keepers, and a vault that writes down what is opened.</summary>
internal sealed class RunningMatcher : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private WebApplication? _app;
    private HttpClient _client = new();

    private RunningMatcher(TestDatabase database, string folder, TimeProvider time, RecordingVault vault, KeeperSet keepers, MatcherOptions options) =>
        (_database, _folder, _time, Vault, Keepers, Options) = (database, folder, time, vault, keepers, options);

    internal RecordingVault Vault { get; }

    internal KeeperSet Keepers { get; }

    internal MatcherOptions Options { get; }

    internal ListeningLog Log { get; } = new();

    /// <summary>Where the matcher asks a keeper, by index, when not at its own address.</summary>
    internal Dictionary<int, Uri> Detours { get; } = [];

    internal IServiceProvider Services => _app!.Services;

    /// <summary>To look into what it wrote.</summary>
    internal Database Database => _database.Database;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<RunningMatcher> StartAsync(
        Engine engine = Engine.Sqlite, TimeProvider? clock = null, Action<MatcherOptions>? settings = null, KeeperSetPlan? keeperPlan = null)
    {
        var time = clock ?? TimeProvider.System;
        var folder = Directory.CreateTempSubdirectory("wetoo-matcher-").FullName;
        var keyFile = Path.Combine(folder, "matcher.key");
        var keepers = await KeeperSet.StartAsync((keeperPlan ?? new()) with { Matcher = MatcherHost.BoxKey(keyFile), Engine = engine });
        var vault = await RecordingVault.StartAsync();
        vault.Signed = keepers.Signed;
        var database = await Engines.CreateAsync(engine, typeof(MatcherHost).Assembly);
        var options = new MatcherOptions
        {
            Urls = "http://127.0.0.1:0",
            Database = database.Connection,
            KeyFile = keyFile,
            VaultUrl = vault.Address,
            VaultKeyFile = Path.Combine(folder, "vault.key"),
            DelayHoursLeast = 0,
            DelayHoursMost = 0,
        };
        settings?.Invoke(options);
        var matcher = new RunningMatcher(database, folder, time, vault, keepers, options);
        await matcher.StartAsync();
        return matcher;
    }

    /// <summary>Starts it with the keepers' present addresses.</summary>
    internal async Task StartAsync()
    {
        Options.Keepers = [.. Keepers.Keepers.Select((keeper, i) => new KeeperAddress { Index = i + 1, Url = Detours.GetValueOrDefault(i + 1, keeper.Address) })];
        _app = await MatcherHost.StartAsync(Options, _time, logging => logging.ClearProviders().AddProvider(Log), Cancel);
        _client.Dispose();
        _client = new HttpClient { BaseAddress = Hosts.AddressOf(_app) };
    }

    internal async Task StopAsync()
    {
        if (_app is null) return;
        await _app.StopAsync(Cancel);
        await _app.DisposeAsync();
        _app = null;
    }

    internal TestAuthor NewAuthor() => new(Keepers.Keyset);

    /// <summary>Starts it again, as after a crash or with other addresses.</summary>
    internal async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Brings slips as the vault's outbox does.</summary>
    /// <returns>One number for each.</returns>
    internal async Task<byte[]> BringAsync(params TestFiling[] filings)
    {
        foreach (var filing in filings) Vault.Store(filing);
        return await BringBoxesAsync([.. filings.Select(filing => filing.Submission.SlipsBox.ToArray())]);
    }

    internal async Task<byte[]> BringBoxesAsync(params byte[][] boxes)
    {
        var writer = new WireWriter();
        foreach (var box in boxes) writer.Vec32(box);
        var (bytes, refusal) = await _client.AskAsync("v1/slips", writer.ToArray());
        Assert.Null(refusal);
        return bytes;
    }

    internal async Task WithdrawAsync(TestAuthor author, TestFiling filing)
    {
        var withdrawal = author.Withdraw(filing);
        Vault.Erase(filing);
        Assert.Null((await _client.AskAsync("v1/tombstones", withdrawal)).Refusal);
        foreach (var keeper in Keepers.Keepers) Assert.Null((await keeper.Client.AskAsync("v1/tombstones", withdrawal)).Refusal);
    }

    /// <summary>Sends as the vault does.</summary>
    internal async Task<(byte[] Bytes, Refusal? Refusal)> AsVaultAsync(string path, byte[] message, string? bearer = null)
    {
        using var peer = new Peer(_client.BaseAddress!, TimeSpan.FromSeconds(15), bearer ?? Convert.ToHexStringLower(await File.ReadAllBytesAsync(Options.VaultKeyFile, Cancel)));
        return await peer.SendAsync(HttpMethod.Post, path, message, Cancel);
    }

    internal Task<int> RunDueAsync() => Services.GetRequiredService<MatchingWorker>().RunDueAsync(Cancel);

    /// <summary>Files, and lets the matcher do all it can.</summary>
    internal async Task<TestFiling> FileAsync(TestAuthor author, byte leastNumber, params string[] identifiers)
    {
        var filing = author.File(leastNumber, identifiers);
        Assert.Equal([1], await BringAsync(filing));
        await RunDueAsync();
        return filing;
    }

    internal bool HasOpened(TestFiling filing) => Vault.Opened.ContainsKey(filing.Id);

    /// <summary>How many filings wait for another attempt.</summary>
    internal Task<long> CountDueAsync() => Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM filings WHERE due_s IS NOT NULL"), Cancel);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        await _database.DisposeAsync();
        await Keepers.DisposeAsync();
        await Vault.DisposeAsync();
        Log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
