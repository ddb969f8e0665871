using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Two codes, consents, stopping, taking out: what stays in the author's own hands (M6, M7, M10, M11, X3).</summary>
public sealed class LedgerTests(Chromium chromium, StaffedDeployment staffed) : IClassFixture<StaffedDeployment>
{
    private readonly Deployment _deployment = staffed.Deployment;

    [Theory]
    [InlineData("0000-0000-0000")] // A code that nobody has.
    [InlineData("0000-0000-0001")] // One that cannot be.
    [InlineData("what?")]
    public async Task A_stop_code_that_is_wrong_is_told_in_the_one_sentence(string code)
    {
        await using var visitor = await chromium.NewVisitorAsync(_deployment);
        await TwoCodes.EnterStopAsync(visitor, code);
        await visitor.SeeAsync("That code does not stop anything here.");
    }

    [Fact]
    public async Task Who_lost_the_words_is_told_plainly_that_there_is_no_reset()
    {
        await using var visitor = await chromium.NewVisitorAsync(_deployment);
        await visitor.Page.GotoAsync(_deployment.Vault.ToString());
        await visitor.PressAsync("I have been here before");
        await visitor.PressAsync("I lost my words");
        await visitor.SeeAsync("There is no reset.");
        await visitor.PressAsync("I only have my stop code");
        await visitor.SeeHeadingAsync("Type your stop code");
    }

    [Fact]
    public async Task The_words_come_back_in_other_languages_in_digits_and_from_two_halves_but_from_neither_alone()
    {
        await using var ana = await chromium.NewVisitorAsync(_deployment);
        IReadOnlyList<string> french = [], first = [], second = [];
        var digits = "";
        await Author.BeginKeepingAsync(ana, async screen =>
        {
            if (screen != "keep-words") return;
            await ana.PressAsync("Other ways to keep it");
            await ana.PressAsync("Français");
            await ana.Page.Locator("button[lang=fr][aria-pressed=true]").WaitForAsync();
            french = await WordsAsync(ana);
            await ana.Page.GetByText("Digits", new() { Exact = true }).ClickAsync();
            digits = await ana.Page.Locator(".digit-sheet").InnerTextAsync();
            await ana.Page.GetByText("A picture", new() { Exact = true }).ClickAsync();
            await ana.Page.Locator("svg.qr").WaitForAsync();
            await ana.Page.GetByText("Half 2", new() { Exact = true }).ClickAsync();
            await ana.Page.Locator("h2", new() { HasText = "Half 2" }).WaitForAsync();
            second = await WordsAsync(ana);
            await ana.Page.GetByText("Half 1", new() { Exact = true }).ClickAsync();
            await ana.Page.Locator("h2", new() { HasText = "Half 1" }).WaitForAsync();
            first = await WordsAsync(ana);
            await ana.PressAsync("Back");
            await ana.SeeHeadingAsync("Your ten words");
        });
        await ana.WriteAsync("What happened", "Most Fridays.");
        await ana.SeeAsync("Saved on this device, locked.");

        await OpenOtherAsync(ana, string.Join(' ', first), "", "");
        await ana.SeeAsync("Those words do not open anything here.");
        await OpenOtherAsync(ana, string.Join(' ', second), "", "");
        await ana.SeeAsync("Those words do not open anything here.");
        await OpenOtherAsync(ana, "", string.Join(' ', first), string.Join(' ', first));
        await ana.SeeAsync("Those words do not open anything here.");
        foreach (var (whole, one, two) in ((string, string, string)[])
            [("", string.Join(' ', second), string.Join(' ', first)), (digits, "", ""), (string.Join(' ', french), "", "")])
        {
            await OpenOtherAsync(ana, whole, one, two);
            await ana.PressAsync("Show my notes");
            Assert.Equal("Most Fridays.", await ana.Page.GetByLabel("What happened", new() { Exact = true }).InputValueAsync());
        }

        // The ten fields take the French words too, pasted into the first.
        await Author.ComeBackAsync(ana, french);
        await ana.PressAsync("Show my notes");
        await ana.SeeHeadingAsync("In your words");
        Assert.Empty(ana.Complaints);
    }

    [Fact]
    public async Task Ten_consents_have_an_equal_yes_and_no_change_at_once_and_leave_an_entry()
    {
        await using var ana = await chromium.NewVisitorAsync(_deployment);
        var (words, _) = await TwoCodes.LockAsync(Author.Ana with { Phone = "+33 6 99 88 77 66" }, ana);
        await OpenConsentsAsync(ana, words);
        var consents = ana.Page.Locator("[data-consent]");
        Assert.Equal(10, await consents.CountAsync());
        for (var i = 0; i < 10; i++)
        {
            var (yes, no) = (await BoxAsync(consents.Nth(i), "Yes"), await BoxAsync(consents.Nth(i), "No"));
            Assert.Equal((yes.Width, yes.Height), (no.Width, no.Height));
        }

        Assert.Equal("false", await PressedAsync(ana, "C10", "Yes"));
        foreach (var (consent, answer) in ((string, string)[])[("C4", "No"), ("C5", "Yes"), ("C6", "Yes"), ("C7", "No"), ("C10", "Yes"), ("C10", "No"), ("C5", "No")])
        {
            await ana.Page.Locator($"[data-consent={consent}]").GetByRole(AriaRole.Button, new() { Name = answer, Exact = true }).ClickAsync();
            await ana.Page.Locator($"[data-consent={consent}] button[aria-pressed=true]", new() { HasText = answer }).WaitForAsync();
        }

        // On any device, one visit later: all of it has its effect, and its line.
        await OpenConsentsAsync(ana, words);
        foreach (var (consent, answer) in ((string, string)[])[("C4", "No"), ("C5", "No"), ("C6", "Yes"), ("C7", "No"), ("C10", "No")]) Assert.Equal("true", await PressedAsync(ana, consent, answer));
        Assert.Equal("false", await PressedAsync(ana, "C8", "Yes"));
        Assert.Equal("false", await PressedAsync(ana, "C8", "No"));
        await ana.Page.GetByText("All you said, in order").ClickAsync();
        var log = await ana.Page.Locator("details li").AllInnerTextsAsync();
        Assert.Contains(log, line => line.EndsWith("Count me in numbers that name nobody: Yes", StringComparison.Ordinal));
        Assert.EndsWith("A counselor may read my account after a match: No", log[^1], StringComparison.Ordinal);
        await ana.PressAsync("Back to my notes");
        await ana.SeeAsync("Contact is stopped. A counselor sees: do not contact.");
        Assert.Empty(ana.Complaints);
    }

    [Fact]
    public async Task Whom_an_account_names_can_be_corrected_and_its_date_and_words_stay()
    {
        await using var ana = await chromium.NewVisitorAsync(_deployment);
        var (words, stop) = await TwoCodes.LockAsync(Author.Ana with { Phone = "+33 6 12 12 12 13" }, ana);
        await Author.ComeBackAsync(ana, words);
        await ana.PressAsync("Show my notes");
        await ana.PressAsync("Change who I named");
        await ana.SeeAsync("Phone that ends in 13");
        Assert.DoesNotContain("12 12", await ana.TextAsync(), StringComparison.Ordinal);
        await ana.PressAsync("Remove");
        await ana.WriteAsync("Their phone number", "+33 6 12 12 12 42");
        await ana.WriteAsync("Type the number again", "+33 6 12 12 12 42");
        await ana.SeeAsync("Phone +33 6 12 12 12 42");
        await ana.PressAsync("Yes, add it");
        await ana.PressAsync("Continue");
        await ana.SeeHeadingAsync("Is this right now?");
        await ana.SeeAsync("a counselor will check and undo it");
        await ana.PressAsync("Yes, change it");
        await ana.SeeAsync("You changed whom you named on ");
        await ana.SeeHeadingAsync("Locked");
        Assert.Equal(0, await ana.Page.GetByText("Taken out").CountAsync());
        await ana.PressAsync("Read my own account");
        await ana.SeeAsync("It began in spring");
        await ana.SeeAsync("+33 6 12 12 12 42");

        // The stop code that she wrote down fits the new filing as well.
        await TwoCodes.EnterStopAsync(ana, stop);
        await ana.PressAsync("Stop contact");
        await ana.SeeHeadingAsync("Contact is stopped");
        await Author.ComeBackAsync(ana, words);
        await ana.PressAsync("Show my notes");
        await ana.SeeAsync("Contact is stopped. A counselor sees: do not contact.");
        Assert.Empty(ana.Complaints);
    }

    private static async Task OpenConsentsAsync(Visitor visitor, IReadOnlyList<string> words)
    {
        await Author.ComeBackAsync(visitor, words);
        await visitor.PressAsync("Show my notes");
        await visitor.PressAsync("What you have said yes to");
        await visitor.SeeHeadingAsync("What you have said yes to");
    }

    private static async Task OpenOtherAsync(Visitor visitor, string whole, string one, string two)
    {
        await visitor.Page.GotoAsync(visitor.Deployment.Vault.ToString());
        await visitor.PressAsync("I have been here before");
        await visitor.PressAsync("Digits, halves, other words");
        await visitor.WriteAsync("Words or digits", whole);
        await visitor.WriteAsync("Half 1", one);
        await visitor.WriteAsync("Half 2", two);
        await visitor.PressAsync("Open");
    }

    private static async Task<IReadOnlyList<string>> WordsAsync(Visitor visitor) => await visitor.Page.Locator("ol.words li").AllInnerTextsAsync();

    private static async Task<string?> PressedAsync(Visitor visitor, string consent, string answer) => await visitor.Page.Locator($"[data-consent={consent}]")
        .GetByRole(AriaRole.Button, new() { Name = answer, Exact = true }).GetAttributeAsync("aria-pressed");

    private static async Task<(int Width, int Height)> BoxAsync(ILocator within, string button)
    {
        var box = await within.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).BoundingBoxAsync();
        return ((int)Math.Round(box!.Width), (int)Math.Round(box.Height));
    }
}
