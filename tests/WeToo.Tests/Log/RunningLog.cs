using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeToo.Core.Log;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Log;
using WeToo.Log.Store;
using Xunit;

namespace WeToo.Tests.Log;

/// <summary>A real log on a loopback port, with a folder and a database of its own, that can be stopped and started again.</summary>
internal sealed class RunningLog : IAsyncDisposable
{
    internal const string Origin = "log.example/tests";

    private readonly TestDatabase _database;
    private readonly string _root = Directory.CreateTempSubdirectory("wetoo-log-").FullName;
    private WebApplication? _app;

    private RunningLog(TestDatabase database)
    {
        _database = database;
        Options = new LogOptions
        {
            Urls = "http://127.0.0.1:0",
            Database = database.Connection,
            Folder = Path.Combine(_root, "public"),
            Origin = Origin,
            KeyFile = Path.Combine(_root, "log.key"),
            PolicyFile = Path.Combine(_root, "policy.txt"),
            AppendKeyFile = Path.Combine(_root, "append.key"),
            LettersKeyFile = Path.Combine(_root, "letters.key"),
            WitnessEveryMilliseconds = 0,
        };
        using var key = new LogKey(Origin, Options.KeyFile);
        Key = key.Public;
    }

    internal LogOptions Options { get; }

    internal NoteKey Key { get; }

    internal ListeningLog Lines { get; } = new();

    internal HttpClient Client { get; private set; } = new();

    internal Uri Address => Client.BaseAddress!;

    internal LogPolicy Policy => LogPolicy.TryParse(File.ReadAllText(Options.PolicyFile))!;

    internal Database Database => _database.Database;

    internal string LettersBearer => Convert.ToHexStringLower(File.ReadAllBytes(Options.LettersKeyFile));

    internal string Bearer => Convert.ToHexStringLower(File.ReadAllBytes(Options.AppendKeyFile));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a log whose policy has these lines after its own.</summary>
    internal static async Task<RunningLog> StartAsync(Engine engine = Engine.Sqlite, string policy = "quorum none\n", string? folder = null)
    {
        var log = new RunningLog(await Engines.CreateAsync(engine, typeof(LogHost).Assembly));
        if (folder is not null) log.Options.Folder = folder;
        await File.WriteAllTextAsync(log.Options.PolicyFile, $"log {log.Key.ToText()}\n{policy}", Cancel);
        await log.StartAsync();
        return log;
    }

    /// <summary>Only its database and key: for a writer without a host.</summary>
    internal static async Task<RunningLog> PrepareAsync(Engine engine)
    {
        var log = new RunningLog(await Engines.CreateAsync(engine, typeof(LogHost).Assembly));
        Directory.CreateDirectory(log.Options.Folder);
        return log;
    }

    internal async Task StartAsync()
    {
        _app = await LogHost.StartAsync(Options, TimeProvider.System, logging => logging.ClearProviders().AddProvider(Lines), Cancel);
        Client.Dispose();
        Client = new HttpClient { BaseAddress = Hosts.AddressOf(_app) };
    }

    internal async Task StopAsync()
    {
        if (_app is null) return;
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _app = null;
    }

    internal T Service<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    internal static byte[] NewEntry(EntryKind kind = EntryKind.Account) => new LogEntry(kind, RandomNumberGenerator.GetBytes(32)).ToBytes();

    /// <summary>Adds entries, as the vault does.</summary>
    internal async Task<ulong[]> AppendAsync(params byte[][] entries)
    {
        using var answer = await PostAsync([.. entries.SelectMany(entry => entry)], Bearer);
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Content.ReadAsByteArrayAsync(Cancel)).Chunk(8).Select(bytes => BinaryPrimitives.ReadUInt64BigEndian(bytes))];
    }

    internal async Task<HttpResponseMessage> PostAsync(byte[] body, string? bearer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("v1/entries", UriKind.Relative)) { Content = new ByteArrayContent(body) };
        if (bearer is not null) request.Headers.Authorization = new("Bearer", bearer);
        return await Client.SendAsync(request, Cancel);
    }

    /// <summary>Waits until a checkpoint with an entry is published, and gives its proof.</summary>
    internal async Task<LogProof> ProofAsync(ulong position)
    {
        await Eventually.HoldsAsync(async () => (await TryGetAsync($"v1/proofs/{position}")).IsSuccessStatusCode, "the entry has a proof");
        return LogProof.TryParse(await Client.GetStringAsync(new Uri($"v1/proofs/{position}", UriKind.Relative), Cancel))!;
    }

    /// <summary>Whether its own log says something.</summary>
    internal Task<bool> SaidAsync(string text) => Task.FromResult(Lines.Lines.Any(line => line.Contains(text, StringComparison.Ordinal)));

    internal Task<HttpResponseMessage> TryGetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

    /// <summary>Reads every entry out of the tiles of the newest checkpoint, and holds that all of it is one tree.</summary>
    internal async Task<IReadOnlyList<byte[]>> VerifyAsync()
    {
        var (size, root) = await Database.ReadAsync(session => session.QueryOne<(long Size, byte[] Root)>("SELECT size, root FROM head"), Cancel);
        return VerifyFolder(Options.Folder, (ulong)size, root);
    }

    /// <summary>The same for a folder alone.</summary>
    internal static IReadOnlyList<byte[]> VerifyFolder(string folder, ulong size, byte[] root)
    {
        var tiles = new TileFolder(new Disk(folder));
        var edge = TreeEdge.Empty;
        List<byte[]> entries = [];
        for (var index = 0UL; index * Tile.FullWidth < size; index++)
        {
            var tile = new Tile(0, index, (int)Math.Min(Tile.FullWidth, size - (index * Tile.FullWidth)));
            foreach (var entry in Tile.TryReadEntries(tiles.TryReadEntries(tile)!)!)
            {
                entries.Add(entry.ToArray());
                edge.Append(Merkle.LeafHash(entry.Span), (whole, hashes) => Assert.Equal(hashes, tiles.TryRead(whole)));
            }
        }

        foreach (var tile in TreeEdge.TilesOf(size)) Assert.Equal(edge.Hashes(tile), tiles.TryRead(tile));
        Assert.Equal(root, edge.Root());
        Assert.Equal(root, tiles.TreeOf(size).Root());
        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Client.Dispose();
        Lines.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }
}
