using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Leaving fast, and what is left behind: nothing.</summary>
public sealed class LeavingTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private const string Written = "Something I would not want read";

    [Fact]
    public async Task After_Leave_Back_shows_the_page_that_was_there_before()
    {
        await using var visitor = await WriteAsync(remembering: true);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Leave this page now" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/gone");
        await visitor.Page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });
        Assert.EndsWith("/health", visitor.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(Written, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_Shifts_leave_and_capitals_do_not()
    {
        await using var visitor = await WriteAsync();
        var words = visitor.Page.GetByLabel("What happened");
        await words.PressSequentiallyAsync(" He Said HELLO To Me IN CAPITALS");
        await visitor.Page.Keyboard.PressAsync("Shift");
        await visitor.Page.Keyboard.PressAsync("Shift");
        await visitor.Page.Keyboard.PressAsync("a");
        await visitor.Page.Keyboard.PressAsync("Shift");
        Assert.Contains("CAPITALS", await words.InputValueAsync(), StringComparison.Ordinal);

        await visitor.Page.Keyboard.PressAsync("Shift");
        await visitor.Page.Keyboard.PressAsync("Shift");
        await visitor.Page.WaitForURLAsync("**/gone");
    }

    [Fact]
    public async Task The_page_is_empty_before_the_exit_answers()
    {
        await using var visitor = await WriteAsync();
        await visitor.Page.RouteAsync("**/bye", _ => Task.CompletedTask); // It never answers.
        var left = await visitor.Page.EvaluateAsync<string[]>(
            "() => { document.querySelector('.leave').click(); return [document.title, document.body.textContent] }");
        Assert.Equal(["", ""], left);
    }

    [Fact]
    public async Task Leave_works_without_script_and_keeps_what_is_stored()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment, script: false);
        var page = visitor.Page;
        await page.GotoAsync(deployment.Vault.ToString());
        Assert.Equal("/bye", await page.GetByRole(AriaRole.Link, new() { Name = "Leave this page now" }).GetAttributeAsync("href"));

        var answer = await page.APIRequest.GetAsync(new Uri(deployment.Vault, "bye").ToString(), new() { MaxRedirects = 0 });
        Assert.Equal(303, answer.Status);
        Assert.Equal("\"cache\", \"cookies\"", answer.Headers["clear-site-data"]);
    }

    [Fact]
    public async Task The_first_page_says_how_to_leave_and_what_stays_before_anybody_can_write()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await visitor.Page.GotoAsync(deployment.Vault.ToString());
        await visitor.SeeHeadingAsync("Before you start");
        var text = await visitor.TextAsync();
        Assert.All(["Press Leave.", "Shift key 3 times", "browser history", "Do not use a work phone, a work computer or work wifi."], said => Assert.Contains(said, text, StringComparison.Ordinal));
        Assert.Equal(0, await visitor.Page.Locator("input, textarea").CountAsync());
        await visitor.PressAsync("What others may see");
        await visitor.SeeAsync("This address stays in your browser history.");
        await visitor.Page.GetByLabel("Shift 3 times leaves this page").UncheckAsync();
        for (var i = 0; i < 4; i++) await visitor.Page.Keyboard.PressAsync("Shift");
        await visitor.PressAsync("Back");
        await visitor.SeeHeadingAsync("Before you start");
    }

    [Fact]
    public async Task A_walk_makes_no_history_keeps_the_address_and_stores_nothing()
    {
        await using var visitor = await WriteAsync();
        var page = visitor.Page;
        var before = await page.EvaluateAsync<int>("history.length");
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("Go on to lock it");
        await Author.PassDeadlinesAsync(visitor);
        await visitor.WriteAsync("How may we reach you?", "a friend");
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Who it was");
        Assert.Equal(before, await page.EvaluateAsync<int>("history.length"));
        Assert.Equal(deployment.Vault.ToString(), page.Url);
        Assert.Matches("^Notes – step [0-9]+ of [0-9]+$", await page.TitleAsync());
        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length"));
        Assert.Equal(0, await page.Locator("input:not([autocomplete=off]), textarea:not([autocomplete=off]), textarea:not([spellcheck=false])").CountAsync());
    }

    /// <summary>Was elsewhere first, then came, and wrote.</summary>
    private async Task<Visitor> WriteAsync(bool remembering = false)
    {
        var visitor = await chromium.NewVisitorAsync(deployment, remembering: remembering);
        var page = visitor.Page;

        // The neutral site, so that no test asks anybody outside.
        await page.RouteAsync("https://**", route => route.FulfillAsync(new() { Body = "weather", ContentType = "text/plain" }));
        await page.RouteAsync("**/bye", route => route.FulfillAsync(new() { Status = 303, Headers = new Dictionary<string, string> { ["location"] = "/gone" } }));
        await page.GotoAsync(new Uri(deployment.Vault, "health").ToString());
        await Author.BeginAsync(visitor);
        await visitor.WriteAsync("What happened", Written);
        return visitor;
    }
}
