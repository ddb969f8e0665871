using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Hosting.Storage;
using WeToo.Log.Store;
using WeToo.Tool.Up;
using Xunit;

namespace WeToo.Tests.Log;

/// <summary>A log in a process of its own, killed with -9 while many callers add entries, again and again. What was acknowledged is there, at its place, and the log verifies.</summary>
public sealed class KilledTests : IDisposable
{
    private const int Kills = 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-log-kill-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_however_often_it_is_killed()
    {
        var address = new Uri($"http://127.0.0.1:{FreePorts.Take(1)[0]}/");
        await WriteConfigAsync(address);
        using var client = new HttpClient { BaseAddress = address };
        List<(byte[] Entry, ulong Position)> acknowledged = [];
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "wetoo.dll"), "log", "--config", Path.Combine(_folder, "log.json")]) { RedirectStandardOutput = true })!;
            await Eventually.HoldsAsync(() => AnswersAsync(client), "the log's process answers");
            var until = acknowledged.Count + RandomNumberGenerator.GetInt32(40, 400);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AddUntilKilledAsync(client, process, acknowledged, until)));
            await process.WaitForExitAsync(Cancel);
        }

        using var database = Database.Open($"Data Source={Path.Combine(_folder, "log.db")}");
        using var key = new LogKey("log.example/killed", Path.Combine(_folder, "log.key"));
        var later = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.NotNull(await new LogWriter(database, new TileFolder(new Disk(Path.Combine(_folder, "public"))), key, later).TakeAsync(Cancel));
        var (size, root) = await database.ReadAsync(session => session.QueryOne<(long Size, byte[] Root)>("SELECT size, root FROM head"), Cancel);
        var written = RunningLog.VerifyFolder(Path.Combine(_folder, "public"), (ulong)size, root);
        Assert.True(acknowledged.Count > Kills * 40);
        Assert.All(acknowledged, one => Assert.Equal(one.Entry, written[(int)one.Position]));
        Assert.Equal(written.Count, written.Select(Convert.ToHexString).Distinct().Count());
    }

    /// <summary>Adds a few at a time; whoever has the last one that is waited for kills the process, while the others are on their way.</summary>
    private async Task AddUntilKilledAsync(HttpClient client, Process process, List<(byte[] Entry, ulong Position)> acknowledged, int until)
    {
        var bearer = Convert.ToHexStringLower(await File.ReadAllBytesAsync(Path.Combine(_folder, "append.key"), Cancel));
        while (!process.HasExited)
        {
            byte[][] entries = [.. Enumerable.Range(0, 5).Select(_ => RunningLog.NewEntry())];
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("v1/entries", UriKind.Relative)) { Content = new ByteArrayContent([.. entries.SelectMany(entry => entry)]) };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
                using var answer = await client.SendAsync(request, Cancel);
                if (answer.StatusCode != HttpStatusCode.OK) continue; // The process before it still has the pen.
                var positions = (await answer.Content.ReadAsByteArrayAsync(Cancel)).Chunk(8).Select(bytes => BinaryPrimitives.ReadUInt64BigEndian(bytes)).ToList();
                lock (acknowledged)
                {
                    acknowledged.AddRange(entries.Zip(positions));
                    if (acknowledged.Count >= until) process.Kill();
                }
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private async Task WriteConfigAsync(Uri address)
    {
        using var key = new LogKey("log.example/killed", Path.Combine(_folder, "log.key"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "policy.txt"), $"log {key.Public.ToText()}\nquorum none\n", Cancel);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "log.json"),
            JsonSerializer.Serialize(new
            {
                Log = new
                {
                    Urls = address.ToString(), Database = $"Data Source={Path.Combine(_folder, "log.db")}", Folder = Path.Combine(_folder, "public"), Origin = "log.example/killed",
                    KeyFile = Path.Combine(_folder, "log.key"), PolicyFile = Path.Combine(_folder, "policy.txt"), AppendKeyFile = Path.Combine(_folder, "append.key"),
                },
            }),
            Cancel);
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync(new Uri("policy", UriKind.Relative), Cancel)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
