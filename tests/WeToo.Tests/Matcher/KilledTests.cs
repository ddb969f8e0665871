using System.Diagnostics;
using System.Text.Json;
using WeToo.Core.Wire;
using WeToo.Matcher;
using WeToo.Tests.Authors;
using WeToo.Tests.Keeper;
using WeToo.Tool;
using Xunit;

namespace WeToo.Tests.Matcher;

/// <summary>A real <c>wetoo matcher</c> is killed while it works, again and again, and finishes all the same.</summary>
public sealed class KilledTests
{
    /// <summary>Calls of a match of two: two drops, the filings, two openings, the hand-over. Each is a moment to die in.</summary>
    private const int Moments = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_matcher_killed_between_any_two_steps_loses_nothing_and_opens_nothing_twice()
    {
        for (var moment = 1; moment <= Moments; moment++) await DieOnceAsync(moment);
    }

    private static async Task DieOnceAsync(int moment)
    {
        var folder = Directory.CreateTempSubdirectory("wetoo-killed-").FullName;
        var keyFile = Path.Combine(folder, "matcher.key");
        await using var keepers = await KeeperSet.StartAsync(new() { Matcher = MatcherHost.BoxKey(keyFile) });
        await using var vault = await RecordingVault.StartAsync();
        vault.Signed = keepers.Signed;
        using var first = new Process();
        var (calls, died) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var detours = new List<Detour>();
        foreach (var target in keepers.Keepers.Select(keeper => keeper.Address).Prepend(vault.Address)) detours.Add(await Detour.StartAsync(target, Watch));
        var settings = await WriteSettingsAsync(folder, keyFile, [.. detours.Select(detour => detour.Address)]);

        var author = new TestAuthor(keepers.Keyset);
        TestFiling[] filings = [author.File(2, "tel:+331"), new TestAuthor(keepers.Keyset).File(2, "tel:+331")];
        foreach (var filing in filings) vault.Store(filing);
        await BringAsync(await StartAsync(first, settings), filings);
        await died.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);

        using var second = new Process();
        _ = await StartAsync(second, settings);
        await Eventually.HoldsAsync(() => Task.FromResult(vault.Opened.Count == 2), $"both filings open after a death at call {moment}");
        second.Kill();
        await second.WaitForExitAsync(Cancel);
        Assert.Single(vault.Opened.Values.Distinct());
        foreach (var detour in detours) await detour.DisposeAsync();
        Directory.Delete(folder, recursive: true);

        byte[] Watch(string path, byte[] answer)
        {
            if (path == "/v1/keyset" || died.Task.IsCompleted || Interlocked.Increment(ref calls) != moment) return answer;
            first.Kill(); // SIGKILL: no handler runs. The answer reaches nobody.
            first.WaitForExit();
            died.SetResult();
            return answer;
        }
    }

    /// <summary>Starts the program as an operator does.</summary>
    /// <returns>Where it listens.</returns>
    private static async Task<Uri> StartAsync(Process process, string settings)
    {
        process.StartInfo = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "matcher", "--config", settings]) { RedirectStandardOutput = true };
        process.Start();
        var line = await process.StandardOutput.ReadLineAsync(Cancel);
        return new Uri(line!.Split(' ')[^1]);
    }

    private static async Task BringAsync(Uri matcher, TestFiling[] filings)
    {
        using var client = new HttpClient { BaseAddress = matcher };
        var writer = new WireWriter();
        foreach (var filing in filings) writer.Vec32(filing.Submission.SlipsBox.Span);
        Assert.Equal([1, 1], (await client.AskAsync("v1/slips", writer.ToArray())).Bytes);
    }

    private static async Task<string> WriteSettingsAsync(string folder, string keyFile, Uri[] addresses)
    {
        var path = Path.Combine(folder, "matcher.json");
        await File.WriteAllTextAsync(
            path,
            JsonSerializer.Serialize(new
            {
                Matcher = new
                {
                    Urls = "http://127.0.0.1:0",
                    Database = $"Data Source={Path.Combine(folder, "matcher.db")}",
                    KeyFile = keyFile,
                    VaultUrl = addresses[0],
                    VaultKeyFile = Path.Combine(folder, "vault.key"),
                    Keepers = addresses.Skip(1).Select((url, i) => new { Index = i + 1, Url = url }),
                    DelayHoursLeast = 0,
                    DelayHoursMost = 0,
                },
            }),
            Cancel);
        return path;
    }
}
