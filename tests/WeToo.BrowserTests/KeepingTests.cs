using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>What stays with one person: an account that is only kept, and a counselor's key.</summary>
public sealed class KeepingTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    [Fact]
    public async Task What_was_being_added_is_there_again_after_the_page_locked_for_its_author_only()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var receipts = new List<IReadOnlyList<string>>();
        foreach (var text in (string[])["It was in spring.", "It was another."])
        {
            await Author.BeginAsync(visitor);
            await visitor.WriteAsync("What happened", text);
            await visitor.PressAsync("Continue");
            await visitor.PressAsync("Go on to lock it");
            receipts.Add(await Author.KeepAsync(visitor));
        }

        await Author.ComeBackAsync(visitor, receipts[0]);
        await visitor.PressAsync("Show my notes");
        await visitor.PressAsync("Read my own account");
        await visitor.PressAsync("Add or correct");
        await visitor.Page.GetByText("A correction").ClickAsync();
        await visitor.WriteAsync("In your words", "It was in May.");
        await visitor.PressAsync("Lock");
        await visitor.SeeHeadingAsync("Your ten words");
        Assert.DoesNotContain("in May", await visitor.Page.ContentAsync(), StringComparison.Ordinal);

        foreach (var (words, held) in receipts.Reverse<IReadOnlyList<string>>().Zip((string[])["", "It was in May."]))
        {
            await visitor.Page.Locator("#word-1").FillAsync(string.Join(' ', words));
            await visitor.PressAsync("Open");
            await visitor.PressAsync("Show my notes");
            await visitor.PressAsync("Read my own account");
            await visitor.PressAsync("Add or correct");
            await visitor.SeeHeadingAsync("Add or correct");
            Assert.Equal(held, await visitor.Page.GetByLabel("In your words").InputValueAsync());
            if (held.Length == 0) await visitor.PressAsync("Lock");
        }

        Assert.True(await visitor.Page.GetByLabel("A correction").IsCheckedAsync());
    }

    [Fact]
    public async Task Who_comes_back_to_the_last_step_finds_the_way_to_lock_it()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var words = await Author.BeginKeepingAsync(visitor);
        await visitor.WriteAsync("What happened", "At the back door.");
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("Go on to lock it");
        await Author.PassDeadlinesAsync(visitor);
        await visitor.Page.GetByText("Do not contact me.").ClickAsync();
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Who it was");
        await visitor.PressAsync("Continue");
        await visitor.SeeAsync("You gave nothing to match on.");
        await visitor.PressAsync("Continue");
        await visitor.WriteAsync("Invitation code", visitor.Deployment.NextInvitation());
        await visitor.PressAsync("Check the code");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "I have them. Lock it now" }).WaitForAsync();
        await visitor.SeeAsync("Saved on this device, locked.");

        await Author.ComeBackAsync(visitor, words);
        await visitor.PressAsync("Show my notes");
        await visitor.PressAsync("I have them. Lock it now");
        await visitor.SeeHeadingAsync("Locked.");
    }

    [Fact]
    public async Task An_account_that_is_only_kept_sends_no_code_and_opens_with_its_words()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var asked = new List<string>();
        visitor.Page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
        await Author.BeginAsync(visitor);
        await visitor.WriteAsync("What happened", "Most Fridays, that spring.");
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("Go on to lock it");
        var words = await Author.KeepAsync(visitor);
        Assert.DoesNotContain(asked, path => path.StartsWith("/v1/filings", StringComparison.Ordinal) || path.StartsWith("/v1/keepers", StringComparison.Ordinal));

        // Four letters of each word are enough.
        await Author.ComeBackAsync(visitor, words.Select(word => word[..Math.Min(4, word.Length)]));
        await visitor.PressAsync("Show my notes");
        await visitor.SeeHeadingAsync("Kept for you");
        await visitor.PressAsync("Read my own account");
        await visitor.SeeAsync("Most Fridays, that spring.");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_counselor_who_comes_back_opens_the_desk_with_the_passphrase_alone()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await Counselor.JoinAsync(counselor);
        await counselor.Page.ReloadAsync();
        await counselor.WriteAsync("Passphrase", "seven calm herons cross the street");
        await counselor.PressAsync("Open");
        await counselor.SeeAsync("That does not open it.");
        await counselor.WriteAsync("Passphrase", Counselor.Passphrase);
        await counselor.PressAsync("Open");
        await counselor.SeeHeadingAsync("Nothing waits for you");
        Assert.Empty(counselor.Complaints);
    }
}
