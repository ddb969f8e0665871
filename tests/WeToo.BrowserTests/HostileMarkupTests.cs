using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using WeToo.Tests;
using WeToo.Voices.Content;
using WeToo.Voices.Pages;

namespace WeToo.BrowserTests;

/// <summary>7,412 texts that try to run a script, as a piece, as a note and as a link, in a real browser: under the policy of our pages, and without it.</summary>
public sealed class HostileMarkupTests(Chromium chromium)
{
    private const string Address = "http://voices.example/";
    private const int Together = 1000;

    /// <summary>Every way in which these texts show that they ran; then each element is touched in every way that has a handler.</summary>
    private const string Watch = """
        for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => { ran(name); return true }
        """;

    private const string Touch = """
        () => {
          const odd = []
          for (const element of document.body.querySelectorAll("*")) {
            for (const { name } of element.attributes) if (!["href", "rel", "start", "id", "class"].includes(name)) odd.push(name)
            if (element.localName === "a" && element.href && !["http:", "https:", "mailto:"].includes(element.protocol)) odd.push(element.href)
            for (const type of ["click", "mouseover", "focus", "load", "error", "toggle", "animationstart", "pointerenter"]) {
              element.addEventListener(type, (event) => event.preventDefault(), { once: true })
              element.dispatchEvent(new Event(type, { cancelable: true }))
            }
          }
          return odd
        }
        """;

    private static readonly string[] s_schemes =
    [
        "javascript:alert(1)", "vbscript:alert(1)", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
        "data:image/svg+xml,<svg/onload=alert(1)>", "view-source:javascript:alert(1)", "blob:http://voices.example/alert(1)", "file:///alert(1)",
    ];

    private static readonly Func<string, string>[] s_spellings =
    [
        address => address, address => address.ToUpperInvariant(), address => address[..2] + address[2..].ToUpperInvariant(), address => $"&#{(int)address[0]};{address[1..]}",
        address => $"&#x{(int)address[0]:x}{address[1..]}", address => $"%{(int)address[0]:x2}{address[1..]}", address => $"{address[..4]}&Tab;{address[4..]}", address => $"{address[..4]}&NewLine;{address[4..]}",
        address => "\u0001" + address, address => "&#32;" + address, address => address.Replace(":", "&colon;", StringComparison.Ordinal), address => address.Replace(":", "\\:", StringComparison.Ordinal),
    ];

    private static readonly string[] s_forms = ["[a]({0})", "[a](<{0}> \"\\\" onclick=\\\"alert(1)\")", "<{0}>", "![a]({0})", "[a][b]\n\n[b]: {0} 'x'", "| a |\n|---|\n| [a](<{0}>) |"];

    /// <summary>Two collections of HTML, and what Markdown adds to that: addresses that run, in all the ways of spelling and writing them.</summary>
    private static readonly string[] s_payloads =
    [
        .. Read("dompurify-payloads.json"), .. Read("payloadbox.json"),
        .. from scheme in s_schemes from spell in s_spellings from form in s_forms select string.Format(CultureInfo.InvariantCulture, form, spell(scheme)),
    ];

    private static readonly Lazy<string[]> s_pages = new(() =>
        [.. s_payloads.AsParallel().AsOrdered().Select(payload => Render(payload)).ToList().Chunk(Together).Select(some => string.Concat(some))]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_of_what_was_rendered_runs_or_loads_anything(bool underPolicy)
    {
        Assert.Equal(7412, s_payloads.Length);
        var (page, ran, asked) = await WatchedPageAsync();

        foreach (var some in s_pages.Value)
        {
            await ShowAsync(page, some, underPolicy);
            Assert.Empty(await page.EvaluateAsync<string[]>(Touch));
            Assert.Equal(Address, page.Url);
        }

        Assert.Empty(ran);
        Assert.Empty(asked);
        await page.Context.CloseAsync();
    }

    /// <summary>The measure can tell.</summary>
    [Fact]
    public async Task The_same_texts_run_when_they_are_not_rendered_and_our_policy_alone_stops_them()
    {
        var (page, ran, _) = await WatchedPageAsync();
        foreach (var payload in Read("payloadbox.json").Skip(8).Take(24)) await ShowAsync(page, payload, underPolicy: true);
        Assert.Empty(ran);

        foreach (var payload in Read("payloadbox.json").Skip(8).Take(24)) await ShowAsync(page, payload, underPolicy: false);
        Assert.InRange(ran.Count, 5, int.MaxValue);
        await page.Context.CloseAsync();
    }

    private static string Render(string payload) =>
        Markup.Render(payload, [], 1).Html + Markup.RenderNote(payload) + Markup.RenderNote($"[a]({payload}) <{payload}> ![a]({payload})");

    private async Task<(IPage Page, List<string> Ran, List<string> Asked)> WatchedPageAsync()
    {
        var page = await chromium.NewPageAsync();
        var (ran, asked) = (new List<string>(), new List<string>());
        await page.ExposeFunctionAsync("ran", (string name) => ran.Add(name));
        await page.AddInitScriptAsync(Watch);
        page.Request += (_, request) =>
        {
            if (request.Url != Address) asked.Add(request.Url);
        };
        return (page, ran, asked);
    }

    private static async Task ShowAsync(IPage page, string body, bool underPolicy)
    {
        await page.UnrouteAllAsync();
        await page.RouteAsync("**/*", route => route.Request.Url != Address ? route.AbortAsync() : route.FulfillAsync(new()
        {
            Status = (int)HttpStatusCode.OK,
            ContentType = "text/html; charset=utf-8",
            Headers = underPolicy ? new Dictionary<string, string> { ["Content-Security-Policy"] = PageMiddleware.Policy } : null,
            Body = $"<!doctype html><meta charset=\"utf-8\"><title>a</title><body>{body}",
        }));
        await page.GotoAsync(Address, new() { WaitUntil = WaitUntilState.Load });
    }

    private static string[] Read(string name) => JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(Vectors.Root(), "spec", "vectors", "xss", name)))!;
}
