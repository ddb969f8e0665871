using System.Diagnostics;
using System.Text.Json;
using WeToo.Core.Keysets;
using Xunit;

namespace WeToo.Tests.Tool;

/// <summary><c>wetoo up</c> as a process of its own.</summary>
public sealed class UpTests : IDisposable
{
    private const string Ready = "READY ";

    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-up-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_that_all_keys_are_on_one_machine_and_whom_to_invite()
    {
        using var up = Start();
        var lines = await ReadToReadyAsync(up);
        await StopAsync(up);

        Assert.Contains(lines, line => line.Contains("ALL KEYS ARE ON THIS ONE MACHINE", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Intake is CLOSED: 0 of 2 counselors, 0 of 1 stand-in, no country with help lines yet (--help-countries)", StringComparison.Ordinal));
        using var ready = JsonDocument.Parse(lines[^1][Ready.Length..]);
        Assert.Equal(5, ready.RootElement.GetProperty("invitations").GetArrayLength());
        Assert.Contains("/desk#", ready.RootElement.GetProperty("counselor_link").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_stops_in_order_and_comes_back_with_the_same_keys()
    {
        using var first = Start();
        using var before = JsonDocument.Parse((await ReadToReadyAsync(first))[^1][Ready.Length..]);
        await StopAsync(first);
        Assert.Equal(0, first.ExitCode);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*-wal", SearchOption.AllDirectories));

        using var second = Start();
        using var after = JsonDocument.Parse((await ReadToReadyAsync(second))[^1][Ready.Length..]);
        var keyset = await KeysetOfAsync(after);
        await StopAsync(second);

        Assert.False(after.RootElement.GetProperty("new").GetBoolean());
        Assert.Equal(before.RootElement.GetProperty("deployment").GetString(), after.RootElement.GetProperty("deployment").GetString());
        Assert.NotNull(keyset);
        Assert.Equal(3, keyset.Keyset.Keepers.Count);
        Assert.True(keyset.Keyset.Policy.Embedded);
    }

    [Theory]
    [InlineData("ceremony.json")]
    [InlineData("keyset.json")]
    public async Task A_first_start_that_was_killed_in_the_ceremony_goes_on_where_it_was(string afterFile)
    {
        using var first = Start();
        await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(Path.Combine(_folder, afterFile))), $"{afterFile} is there");
        first.Kill();
        await first.WaitForExitAsync(Cancel);

        using var second = Start();
        using var ready = JsonDocument.Parse((await ReadToReadyAsync(second))[^1][Ready.Length..]);
        var keyset = await KeysetOfAsync(ready);
        await StopAsync(second);

        Assert.NotNull(keyset);
        Assert.False(File.Exists(Path.Combine(_folder, "ceremony.json")));
    }

    [Fact]
    public async Task Invitations_can_be_made_while_it_runs_and_not_where_nothing_is()
    {
        using var up = Start();
        await ReadToReadyAsync(up);
        var codes = await Terminal.RunAsync("", "registrar", "invite", "--data", _folder, "--count", "3");
        var link = await Terminal.RunAsync("", "counselor", "invite", "--data", _folder, "--site", "https://example.org");
        await StopAsync(up);
        var nowhere = await Terminal.RunAsync("", "registrar", "invite", "--data", Path.Combine(_folder, "nothing"));

        Assert.Equal((0, 3), (codes.Code, codes.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.StartsWith("https://example.org/desk#", link.Output, StringComparison.Ordinal);
        Assert.Equal(1, nowhere.Code);
        Assert.Contains("no database", nowhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_line_that_makes_no_sense_is_told_so()
    {
        var nonsense = await Terminal.RunAsync("", "upp");
        var help = await Terminal.RunAsync("", "--help");

        Assert.Equal(2, nonsense.Code);
        Assert.Contains("--help", nonsense.Error, StringComparison.Ordinal);
        Assert.Equal(0, help.Code);
        Assert.All((string[])["up", "demo", "file", "status", "withdraw", "consent", "keeper"], command => Assert.Contains($"  {command} ", help.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_demonstration_comes_to_its_end_and_finds_nothing_where_nothing_may_be()
    {
        var demo = await Terminal.RunAsync("", "demo");

        Assert.Equal((0, ""), (demo.Code, demo.Error));
        Assert.DoesNotContain("Found:", demo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", demo.Output, StringComparison.Ordinal);
        Assert.Contains("He locked the office door.", demo.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Process Start() => Terminal.Start("up", "--port", "0", "--data", _folder, "--demo-delay", "0", "--ready-json");

    private static async Task<List<string>> ReadToReadyAsync(Process up)
    {
        var lines = new List<string>();
        while (await up.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith(Ready, StringComparison.Ordinal)) return lines;
        }

        Assert.Fail(await up.StandardError.ReadToEndAsync(Cancel));
        return lines;
    }

    /// <summary>As Ctrl-C does.</summary>
    private static async Task StopAsync(Process up)
    {
        using var kill = Process.Start("kill", ["-INT", $"{up.Id}"]);
        await up.WaitForExitAsync(Cancel);
    }

    private static async Task<SignedKeyset?> KeysetOfAsync(JsonDocument ready)
    {
        using var client = new HttpClient { BaseAddress = new Uri(ready.RootElement.GetProperty("vault").GetString()!) };
        return SignedKeyset.TryParse(await client.GetStringAsync(new Uri("v1/keyset", UriKind.Relative), Cancel));
    }
}
