using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Lock, Leave and Erase are three different acts; and a locked copy says nothing to whoever has not its words.</summary>
public sealed class LockingTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private const string Written = "He waited by the lift each Friday";
    private const string Names = "async () => (await indexedDB.databases()).map(({ name }) => name)";

    [Theory]
    [InlineData(10, false)]
    [InlineData(5, true)]
    public async Task Ten_minutes_untouched_or_five_out_of_sight_lock_the_page(int minutes, bool unseen)
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await visitor.Page.Clock.InstallAsync();
        var words = await WriteKeptAsync(visitor);
        if (unseen) await SetSightAsync(visitor.Page, hidden: true);
        await visitor.Page.Clock.RunForAsync((minutes * 60_000) - 2000);
        Assert.Equal(1, await visitor.Page.GetByLabel("What happened").CountAsync());
        await visitor.Page.Clock.RunForAsync(3000);
        if (unseen) await SetSightAsync(visitor.Page, hidden: false);
        await visitor.SeeHeadingAsync("Your ten words");
        Assert.DoesNotContain(Written, await visitor.Page.ContentAsync(), StringComparison.Ordinal);

        await OpenAsync(visitor, words);
        Assert.Equal(Written, await visitor.Page.GetByLabel("What happened").InputValueAsync());
    }

    [Fact]
    public async Task The_warning_before_locking_can_be_answered()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await visitor.Page.Clock.InstallAsync();
        await WriteKeptAsync(visitor);
        await visitor.Page.Clock.RunForAsync(9 * 60_000);
        await visitor.SeeAsync("Are you still here? This page locks in one minute.");
        await visitor.PressAsync("I am here");
        await visitor.Page.Clock.RunForAsync(8 * 60_000);
        Assert.Equal(Written, await visitor.Page.GetByLabel("What happened").InputValueAsync());
    }

    [Fact]
    public async Task Out_of_sight_nothing_private_can_be_seen_or_read_aloud()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await WriteKeptAsync(visitor);
        await SetSightAsync(visitor.Page, hidden: true);
        Assert.False(await visitor.Page.EvaluateAsync<bool>("document.body.checkVisibility()"));
        Assert.Equal(0, await visitor.Page.GetByRole(AriaRole.Textbox).CountAsync());
        await SetSightAsync(visitor.Page, hidden: false);
        Assert.Equal(Written, await visitor.Page.GetByLabel("What happened").InputValueAsync());
    }

    [Fact]
    public async Task A_page_that_keeps_nothing_opens_again_with_its_code_and_forgets_after_five_wrong_ones()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await WriteWithCodeAsync(visitor);
        await visitor.PressAsync("Lock");
        await visitor.WriteAsync("Your code", "0000");
        await visitor.PressAsync("Open");
        await visitor.SeeAsync("That code does not open anything here.");
        await visitor.WriteAsync("Your code", "2468");
        await visitor.PressAsync("Open");
        await visitor.PressAsync("Show my notes");
        Assert.Equal(Written, await visitor.Page.GetByLabel("What happened").InputValueAsync());

        await visitor.PressAsync("Lock");
        for (var i = 1; i <= 5; i++)
        {
            await visitor.WriteAsync("Your code", $"000{i}");
            await visitor.PressAsync("Open");
            await visitor.Page.Locator("button:not([aria-disabled=true])", new() { HasText = i < 5 ? "Open" : "Go to the first page" }).WaitForAsync();
        }

        await visitor.SeeHeadingAsync("Nothing is here");
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("async () => (await indexedDB.databases()).length"));
    }

    [Fact]
    public async Task What_was_typed_two_seconds_ago_is_there_after_the_page_was_killed_and_nothing_was_sent()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await visitor.Page.Clock.InstallAsync();
        var words = await Author.BeginKeepingAsync(visitor);
        var sent = new List<string>();
        visitor.Page.Request += (_, request) =>
        {
            if (request.Method != "GET" || request.PostData is not null) sent.Add(request.Url);
        };
        await visitor.WriteAsync("What happened", Written);
        await visitor.Page.Clock.RunForAsync(2000);
        await visitor.SeeAsync("Saved on this device, locked.");

        // A page that crashes says goodbye to nobody.
        var killed = visitor.Page;
        var context = killed.Context;
        var crash = new TaskCompletionSource();
        killed.Crash += (_, _) => crash.TrySetResult();
        _ = killed.GotoAsync("chrome://crash").ContinueWith(_ => { }, TaskScheduler.Default);
        await crash.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Empty(sent);

        var page = await context.NewPageAsync();
        await page.GotoAsync(deployment.Vault.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "I have been here before" }).ClickAsync();
        await page.Locator("#word-1").FillAsync(string.Join(' ', words));
        await page.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show my notes" }).ClickAsync();
        Assert.Equal(Written, await page.GetByLabel("What happened").InputValueAsync());
    }

    [Fact]
    public async Task Leave_keeps_the_locked_copy_and_Erase_takes_it_away()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var page = visitor.Page;
        await page.RouteAsync("**/bye", route => route.FulfillAsync(new() { Body = "weather", ContentType = "text/plain" }));
        var words = await WriteKeptAsync(visitor);
        await page.GetByRole(AriaRole.Link, new() { Name = "Leave this page now" }).ClickAsync();
        await page.WaitForURLAsync("**/bye");
        await page.GotoAsync(deployment.Vault.ToString());
        await OpenWordsAsync(visitor, words);
        Assert.Equal(Written, await page.GetByLabel("What happened").InputValueAsync());
        Assert.Equal(["n"], await page.EvaluateAsync<string[]>(Names));

        await visitor.PressAsync("Lock");
        await visitor.PressAsync("Back");
        await visitor.PressAsync("What others may see");
        await visitor.PressAsync("Erase from this device");
        await visitor.PressAsync("Erase it all");
        await visitor.SeeHeadingAsync("Erased");
        Assert.Empty(await page.EvaluateAsync<string[]>(Names));
        Assert.Equal(0, await page.EvaluateAsync<int>("async () => localStorage.length + (await caches.keys()).length + (await navigator.serviceWorker.getRegistrations()).length"));
        await visitor.PressAsync("Go to the first page");
        await visitor.PressAsync("I have been here before");
        await page.Locator("#word-1").FillAsync(string.Join(' ', words));
        await visitor.PressAsync("Open");
        await visitor.SeeAsync("Those words do not open anything here.");
    }

    [Fact]
    public async Task The_first_page_is_the_same_with_and_without_a_copy_and_wrong_words_say_one_thing()
    {
        await using var none = await chromium.NewVisitorAsync(deployment);
        await none.Page.GotoAsync(deployment.Vault.ToString());
        await none.SeeHeadingAsync("Before you start");
        await using var kept = await chromium.NewVisitorAsync(deployment);
        var words = await WriteKeptAsync(kept);
        await kept.Page.GotoAsync(deployment.Vault.ToString());
        await kept.SeeHeadingAsync("Before you start");
        Assert.Equal(await none.Page.ContentAsync(), await kept.Page.ContentAsync());

        foreach (var visitor in (Visitor[])[none, kept])
        {
            await visitor.PressAsync("I have been here before");
            await visitor.Page.Locator("#word-1").FillAsync(string.Join(' ', words.Reverse()));
            await visitor.PressAsync("Open");
            await visitor.SeeAsync("Those words do not open anything here.");
        }
    }

    [Fact]
    public async Task Other_words_open_an_empty_notebook_with_the_same_look()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var page = visitor.Page;
        var second = new List<string>();
        await Author.BeginKeepingAsync(visitor, async screen =>
        {
            if (screen != "keep-words") return;

            await page.GetByText("A second set of words").ClickAsync();
            await visitor.SeeAsync("A person who knows this site may guess there is a second one.");
            await visitor.PressAsync("Make a second set");
            await visitor.SeeAsync("These ten words open an empty notebook on this device.");
            second.AddRange(await page.Locator("ol.words li").AllInnerTextsAsync());
            await visitor.PressAsync("I have them");
            await visitor.SeeHeadingAsync("Your ten words");
        });
        await page.GotoAsync(deployment.Vault.ToString());
        await OpenWordsAsync(visitor, second);
        Assert.Equal("", await page.GetByLabel("What happened").InputValueAsync());
    }

    private static async Task<IReadOnlyList<string>> WriteKeptAsync(Visitor visitor)
    {
        var words = await Author.BeginKeepingAsync(visitor);
        await visitor.WriteAsync("What happened", Written);
        return words;
    }

    private static async Task WriteWithCodeAsync(Visitor visitor)
    {
        await Author.BeginAsync(visitor, async screen =>
        {
            if (screen == "keep-nothing") await visitor.WriteAsync("A code to come back to this page", "2468");
        });
        await visitor.WriteAsync("What happened", Written);
    }

    private static async Task OpenAsync(Visitor visitor, IReadOnlyList<string> words)
    {
        await visitor.Page.Locator("#word-1").FillAsync(string.Join(' ', words));
        await visitor.PressAsync("Open");
        await visitor.PressAsync("Show my notes");
    }

    private static async Task OpenWordsAsync(Visitor visitor, IReadOnlyList<string> words)
    {
        await visitor.PressAsync("I have been here before");
        await OpenAsync(visitor, words);
    }

    /// <summary>As when another tab or program comes to the front.</summary>
    private static Task SetSightAsync(IPage page, bool hidden) => page.EvaluateAsync(
        """
        (hidden) => {
          Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') })
          document.dispatchEvent(new Event('visibilitychange'))
        }
        """,
        hidden);
}
