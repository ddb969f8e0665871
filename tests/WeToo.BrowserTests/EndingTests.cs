using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>A gentle ending, and paper for those who would rather write by hand (D1, D2).</summary>
public sealed class EndingTests(Chromium chromium, StaffedDeployment staffed) : IClassFixture<StaffedDeployment>
{
    [Fact]
    public async Task A_day_ends_with_three_small_things_of_which_one_is_somebody_to_talk_to()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        await visitor.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await Author.BeginAsync(visitor);
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("Go on to lock it");
        await Author.KeepAsync(visitor);
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("You did something today.");
        Assert.Equal(3, await visitor.Page.Locator("main ol li").CountAsync());
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("document.getAnimations().length"));
        await visitor.PressAsync("People to talk to");
        await visitor.PressAsync("Back to where I was");
        await visitor.SeeHeadingAsync("You did something today.");
        await visitor.PressAsync("Close");
        await visitor.SeeHeadingAsync("Before you start");
    }

    [Fact]
    public async Task A_day_ends_without_a_network_too()
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment);
        await Author.BeginAsync(visitor);
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("Go on to lock it");
        await Author.KeepAsync(visitor);
        await visitor.Page.Context.SetOfflineAsync(true);
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Before you start");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("es")]
    [InlineData("ar")]
    public async Task The_eight_rooms_are_one_page_of_paper_that_says_nothing_of_where_it_is_from(string language)
    {
        await using var visitor = await chromium.NewVisitorAsync(staffed.Deployment, language: language);
        var way = new Way(visitor, language);
        await way.ArriveAsync();
        await way.PressAsync("before.traces");
        await way.PressAsync("kit.tap");
        await way.SeeHeadingAsync("kit.heading");
        var pdf = await visitor.Page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true });
        Assert.Contains("Pages:           1\n", await Programs.DescribePdfAsync(pdf), StringComparison.Ordinal);
        var text = await Programs.ReadPdfAsync(pdf);
        foreach (var room in (string[])["words", "when", "where", "who", "others", "things", "since", "wants"]) Assert.Contains(way.Said($"room.{room}"), text, StringComparison.Ordinal);
        foreach (var said in (string[])["WeToo", "http", visitor.Deployment.Vault.Host, way.Said("kit.heading")]) Assert.DoesNotContain(said, text, StringComparison.OrdinalIgnoreCase);
    }
}
