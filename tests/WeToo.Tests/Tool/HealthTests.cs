using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Tests.Vault;
using WeToo.Tool;
using WeToo.Vault;
using WeToo.Vault.Features.Retention;
using Xunit;

namespace WeToo.Tests.Tool;

/// <summary>The operator's console: health, and nothing of a case.</summary>
public sealed class HealthTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task It_says_what_runs_and_what_needs_somebody_and_the_same_with_cases_as_without(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var settings = await SettingsAsync(set, registrar: new Uri("http://127.0.0.1:9"));

        var without = await RunAsync("health", "--config", settings);
        Assert.Equal((ExitCodes.Refused, ""), (without.Code, without.Error));
        Assert.Contains("  matcher         answers\n", without.Output, StringComparison.Ordinal);
        Assert.Contains("! registrar       does not answer\n", without.Output, StringComparison.Ordinal);
        Assert.Contains("  keeper 3        answers\n", without.Output, StringComparison.Ordinal);
        Assert.Contains("  to other hosts  fewer than 10 messages wait\n", without.Output, StringComparison.Ordinal);
        Assert.Contains("! backup          never made: wetoo backup\n", without.Output, StringComparison.Ordinal);
        Assert.Contains("! periods         nobody decided", without.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n3 marked with ! need somebody.\n", without.Output, StringComparison.Ordinal);

        await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        await new TestDirect(set).SentAsync(set);
        Assert.Equal(Steady(without), Steady(await RunAsync("health", "--config", settings)));

        // With a backup, periods and a registrar all is well. A matcher that is away shows, and so does what waits for it.
        await VaultHost.NoteBackupAsync(set.Database, RandomNumberGenerator.GetBytes(32), TimeProvider.System, Cancel);
        _ = await RetentionBook.DecideAsync(set.Database, RetentionPeriods.Around(24), TimeProvider.System, Cancel);
        settings = await SettingsAsync(set, registrar: set.Matcher.Address);
        var well = await RunAsync("health", "--config", settings, "--site", set.Client.BaseAddress!.ToString(), "--json");
        Assert.Equal((ExitCodes.Done, ""), (well.Code, well.Error));
        var said = JsonSerializer.Deserialize<JsonElement>(well.Output);
        Assert.True(said.GetProperty("ok").GetBoolean());
        Assert.Equal("site", said.GetProperty("checks")[0].GetProperty("name").GetString());
        await set.Matcher.StopAsync();
        for (var i = 0; i < 11; i++) await new TestFiling(set).FiledAsync(set);
        var away = await RunAsync("health", "--config", settings);
        Assert.Contains("! matcher         does not answer\n", away.Output, StringComparison.Ordinal);
        Assert.Contains("! to other hosts  10 or more messages wait\n", away.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_believes_is_said()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(9));
        await using var set = await VaultSet.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        await using var site = builder.Build();
        site.MapGet("/health", () => Results.Text("ok"));
        await site.StartAsync(Cancel);

        var health = await RunAsync("health", "--config", await SettingsAsync(set, set.Matcher.Address), "--site", Hosts.AddressOf(site).ToString());

        Assert.Contains("! site            its certificate is not believed here\n", health.Output, StringComparison.Ordinal);
    }

    private static Task<Ran> RunAsync(params string[] arguments) => Terminal.RunAsync("", arguments);

    /// <summary>Without the disk, which others write to.</summary>
    private static string Steady(Ran ran) => string.Join('\n', ran.Output.Split('\n').Where(line => !line.Contains("disk", StringComparison.Ordinal)));

    private static async Task<string> SettingsAsync(VaultSet set, Uri registrar)
    {
        var path = await set.WriteSettingsAsync();
        var written = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(path, Cancel)).GetProperty("Vault");
        var vault = new
        {
            Urls = set.Client.BaseAddress, Database = written.GetProperty("Database").GetString(), MatcherKeyFile = written.GetProperty("MatcherKeyFile").GetString(), MatcherUrl = set.Matcher.Address,
            RegistrarUrl = registrar, Keepers = set.Keepers.Keepers.Select((keeper, i) => new { Index = i + 1, Url = keeper.Address }),
        };
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { Vault = vault }), Cancel);
        return path;
    }
}
