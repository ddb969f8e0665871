using System.Text.Json;
using System.Xml.Linq;
using WeToo.Voices.Demo;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Our feeds, all that there are, against every rule of their standards; and each rule against a feed that breaks it.</summary>
public sealed class FeedTests
{
    /// <summary>A whole feed, of which each case breaks one thing.</summary>
    private const string Whole = """
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>http://a.example/feed</id><title>A</title><updated>2026-03-02T09:00:00Z</updated><link rel="self" href="http://a.example/feed"/><author><name>A</name></author>
        <entry><id>urn:uuid:1</id><title>B</title><published>2026-03-02T08:00:00Z</published><updated>2026-03-02T09:00:00Z</updated><link rel="alternate" type="text/html" href="http://a.example/b"/>
        <content type="html">&lt;a href="http://b.example/"&gt;b&lt;/a&gt;</content></entry></feed>
        """;

    private const string WholeJson = """
        {"version": "https://jsonfeed.org/version/1.1", "title": "A", "home_page_url": "http://a.example/", "feed_url": "http://a.example/feed", "language": "en",
         "items": [{"id": "1", "url": "http://a.example/b", "content_html": "<p>b</p>", "date_published": "2026-03-02T09:00:00Z", "authors": [{"name": "C"}]}]}
        """;

    private static readonly string[] s_kinds = ["article", "story", "letter"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> BrokenAtom => new()
    {
        { "<feed ", "<rss " }, { "<title>A</title>", "" }, { "<title>A</title>", "<title>A</title><title>A</title>" }, { "<title>A</title>", "<title><b>A</b></title>" },
        { "<title>A</title>", "<title type=\"markdown\">A</title>" }, { "<updated>2026-03-02T09:00:00Z</updated><link rel=\"self\"", "<updated>2 March 2026</updated><link rel=\"self\"" },
        { "<author><name>A</name></author>", "" }, { "<author><name>A</name></author>", "<author><uri>http://a.example</uri></author>" }, { "rel=\"self\"", "rel=\"via\"" },
        { "<id>urn:uuid:1</id>", "" }, { "<id>urn:uuid:1</id>", "<id>one</id>" }, { "</content>", "</content><content>c</content>" }, { "href=\"http://a.example/b\"", "" },
        { "<title>B</title>", "<title>B</title><headline>B</headline>" }, { "</content></entry>", "</content></entry><entry><id>urn:uuid:1</id><title>B</title><updated>2026-03-02T09:00:00Z</updated><content>x</content></entry>" },
        { "type=\"html\">&lt;a href=\"http://b.example/\"&gt;b&lt;/a&gt;", "type=\"html\"><p>b</p>" }, { "http://b.example/", "/b" }, { "xml:lang=\"en\"", "xml:lang=\"en_GB!\"" },
        { "2026-03-02T08:00:00Z", "2026-03-02T10:00:00Z" }, { "<updated>2026-03-02T09:00:00Z</updated><link rel=\"self\"", "<updated>2026-03-02T09:30:00Z</updated><link rel=\"self\"" },
        { "<link rel=\"alternate\" type=\"text/html\"", "<link rel=\"alternate\" type=\"text/html\" href=\"http://a.example/c\"/><link rel=\"alternate\" type=\"text/html\"" },
        { "<title>A</title>", "<title>A</title><icon>a</icon><icon>b</icon>" },
    };

    public static TheoryData<string, string> BrokenJson => new()
    {
        { "version/1.1", "version/9" }, { "\"title\": \"A\"", "\"title\": \"\"" }, { "\"items\"", "\"entries\"" }, { "http://a.example/feed", "/feed" }, { "\"en\"", "\"en_GB!\"" }, { "\"id\": \"1\"", "\"id\": 1" },
        { "content_html", "body" }, { "http://a.example/b", "b" }, { "2026-03-02T09:00:00Z", "yesterday" }, { "[{\"name\": \"C\"}]", "{\"name\": \"C\"}" }, { "\"language\": \"en\"", "\"language\": \"en\", \"icon\": null" },
    };

    [Fact]
    public async Task Every_feed_breaks_no_rule_of_its_standard_whatever_was_published()
    {
        await using var voices = await RunningVoices.StartAsync(settings: options => options.PublicUrl = new("https://voices.example"));
        Assert.True(await DemoPublication.SeedAsync(voices.App.Services, Cancel));
        foreach (var kind in s_kinds) await voices.PublishAsync(kind, $"odd-{kind}", new("A \u0001 & <b>title</b> ]]> \ufffe \ud83d\ude00", "[near](other) [here](#b1) & ]]> <i>\u000b</i> \ud83d\ude00") { Summary = "<script>\u0002", Byline = kind == "story" ? "" : "A & \u001f B" });
        var piece = await voices.PublishAsync("article", "changed", new("Changed", "One."));
        voices.Time.Advance(TimeSpan.FromDays(2));
        await voices.ReviseAsync(piece, new("Changed", "Two."));

        foreach (var path in (string[])["/en", "/fr", "/es", "/ar", "/en/tags/wetoo", "/fr/tags/balancetonporc"])
        {
            var atom = XDocument.Parse(await voices.ReadAsync($"{path}/feed.xml"));
            Assert.Empty(FeedRules.BrokenInAtom(atom.Root!, $"https://voices.example{path}/feed.xml"));
            using var json = JsonDocument.Parse(await voices.ReadAsync($"{path}/feed.json"));
            Assert.Empty(FeedRules.BrokenInJson(json.RootElement, $"https://voices.example{path}/feed.json"));
            Assert.Equal(json.RootElement.GetProperty("items").GetArrayLength(), atom.Root!.Elements("{http://www.w3.org/2005/Atom}entry").Count());
            Assert.NotEmpty(json.RootElement.GetProperty("items").EnumerateArray());
        }
    }

    [Theory]
    [MemberData(nameof(BrokenAtom))]
    public void A_rule_of_Atom_finds_the_feed_that_breaks_it(string whole, string broken)
    {
        Assert.Empty(FeedRules.BrokenInAtom(XElement.Parse(Whole), "http://a.example/feed"));
        Assert.Contains(whole, Whole, StringComparison.Ordinal);
        Assert.NotEmpty(FeedRules.BrokenInAtom(XElement.Parse(Whole.Replace(whole, broken, StringComparison.Ordinal).Replace("</feed>", broken == "<rss " ? "</rss>" : "</feed>", StringComparison.Ordinal)), "http://a.example/feed"));
    }

    [Theory]
    [MemberData(nameof(BrokenJson))]
    public void A_rule_of_JSON_Feed_finds_the_feed_that_breaks_it(string whole, string broken)
    {
        Assert.Empty(FeedRules.BrokenInJson(JsonElement.Parse(WholeJson), "http://a.example/feed"));
        Assert.Contains(whole, WholeJson, StringComparison.Ordinal);
        Assert.NotEmpty(FeedRules.BrokenInJson(JsonElement.Parse(WholeJson.Replace(whole, broken, StringComparison.Ordinal)), "http://a.example/feed"));
    }
}
