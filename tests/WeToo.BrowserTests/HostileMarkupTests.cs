using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using WeToo.Tests;
using WeToo.Voices.Content;
using WeToo.Voices.Pages;

namespace WeToo.BrowserTests;

/// <summary>6,836 texts that try to run a script, as a piece, as a note and as a link, in a real browser: under the policy of our pages, and without it.</summary>
public sealed class HostileMarkupTests(Chromium chromium)
{
    private const string Address = "http://voices.example/";
    private const int Together = 500;

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

    private static readonly string[] s_payloads = [.. Read("dompurify-payloads.json"), .. Read("payloadbox.json")];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_of_what_was_rendered_runs_or_loads_anything(bool underPolicy)
    {
        Assert.Equal(6836, s_payloads.Length);
        var rendered = s_payloads.AsParallel().AsOrdered().Select(payload =>
            Markup.Render(payload, [], 1).Html + Markup.RenderNote(payload) + Markup.RenderNote($"[a]({payload}) <{payload}> ![a]({payload})")).ToList();
        var (page, ran, asked) = await WatchedPageAsync();

        foreach (var some in rendered.Chunk(Together))
        {
            await ShowAsync(page, string.Concat(some), underPolicy);
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
