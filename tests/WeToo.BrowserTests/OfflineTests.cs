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

    private static async Task OpenAsync(Visitor visitor, IReadOnlyList<string> words)
    {
        await visitor.Page.Locator("#word-1").FillAsync(string.Join(' ', words));
        await visitor.PressAsync("Open");
        await visitor.PressAsync("Show my notes");
    }
}
