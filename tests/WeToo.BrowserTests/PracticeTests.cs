using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>D6: scenes of those who stand beside somebody, by keyboard alone, without a script and once the network has gone; they end in one plan.</summary>
public sealed class PracticeTests(Chromium chromium) : IAsyncLifetime
{
    private RunningVoices _voices = null!;

    public async ValueTask InitializeAsync() => _voices = await RunningVoices.StartAsync();

    public ValueTask DisposeAsync() => _voices.DisposeAsync();

    [Fact]
    public async Task Each_way_opens_with_the_keyboard_when_the_network_has_gone_and_the_last_step_is_a_plan()
    {
        var page = await chromium.NewPageAsync();
        await page.GotoAsync(_voices.AddressOf("/en/allies"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Practise for three minutes" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "In a meeting" }).WaitForAsync();
        await page.Context.SetOfflineAsync(true);
        var ways = page.Locator("main details");
        Assert.Equal(15, await ways.CountAsync());
        for (var i = 0; i < 15; i++)
        {
            await FocusNextSummaryAsync(page, i);
            await page.Keyboard.PressAsync("Enter");
            await ways.Nth(i).Locator("p").First.WaitForAsync();
            Assert.Equal(1, await page.Locator($"details[name=scene-{(i / 5) + 1}][open]").CountAsync()); // One at a time.
        }

        await page.Context.SetOfflineAsync(false);
        await ways.Last.GetByRole(AriaRole.Link, new() { Name = "Plan this for myself" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Plan one thing" }).WaitForAsync();
        Assert.Equal("somebody posts a joke about a colleague in the group chat", await page.GetByLabel("If …", new() { Exact = true }).InputValueAsync());
        Assert.Equal("", await page.GetByLabel("… then I will …").InputValueAsync()); // That is theirs to say.
        await page.Context.CloseAsync();
    }

    /// <summary>Goes on with Tab, as somebody without a mouse does, until the next way has the focus.</summary>
    private static async Task FocusNextSummaryAsync(IPage page, int which)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<int>("() => [...document.querySelectorAll('main summary')].indexOf(document.activeElement)") == which) return;
        }

        Assert.Fail($"The keyboard does not come to way {which}.");
    }
}
