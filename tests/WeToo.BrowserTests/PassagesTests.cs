using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using WeToo.Hosting;
using WeToo.Tests;
using WeToo.Voices;
using WeToo.Voices.Demo;
using WeToo.Voices.Features.Live;

namespace WeToo.BrowserTests;

/// <summary>The public side with a script: words are selected and answered beside the text, and what was answered is marked.</summary>
public sealed class PassagesTests(Chromium chromium) : IAsyncLifetime
{
    private const string Letter = "/en/letters/two-working-days";

    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-voices-").FullName;
    private WebApplication _app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new VoicesOptions { Urls = "http://127.0.0.1:0", Database = $"Data Source={Path.Combine(_folder, "voices.db")}", KeyFile = Path.Combine(_folder, "voices.key"), LiveEverySeconds = 1, FreeWritesPerMinute = 1 };
        _app = await VoicesHost.StartAsync(options, TimeProvider.System, logging => logging.ClearProviders(), Cancel);
        await DemoPublication.SeedAsync(_app.Services, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Selected_words_are_answered_beside_the_text_and_marked_from_then_on()
    {
        var page = await OpenAsync(Letter);
        Assert.Equal(6, await page.EvaluateAsync<int>("() => CSS.highlights.get('answered').size"));
        await page.EvaluateAsync(
            """
            () => {
              const words = [...document.querySelector("#b2").childNodes].find((node) => node.nodeType === Node.TEXT_NODE)
              const at = words.data.indexOf("told somebody")
              document.getSelection().setBaseAndExtent(words, at, words, at + "told somebody once".length)
            }
            """);
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer these words" }).ClickAsync();
        var beside = page.GetByRole(AriaRole.Dialog);
        Assert.Equal("told somebody once", await beside.Locator(".quoted").InnerTextAsync());

        await beside.GetByText("A note").ClickAsync();
        await beside.GetByLabel("Your words").FillAsync("And nobody twice.");
        await beside.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await page.GetByText("It is shown.").WaitForAsync();

        await page.GotoAsync(AddressOf(Letter));
        Assert.Equal(7, await page.EvaluateAsync<int>("() => CSS.highlights.get('answered').size"));
        await page.Locator("#b2 > .mark.said").ClickAsync();
        await beside.GetByText("And nobody twice.").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await beside.CountAsync());
        Assert.EndsWith(Letter, page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Counters_follow_what_others_write_while_somebody_looks_at_them_and_nobody_listens_unseen()
    {
        var live = _app.Services.GetRequiredService<LiveCounts>();
        var page = await OpenAsync(Letter);
        Assert.Equal(0, live.Readers); // They are further down.
        await page.Locator("#comments").ScrollIntoViewIfNeededAsync();
        await page.Locator("#comments").GetByText("9 answers from readers").WaitForAsync();
        using (var client = new HttpClient { BaseAddress = Hosts.AddressOf(_app) })
        using (var form = new FormUrlEncodedContent([new("text", "Meanwhile."), new("kind", "note"), new("block", "2")]))
            await client.PostAsync(new Uri(Letter + "/respond", UriKind.Relative), form, Cancel);
        await page.Locator("#comments").GetByText("10 answers from readers").WaitForAsync();
        Assert.Equal(1, live.Readers);

        await page.EvaluateAsync("() => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => true }); document.dispatchEvent(new Event('visibilitychange')) }");
        await Eventually.HoldsAsync(() => Task.FromResult(live.Readers == 0), "nobody listens while the page is hidden");
        await page.EvaluateAsync("() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')) }");
        await Eventually.HoldsAsync(() => Task.FromResult(live.Readers == 1), "somebody listens again");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Where_more_is_written_than_people_look_at_the_browser_does_a_sum_and_the_words_go_off()
    {
        using (var client = new HttpClient { BaseAddress = Hosts.AddressOf(_app) })
        {
            for (var i = 0; i < 4; i++)
            {
                using var form = new FormUrlEncodedContent([new("text", $"Number {i}.")]);
                await client.PostAsync(new Uri(Letter + "/respond", UriKind.Relative), form, Cancel);
            }
        }

        var page = await OpenAsync(Letter + "/respond");
        await page.GetByLabel("Your words").FillAsync("Worth a sum.");
        var answered = page.WaitForResponseAsync(response => response.Request.Method == "POST");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        Assert.Equal(429, (await answered).Status);
        await page.GetByRole(AriaRole.Alert).GetByText("You can send it now.").WaitForAsync();
        Assert.Equal("Worth a sum.", await page.GetByLabel("Your words").InputValueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await page.GetByText("It is shown.").WaitForAsync();
        await page.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await chromium.NewPageAsync();
        await page.GotoAsync(AddressOf(path));
        return page;
    }

    private string AddressOf(string path) => new Uri(Hosts.AddressOf(_app), path).AbsoluteUri;
}
