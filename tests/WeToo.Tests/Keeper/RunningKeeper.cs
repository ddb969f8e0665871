using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Keeper;
using WeToo.Keeper.Features.Keysets;
using WeToo.Keeper.Keys;

namespace WeToo.Tests.Keeper;

/// <summary>One keeper, as its operator has it: settings, a key file, a database, and a host that can be stopped and started again.</summary>
internal sealed class RunningKeeper : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly KeeperKeys _keys;
    private readonly TimeProvider _time;
    private WebApplication? _app;

    private RunningKeeper(KeeperOptions options, TestDatabase database, TimeProvider time)
    {
        (Options, _database, _time, _keys) = (options, database, time, KeyFile.Read(options.KeyFile));
        Client = new HttpClient();
    }

    internal KeeperOptions Options { get; }

    internal ListeningLog Log { get; } = new();

    /// <summary>Asks this keeper; its base address is where it listens now.</summary>
    internal HttpClient Client { get; private set; }

    internal Uri Address => Client.BaseAddress!;

    internal SigningKey Signing => _keys.Signing;

    internal Element Static => _keys.StaticPublic;

    /// <summary>To look into what it wrote.</summary>
    internal Database Database => _database.Database;

    internal string Connection => _database.Connection;

    internal static async Task<RunningKeeper> PrepareAsync(KeeperSetPlan plan, string name)
    {
        var database = await Engines.CreateAsync(plan.Engine, typeof(KeeperHost).Assembly);
        var options = new KeeperOptions
        {
            Urls = "http://127.0.0.1:0",
            Database = database.Connection,
            KeyFile = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.key"),
            Name = name,
            ApproveKeysets = plan.Approve,
        };
        KeyFile.Create(options.KeyFile);
        plan.Settings(options);
        return new RunningKeeper(options, database, plan.Time);
    }

    internal KeeperPeer AsPeer() => new()
    {
        Name = Options.Name,
        StaticKey = Convert.ToHexStringLower(_keys.StaticPublic.ToBytes()),
        SigningKey = Convert.ToHexStringLower(_keys.Signing.PublicKey.Span),
    };

    internal async Task StartAsync()
    {
        _app = await KeeperHost.StartAsync(Options, _time, logging => logging.ClearProviders().AddProvider(Log));
        Client.Dispose();
        Client = new HttpClient { BaseAddress = Hosts.AddressOf(_app) };
    }

    internal async Task StopAsync()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>Puts dealt shares in force, as a ceremony would.</summary>
    internal async Task PutInForceAsync(SignedKeyset signed, byte index, Scalar k, Scalar z)
    {
        await Migrations.ApplyAsync(Database, typeof(KeeperHost).Assembly, _time, CancellationToken.None);
        var shares = KeysetStore.Seal(_keys, signed.Keyset.Epoch, index, k, z);
        await Database.TransactAsync(
            session =>
            {
                KeysetStore.Begin(session, signed, shares);
                return true;
            },
            CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Client.Dispose();
        _keys.Dispose();
        Log.Dispose();
        await _database.DisposeAsync();
        File.Delete(Options.KeyFile);
    }
}
