using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using WeToo.Hosting;
using WeToo.Voices;
using WeToo.Voices.Demo;
using WeToo.Voices.Features.Embedding;

namespace WeToo.BrowserTests;

/// <summary>What readers say, under a page of another site that lets nothing run but our script.</summary>
public sealed class EmbedTests(Chromium chromium) : IAsyncLifetime
{
    private const string PicturesVariable = "WETOO_PICTURES";
    private const string Words = "told somebody once";

    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-embed-").FullName;
    private WebApplication _voices = null!;
    private WebApplication _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Publication => $"http://127.0.0.1:{Hosts.AddressOf(_voices).Port}";

    /// <summary>For a browser, another site altogether.</summary>
    private string Site => $"http://localhost:{Hosts.AddressOf(_site).Port}";

    public async ValueTask InitializeAsync()
    {
        var options = new VoicesOptions { Urls = "http://127.0.0.1:0", Database = $"Data Source={Path.Combine(_folder, "voices.db")}", KeyFile = Path.Combine(_folder, "voices.key"), Name = "The Open Page" };
        _voices = await VoicesHost.StartAsync(options, TimeProvider.System, logging => logging.ClearProviders(), Cancel);
        await DemoPublication.SeedAsync(_voices.Services, Cancel);
        var builder = Hosts.CreateBuilder(new Uri("http://127.0.0.1:0"), TimeProvider.System);
        builder.Logging.ClearProviders();
        _site = builder.Build();
        _site.Run(AnswerAsync);
        await _site.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.StopAsync(CancellationToken.None);
        await _site.DisposeAsync();
        await _voices.StopAsync(CancellationToken.None);
        await _voices.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_page_of_another_site_with_a_strict_policy_shows_what_readers_say_and_takes_what_they_send()
    {
        var page = await chromium.NewPageAsync();
        var (asked, complaints) = (new List<string>(), new List<string>());
        page.Request += (_, request) => asked.Add(new Uri(request.Url).Authority);
        await page.GotoAsync(Site + "/en");
        await page.Locator("iframe").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.True(await page.GetByRole(AriaRole.Link, new() { Name = "What readers say" }).IsVisibleAsync()); // Not named: the link stays.

        await _voices.Services.GetRequiredService<Embeds>().AddAsync(Site, Cancel);
        page.Console += (_, said) => complaints.Add(said.Text);
        var frame = await OpenAsync(page, "/en");
        Assert.False(await page.GetByRole(AriaRole.Link, new() { Name = "What readers say" }).IsVisibleAsync());
        Assert.Equal("What readers say: Two working days", await page.Locator("iframe").GetAttributeAsync("title"));
        Assert.Equal(1, await page.EvaluateAsync<int>("() => CSS.highlights.get('wetoo-answered').size"));

        await frame.GetByLabel("Your words").FillAsync("Said on another site.");
        await frame.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await frame.GetByText("It is sent.").WaitForAsync();
        await frame.GetByText("Said on another site.").WaitForAsync();

        // What is being written is not taken away by answering other words.
        var answer = page.GetByRole(AriaRole.Button, new() { Name = "Answer these words" });
        await SelectAsync(page);
        await answer.WaitForAsync();
        await frame.GetByLabel("Your words").FillAsync("Half a sentence");
        await answer.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await frame.GetByLabel("Your words").FillAsync("");
        await answer.PressAsync("Enter");
        await frame.Locator(".quoted").First.GetByText(Words).WaitForAsync();
        await frame.GetByText("A note").ClickAsync();
        await frame.GetByLabel("Your words").FillAsync("And nobody twice.");
        await frame.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await frame.GetByText("And nobody twice.").WaitForAsync();
        await page.WaitForFunctionAsync("() => CSS.highlights.get('wetoo-answered').size === 2");

        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Equal(new[] { Publication, Site }.Select(origin => new Uri(origin).Authority).Order(), asked.Distinct().Order());
        Assert.Empty(complaints);
        Assert.Empty(await LookAsync(page, "/en", ColorScheme.Light));
        Assert.Empty(await LookAsync(page, "/ar", ColorScheme.Dark));
        await page.Context.CloseAsync();
    }

    private static Task SelectAsync(IPage page) => page.EvaluateAsync(
        $$"""
        () => {
          const words = document.querySelector("#words").firstChild
          const at = words.data.indexOf("{{Words}}")
          document.getSelection().removeAllRanges()
          document.getSelection().setBaseAndExtent(words, at, words, at + "{{Words}}".length)
        }
        """);

    /// <summary>The frame has the height of what is in it, and no bar of its own.</summary>
    private static Task IsAsHighAsItIsAsync(IFrame frame) => frame.WaitForFunctionAsync("() => Math.abs(document.body.getBoundingClientRect().height - innerHeight) < 2");

    private static async Task<IFrame> FrameAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => document.querySelector('iframe')?.getBoundingClientRect().height > 100");
        return (await (await page.QuerySelectorAsync("iframe"))!.ContentFrameAsync())!;
    }

    private async Task<IFrame> OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(Site + path);
        return await FrameAsync(page);
    }

    private async Task<List<string>> LookAsync(IPage page, string path, ColorScheme scheme)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await page.SetViewportSizeAsync(320, 640);
        var frame = await OpenAsync(page, path);
        await IsAsHighAsItIsAsync(frame);
        var wrong = (await page.RunAxe()).Violations.SelectMany(rule => rule.Nodes.Select(node => $"{path}: {rule.Id}: {node.Html}")).ToList();
        if (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth") || await frame.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth")) wrong.Add($"{path}: too wide");
        if (Environment.GetEnvironmentVariable(PicturesVariable) is not { Length: > 0 } folder) return wrong;
        foreach (var width in (int[])[320, 1280])
        {
            await page.SetViewportSizeAsync(width, 800);
            await IsAsHighAsItIsAsync(frame);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"embed-{path.Trim('/')}-{width}-{scheme}.png"), FullPage = true });
        }

        return wrong;
    }

    /// <summary>A page as somebody else would write it, with the same words as the letter.</summary>
    private async Task AnswerAsync(HttpContext http)
    {
        var isArabic = http.Request.Path == "/ar";
        http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src {Publication}; frame-src {Publication}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
        http.Response.ContentType = "text/html; charset=utf-8";
        var address = isArabic ? "/ar/letters/يوما-عمل" : "/en/letters/two-working-days";
        await http.Response.WriteAsync(
            $"""
            <!doctype html><html lang="{(isArabic ? "ar" : "en")}" dir="{(isArabic ? "rtl" : "ltr")}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Another site</title></head>
            <body><main><article><h1>Another site</h1><p id="words">Somebody who was {Words} and never again. They ask: Answer within two working days, and no later.</p></article>
            <p><a data-wetoo data-text="article" href="{Publication}{address}/comments">What readers say</a></p></main><script src="{Publication}/embed.js" async></script></body></html>
            """, Cancel);
    }
}
