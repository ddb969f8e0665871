using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using WeToo.Core.Log;
using WeToo.Hosting;
using WeToo.Log;
using WeToo.Log.Store;

namespace WeToo.Benchmarks;

/// <summary>The log of dates: durable appends beside what the disk and SHA-256 allow, proofs, tiles, and memory while it grows.</summary>
internal static class LogBenchmark
{
    private const int Callers = 256;

    private static readonly TimeSpan s_while = TimeSpan.FromSeconds(10);

    internal static async Task RunAsync(int grown)
    {
        var folder = Directory.CreateTempSubdirectory("wetoo-log-bench-").FullName;
        Console.WriteLine("| what | figure |\n|---|---|");
        Tell("syncs of 4 KiB to this disk, one after the other, per second", Syncs(folder));
        Tell("SHA-256 of a leaf (35 bytes), per second and core", Hashes());
        await using (var app = await StartAsync(folder))
        {
            using var client = ClientOf(app, folder);
            await AppendAsync(client);
            await ProveAsync(client);
            await ServeAsync(client);
            await app.StopAsync();
        }

        Grow(Path.Combine(folder, "grown"), grown);
        Directory.Delete(folder, recursive: true);
    }

    private static void Tell(string what, double figure, string unit = "") => Console.WriteLine($"| {what} | {figure:N0}{unit} |");

    private static double Syncs(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, "sync"), FileMode.Create);
        var (block, count, start) = (new byte[4096], 0, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(3); count++)
        {
            file.Write(block);
            file.Flush(flushToDisk: true);
        }

        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Hashes()
    {
        var (entry, count, start) = (new byte[LogEntry.Size], 0, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2); count++) entry = [.. Merkle.LeafHash(entry), 0, 0];
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<WebApplication> StartAsync(string folder)
    {
        var options = new LogOptions
        {
            Urls = "http://127.0.0.1:0", Database = $"Data Source={Path.Combine(folder, "log.db")}", Folder = Path.Combine(folder, "public"), Origin = "log.example/bench",
            KeyFile = Path.Combine(folder, "log.key"), PolicyFile = Path.Combine(folder, "policy.txt"), AppendKeyFile = Path.Combine(folder, "append.key"),
        };
        using (var key = new LogKey(options.Origin, options.KeyFile)) await File.WriteAllTextAsync(options.PolicyFile, $"log {key.Public.ToText()}\nquorum none\n");
        return await LogHost.StartAsync(options, TimeProvider.System, logging => logging.ClearProviders());
    }

    private static HttpClient ClientOf(WebApplication app, string folder)
    {
        var client = new HttpClient { BaseAddress = Hosts.AddressOf(app) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Convert.ToHexStringLower(File.ReadAllBytes(Path.Combine(folder, "append.key"))));
        return client;
    }

    /// <summary>One entry a request, so that each waits for the disk by itself.</summary>
    private static async Task AppendAsync(HttpClient client)
    {
        var (times, start) = (new ConcurrentBag<double>(), Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < s_while)
            {
                var began = Stopwatch.GetTimestamp();
                using var body = new ByteArrayContent(new LogEntry(EntryKind.Account, RandomNumberGenerator.GetBytes(32)).ToBytes());
                using var answer = await client.PostAsync(new Uri("v1/entries", UriKind.Relative), body);
                answer.EnsureSuccessStatusCode();
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }));
        var sorted = times.Order().ToList();
        Tell($"durable appends, one in each request, {Callers} callers, per second", sorted.Count / Stopwatch.GetElapsedTime(start).TotalSeconds);
        Tell("median time of one", sorted[sorted.Count / 2], " ms");
        Tell("99th percentile", sorted[sorted.Count * 99 / 100], " ms");
    }

    private static async Task ProveAsync(HttpClient client)
    {
        List<(double Time, int Size)> proofs = [];
        for (var i = 0; i < 1000; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var proof = await client.GetStringAsync(new Uri($"v1/proofs/{i}", UriKind.Relative));
            proofs.Add((Stopwatch.GetElapsedTime(began).TotalMicroseconds, proof.Length));
        }

        Tell("a proof with one signature, longest of 1,000", proofs.Max(proof => proof.Size), " bytes");
        Tell("time to make and fetch one, median", proofs.Select(proof => proof.Time).Order().ElementAt(500), " µs");
    }

    private static async Task ServeAsync(HttpClient client)
    {
        var (count, start) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5))
            {
                await client.GetByteArrayAsync(new Uri("tile/0/000", UriKind.Relative));
                Interlocked.Increment(ref count);
            }
        }));
        Tell("whole tiles served to 32 callers on the same cores, per second", count / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>The writer's own growth, tiles on the disk, in batches of 4,096; without the database, whose size grows by a row for each entry.</summary>
    private static void Grow(string folder, int size)
    {
        Directory.CreateDirectory(folder);
        var tiles = new TileFolder(new Disk(folder));
        var (end, start, before) = (Growth.TryLoad(0, tiles)!, Stopwatch.GetTimestamp(), 0L);
        while (end.Edge.Size < (ulong)size)
        {
            byte[][] batch = [.. Enumerable.Range(0, 4096).Select(i => new LogEntry(EntryKind.Account, SHA256.HashData(BitConverter.GetBytes(end.Edge.Size + (ulong)i))).ToBytes())];
            (end, var files, var whole) = end.Add(batch);
            tiles.Write(files, whole);
            if (before == 0) before = GC.GetTotalMemory(forceFullCollection: true);
        }

        Tell($"entries written to tiles, {size:N0} in all, per second", size / Stopwatch.GetElapsedTime(start).TotalSeconds);
        Tell("memory that the first batch leaves", before / 1024.0, " KiB");
        Tell("memory that the last one leaves", GC.GetTotalMemory(forceFullCollection: true) / 1024.0, " KiB");
        var index = (ulong)RandomNumberGenerator.GetInt32(size);
        var began = Stopwatch.GetTimestamp();
        var (root, proof) = (end.Edge.Root(), tiles.TreeOf(end.Edge.Size).Inclusion(index));
        Tell("time of a proof from its tiles", Stopwatch.GetElapsedTime(began).TotalMicroseconds, " µs");
        if (!Merkle.VerifyInclusion(index, end.Edge.Size, Merkle.LeafHash(new LogEntry(EntryKind.Account, SHA256.HashData(BitConverter.GetBytes(index))).ToBytes()), proof, root)) throw new InvalidOperationException("The proof does not hold.");
    }
}
