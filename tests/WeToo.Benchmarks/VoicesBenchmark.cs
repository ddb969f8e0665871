using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using WeToo.Hosting.Storage;
using WeToo.Voices;

namespace WeToo.Benchmarks;

/// <summary>
/// A publication under readers and writers, over HTTP, with SQLite and a sync at every commit, in a process of its own; readers and writers share its cores. A read is the whole page of a thread of
/// 500 comments, as a browser asks for it (compressed); a post is the form that a browser sends without a script.
/// </summary>
internal static class VoicesBenchmark
{
    private const int Readers = 32;
    private const int Writers = 64;
    private const int PostsASecond = 20;
    private const int Burst = 6_000;

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(8);
    private static readonly Uri s_page = new("/en/letters/long/comments", UriKind.Relative);
    private static readonly Uri s_small = new("/en/feed.json", UriKind.Relative);

    internal static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("wetoo-benchmark-").FullName;
        using var server = Process.Start(new ProcessStartInfo("dotnet", [Environment.GetCommandLineArgs()[0], "serve-voices", folder]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Burst, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(60) })
            {
                BaseAddress = new Uri((await server.StandardOutput.ReadLineAsync())!), Timeout = TimeSpan.FromMinutes(5),
            };
            Row("what", "figure", "bar");
            Row("---", "---", "---");
            Weigh();
            await ReadAsync(http, s_page, TimeSpan.FromSeconds(2));
            await MeasureReadsAsync(http);
            await MeasureMixedAsync(http);
            await MeasurePostsAsync(http, server, folder);
            return await MeasureBurstAsync(http, folder) ? 0 : 1;
        }
        finally
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a page with inline feedback loads of scripts.</summary>
    private static void Weigh()
    {
        var scripts = ((string[])["passages.js", "share.js"]).Sum(name =>
        {
            using var script = typeof(VoicesHost).Assembly.GetManifestResourceStream($"wwwroot/{name}")!;
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) script.CopyTo(gzip);
            return packed.Length;
        });
        Row("scripts of a page with inline feedback, gzip", $"{scripts:N0} bytes", "< 25,000");
    }

    private static async Task MeasureReadsAsync(HttpClient http)
    {
        var (smallest, _) = await ReadAsync(http, s_small, s_long);
        var (times, bytes) = await ReadAsync(http, s_page, s_long);
        var perSecond = times.Count / s_long.TotalSeconds;
        Row($"pages of {VoicesServer.ThreadSize} comments read per second", $"{perSecond:N0}", "≥ 1,000");
        Row("… bytes of one as it travels", $"{bytes:N0}", "");
        Row("… of what the same host and readers do with the smallest answer that they have", $"{perSecond / (smallest.Count / s_long.TotalSeconds):P0}", "");
        Row("… time of one, median and 99th percentile", $"{At(times, 50):N1} ms, {At(times, 99):N1} ms", "");
    }

    private static async Task MeasureMixedAsync(HttpClient http)
    {
        var (failed, sent) = (0, 0);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PostsASecond));
        var reading = ReadAsync(http, s_page, s_long);
        var posting = new List<Task>();
        while (!reading.IsCompleted && await timer.WaitForNextTickAsync())
        {
            sent++;
            posting.Add(Task.Run(async () =>
            {
                if (await PostAsync(http, "long", sent) != HttpStatusCode.Redirect) Interlocked.Increment(ref failed);
            }));
        }

        await Task.WhenAll(posting);
        var times = (await reading).Times;
        Row($"the same while {sent / s_long.TotalSeconds:N0} comments a second arrive under it ({failed} refused)", $"{times.Count / s_long.TotalSeconds:N0}", "≥ 300");
        Row("… time of one, median and 99th percentile", $"{At(times, 50):N1} ms, {At(times, 99):N1} ms", "99th < 100 ms");
    }

    private static async Task MeasurePostsAsync(HttpClient http, Process server, string folder)
    {
        var syncs = SyncsPerSecond(folder);
        await PostManyAsync(http, TimeSpan.FromSeconds(2));
        server.Refresh();
        var before = server.TotalProcessorTime;
        var (posted, refused) = await PostManyAsync(http, s_long);
        server.Refresh();
        Row($"durable posts per second, {Writers} at once ({refused} refused)", $"{posted / s_long.TotalSeconds:N0}", "≥ 400");
        Row("… for each sync of 4 KiB that this disk does in a second", $"{posted / s_long.TotalSeconds / syncs:N2}", "");
        Row("… processor time of the host for one", $"{(server.TotalProcessorTime - before).TotalMilliseconds / (posted + refused):N2} ms", "");
    }

    private static async Task<bool> MeasureBurstAsync(HttpClient http, string folder)
    {
        var before = await CountAsync(folder);
        var began = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, Burst).Select(i => PostAsync(http, "busy", i)));
        var took = Stopwatch.GetElapsedTime(began);
        var (taken, refused, stored) = (answers.Count(status => status == HttpStatusCode.Redirect), answers.Count(status => status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests), await CountAsync(folder) - before);
        Row($"a burst of {Burst:N0} at once: said to be taken, told to come again, and neither", $"{taken:N0}, {refused:N0}, {Burst - taken - refused}", "neither: 0");
        Row("… taken and not there, in how long", $"{taken - stored}, {took.TotalSeconds:N1} s", "0");
        return taken == stored && taken + refused == Burst;
    }

    private static async Task<(List<double> Times, long Bytes)> ReadAsync(HttpClient http, Uri page, TimeSpan how)
    {
        var (times, bytes, end) = (new ConcurrentBag<double>(), 0L, Stopwatch.GetTimestamp() + (long)(how.TotalSeconds * Stopwatch.Frequency));
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetTimestamp() < end)
            {
                var began = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Get, page) { Headers = { { "Accept-Encoding", "br" } } };
                using var answer = await http.SendAsync(request);
                bytes = (await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        })));
        return ([.. times.Order()], bytes);
    }

    private static async Task<(int Posted, int Refused)> PostManyAsync(HttpClient http, TimeSpan how)
    {
        var (posted, refused, end) = (0, 0, Stopwatch.GetTimestamp() + (long)(how.TotalSeconds * Stopwatch.Frequency));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetTimestamp() < end)
                if (await PostAsync(http, "busy", posted) == HttpStatusCode.Redirect) Interlocked.Increment(ref posted);
                else Interlocked.Increment(ref refused);
        })));
        return (posted, refused);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string slug, int number)
    {
        using var form = new FormUrlEncodedContent([new("name", $"Reader {number}"), new("text", VoicesServer.Words)]);
        using var answer = await http.PostAsync(new Uri($"/en/letters/{slug}/respond", UriKind.Relative), form);
        return answer.StatusCode;
    }

    private static double SyncsPerSecond(string folder)
    {
        var (count, began, block) = (0, Stopwatch.GetTimestamp(), new byte[4096]);
        using var file = new FileStream(Path.Combine(folder, "syncs"), FileMode.Create, FileAccess.Write, FileShare.None, 0);
        for (; Stopwatch.GetElapsedTime(began).TotalSeconds < 2; count++)
        {
            file.Write(block);
            file.Flush(flushToDisk: true);
        }

        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<long> CountAsync(string folder)
    {
        using var database = Database.Open($"Data Source={Path.Combine(folder, "voices.db")}");
        return await database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM comments"), CancellationToken.None);
    }

    private static double At(List<double> times, int percent) => times[Math.Min(times.Count - 1, times.Count * percent / 100)];

    private static void Row(string what, string figure, string bar) => Console.WriteLine($"| {what} | {figure} | {bar} |");
}
