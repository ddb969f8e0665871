namespace WeToo.BrowserTests;

/// <summary>What somebody has read before an account is locked for a match, and that questions about it stop nobody (M3, D3).</summary>
public sealed class CardsTests(Chromium chromium, StaffedDeployment staffed) : IClassFixture<StaffedDeployment>
{
    [Fact]
    public async Task Nobody_passes_the_last_card_before_the_names_of_the_key_holders_stand_there()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        await visitor.Page.RouteAsync("**/v1/keyset", route => route.AbortAsync());
        await ReachCardsAsync(visitor);
        for (var card = 1; card < 5; card++) await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("What we cannot promise.");
        await visitor.SeeAsync("We could not reach our server.");
        await visitor.PressAsync("Continue");
        await visitor.SeeAsync("Their names are not here yet.");
        await visitor.SeeHeadingAsync("What we cannot promise.");

        await visitor.Page.UnrouteAllAsync();
        await visitor.PressAsync("Try again");
        await visitor.Page.Locator(".key-holders li").First.WaitForAsync();
        Assert.Equal(3, await visitor.Page.Locator(".key-holders li").CountAsync());
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Did we say it well?");
    }

    [Fact]
    public async Task Who_changes_from_keeping_to_matching_is_led_through_the_cards()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        await ReachNumberAsync(visitor);
        await visitor.Page.GetByText("Do not match, just keep").ClickAsync();
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Your invitation");
        await visitor.PressAsync("Back");
        await visitor.SeeHeadingAsync("How many people?");
        await visitor.Page.GetByText("2 people", new() { Exact = true }).ClickAsync();
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Locked.");
        await visitor.SeeAsync("1 of 5");
    }

    [Fact]
    public async Task The_cards_come_in_three_versions_and_a_wrong_answer_is_put_right_gently_and_stops_nobody()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        await ReachCardsAsync(visitor);
        Assert.Equal(0, await visitor.Page.GetByText("XChaCha20").CountAsync());
        await visitor.Page.GetByText("Explain it another way").ClickAsync();
        await visitor.Page.GetByText("For experts").ClickAsync();
        await visitor.SeeAsync("XChaCha20-Poly1305");
        await visitor.PressAsync("Continue");
        await visitor.SeeAsync("RFC 9497");
        await visitor.Page.GetByText("In detail").ClickAsync();
        await visitor.SeeAsync("The number stays with you.");
        await visitor.Page.GetByText("In short").ClickAsync();
        await visitor.SeeAsync("Your device turns that into a code before it leaves. The same person");
        for (var card = 2; card < 5; card++) await visitor.PressAsync("Continue");
        await visitor.Page.Locator(".key-holders li").First.WaitForAsync();
        await visitor.PressAsync("Continue");

        await visitor.SeeHeadingAsync("Did we say it well?");
        Assert.Equal(0, await visitor.Page.Locator("main input:checked").CountAsync());
        await visitor.Page.GetByText("My account", new() { Exact = true }).ClickAsync();
        await visitor.SeeAsync("Nothing, in fact.");
        await visitor.Page.GetByText("They keep running", new() { Exact = true }).ClickAsync();
        await visitor.SeeAsync("So you do not have to wait for a match.");
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Who may help you");
        Assert.Empty(visitor.Complaints);
    }

    private static async Task ReachCardsAsync(Visitor visitor)
    {
        await ReachNumberAsync(visitor);
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Locked.");
    }

    private static async Task ReachNumberAsync(Visitor visitor)
    {
        await Author.BeginAsync(visitor);
        await visitor.WriteAsync("What happened", "In the archive.");
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("Go on to lock it");
        await Author.PassDeadlinesAsync(visitor);
        await visitor.Page.GetByText("Do not contact me.").ClickAsync();
        await visitor.PressAsync("Continue");
        await new Way(visitor, "en").NameByPhoneAsync("+33 6 51 51 51 51");
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("How many people?");
    }
}
