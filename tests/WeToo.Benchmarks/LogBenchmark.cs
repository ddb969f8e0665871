using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using WeToo.Core.Log;
using WeToo.Core.Signing;
using WeToo.Hosting;
using WeToo.Log;
using WeToo.Log.Store;

namespace WeToo.Benchmarks;

/// <summary>The log of dates: durable appends beside what the disk and SHA-256 allow, proofs, tiles, and memory while it grows.</summary>
internal static class LogBenchmark
{
    private static readonly int[] s_callers = [256, 1024];

    private static readonly TimeSpan s_while = TimeSpan.FromSeconds(10);

    /// <param name="grown">To how many entries a log grows.</param>
    /// <param name="proofFile">Where a proof from that log goes, with a policy and its entry, for <c>web/proof-speed.mjs</c>; null: nowhere.</param>
    internal static async Task RunAsync(int grown, string? proofFile)
    {
        var folder = Directory.CreateTempSubdirectory("wetoo-log-bench-").FullName;
        Console.WriteLine("| what | figure |\n|---|---|");
        Tell("syncs of 4 KiB to this disk, one after the other, per second", Syncs(folder));
        Tell("SHA-256 of a leaf (35 bytes), per second and core", Hashes());
        await using (var app = await StartAsync(folder))
        {
            using var client = ClientOf(app, folder);
            foreach (var callers in s_callers) await AppendAsync(client, callers);
            await ProveAsync(client);
            await ServeAsync(client);
            await app.StopAsync();
        }

        Grow(Path.Combine(folder, "grown"), grown, proofFile);
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
    private static async Task AppendAsync(HttpClient client, int callers)
    {
        var (times, start) = (new ConcurrentBag<double>(), Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
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
        Tell($"durable appends, one in each request, {callers:N0} callers, per second", sorted.Count / Stopwatch.GetElapsedTime(start).TotalSeconds);
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
    private static void Grow(string folder, int size, string? proofFile)
    {
        Directory.CreateDirectory(folder);
        var tiles = new TileFolder(new Disk(folder));
        var (end, start, left) = (Growth.TryLoad(0, tiles)!, Stopwatch.GetTimestamp(), new List<(long Managed, long All)>());
        while (end.Edge.Size < (ulong)size)
        {
            byte[][] batch = [.. Enumerable.Range(0, (int)Math.Min(4096, (ulong)size - end.Edge.Size)).Select(i => EntryAt(end.Edge.Size + (ulong)i))];
            (end, var files, var whole) = end.Add(batch);
            tiles.Write(files, whole);
            if (end.Edge.Size >= (ulong)size / 10 * (ulong)left.Count) left.Add((GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet));
        }

        Tell($"entries written to tiles, {size:N0} in all, per second", size / Stopwatch.GetElapsedTime(start).TotalSeconds);
        Tell("memory that the first batch leaves", left[0].Managed / 1024.0, " KiB");
        Tell("the most that is left after a tenth of them, any tenth", left.Max(one => one.Managed) / 1024.0, " KiB");
        Tell("the whole process after the first batch", left[0].All / 1048576.0, " MiB");
        Tell("the whole process at most, after any tenth", left.Max(one => one.All) / 1048576.0, " MiB");
        Prove(end.Edge, tiles, proofFile);
    }

    private static byte[] EntryAt(ulong index) => new LogEntry(EntryKind.Account, SHA256.HashData(BitConverter.GetBytes(index))).ToBytes();

    private static void Prove(TreeEdge edge, TileFolder tiles, string? file)
    {
        var (tree, index) = (tiles.TreeOf(edge.Size), (ulong)RandomNumberGenerator.GetInt32((int)edge.Size));
        var began = Stopwatch.GetTimestamp();
        var hashes = tree.Inclusion(index);
        Tell("time of a proof from its tiles", Stopwatch.GetElapsedTime(began).TotalMicroseconds, " µs");

        SigningKey[] keys = [.. Enumerable.Range(1, 4).Select(n => SigningKey.FromSeed([.. Enumerable.Repeat((byte)n, 32)]))];
        NoteKey[] witnesses = [.. keys[1..].Select((key, i) => new NoteKey($"w{i + 1}.example", NoteKeyKind.Witness, key.PublicKey))];
        var checkpoint = new Checkpoint("log.example", edge.Size, edge.Root());
        var note = SignedNote.Sign(checkpoint.ToText(), "log.example", keys[0]);
        note = note with { Signatures = [.. note.Signatures, .. witnesses.Select((witness, i) => note.Cosign(witness.Name, 1_800_000_000, keys[i + 1]))] };
        var proof = new LogProof(index, hashes, note, checkpoint);
        var policy = $"log {new NoteKey("log.example", NoteKeyKind.Log, keys[0].PublicKey).ToText()}\n{string.Concat(witnesses.Select((key, i) => $"witness w{i + 1} {key.ToText()}\n"))}group two 2 w1 w2 w3\nquorum two\n";
        Tell("a proof with the log's signature and three cosignatures", proof.ToText().Length, " bytes");

        List<double> times = [];
        for (var n = 0; n < 101; n++)
        {
            began = Stopwatch.GetTimestamp();
            if (!proof.Includes(EntryAt(index)) || proof.ShownBy(LogPolicy.TryParse(policy)!).Fault is not null) throw new InvalidOperationException("The proof does not hold.");
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        Tell("time to verify it, with its four signatures, median", times.Order().ElementAt(50), " µs");
        if (file is not null) File.WriteAllText(file, JsonSerializer.Serialize(new { entry = Convert.ToHexStringLower(EntryAt(index)), proof = proof.ToText(), policy }));
    }
}
