using System.Net;
using System.Text.RegularExpressions;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Pages;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>What readers get: a page in their language, from memory, without a cookie, and never an old one.</summary>
public sealed partial class ReadingTests
{
    private static readonly Draft s_draft = new("Two working days", "We ask three things.\n\n1. Answer within **two** days.\n2. Ask again.\n\n?> What would it take where you work?") { Summary = "An ask." };

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_letter_is_read_at_its_address_with_its_points_and_questions(Engine engine)
    {
        await using var voices = await RunningVoices.StartAsync(engine);
        await voices.PublishAsync("letter", "two-days", s_draft);

        var page = await voices.ReadAsync("/en/letters/two-days");

        Assert.Contains("<h1>Two working days</h1>", page, StringComparison.Ordinal);
        Assert.Matches("<li id=\"b2\"><a data-aside [^>]*>[+]</a>Answer within <strong>two</strong> days.</li>", page);
        Assert.Matches("<p class=\"question\" id=\"b4\"><a data-aside [^>]*>[+]</a>What would it take where you work[?]</p>", page);
        Assert.Contains("2 March 2026", page, StringComparison.Ordinal);
        Assert.Contains("/en/letters/two-days", await voices.ReadAsync("/en"), StringComparison.Ordinal);
        Assert.Contains("Two working days", await voices.ReadAsync("/en/letters"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_published_is_seen_by_nobody()
    {
        await using var voices = await RunningVoices.StartAsync();
        _ = await voices.Editions.BeginAsync("article", "en", "draft", null, s_draft, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync("/en/articles/draft"));
        Assert.DoesNotContain("Two working days", await voices.ReadAsync("/en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_the_same_bytes_until_what_it_shows_changes_and_new_ones_at_once_then()
    {
        await using var voices = await RunningVoices.StartAsync();
        var changed = await voices.PublishAsync("letter", "changed", s_draft);
        await voices.PublishAsync("article", "other", s_draft with { Title = "Another" });
        var before = await TagAsync(voices, "/en/letters/changed");

        Assert.Equal(HttpStatusCode.NotModified, await AskAgainAsync(voices, "/en/letters/changed", before));
        await voices.ReviseAsync(changed, s_draft with { Source = "Now in one sentence." });

        Assert.Equal(HttpStatusCode.OK, await AskAgainAsync(voices, "/en/letters/changed", before));
        Assert.Contains("Now in one sentence.", await voices.ReadAsync("/en/letters/changed"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/en/feed.xml")]
    [InlineData("/en/letters/two-days/share.png")]
    [InlineData("/en/letters/two-days")]
    public async Task Whoever_asks_for_the_head_alone_leaves_a_whole_page_for_the_next(string path)
    {
        await using var voices = await RunningVoices.StartAsync();
        await voices.PublishAsync("letter", "two-days", s_draft);
        using var ask = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await voices.Client.SendAsync(ask, Cancel);
        using var answer = await voices.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.NotNull(head.Headers.ETag);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task A_reader_gets_no_cookie_and_a_page_loads_nothing_from_elsewhere()
    {
        await using var voices = await RunningVoices.StartAsync();
        await voices.PublishAsync("letter", "two-days", s_draft);

        foreach (var path in (string[])["/", "/en", "/ar", "/en/letters", "/en/letters/two-days", "/fr/nothing", "/health"])
        {
            using var answer = await voices.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            var page = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.DoesNotMatch("<style|<script(?![^>]* src=\"/)| style=| on[a-z]+=", page);
            Assert.All(Loaded().Matches(page).Select(match => match.Groups[1].Value), address => Assert.StartsWith("/assets/", address, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("ar,en;q=0.5", "/ar")]
    [InlineData("de, fr;q=0.8, es;q=0.9", "/es")]
    [InlineData("de", "/en")]
    [InlineData("en;q=0", "/en")]
    public async Task The_front_door_leads_to_the_language_that_the_browser_asks_for(string accepts, string path)
    {
        await using var voices = await RunningVoices.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept-Language", accepts);

        using var answer = await voices.Client.SendAsync(request, Cancel);

        Assert.Equal((HttpStatusCode.Found, path), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.Contains("Accept-Language", answer.Headers.Vary);
    }

    [Fact]
    public async Task A_work_in_several_languages_links_each_to_the_others()
    {
        await using var voices = await RunningVoices.StartAsync();
        var english = await voices.PublishAsync("letter", "two-days", s_draft);
        await voices.PublishAsync("letter", "deux-jours", s_draft with { Title = "Deux jours" }, "fr", await voices.WorkOfAsync(english));

        var page = await voices.ReadAsync("/en/letters/two-days");

        Assert.Matches("<link rel=\"alternate\" hreflang=\"fr\" href=\"http://[^\"]+/fr/letters/deux-jours\">", page);
        Assert.Matches("<link rel=\"alternate\" hreflang=\"en\" href=\"http://[^\"]+/en/letters/two-days\">", page);
        Assert.Contains("<a href=\"/fr/letters/deux-jours\" lang=\"fr\"", page, StringComparison.Ordinal);
        Assert.Contains("dir=\"rtl\"", await voices.ReadAsync("/ar"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_all_places_to_write_are_taken_the_next_hears_so_at_once()
    {
        await using var voices = await RunningVoices.StartAsync(settings: options => options.MostWaitingWrites = 1);
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(n => voices.Editions.BeginAsync("article", "en", $"a-{n}", null, s_draft, Cancel)));

        Assert.Contains(answers, answer => answer.Refusal == WeToo.Core.Refusal.WritesFull);
        Assert.Equal(
            answers.Count(answer => answer.Refusal is null),
            await voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM pieces"), Cancel));
        Assert.Null((await voices.Editions.BeginAsync("article", "en", "later", null, s_draft, Cancel)).Refusal);
    }

    [Fact]
    public async Task While_a_page_is_made_anew_others_get_it_without_what_was_added_and_never_with_what_was_taken_away()
    {
        var cache = new PageCache(1_000_000);
        cache.Keep("/a", PageOf(cache, "before"));
        cache.Added(["x"]);
        Assert.Null(cache.Find("/a"));
        Assert.Null(cache.FindBefore("/a")); // Nobody makes it: whoever comes does.

        using (await cache.MakeAsync("/a", Cancel))
        {
            Assert.Equal("before", cache.FindBefore("/a")!.ContentType);
            cache.Changed(["x"]);
            Assert.Null(cache.FindBefore("/a"));
            cache.Keep("/a", PageOf(cache, "after"));
        }

        Assert.Equal("after", cache.Find("/a")!.ContentType);
        Assert.Null(cache.FindBefore("/a"));
    }

    private static PageCache.Page PageOf(PageCache cache, string type)
    {
        var shown = new PageCache.Dependencies(cache);
        shown.Show("x");
        return new(new byte[1], type, shown.All);
    }

    private static async Task<string> TagAsync(RunningVoices voices, string path)
    {
        using var answer = await voices.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return answer.Headers.ETag!.ToString();
    }

    private static async Task<HttpStatusCode> AskAgainAsync(RunningVoices voices, string path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await voices.Client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    [GeneratedRegex("<(?:script|img|link rel=\"(?:icon|stylesheet)\")[^>]* (?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Loaded();
}
