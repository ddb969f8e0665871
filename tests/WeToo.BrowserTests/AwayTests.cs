using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Keepers that cannot be reached: plain words, nothing lost, and an end that needs nobody's help.</summary>
public sealed class AwayTests(Chromium chromium, StaffedDeployment staffed) : IClassFixture<StaffedDeployment>
{
    private const string Keepers = "**/v1/keepers/*/evaluations";

    private readonly Deployment _deployment = staffed.Deployment;

    [Fact]
    public async Task Says_who_did_not_answer_and_finishes_by_itself_once_they_do_also_on_another_device()
    {
        await using var ana = await chromium.NewVisitorAsync(_deployment);
        var words = await (Author.Ana with { Phone = "+33 6 20 20 20 20" }).ReachReceiptAsync(ana); // Nobody else names them: it stays locked.
        await ana.Page.RouteAsync(Keepers, route => route.AbortAsync());
        await ana.PressAsync("I have them. Lock it now");
        await ana.SeeHeadingAsync("Not finished yet");
        var said = await ana.TextAsync();
        Assert.Contains("These key holders did not answer: Keeper 1 on this machine, Keeper 2 on this machine, Keeper 3 on this machine.", said, StringComparison.Ordinal);
        Assert.Contains("Nothing is lost.", said, StringComparison.Ordinal);

        // She closes the page. On another device, with her words, it goes on without being asked.
        await ana.DisposeAsync();
        await using var elsewhere = await chromium.NewVisitorAsync(_deployment);
        await Author.ComeBackAsync(elsewhere, words);
        await elsewhere.PressAsync("Show my notes");
        await elsewhere.Page.GetByRole(AriaRole.Heading, new() { Name = "Locked", Exact = true }).WaitForAsync();
        Assert.Empty(elsewhere.Complaints);
    }

    [Theory]
    [InlineData("**/v1/credentials", "Check the code")]
    [InlineData("**/v1/box", "Try now")]
    [InlineData("**/v1/filings", "Try now")]
    public async Task An_answer_that_is_lost_on_the_way_does_no_harm(string path, string again)
    {
        await using var ana = await chromium.NewVisitorAsync(_deployment);
        var lost = 0;
        await ana.Page.RouteAsync(path, async route =>
        {
            if (lost++ > 0)
            {
                await route.ContinueAsync();
                return;
            }

            _ = await route.FetchAsync();
            await route.AbortAsync();
        });
        var locking = Author.Ana.LockAsync(ana);
        await ana.Page.GetByText(again == "Try now" ? "We can not reach our server right now." : "We could not reach our server.").First.WaitForAsync();
        await ana.PressAsync(again);
        Assert.Equal(10, (await locking).Count);
        Assert.True(lost > 1);
    }

    [Fact]
    public async Task A_page_that_stays_open_keeps_trying()
    {
        await using var ben = await chromium.NewVisitorAsync(_deployment);
        await Author.Ben.ReachReceiptAsync(ben);
        await ben.Page.RouteAsync(Keepers, route => route.AbortAsync());
        await ben.PressAsync("I have them. Lock it now");
        await ben.SeeHeadingAsync("Not finished yet");
        await ben.Page.UnrouteAllAsync();
        await ben.SeeHeadingAsync("Locked.");
    }
}
