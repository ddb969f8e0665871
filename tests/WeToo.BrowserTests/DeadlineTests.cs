using System.Globalization;
using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Time limits worked out on the device, and people to talk to: from lists that are part of the page.</summary>
public sealed class DeadlineTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    [Fact]
    public async Task Two_hundred_days_after_the_last_incident_one_limit_has_passed_and_no_request_carries_a_date()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var page = visitor.Page;
        var today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
        var last = today.AddDays(-200);
        var typed = InWords(last);
        await ReachDeadlinesAsync(visitor, typed);

        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url + request.PostData);
        await page.GetByLabel("Where it happened").SelectOptionAsync("US");
        var limits = await page.Locator(".limits").InnerTextAsync();
        Assert.Contains("180 days: passed.", limits, StringComparison.Ordinal);
        Assert.Contains($"300 days: until {InWords(today.AddDays(100))}", limits, StringComparison.Ordinal);
        Assert.Contains("That is in 100 days.", limits, StringComparison.Ordinal);
        await visitor.SeeAsync("Waiting for a match does not stop the clock.");
        Assert.DoesNotContain(asked, request => request.Contains(last.Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("How to reach you");
    }

    [Fact]
    public async Task An_account_without_a_date_is_asked_for_one_and_a_season_has_two_bounds()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await ReachDeadlinesAsync(visitor, null);
        await visitor.Page.GetByLabel("Where it happened").SelectOptionAsync("FR");
        await visitor.SeeAsync("With a year in it, we can work out the time limits.");
        await visitor.WriteAsync("About when was the last time?", "spring 2019");
        await visitor.SeeAsync("between March 1, 2025 and May 31, 2025");
        await visitor.Page.GetByLabel("Where it happened").SelectOptionAsync("other");
        await visitor.SeeAsync("We have no time limits for this country.");
    }

    [Fact]
    public async Task Help_needs_no_network_and_comes_back_to_what_was_being_written()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var page = visitor.Page;
        await Author.BeginAsync(visitor);
        await visitor.WriteAsync("What happened", "Half a sentence");
        await Author.WaitUntilLoadedAsync(visitor);
        await page.Context.SetOfflineAsync(true);
        await visitor.PressAsync("Help");
        await visitor.SeeHeadingAsync("People to talk to");
        await page.GetByLabel("Country", new() { Exact = true }).SelectOptionAsync("DE");
        Assert.Equal("tel:116016", await page.GetByRole(AriaRole.Link, new() { Name = "116 016" }).GetAttributeAsync("href"));
        await visitor.SeeAsync("Checked on");
        await visitor.PressAsync("Back to where I was");
        Assert.Equal("Half a sentence", await page.GetByLabel("What happened").InputValueAsync());
    }

    private static string InWords(DateTime day) => day.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture);

    private static async Task ReachDeadlinesAsync(Visitor visitor, string? when)
    {
        await Author.BeginAsync(visitor);
        await visitor.PressAsync("Continue");
        if (when is not null)
        {
            await visitor.PressAsync("When");
            await visitor.WriteAsync("When it was", when);
            await visitor.PressAsync("Done");
        }

        await visitor.PressAsync("Go on to lock it");
        await visitor.SeeHeadingAsync("Time limits");
    }
}
