using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>What is locked stays as it is. An author adds and corrects beside it.</summary>
public sealed class AdditionTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    [Fact]
    public async Task What_is_locked_cannot_be_changed_and_a_correction_stands_beside_it()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await Author.BeginAsync(visitor);
        await visitor.WriteAsync("What happened", "It was in spring.");
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("Go on to lock it");
        var words = await Author.KeepAsync(visitor);

        await ReadOwnAsync(visitor, words);
        await visitor.SeeAsync("Nobody can change it.");
        Assert.Equal(0, await visitor.Page.Locator("main textarea, main input, main [contenteditable]").CountAsync());
        await visitor.PressAsync("Add or correct");
        await visitor.SeeAsync("The first version stays as it is, with its date. That protects you.");
        await visitor.PressAsync("Lock it");
        await visitor.SeeAsync("There is nothing here yet.");
        await visitor.Page.GetByText("A correction").ClickAsync();
        await visitor.WriteAsync("In your words", "It was in May.");
        await visitor.PressAsync("Lock it");
        await visitor.SeeHeadingAsync("Your own account");

        await ReadOwnAsync(visitor, words);
        await visitor.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Corrected on ") }).WaitForAsync();
        Assert.Equal(["It was in spring.", "It was in May."], await visitor.Page.Locator(".account").AllInnerTextsAsync());
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task An_addition_that_did_not_go_through_stays_on_the_screen()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await Author.BeginAsync(visitor);
        await visitor.WriteAsync("What happened", "It was in spring.");
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("Go on to lock it");
        var words = await Author.KeepAsync(visitor);
        await ReadOwnAsync(visitor, words);
        await visitor.PressAsync("Add or correct");
        await visitor.WriteAsync("In your words", "It was in May.");

        await visitor.Page.Context.SetOfflineAsync(true);
        await visitor.PressAsync("Lock it");
        await visitor.SeeAsync("It did not go through. Your words are still here.");
        Assert.Equal("It was in May.", await visitor.Page.GetByLabel("In your words").InputValueAsync());
        await visitor.Page.Context.SetOfflineAsync(false);
        await visitor.PressAsync("Lock it");

        await visitor.SeeHeadingAsync("Your own account");
        Assert.Equal(["It was in spring.", "It was in May."], await visitor.Page.Locator(".account").AllInnerTextsAsync());
    }

    [Fact]
    public async Task A_counselor_reads_what_was_added_with_the_account_and_not_before()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await using var ana = await chromium.NewVisitorAsync(deployment);
        await using var ben = await chromium.NewVisitorAsync(deployment);
        await Counselor.JoinAsync(counselor);
        var words = await Author.Ana.LockAsync(ana);
        await ReadOwnAsync(ana, words);
        await AddAsync(ana, "It opens together with your account, and not before.", "There was a witness.");

        await Author.Ben.LockAsync(ben);
        await Counselor.OpenCaseOfAsync(counselor, "Ana");
        await Counselor.CompareAsync(counselor);
        await counselor.SeeHeadingAsync("Waiting for their yes");
        await Author.ComeBackAsync(ana, words);
        await ana.PressAsync("Show my notes");
        await ana.PressAsync("Yes, they may read it");
        await counselor.SeeHeadingAsync("Their account");
        await counselor.SeeHeadingAsync("What was added later");
        Assert.DoesNotContain("witness", await counselor.TextAsync(), StringComparison.Ordinal);
        await Counselor.OpenPartAsync(counselor, "What was added later");
        await counselor.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Added on ") }).WaitForAsync();
        await counselor.SeeAsync("There was a witness.");

        await ReadOwnAsync(ana, words);
        await AddAsync(ana, "Your counselor can read this as soon as you lock it.", "She told me so.");
        await Counselor.OpenPartAsync(counselor, "What was added later");
        await counselor.SeeAsync("She told me so.");
        Assert.DoesNotContain("One may be missing", await counselor.TextAsync(), StringComparison.Ordinal);
        foreach (var visitor in (Visitor[])[counselor, ana]) Assert.Empty(visitor.Complaints);
    }

    private static async Task AddAsync(Visitor visitor, string warned, string text)
    {
        await visitor.PressAsync("Add or correct");
        await visitor.SeeAsync(warned);
        await visitor.WriteAsync("In your words", text);
        await visitor.PressAsync("Lock it");
        await visitor.SeeHeadingAsync("Your own account");
    }

    private static async Task ReadOwnAsync(Visitor visitor, IReadOnlyList<string> words)
    {
        await Author.ComeBackAsync(visitor, words);
        await visitor.PressAsync("Show my notes");
        await visitor.PressAsync("Read my own account");
        await visitor.SeeHeadingAsync("Your own account");
    }
}
