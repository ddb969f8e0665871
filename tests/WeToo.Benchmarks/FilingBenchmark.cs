using System.Diagnostics;
using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Ladder;
using WeToo.Core.Oprf;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using WeToo.Tool.Authoring;

namespace WeToo.Benchmarks;

/// <summary>
/// Filings end to end over HTTP: two evaluations through the vault's relay and the submission, by 64 filers at once, against vault, matcher,
/// registrar and three keepers with SQLite in another process. What filers compute on their own devices is made beforehand.
/// </summary>
internal static class FilingBenchmark
{
    private const int Filers = 64;

    internal static async Task<int> RunAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("wetoo-benchmark-").FullName;
        using var server = Start(folder);
        try
        {
            var vault = new Uri((await server.StandardOutput.ReadLineAsync())!);
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Filers }) { BaseAddress = vault };
            var keyset = SignedKeyset.TryParse(await http.GetStringAsync(new Uri("v1/keyset", UriKind.Relative)))!;
            Prepared[] prepared = [.. Prepare(keyset, folder, count)];
            var warmUp = prepared.Length / 10;
            _ = await SendAsync(http, prepared[..warmUp]);
            await DrainAsync(folder);

            server.Refresh();
            var (before, watch) = (server.TotalProcessorTime, Stopwatch.StartNew());
            var failed = await SendAsync(http, prepared[warmUp..]);
            var answered = watch.Elapsed;
            await DrainAsync(folder);
            var matched = watch.Elapsed;
            server.Refresh();
            Report(prepared.Length - warmUp, failed, answered, matched, server.TotalProcessorTime - before, server.WorkingSet64);
            return failed == 0 ? 0 : 1;
        }
        finally
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(string folder) => Process.Start(new ProcessStartInfo("dotnet", [Environment.GetCommandLineArgs()[0], "serve", folder])
    {
        RedirectStandardInput = true, RedirectStandardOutput = true,
    })!;

    private static void Report(int count, int failed, TimeSpan answered, TimeSpan matched, TimeSpan processor, long memory)
    {
        Console.WriteLine("| what | figure |");
        Console.WriteLine("|---|---|");
        Console.WriteLine($"| filings, {Filers} filers at once | {count:N0} |");
        Console.WriteLine($"| refused or failed | {failed} |");
        Console.WriteLine($"| filings/s until the last was answered | {count / answered.TotalSeconds:N0} |");
        Console.WriteLine($"| filings/s until the last was looked at by the matcher | {count / matched.TotalSeconds:N0} |");
        Console.WriteLine($"| processor time per filing, all hosts | {processor.TotalMilliseconds / count:N2} ms |");
        Console.WriteLine($"| memory of all six hosts in one process, under load | {memory / 1e6:N0} MB |");
    }

    /// <summary>Makes what filers send. N is drawn instead of evaluated: nobody but the filer could tell.</summary>
    private static IEnumerable<Prepared> Prepare(SignedKeyset keyset, string folder, int count)
    {
        using var registrar = RSA.Create();
        registrar.ImportPkcs8PrivateKey(File.ReadAllBytes(Path.Combine(folder, "registrar", "signing.key")), out _);
        var counselor = new TeamMember("Inès", AgeIdentity.Random(RandomNumberGenerator.Fill).Recipient, new byte[32]);
        var day = (uint)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 86400);
        return Enumerable.Range(0, count).AsParallel().Select(_ => PrepareOne(keyset.Keyset, registrar, counselor, day)).ToArray();
    }

    private static Prepared PrepareOne(Keyset keyset, RSA registrar, TeamMember counselor, uint day)
    {
        using var pseudonym = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));
        var prefix = RandomNumberGenerator.GetBytes(Credential.PrefixSize);
        byte[] message = [.. prefix, .. Credential.Message(keyset.Deployment.Span, pseudonym.PublicKey.Span)];
        byte[] signature;
        lock (registrar) signature = registrar.SignData(message, HashAlgorithmName.SHA384, RSASignaturePadding.Pss);
        var credential = new Credential(pseudonym.PublicKey, keyset.Registrars[0].KeyId, prefix, signature);

        Element[] blinded = [.. Enumerable.Range(0, Limits.SlipCount).Select(_ => Draw())];
        var request = EvaluateRequest.Write(keyset.Deployment.Span, keyset.Epoch, day, RandomNumberGenerator.GetBytes(16), credential, blinded, pseudonym);
        EvaluatedSlip[] slips = [.. Enumerable.Range(0, Limits.SlipCount).Select(_ => new EvaluatedSlip(Draw(), Chain.Start(RandomNumberGenerator.GetBytes(OprfClient.OutputSize))))];
        var draft = new FilingDraft(keyset, credential, pseudonym, RandomNumberGenerator.GetBytes(16), 2, [counselor], new byte[600], new byte[4000]);
        return new(request, draft.ToSubmission(slips, day, RandomNumberGenerator.Fill)!.ToBytes());
    }

    private static Element Draw()
    {
        using var scalar = Scalar.Random(RandomNumberGenerator.Fill);
        return Element.FromGenerator(scalar);
    }

    private static async Task<int> SendAsync(HttpClient http, Prepared[] prepared)
    {
        var (next, failed) = (-1, 0);
        await Task.WhenAll(Enumerable.Range(0, Filers).Select(async filer =>
        {
            for (var i = Interlocked.Increment(ref next); i < prepared.Length; i = Interlocked.Increment(ref next))
                if (!await FileAsync(http, prepared[i], i)) Interlocked.Increment(ref failed);
        }));
        return failed;
    }

    private static async Task<bool> FileAsync(HttpClient http, Prepared one, int i)
    {
        var evaluated = await Task.WhenAll(PostAsync(http, $"v1/keepers/{1 + (i % 3)}/evaluations", one.Request), PostAsync(http, $"v1/keepers/{1 + ((i + 1) % 3)}/evaluations", one.Request));
        return evaluated.All(length => length == EvaluateReply.Size) && await PostAsync(http, "v1/filings", one.Submission) == 1;
    }

    private static async Task<int> PostAsync(HttpClient http, string path, byte[] body)
    {
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), new ByteArrayContent(body));
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadAsByteArrayAsync()).Length : 0;
    }

    /// <summary>Waits until the matcher has everything and has looked at it.</summary>
    private static async Task DrainAsync(string folder)
    {
        using var vault = Database.Open($"Data Source={Path.Combine(folder, "vault", "vault.db")}");
        using var matcher = Database.Open($"Data Source={Path.Combine(folder, "matcher", "matcher.db")}");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await vault.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM outbox"), CancellationToken.None) > 0
            || await matcher.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM filings WHERE due_s IS NOT NULL"), CancellationToken.None) > 0)
            await timer.WaitForNextTickAsync();
    }

    private sealed record Prepared(byte[] Request, byte[] Submission);
}
