namespace WeToo.BrowserTests;

/// <summary>Without a network: writing goes on, and what could not be sent is sent once, later.</summary>
public sealed class OfflineTests(Chromium chromium, StaffedDeployment staffed) : IClassFixture<StaffedDeployment>
{
    private const string Written = "On the last bus there was no signal";

    [Fact]
    public async Task A_kept_copy_is_written_locked_and_opened_without_a_network()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        var page = visitor.Page;
        var words = await Author.BeginKeepingAsync(visitor);
        await page.EvaluateAsync("async () => { await navigator.serviceWorker.ready }");
        await page.Context.SetOfflineAsync(true);
        await visitor.WriteAsync("What happened", Written);
        await visitor.SeeAsync("Saved on this device, locked.");
        await visitor.PressAsync("Lock");
        await OpenAsync(visitor, words);
        Assert.Equal(Written, await page.GetByLabel("What happened").InputValueAsync());

        // Also from the start, in a page that was not open before.
        await page.GotoAsync(staffed.Deployment.Vault.ToString());
        await visitor.PressAsync("I have been here before");
        await OpenAsync(visitor, words);
        Assert.Equal(Written, await page.GetByLabel("What happened").InputValueAsync());
    }

    [Fact]
    public async Task Who_keeps_nothing_can_go_on_writing_too_and_leaves_no_worker_behind()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        var page = visitor.Page;
        await Author.BeginAsync(visitor);
        await Author.WaitUntilLoadedAsync(visitor);
        await page.Context.SetOfflineAsync(true);
        await visitor.WriteAsync("What happened", Written);
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("When");
        await visitor.WriteAsync("When it was", "spring 2019");
        await visitor.SeeAsync("We read this as:");
        await visitor.PressAsync("Done");
        await visitor.PressAsync("In your words");
        Assert.Equal(Written, await page.GetByLabel("What happened").InputValueAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("async () => (await navigator.serviceWorker.getRegistrations()).length + (await caches.keys()).length"));
    }

    [Fact]
    public async Task What_could_not_be_sent_is_said_and_is_sent_once_when_the_network_is_back()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        var page = visitor.Page;
        var filings = 0;
        page.Response += (_, response) =>
        {
            if (response.Url.EndsWith("/v1/filings", StringComparison.Ordinal) && response.Status == 202) filings++;
        };
        await Author.Ana.ReachReceiptAsync(visitor);
        await page.Context.SetOfflineAsync(true);
        await visitor.PressAsync("I have them. Lock it now");
        await visitor.SeeAsync("Not sent yet.");
        await page.Context.SetOfflineAsync(false);
        await visitor.SeeHeadingAsync("Locked.");
        Assert.Equal(1, filings);
    }

    [Fact]
    public async Task What_has_begun_to_be_locked_is_changed_no_more_and_is_finished_as_it_left()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        var (page, way) = (visitor.Page, new Way(visitor, "en"));
        await Author.BeginKeepingAsync(visitor);
        await page.EvaluateAsync("async () => { await navigator.serviceWorker.ready }");
        await visitor.WriteAsync("What happened", Written);
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("Go on to lock it");
        await Author.PassDeadlinesAsync(visitor);
        await visitor.Page.GetByText("Do not contact me.").ClickAsync();
        await visitor.PressAsync("Continue");
        await way.NameByPhoneAsync("+33 6 61 61 61 61");
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("How many people?");
        await visitor.PressAsync("Continue");
        var (words, _) = await way.ReachReceiptAsync("C3.yes", "C5.no", "C10.no");
        await page.RouteAsync("**/v1/keepers/*/evaluations", route => route.AbortAsync());
        await visitor.PressAsync("I have them. Lock it now");
        await visitor.SeeHeadingAsync("Not finished yet");

        // The page is gone, and so is the network: it may have arrived, so nothing is shown that could still be changed.
        await page.Context.SetOfflineAsync(true);
        await Author.ComeBackAsync(visitor, words);
        await visitor.SeeAsync("We could not reach our server. Nothing is lost.");
        await page.Context.SetOfflineAsync(false);
        await page.UnrouteAllAsync();
        await visitor.PressAsync("Open");
        await visitor.PressAsync("Show my notes");
        await visitor.SeeHeadingAsync("Locked");
        await visitor.PressAsync("Read my own account");
        await visitor.SeeAsync(Written);
        Assert.Equal(0, await page.Locator("textarea").CountAsync());
    }

    private static async Task OpenAsync(Visitor visitor, IReadOnlyList<string> words)
    {
        await visitor.Page.Locator("#word-1").FillAsync(string.Join(' ', words));
        await visitor.PressAsync("Open");
        await visitor.PressAsync("Show my notes");
    }
}
