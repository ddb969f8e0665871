using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>A person's way through the screens in their own language, by what the catalogue says there.</summary>
internal sealed class Way(Visitor visitor, string language)
{
    private readonly IReadOnlyDictionary<string, string> _texts = Languages.TextsOf(language);

    public Visitor Visitor => visitor;

    /// <summary>The first paragraph of a text, without marks of emphasis.</summary>
    public string Said(string key) => _texts[key].Split("\n\n")[0].Replace("**", "", StringComparison.Ordinal);

    public Task PressAsync(string key) => visitor.PressAsync(_texts[key]);

    public Task SeeHeadingAsync(string key) => visitor.SeeHeadingAsync(_texts[key]);

    public Task SeeAsync(string key) => visitor.SeeAsync(Said(key));

    public Task WriteAsync(string key, string text) => visitor.WriteAsync(_texts[key], text);

    public ILocator Field(string key) => visitor.Page.GetByLabel(_texts[key], new() { Exact = true });

    /// <summary>Taps what is no button: an answer, a tick, what unfolds.</summary>
    public Task TapAsync(string key) => visitor.Page.GetByText(_texts[key], new() { Exact = true }).ClickAsync();

    /// <summary>Opens the first page, which is the same for everyone.</summary>
    public async Task ArriveAsync()
    {
        await visitor.Page.GotoAsync(visitor.Deployment.Vault.ToString());
        await SeeHeadingAsync("before.heading");
    }

    /// <summary>From the first page to the question what to keep, with an answer to each question before.</summary>
    public async Task ReachKeepAsync(string device, string age, string signed)
    {
        await ArriveAsync();
        await PressAsync("before.start");
        foreach (var (question, answer) in ((string, string)[])[("device", device), ("age", age), ("signed", signed)])
        {
            await SeeHeadingAsync($"{question}.heading");
            await TapAsync($"{question}.{answer}");
            if (_texts.ContainsKey($"{question}.advice") && answer is "yes" or "maybe") await SeeAsync($"{question}.advice");
            await PressAsync("next");
        }

        await SeeHeadingAsync("keep.heading");
    }

    /// <summary>Names a person by phone: typed twice, and read back between.</summary>
    public async Task NameByPhoneAsync(string phone)
    {
        await WriteAsync("name.telLabel", phone);
        await visitor.Page.Locator(".readback").WaitForAsync();
        await WriteAsync("name.telAgain", phone);
        await PressAsync("name.yes");
        await SeeHeadingAsync("name.added");
    }

    /// <summary>Reads each screen and goes on, until one with this heading.</summary>
    public async Task GoOnUntilAsync(string key)
    {
        var heading = visitor.Page.Locator("h1");
        for (var screens = 0; await heading.InnerTextAsync() is var shown && shown != _texts[key]; screens++)
        {
            Assert.InRange(screens, 0, 20);
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = _texts["next"], Exact = true }).ClickAsync();
            await visitor.Page.WaitForFunctionAsync("(shown) => (document.querySelector('h1')?.innerText ?? shown) !== shown", shown);
        }
    }

    /// <summary>From the cards to "Locked.": reads them, gives an invitation, answers what is asked, takes both codes.</summary>
    public async Task<(IReadOnlyList<string> Words, string Stop)> LockAsync(params string[] answers)
    {
        var codes = await ReachReceiptAsync(answers);
        await PressAsync("receipt.lock");
        await SeeHeadingAsync("locked.heading");
        return codes;
    }

    /// <summary>The same, up to the ten words: nothing has left the device yet.</summary>
    public async Task<(IReadOnlyList<string> Words, string Stop)> ReachReceiptAsync(params string[] answers)
    {
        for (var card = 1; card <= 5; card++)
        {
            await SeeHeadingAsync($"cards.{card}.heading");
            if (card < 5) await PressAsync("next");
        }

        await visitor.Page.Locator("main .note li").First.WaitForAsync();

        await GoOnUntilAsync("entry.heading");
        await WriteAsync("entry.label", visitor.Deployment.NextInvitation());
        await PressAsync("entry.check");
        await SeeHeadingAsync("agree.heading");
        foreach (var answer in answers) await TapAsync($"agree.{answer}");
        await PressAsync("next");
        await SeeHeadingAsync("stop.heading");
        var stop = await visitor.Page.Locator(".code-sheet").InnerTextAsync();
        await PressAsync("stop.next");
        await SeeHeadingAsync("receipt.heading");
        return (await WordsAsync(), stop);
    }

    /// <summary>The words on the screen.</summary>
    public async Task<IReadOnlyList<string>> WordsAsync() => await visitor.Page.Locator("ol.words li").AllInnerTextsAsync();

    /// <summary>Comes back with ten words, or with others.</summary>
    public async Task ComeBackAsync(IEnumerable<string> words)
    {
        await ArriveAsync();
        await PressAsync("before.return");
        await visitor.Page.Locator("#word-1").FillAsync(string.Join(' ', words));
        await PressAsync("return.open");
    }

    /// <summary>Comes back, and looks.</summary>
    public async Task OpenAsync(IEnumerable<string> words)
    {
        await ComeBackAsync(words);
        await SeeHeadingAsync("closed.heading");
        await PressAsync("closed.open");
    }

    /// <summary>Comes with the stop code alone.</summary>
    public async Task StopAsync(string code)
    {
        await ArriveAsync();
        await PressAsync("before.return");
        await PressAsync("stop.have");
        await WriteAsync("stop.label", code);
        await PressAsync("stop.open");
        await SeeHeadingAsync("stop.ask");
    }

    /// <summary>Leaves, and whoever holds the device presses Back: the page before ours.</summary>
    public async Task LeaveAsync()
    {
        var page = visitor.Page;
        await page.Locator(".leave").ClickAsync();
        await page.WaitForURLAsync("**/bye");
        await page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });
        Assert.EndsWith("/health", page.Url, StringComparison.Ordinal);
    }
}
