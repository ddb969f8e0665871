using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Hosting.Storage;
using WeToo.Voices.Demo;
using WeToo.Voices.Features.Hashtags;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Features.Sharing;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Hashtags with counterparts, feeds, and ways to share.</summary>
public sealed class HashtagTests
{
    private static readonly XNamespace s_atom = "http://www.w3.org/2005/Atom";
    private static readonly Draft s_draft = new("A title & more", "Some **words**.") { Summary = "A summary." };

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_hashtag_shows_its_counterparts_and_what_is_published_under_it(Engine engine)
    {
        await using var voices = await RunningVoices.StartAsync(engine);
        var (topic, _) = await TagAsync(voices);

        var page = await voices.ReadAsync("/en/tags/wetoo");

        Assert.Contains("<h1 dir=\"auto\">#WeToo</h1>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/fr/tags/balancetonporc\"", page, StringComparison.Ordinal);
        Assert.Contains("A title &amp; more", page, StringComparison.Ordinal);
        Assert.Contains("#WeToo", await voices.ReadAsync("/en"), StringComparison.Ordinal);
        Assert.Contains("#أنا_أيضا", await voices.ReadAsync("/ar/tags/" + Uri.EscapeDataString("أنا_أيضا")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync("/en/tags/nothing"));
        Assert.NotNull(topic);
    }

    [Fact]
    public async Task A_paused_hashtag_shows_its_reason_and_no_list_anywhere()
    {
        await using var voices = await RunningVoices.StartAsync();
        var (topic, topics) = await TagAsync(voices);
        Assert.Contains("A title &amp; more", await voices.ReadAsync("/en/tags/wetoo"), StringComparison.Ordinal);

        Assert.Null(await topics.PauseAsync(topic, "Somebody floods it with names.", Cancel));

        var page = await voices.ReadAsync("/en/tags/wetoo");
        Assert.Contains("Somebody floods it with names.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("A title", page, StringComparison.Ordinal);
        Assert.DoesNotContain("#WeToo", await voices.ReadAsync("/en"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync("/en/tags/wetoo/feed.xml"));
        Assert.Null(await topics.PauseAsync(topic, "", Cancel));
        Assert.Contains("A title &amp; more", await voices.ReadAsync("/en/tags/wetoo"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/en/feed.xml")]
    [InlineData("/en/tags/wetoo/feed.xml")]
    public async Task Atom_has_what_RFC_4287_asks_of_a_feed_and_its_entries(string path)
    {
        await using var voices = await RunningVoices.StartAsync();
        await TagAsync(voices);

        var feed = XDocument.Parse(await voices.ReadAsync(path)).Root!;
        var entry = feed.Element(s_atom + "entry")!;

        Assert.All((string[])["id", "title", "updated"], name => Assert.Single(feed.Elements(s_atom + name)));
        Assert.All((string[])["id", "title", "updated"], name => Assert.Single(entry.Elements(s_atom + name)));
        Assert.Single(feed.Elements(s_atom + "author")); // For entries without one.
        Assert.EndsWith(path, (string)feed.Elements(s_atom + "link").Single(link => (string?)link.Attribute("rel") == "self").Attribute("href")!, StringComparison.Ordinal);
        Assert.StartsWith("urn:uuid:", (string)entry.Element(s_atom + "id")!, StringComparison.Ordinal);
        Assert.Equal("2026-03-02T09:00:00Z", (string)entry.Element(s_atom + "updated")!);
        Assert.Equal("<p id=\"b1\">Some <strong>words</strong>.</p>\n", (string)entry.Element(s_atom + "content")!);
    }

    [Fact]
    public async Task Json_feed_has_what_version_1_1_asks_for_and_a_content_note_keeps_its_text_out_of_both()
    {
        await using var voices = await RunningVoices.StartAsync();
        await voices.PublishAsync("story", "tram", s_draft with { Note = "being followed" });

        using var feed = JsonDocument.Parse(await voices.ReadAsync("/en/feed.json"));
        var item = feed.RootElement.GetProperty("items")[0];

        Assert.Equal("https://jsonfeed.org/version/1.1", feed.RootElement.GetProperty("version").GetString());
        Assert.EndsWith("/en/feed.json", feed.RootElement.GetProperty("feed_url").GetString(), StringComparison.Ordinal);
        Assert.Equal("Before you read: being followed", item.GetProperty("content_text").GetString());
        Assert.False(item.TryGetProperty("content_html", out _));
        Assert.DoesNotContain("words", await voices.ReadAsync("/en/feed.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_be_shared_has_plain_links_a_picture_and_nothing_that_is_loaded()
    {
        await using var voices = await RunningVoices.StartAsync();
        await voices.PublishAsync("article", "words", s_draft);

        var page = await voices.ReadAsync("/en/articles/words");
        using var picture = await voices.Client.GetAsync(new Uri("/en/articles/words/share.png", UriKind.Relative), Cancel);
        var bytes = await picture.Content.ReadAsByteArrayAsync(Cancel);

        Assert.All(
            (string[])["facebook.com/sharer", "x.com/intent/post", "reddit.com/submit", "pinterest.com/pin", "bsky.app/intent", "wa.me/", "mailto:"],
            place => Assert.Contains(place, page, StringComparison.Ordinal));
        Assert.Contains("<meta property=\"og:image\" content=\"http", page, StringComparison.Ordinal);
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        Assert.Equal((1200, 630), ((bytes[16] << 24) + (bytes[17] << 16) + (bytes[18] << 8) + bytes[19], (bytes[20] << 24) + (bytes[21] << 16) + (bytes[22] << 8) + bytes[23]));
    }

    [Theory]
    [InlineData("mastodon.social", "https://mastodon.social/share?text=T%20https%3A%2F%2Fa.example")]
    [InlineData("@ines@social.example", "https://social.example/share?text=T%20https%3A%2F%2Fa.example")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("localhost", null)]
    public void A_mastodon_server_is_a_name_and_nothing_else(string typed, string? link) => Assert.Equal(link, ShareLinks.OnMastodon(typed, "T", "https://a.example"));

    [Fact]
    public async Task The_demonstration_fills_an_empty_publication_once()
    {
        await using var voices = await RunningVoices.StartAsync();

        Assert.True(await DemoPublication.SeedAsync(voices.App.Services, Cancel));
        Assert.False(await DemoPublication.SeedAsync(voices.App.Services, Cancel));

        Assert.Contains("20 people have signed", await voices.ReadAsync("/en/letters/two-working-days"), StringComparison.Ordinal);
        Assert.Contains("يوما عمل", await voices.ReadAsync("/ar"), StringComparison.Ordinal);
        var story = await voices.ReadAsync("/en/stories/the-late-tram");
        Assert.Contains("<details class=\"content-note\">", story, StringComparison.Ordinal); // Closed, with a reason, and no layer over the page.
        Assert.Contains("being followed home from work", story, StringComparison.Ordinal);
    }

    private static async Task<(byte[] Topic, Topics Topics)> TagAsync(RunningVoices voices)
    {
        var piece = await voices.PublishAsync("article", "words", s_draft);
        var topics = voices.App.Services.GetRequiredService<Topics>();
        var (topic, refusal) = await topics.AddAsync([("en", "WeToo"), ("en", "MeToo"), ("fr", "BalanceTonPorc"), ("ar", "أنا_أيضا")], Cancel);
        Assert.Null(refusal);
        Assert.Null(await topics.HangAsync(await voices.WorkOfAsync(piece), topic!, Cancel));
        return (topic!, topics);
    }
}
