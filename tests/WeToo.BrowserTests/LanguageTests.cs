using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Four languages, one of them from right to left, by the same catalogue.</summary>
public sealed class LanguageTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private const string Typed = "It began in spring. قالت لي زميلة.";

    [Theory]
    [InlineData("ar-EG", "ar", "rtl")]
    [InlineData("fr-CA", "fr", "ltr")]
    [InlineData("es", "es", "ltr")]
    [InlineData("de-DE", "en", "ltr")]
    public async Task The_first_page_speaks_the_browsers_language_and_loads_no_other(string asked, string spoken, string direction)
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment, language: asked);
        var loaded = new List<string>();
        visitor.Page.Request += (_, request) => loaded.Add(new Uri(request.Url).AbsolutePath);
        await visitor.Page.GotoAsync(deployment.Vault.ToString());
        await visitor.SeeHeadingAsync(Languages.TextsOf(spoken)["before.heading"]);

        Assert.Equal($"{spoken} {direction}", await visitor.Page.EvaluateAsync<string>("() => `${document.documentElement.lang} ${document.documentElement.dir}`"));
        Assert.Equal([spoken], loaded.Where(path => path.Split('-')[0] is "/en" or "/fr" or "/es" or "/ar" or "/pseudo").Select(path => path[1..3]));
        var text = Languages.TextsOf(spoken);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = $"{text["leave.link"]} {text["leave.now"]}" }).WaitForAsync();
    }

    [Fact]
    public async Task A_change_of_language_keeps_what_was_typed_and_stays_only_in_a_locked_copy()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var words = await Author.BeginKeepingAsync(visitor);
        await visitor.WriteAsync("What happened", Typed);
        await visitor.SpeakAsync("ar");
        await visitor.SeeHeadingAsync(Languages.TextsOf("ar")["write.heading"]);
        Assert.Equal(Typed, await visitor.Page.GetByLabel(Languages.TextsOf("ar")["write.label"], new() { Exact = true }).InputValueAsync());
        Assert.Matches("^Notes – ", await visitor.Page.TitleAsync());
        await visitor.SeeAsync(Languages.TextsOf("ar")["keep.saved"]);
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => localStorage.length + sessionStorage.length + document.cookie.length"));

        await visitor.Page.GotoAsync(deployment.Vault.ToString());
        await visitor.SeeHeadingAsync("Before you start");
        await Author.ComeBackAsync(visitor, words);
        await visitor.SeeHeadingAsync(Languages.TextsOf("ar")["closed.heading"]);
        await visitor.PressAsync(Languages.TextsOf("ar")["closed.open"]);
        Assert.Equal(Typed, await visitor.Page.GetByLabel(Languages.TextsOf("ar")["write.label"], new() { Exact = true }).InputValueAsync());
    }

    [Fact]
    public async Task Without_a_copy_the_choice_of_a_language_is_gone_with_the_page()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await visitor.Page.GotoAsync(deployment.Vault.ToString());
        await visitor.PressAsync("Español");
        await visitor.SeeHeadingAsync(Languages.TextsOf("es")["before.heading"]);
        await visitor.PressAsync(Languages.TextsOf("es")["before.traces"]);
        await visitor.SeeHeadingAsync(Languages.TextsOf("es")["traces.heading"]);
        await visitor.Page.ReloadAsync();
        await visitor.SeeHeadingAsync("Before you start");
    }

    [Fact]
    public async Task Without_script_the_page_says_so_in_each_language()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment, script: false);
        await visitor.Page.GotoAsync(deployment.Vault.ToString());
        var text = await visitor.TextAsync();
        Assert.All(["en", "fr", "es", "ar"], language => Assert.Contains(Languages.TextsOf(language)["noscript.author"], text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_whole_way_can_be_gone_with_a_keyboard_in_Arabic()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment, language: "ar");
        var (page, text) = (visitor.Page, Languages.TextsOf("ar"));
        await page.GotoAsync(deployment.Vault.ToString());
        await visitor.SeeHeadingAsync(text["before.heading"]);
        var screens = new HashSet<string>();
        while (await page.Locator("h1").InnerTextAsync() is var heading && heading != text["locked.heading"])
        {
            Assert.InRange(screens.Add(heading) ? screens.Count : 1, 1, 60);
            if (heading == text["keep.heading"]) await TabToAsync(page, "main .even button:last-child");
            else await AnswerAsync(page, text, heading);

            if (await page.EvaluateAsync<bool>("() => document.activeElement.matches('main button')")) await page.Keyboard.PressAsync("Enter");
            var moved = page.WaitForFunctionAsync("(heading) => (document.querySelector('h1')?.innerText ?? heading) !== heading", heading);
            if (await Task.WhenAny(moved, Task.Delay(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken)) != moved) Assert.Fail($"Keys lead no further: {heading}");
            await moved;
        }

        Assert.Contains(text["write.heading"], screens);
        Assert.Empty(visitor.Strangers);
    }

    /// <summary>Answers what a screen asks, with keys alone, and comes to the button that leads on, if there is one.</summary>
    private async Task AnswerAsync(IPage page, IReadOnlyDictionary<string, string> text, string heading)
    {
        if (heading == text["write.heading"])
        {
            await TabToAsync(page, "main textarea");
            await page.Keyboard.TypeAsync("بدأ ذلك في الربيع.");
        }

        if (heading == text["reach.heading"])
        {
            await TabToAsync(page, "main input[type=checkbox]");
            await page.Keyboard.PressAsync("Space");
        }

        if (heading == text["entry.heading"])
        {
            await TabToAsync(page, "main input[dir=ltr]");
            await page.Keyboard.TypeAsync(deployment.NextInvitation());
        }

        var asked = await page.Locator("main fieldset:has(input[type=radio]):not(:has(input[type=radio]:checked))").CountAsync();
        for (var i = 0; i < asked; i++)
        {
            await TabToAsync(page, "main fieldset:not(:has(input[type=radio]:checked)) input[type=radio]");
            await page.Keyboard.PressAsync("Space");
        }

        if (await page.Locator("main button.main").CountAsync() > 0) await TabToAsync(page, "main button.main", last: true);
    }

    private static async Task TabToAsync(IPage page, string selector, bool last = false)
    {
        for (var presses = 0; presses < 80; presses++)
        {
            if (await page.EvaluateAsync<bool>(last
                ? "(selector) => document.activeElement === [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).at(-1)"
                : "(selector) => document.activeElement.matches(selector)", selector)) return;

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"No Tab leads to {selector} on: {await page.Locator("main").InnerTextAsync()}");
    }
}
