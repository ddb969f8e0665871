using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WeToo.Core.Log;
using WeToo.Core.Signing;
using WeToo.Tests.Log;
using WeToo.Tests.Vault;
using WeToo.Tool;
using WeToo.Tool.Verifying;
using WeToo.Vault.Features.Site;
using Xunit;

namespace WeToo.Tests.Tool;

/// <summary>Anybody can hold a live site to its release, and every lie of a server that is told to this computer is named.</summary>
public sealed class VerifySiteTests(RealSite real) : IClassFixture<RealSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vault_serves_its_release_to_everybody()
    {
        var verdict = await new SiteVerification(real.Address, SiteRelease.OfThisProgram()).RunAsync(Cancel);

        Assert.Empty(verdict.Deviations);
        Assert.True(verdict.AnswerCount > SiteVisitor.All.Count * SiteFile.Load().Count);
    }

    [Fact]
    public async Task One_altered_byte_is_named_with_its_file()
    {
        var deviation = Assert.Single(await FindAsync((http, bytes) =>
        {
            if (http.Request.Path == "/app.js") bytes[^1] ^= 1;
            return bytes;
        }));

        Assert.StartsWith("/app.js has other bytes: SHA-256 ", deviation, StringComparison.Ordinal);
        Assert.DoesNotContain("only for", deviation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_bytes_for_one_kind_of_browser_are_named_with_who_gets_them()
    {
        var deviation = Assert.Single(await FindAsync((http, bytes) =>
            http.Request.Path == "/" && http.Request.Headers.UserAgent.ToString().Contains("iPhone", StringComparison.Ordinal) ? [.. bytes, (byte)' '] : bytes));

        Assert.StartsWith("/ has other bytes", deviation, StringComparison.Ordinal);
        Assert.EndsWith("(only for Safari on a phone)", deviation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_bytes_for_who_comes_again_are_named()
    {
        var deviation = Assert.Single(await FindAsync((http, bytes) =>
            http.Request.Path == "/style.css" && http.Request.Headers.Cookie.Count > 0 ? [.. bytes, (byte)'\n'] : bytes));

        Assert.EndsWith("(only for Firefox or Tor Browser)", deviation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_more_is_named_wherever_it_shows()
    {
        var found = await FindAsync((http, bytes) =>
        {
            if (http.Request.Path == "/files.json")
                return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\"files\": [", $$"""
                    "files": [ { "path": "/more.js", "size": 1, "sha256": "{{new string('0', 64)}}" },
                    """, StringComparison.Ordinal));
            if (http.Response.StatusCode == 404)
            {
                http.Response.StatusCode = 200;
                http.Response.ContentType = "text/javascript";
            }

            return bytes;
        });

        Assert.Contains("/more.js is listed by the site, and is not in the release", found);
        Assert.Contains(found, deviation => deviation.StartsWith("/files.json has other bytes", StringComparison.Ordinal));
        Assert.Contains("/no-such-file.js answers 200, and is in no release", found);
    }

    /// <summary>A value of null takes the header away.</summary>
    [Theory]
    [InlineData("Content-Security-Policy", null, "/ has no content-security-policy")]
    [InlineData("Content-Security-Policy", "script-src *", "/ has content-security-policy: script-src *")]
    [InlineData("Cache-Control", "public", "/ has cache-control: public")]
    [InlineData("Referrer-Policy", "unsafe-url", "/ has referrer-policy: unsafe-url")]
    [InlineData("Integrity-Policy", null, "/ has no integrity-policy")]
    [InlineData("X-Content-Type-Options", null, "/ has no x-content-type-options")]
    [InlineData("Set-Cookie", "id=1", "/ has set-cookie: id=1")]
    [InlineData("Link", "<https://elsewhere.example/x.js>; rel=preload", "/ has link: <https://elsewhere.example/x.js>; rel=preload")]
    [InlineData("NEL", "{}", "/ has nel: {}")]
    public async Task A_changed_header_is_named(string name, string? value, string expected)
    {
        var found = await FindAsync((http, bytes) =>
        {
            if (http.Request.Path != "/") return bytes;
            if (value is null) http.Response.Headers.Remove(name);
            else http.Response.Headers[name] = value;
            return bytes;
        });

        Assert.Equal([expected], found);
    }

    [Fact]
    public async Task A_second_policy_beside_the_first_is_named()
    {
        var found = await FindAsync((http, bytes) =>
        {
            if (http.Request.Path == "/desk") http.Response.Headers.Append("Content-Security-Policy", "sandbox");
            return bytes;
        });

        Assert.StartsWith("/desk has content-security-policy: default-src 'none';", Assert.Single(found), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_no_answer()
    {
        var found = await FindAsync((http, bytes) =>
        {
            if (http.Request.Path != "/argon2-worker.js") return bytes;
            http.Response.StatusCode = 302;
            http.Response.Headers.Location = "/style.css";
            return bytes;
        });

        Assert.Equal(["/argon2-worker.js answers 302"], found);
    }

    [Fact]
    public async Task The_command_says_it_with_its_exit_code()
    {
        await using var lying = await LyingSite.StartAsync(real.Address, (http, bytes) => http.Request.Path == "/icon.svg" ? [] : bytes);
        var list = Path.GetTempFileName();
        await File.WriteAllBytesAsync(list, SiteFile.Load().Single(file => file.Path == SiteRelease.ListPath).Bytes, Cancel);

        var same = await Terminal.RunAsync("", "verify-site", real.Address.ToString(), "--release", list);
        var other = await Terminal.RunAsync("", "verify-site", lying.Address.ToString());
        var wrong = await Terminal.RunAsync("", "verify-site", "not an address");
        var nobody = await Terminal.RunAsync("", "verify-site", "http://127.0.0.1:9/");
        File.Delete(list);

        Assert.Equal((ExitCodes.Done, ExitCodes.Refused, ExitCodes.Usage, ExitCodes.Unreachable), (same.Code, other.Code, wrong.Code, nobody.Code));
        Assert.Contains("The same: ", same.Output, StringComparison.Ordinal);
        Assert.Contains("/icon.svg has other bytes", other.Output, StringComparison.Ordinal);
        Assert.Contains("NOT THE SAME. Differences: 1,", other.Output, StringComparison.Ordinal);
        Assert.Contains("Not compared", nobody.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_the_release_is_in_the_log_is_asked_by_the_witnesses_that_somebody_believes()
    {
        await using var log = await RunningLog.StartAsync();
        await using var set = await DatesTests.StartAsync(log);
        var (site, strange) = (set.Client.BaseAddress!.ToString(), Path.GetTempFileName());
        using var key = SigningKey.FromSeed(new byte[32]);
        await File.WriteAllTextAsync(strange, $"log {new NoteKey(RunningLog.Origin, NoteKeyKind.Log, key.PublicKey).ToText()}\nquorum none\n", Cancel);
        await using var lying = await LyingSite.StartAsync(set.Client.BaseAddress!, (http, bytes) =>
            http.Request.Path == "/v1/proofs" ? JsonSerializer.SerializeToUtf8Bytes(WithTheProofOfTheRoster(JsonNode.Parse(bytes)!)) : bytes);
        await Eventually.HoldsAsync(async () => (await Terminal.RunAsync("", "verify-site", site, "--policy", log.Options.PolicyFile)).Code == ExitCodes.Done, "the release is in the log");

        var said = (await Terminal.RunAsync("", "verify-site", site, "--policy", log.Options.PolicyFile)).Output;
        var stranger = await Terminal.RunAsync("", "verify-site", site, "--policy", strange);
        var lied = await Terminal.RunAsync("", "verify-site", lying.Address.ToString(), "--policy", log.Options.PolicyFile);
        var nowhere = await Terminal.RunAsync("", "verify-site", real.Address.ToString(), "--policy", log.Options.PolicyFile);
        File.Delete(strange);

        Assert.Contains($" of the log {RunningLog.Origin}, which the log alone signed.", said, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Refused, ExitCodes.Refused, ExitCodes.Refused), (stranger.Code, lied.Code, nowhere.Code));
        Assert.Contains("NOT IN THE LOG: its checkpoint is not what the policy asks for (LogSignature)", stranger.Output, StringComparison.Ordinal);
        Assert.Contains("NOT IN THE LOG: the proof that the site shows is of something else", lied.Output, StringComparison.Ordinal);
        Assert.Contains("NOT IN THE LOG: the site shows no proof of it", nowhere.Output, StringComparison.Ordinal);
    }

    private static JsonNode WithTheProofOfTheRoster(JsonNode told)
    {
        told["entries"]![2]!["proof"] = told["entries"]![1]!["proof"]!.DeepClone();
        return told;
    }

    private async Task<IReadOnlyList<string>> FindAsync(Func<HttpContext, byte[], byte[]> change)
    {
        await using var lying = await LyingSite.StartAsync(real.Address, change);
        return (await new SiteVerification(lying.Address, SiteRelease.OfThisProgram()).RunAsync(Cancel)).Deviations;
    }
}

/// <summary>A vault that a class of tests only reads.</summary>
public sealed class RealSite : IAsyncLifetime
{
    private VaultSet? _set;

    public Uri Address => _set!.Client.BaseAddress!;

    public async ValueTask InitializeAsync() => _set = await VaultSet.StartAsync();

    public ValueTask DisposeAsync() => _set!.DisposeAsync();
}
