using System.Text;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>S10: the private side asks nobody else and leaves nothing in a cache; and it runs no script but those of its release.</summary>
public sealed class SiteTests(Chromium chromium, StaffedDeployment staffed) : IClassFixture<StaffedDeployment>
{
    [Fact]
    public async Task Every_request_of_the_private_screens_goes_home_and_says_nothing_about_the_person()
    {
        await using var author = await chromium.NewVisitorAsync(staffed.Deployment);
        var log = Log(author);
        var words = await Author.Ana.LockAsync(author);
        await Author.ComeBackAsync(author, words);
        await author.SeeHeadingAsync("Your notes are locked");
        await author.Page.GotoAsync(new Uri(staffed.Deployment.Vault, "/desk").ToString());
        await author.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        var home = staffed.Deployment.Vault.Authority;
        Assert.True(log.Count > 30);
        Assert.Contains(log, request => request.Url.EndsWith("/v1/filings", StringComparison.Ordinal));
        foreach (var request in log.ToArray())
        {
            var url = new Uri(request.Url);
            Assert.Equal(home, url.Authority);
            Assert.Empty(url.Query);
            var headers = await request.AllHeadersAsync();
            Assert.False(headers.ContainsKey("cookie"), request.Url);
            Assert.Equal("", headers.GetValueOrDefault("referer", ""));
        }

        Assert.Empty(author.Complaints);
    }

    [Fact]
    public async Task Every_page_is_kept_nowhere_and_may_load_from_nobody_else()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        foreach (var path in (string[])["/", "/desk"])
        {
            var answer = await visitor.Page.GotoAsync(new Uri(staffed.Deployment.Vault, path).ToString());
            var headers = await answer!.AllHeadersAsync();
            Assert.Equal("no-store", headers["cache-control"]);
            Assert.Equal("no-referrer", headers["referrer-policy"]);
            Assert.Equal("blocked-destinations=(script)", headers["integrity-policy"]);
            Assert.False(headers.ContainsKey("set-cookie"));
            var policy = headers["content-security-policy"];
            Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("//", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
            Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_stored_can_be_read_from_the_first_page_in_ones_language_on_a_small_phone()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        await visitor.Page.GotoAsync(staffed.Deployment.Vault.ToString());
        foreach (var language in (string[])["ar", "en"])
        {
            await visitor.SeeHeadingAsync("Before you start");
            await visitor.PressAsync("What others may see");
            await visitor.SpeakAsync(language);
            var entries = await visitor.Page.EvaluateAsync<int>("() => history.length");
            await visitor.PressAsync(Languages.TextsOf(language)["traces.stored"]);
            await visitor.Page.WaitForURLAsync($"**/stored{(language == "en" ? "" : "-" + language)}");
            Assert.Equal(entries, await visitor.Page.EvaluateAsync<int>("() => history.length"));
            await LookAtStoredAsync(visitor, language);
            await visitor.Page.Locator("main a[href='/']").ClickAsync();
        }

        await visitor.SeeHeadingAsync("Before you start");
        Assert.Empty(visitor.Complaints);
        Assert.Empty(visitor.Strangers);
    }

    /// <summary>Of those loaded with the page, and of those loaded when they are needed.</summary>
    [Theory]
    [InlineData("/app.js")]
    [InlineData("/chunk-")]
    [InlineData("/style.css")]
    public async Task A_file_that_has_another_byte_is_not_taken(string begins)
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        await AlterAsync(visitor, begins);
        await visitor.Page.GotoAsync(staffed.Deployment.Vault.ToString());
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Contains(visitor.Complaints, complaint => complaint.Contains("integrity", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(begins == "/style.css" ? 1 : 0, await visitor.Page.GetByRole(AriaRole.Heading).CountAsync());
    }

    [Fact]
    public async Task A_script_of_a_later_screen_that_has_another_byte_is_not_run()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        await visitor.Page.GotoAsync(staffed.Deployment.Vault.ToString());
        await visitor.SeeHeadingAsync("Before you start");
        await AlterAsync(visitor, "/screens-");
        await visitor.PressAsync("Start writing");
        await visitor.SeeHeadingAsync("No connection");

        Assert.Contains(visitor.Complaints, complaint => complaint.Contains("integrity", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The policy is what refuses it: the same script runs in a page that comes without.</summary>
    [Theory]
    [InlineData(true, "refused")]
    [InlineData(false, "ran")]
    public async Task A_script_that_the_page_does_not_name_is_not_run_even_from_home(bool withPolicy, string expected)
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        var home = staffed.Deployment.Vault.ToString();
        if (!withPolicy)
        {
            await visitor.Page.RouteAsync(home, async route =>
            {
                var real = await route.FetchAsync();
                await route.FulfillAsync(new() { Response = real, Headers = real.Headers.Where(header => header.Key != "integrity-policy") });
            });
        }

        await visitor.Page.GotoAsync(home);
        await visitor.SeeHeadingAsync("Before you start");

        // A part of the desk that needs nothing of its page.
        Assert.Equal(expected, await visitor.Page.EvaluateAsync<string>("""
            async () => {
              const { files } = await (await fetch('/files.json')).json()
              const stranger = files.find(({ path }) => path.startsWith('/desk-identify-'))
              return import(stranger.path).then(() => 'ran', () => 'refused')
            }
            """));
    }

    /// <summary>In either scheme, with tables open.</summary>
    private static async Task LookAtStoredAsync(Visitor visitor, string language)
    {
        var folder = Environment.GetEnvironmentVariable("WETOO_PICTURES");
        foreach (var (scheme, width, height) in ((ColorScheme, int, int)[])[(ColorScheme.Dark, 1280, 800), (ColorScheme.Light, 320, 568)])
        {
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await visitor.Page.SetViewportSizeAsync(width, height);
            if (folder is { Length: > 0 }) await TakeStoredAsync(visitor.Page, Path.Combine(folder, $"stored{(language == "en" ? "" : "-" + language)}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png"));
            await OpenTablesAsync(visitor.Page, 5); // They are made alike.
            var axe = await visitor.Page.RunAxe();
            Assert.Empty(axe.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{language}, {scheme}: {rule.Id}: {node.Html}")));
            await OpenTablesAsync(visitor.Page, int.MaxValue);
            Assert.False(await visitor.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
            await OpenTablesAsync(visitor.Page, 0);
        }
    }

    private static Task OpenTablesAsync(IPage page, int count) =>
        page.EvaluateAsync("(count) => document.querySelectorAll('details').forEach((one, i) => (one.open = i < count))", count);

    /// <summary>Down to the first tables, with one that is open.</summary>
    private static async Task TakeStoredAsync(IPage page, string path)
    {
        var (width, height) = (page.ViewportSize!.Width, page.ViewportSize.Height);
        await OpenTablesAsync(page, 1);
        var end = await page.EvaluateAsync<double>("() => document.querySelector('details').getBoundingClientRect().bottom + scrollY");
        await page.SetViewportSizeAsync(width, (int)end + 160);
        await page.ScreenshotAsync(new() { Path = path });
        await page.SetViewportSizeAsync(width, height);
    }

    /// <summary>A comment at the end changes nothing but the bytes.</summary>
    private static Task AlterAsync(Visitor visitor, string begins) =>
        visitor.Page.RouteAsync(url => new Uri(url).AbsolutePath.StartsWith(begins, StringComparison.Ordinal) && Path.HasExtension(url), async route =>
        {
            var real = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = real, BodyBytes = [.. await real.BodyAsync(), .. Encoding.ASCII.GetBytes("/**/")] });
        });

    private static List<IRequest> Log(Visitor visitor)
    {
        var log = new List<IRequest>();
        visitor.Page.Request += (_, request) => log.Add(request);
        return log;
    }
}
