using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Hosting.Storage;
using WeToo.Tests.Tool;
using WeToo.Voices.Features.Embedding;
using WeToo.Voices.Features.Pieces;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>What readers say, in a frame of another site: for sites that the operator named, and by the same rules.</summary>
public sealed partial class EmbedTests
{
    private const string Letter = "/en/letters/two-days";
    private const string Frame = Letter + "/embed";
    private const int MostBytes = 25_000;

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Only_a_site_that_was_named_may_frame_the_one_page_that_is_for_frames_and_it_is_out_at_once(Engine engine)
    {
        await using var voices = await StartAsync(engine);
        var embeds = voices.App.Services.GetRequiredService<Embeds>();
        Assert.Equal("frame-ancestors 'none'", await AncestorsAsync(voices, Frame));

        foreach (var origin in (string[])["https://news.example", "https://news.example", "https://other.example:8443"]) await embeds.AddAsync(origin, Cancel);
        Assert.Equal("frame-ancestors https://news.example https://other.example:8443", await AncestorsAsync(voices, Frame)); // From memory, the second time.
        foreach (var path in (string[])[Letter, Letter + "/comments", Letter + "/respond", "/en", "/desk/en/sign-in"]) Assert.Equal("frame-ancestors 'none'", await AncestorsAsync(voices, path));

        Assert.True(await embeds.RemoveAsync("https://news.example", Cancel));
        Assert.False(await embeds.RemoveAsync("https://news.example", Cancel));
        Assert.Equal("frame-ancestors https://other.example:8443", await AncestorsAsync(voices, Frame));
    }

    [Fact]
    public async Task What_is_sent_in_a_frame_is_looked_at_and_shown_as_on_our_own_page_and_its_writer_gets_the_link()
    {
        await using var voices = await StartAsync(Engine.Sqlite);
        Assert.Contains("No answers yet", await voices.ReadAsync(Frame), StringComparison.Ordinal);
        Assert.Contains("data-quotes=\"[]\"", await voices.ReadAsync(Frame), StringComparison.Ordinal);

        var (status, sent) = await SendAsync(voices, [new("text", "Worth reading.")]);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("1 answer from readers", sent, StringComparison.Ordinal);
        Assert.Contains("Worth reading.", sent, StringComparison.Ordinal);
        Assert.Contains("It is shown.", await voices.ReadAsync(OwnLink().Match(sent).Value), StringComparison.Ordinal);
        Assert.DoesNotMatch(OwnLink(), await voices.ReadAsync(Frame)); // Nobody else's.

        var words = await voices.ReadAsync(Frame + "?words=two days");
        Assert.Contains("<blockquote class=\"quoted\"><p>two days</p></blockquote>", words, StringComparison.Ordinal);
        Assert.Contains($"action=\"{Frame}\" target=\"_self\"", words, StringComparison.Ordinal);
        var fields = Hidden().Matches(words).Select(field => new KeyValuePair<string, string>(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(voices, [.. fields, new("text", "No kind.")])).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(voices, [.. fields, new("text", "Five."), new("kind", "disagree")])).Status);
        Assert.Contains("data-quotes=\"[&quot;two days&quot;]\"", await voices.ReadAsync(Frame), StringComparison.Ordinal);
        Assert.Contains("Five.", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);

        Assert.Null(await voices.Editions.AllowRepliesAsync(await WorkAsync(voices), "held", null, Cancel));
        Assert.DoesNotContain("To be looked at.", (await SendAsync(voices, [new("text", "To be looked at.")])).Page, StringComparison.Ordinal);
        Assert.Null(await voices.Editions.AllowRepliesAsync(await WorkAsync(voices), "off", null, Cancel));
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(Frame));
    }

    [Fact]
    public async Task Another_sites_page_may_load_the_script_and_may_not_send_the_form_itself()
    {
        await using var voices = await StartAsync(Engine.Sqlite);
        using var answer = await voices.Client.GetAsync(new Uri("/embed.js", UriKind.Relative), Cancel);
        Assert.Equal("cross-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Equal("text/javascript; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/embed.js") { Headers = { { "If-None-Match", answer.Headers.ETag!.ToString() } } };
        using var same = await voices.Client.SendAsync(again, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);

        using var form = new FormUrlEncodedContent([new("text", "From elsewhere.")]);
        using var forged = new HttpRequestMessage(HttpMethod.Post, Frame) { Content = form, Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        using var refused = await voices.Client.SendAsync(forged, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task All_that_a_page_loads_by_the_script_tag_is_below_25_kB_compressed_and_so_are_our_own_scripts()
    {
        await using var voices = await StartAsync(Engine.Sqlite);
        var frame = await voices.ReadAsync(Frame);
        Assert.InRange(await SizeOfAsync(voices, ["/embed.js", Frame, .. Loaded().Matches(frame).Select(match => match.Groups[1].Value)]), 4_000, MostBytes);
        Assert.InRange(await SizeOfAsync(voices, Loaded().Matches(await voices.ReadAsync(Letter)).Select(match => match.Groups[1].Value).Where(path => path.EndsWith(".js", StringComparison.Ordinal))), 1_000, MostBytes);
    }

    [Fact]
    public async Task The_commands_name_sites_and_say_what_goes_into_their_pages()
    {
        await using var voices = await StartAsync(Engine.Sqlite);
        var folder = Directory.CreateTempSubdirectory("wetoo-embed-").FullName;
        var config = Path.Combine(folder, "voices.json");
        await File.WriteAllTextAsync(config, $$"""{ "Voices": { "Urls": "http://127.0.0.1:0", "PublicUrl": "https://voices.example", "Database": "{{voices.Connection}}", "KeyFile": "{{Path.Combine(folder, "voices.key")}}" } }""", Cancel);

        var added = await Terminal.RunAsync("", "voices", "embed", "add", "--config", config, "https://News.example/");
        Assert.Contains("<script src=\"https://voices.example/embed.js\" async></script>", added.Output, StringComparison.Ordinal);
        Assert.Equal("https://news.example\n", (await Terminal.RunAsync("", "voices", "embed", "list", "--config", config)).Output);
        Assert.Equal("frame-ancestors https://news.example", await AncestorsAsync(voices, Frame));
        Assert.Equal((2, "A site is written https://news.example, without a path.\n"), (await Terminal.RunAsync("", "voices", "embed", "add", "--config", config, "https://news.example/2026")) is var wrong ? (wrong.Code, wrong.Error) : default);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("https://news.example", "https://news.example")]
    [InlineData("HTTPS://News.Example:443/", "https://news.example")]
    [InlineData("https://bücher.example:8443", "https://xn--bcher-kva.example:8443")]
    [InlineData("http://localhost:8000", "http://localhost:8000")]
    [InlineData("http://news.example", null)]
    [InlineData("https://news.example/a", null)]
    [InlineData("https://news.example/?a", null)]
    [InlineData("https://*.example", null)]
    [InlineData("https://a;script-src *", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("'self'", null)]
    [InlineData("*", null)]
    public void A_site_is_an_origin_and_nothing_else(string written, string? origin) => Assert.Equal(origin, Embeds.OriginOf(written));

    private static async Task<RunningVoices> StartAsync(Engine engine)
    {
        var voices = await RunningVoices.StartAsync(engine);
        await voices.PublishAsync("letter", "two-days", new Draft("Two days", "We ask.\n\n1. Answer within two days."));
        Assert.Null(await voices.Editions.AllowRepliesAsync(await WorkAsync(voices), "open", null, Cancel));
        return voices;
    }

    private static Task<byte[]> WorkAsync(RunningVoices voices) => voices.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT work_id FROM works")!, Cancel);

    private static async Task<string> AncestorsAsync(RunningVoices voices, string path)
    {
        using var answer = await voices.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return Assert.Single(Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Split("; "), part => part.StartsWith("frame-ancestors", StringComparison.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, string Page)> SendAsync(RunningVoices voices, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(Frame, UriKind.Relative), form, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<long> SizeOfAsync(RunningVoices voices, IEnumerable<string> paths)
    {
        var total = 0L;
        foreach (var path in paths)
        {
            using var memory = new MemoryStream();
            await using (var gzip = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true)) await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(await voices.ReadAsync(path)), Cancel);
            total += memory.Length;
        }

        return total;
    }

    [GeneratedRegex("/en/comments/[A-Za-z0-9_-]{40,}")]
    private static partial Regex OwnLink();

    [GeneratedRegex("<input type=\"hidden\" name=\"([a-z]+)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();

    [GeneratedRegex("(?:src|rel=\"stylesheet\" href)=\"(/assets/[^\"]+)\"")]
    private static partial Regex Loaded();
}
