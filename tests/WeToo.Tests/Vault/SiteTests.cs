using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using WeToo.Vault;
using WeToo.Vault.Features.Site;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>How the private site is served: from memory, compressed, strict, and leaving nothing behind.</summary>
public sealed class SiteTests
{
    private static readonly string[] s_assets =
        [.. typeof(VaultHost).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("wwwroot/", StringComparison.Ordinal)).Select(name => name["wwwroot/".Length..])];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_file_has_a_strict_policy_and_three_encodings_of_the_same_bytes()
    {
        await using var set = await VaultSet.StartAsync();

        foreach (var name in s_assets)
        {
            using var plain = await AskAsync(set, "/" + name, "");
            var bytes = await plain.Content.ReadAsByteArrayAsync(Cancel);
            var policy = Assert.Single(plain.Headers.GetValues("Content-Security-Policy"));
            // The page that checks packages has everything in it, and may ask for nothing; the page of what is stored has no script.
            var isPlain = name.StartsWith("stored", StringComparison.Ordinal);
            Assert.Matches(name == "verify.html"
                ? "^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:; .*; frame-ancestors 'none'$"
                : isPlain ? "^default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; .*; frame-ancestors 'none'$"
                : "^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'( 'sha256-[^']+')?; style-src 'self'; connect-src 'self'; worker-src 'self'; ", policy);
            Assert.Equal(name.EndsWith(".html", StringComparison.Ordinal) && !isPlain, policy.Contains("'sha256-", StringComparison.Ordinal));
            Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(plain.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(plain.Headers.GetValues("Referrer-Policy")));
            Assert.Equal("Accept-Encoding", Assert.Single(plain.Headers.Vary));
            Assert.False(plain.Headers.Contains("Set-Cookie"));
            Assert.False(plain.Headers.Contains("Server"));

            Assert.Equal(bytes, await ReadAsync(set, name, "br", stream => new BrotliStream(stream, CompressionMode.Decompress)));
            Assert.Equal(bytes, await ReadAsync(set, name, "gzip", stream => new GZipStream(stream, CompressionMode.Decompress)));
        }
    }

    [Fact]
    public async Task A_page_is_kept_nowhere_and_other_files_are_asked_for_by_their_hash()
    {
        await using var set = await VaultSet.StartAsync();

        foreach (var name in s_assets)
        {
            using var first = await AskAsync(set, "/" + name, "br");
            using var again = await AskAsync(set, "/" + name, "br", first.Headers.ETag);
            var isPage = name.EndsWith(".html", StringComparison.Ordinal);
            Assert.Equal(isPage ? HttpStatusCode.OK : HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(isPage, first.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task The_page_of_parts_is_served_only_where_an_option_asks_for_it()
    {
        await using var set = await VaultSet.StartAsync();

        using var page = await AskAsync(set, "/style", "");
        using var script = await AskAsync(set, "/workbench.js", "");

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [page.StatusCode, script.StatusCode]);
        Assert.DoesNotContain(SiteFile.Load(), file => file.Path == "/style" || file.Name.StartsWith("workbench", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leaving_works_without_script_and_erases_no_draft()
    {
        await using var set = await VaultSet.StartAsync();
        using var answer = await AskAsync(set, "/bye", "");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("https://www.bbc.com/weather", answer.Headers.Location!.ToString());
        Assert.Equal("\"cache\", \"cookies\"", Assert.Single(answer.Headers.GetValues("Clear-Site-Data")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task What_is_not_there_is_said_in_the_vaults_own_words()
    {
        await using var set = await VaultSet.StartAsync();
        using var answer = await AskAsync(set, "/etc/passwd", "");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("""{"type":"urn:wetoo:refusal:not-found","title":"There is nothing here.","status":404}""", await answer.Content.ReadAsStringAsync(Cancel));
        using var health = await AskAsync(set, "/health", "");
        Assert.Equal("ok", await health.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<byte[]> ReadAsync(VaultSet set, string name, string encoding, Func<Stream, Stream> open)
    {
        using var answer = await AskAsync(set, "/" + name, encoding);
        Assert.Equal(encoding, Assert.Single(answer.Content.Headers.ContentEncoding));
        await using var stream = open(await answer.Content.ReadAsStreamAsync(Cancel));
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, Cancel);
        return memory.ToArray();
    }

    private static async Task<HttpResponseMessage> AskAsync(VaultSet set, string path, string encoding, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (encoding.Length > 0) request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        return await set.Client.SendAsync(request, Cancel);
    }
}
