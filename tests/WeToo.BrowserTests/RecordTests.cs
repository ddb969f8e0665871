using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>A record that people can write: eight rooms, none of them a must, dates as near as they know them.</summary>
public sealed class RecordTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private static readonly string[] s_sideRooms = ["When", "Where", "Who did it", "Who else", "What there is", "Since then", "What you want"];

    [Fact]
    public async Task Somebody_who_does_not_want_to_say_anything_yet_can_lock_that()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await Author.BeginAsync(visitor);
        await visitor.Page.GetByLabel("I don't want to say").CheckAsync();
        var words = await KeepAsync(visitor);
        await ReadOwnAsync(visitor, words);
        await visitor.SeeAsync("I don't want to say");
        Assert.DoesNotContain("I don't remember", await visitor.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_thing_asked_is_an_empty_page_that_takes_a_long_account()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await Author.BeginAsync(visitor);
        var first = visitor.Page.Locator("main input, main select, main textarea").First;
        Assert.Equal("textarea", await first.EvaluateAsync<string>("field => field.localName"));
        Assert.Equal("", await first.InputValueAsync());
        Assert.Equal(-1, await first.EvaluateAsync<int>("field => field.maxLength"));
        var account = string.Join(' ', Enumerable.Repeat("and then we walked home", 5_000));
        await first.FillAsync(account);
        var words = await KeepAsync(visitor);
        await ReadOwnAsync(visitor, words);
        Assert.Equal(account, await visitor.Page.Locator(".account").First.InnerTextAsync());
    }

    [Fact]
    public async Task Rooms_open_in_any_order_and_tell_not_remembering_from_not_saying()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await Author.BeginAsync(visitor);
        await visitor.PressAsync("Continue");
        for (var i = 0; i < s_sideRooms.Length; i++)
        {
            await visitor.PressAsync(s_sideRooms[^(i + 1)]);
            await visitor.SeeHeadingAsync(s_sideRooms[^(i + 1)]);
            await visitor.Page.GetByText("Why we ask").ClickAsync();
            var state = i % 2 == 0 ? "I don't remember" : "I don't want to say";
            await visitor.Page.GetByLabel(state).CheckAsync();
            Assert.Equal(1, await visitor.Page.Locator("input[type=checkbox]:checked").CountAsync());
            await visitor.PressAsync("Done");
            await visitor.SeeHeadingAsync("Your account");
        }

        Assert.Equal(4, await visitor.Page.GetByText("I don't remember").CountAsync());
        Assert.Equal(3, await visitor.Page.GetByText("I don't want to say").CountAsync());
        await visitor.PressAsync("Where");
        await visitor.PressAsync("Empty this room");
        await visitor.PressAsync("Done");
        await visitor.SeeHeadingAsync("Your account");
        Assert.Equal(2, await visitor.Page.GetByText("I don't want to say").CountAsync());
    }

    [Theory]
    [InlineData("spring 2019", "spring 2019")]
    [InlineData("around May 2019", "around May 2019")]
    [InlineData("between 2018 and 2020", "2018 to 2020")]
    [InlineData("before June 2019", "until June 2019")]
    public async Task A_date_is_read_back_in_words(string typed, string read)
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await Author.BeginAsync(visitor);
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("When");
        await visitor.WriteAsync("When it was", typed);
        Assert.Equal(read, await visitor.Page.Locator("strong bdi").InnerTextAsync());
        Assert.Equal(0, await visitor.Page.Locator("input[type=date]").CountAsync());
    }

    [Fact]
    public async Task A_date_can_be_put_together_and_episodes_reordered_without_dragging()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var page = visitor.Page;
        await Author.BeginAsync(visitor);
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("When");
        await page.GetByText("Choose from a list instead").First.ClickAsync();
        await page.GetByLabel("How near do you know it?").First.SelectOptionAsync("season");
        await page.GetByLabel("Season", new() { Exact = true }).SelectOptionAsync("22");
        await page.GetByLabel("Year", new() { Exact = true }).First.FillAsync("2020");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this" }).First.ClickAsync();
        Assert.Equal("summer 2020", await page.GetByLabel("When it was").InputValueAsync());

        await AddEpisodeAsync(visitor, "In the lift", "most Fridays, spring 2019");
        await AddEpisodeAsync(visitor, "At the station", "3 May 2019");
        Assert.Contains("spring 2019", await page.Locator("ol.rows li").First.InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Move card 2 up" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Contains("At the station", await page.Locator("ol.rows li").First.InnerTextAsync(), StringComparison.Ordinal);
        await visitor.PressAsync("Remove card 1");
        Assert.Equal(1, await page.Locator("ol.rows li").CountAsync());
        await visitor.PressAsync("Put it back");
        await visitor.PressAsync("Done");

        var words = await KeepFromRoomsAsync(visitor);
        await ReadOwnAsync(visitor, words);
        var text = await visitor.TextAsync();
        Assert.True(text.IndexOf("At the station", StringComparison.Ordinal) < text.IndexOf("In the lift", StringComparison.Ordinal));
        Assert.Contains("most Fridays, spring 2019", text, StringComparison.Ordinal);
        Assert.Empty(visitor.Complaints);
    }

    private static async Task AddEpisodeAsync(Visitor visitor, string what, string when)
    {
        await visitor.WriteAsync("What happened then", what);
        await visitor.WriteAsync("When that was", when);
        await visitor.PressAsync("Add this card");
        await visitor.SeeAsync(what);
    }

    private static async Task<IReadOnlyList<string>> KeepAsync(Visitor visitor)
    {
        await visitor.PressAsync("Continue");
        return await KeepFromRoomsAsync(visitor);
    }

    /// <summary>Locks it for themselves alone, from the list of rooms on.</summary>
    private static async Task<IReadOnlyList<string>> KeepFromRoomsAsync(Visitor visitor)
    {
        await visitor.PressAsync("Go on to lock it");
        return await Author.KeepAsync(visitor);
    }

    private static async Task ReadOwnAsync(Visitor visitor, IReadOnlyList<string> words)
    {
        await Author.ComeBackAsync(visitor, words);
        await visitor.PressAsync("Show my notes");
        await visitor.PressAsync("Read my own account");
        await visitor.SeeHeadingAsync("Your own account");
    }
}
