namespace WeToo.BrowserTests;

/// <summary>Writing to a counselor without waiting for a match: on a small screen in French, and at a desk.</summary>
public sealed class WriteNowTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    [Fact]
    public async Task Somebody_who_names_nobody_writes_at_once_and_lets_them_read_later_and_so_do_those_whose_account_is_kept_or_waits()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await counselor.Page.SetViewportSizeAsync(1280, 800);
        await Counselor.JoinAsync(counselor);
        await using var visitor = await chromium.NewVisitorAsync(deployment, language: "fr");
        await visitor.Page.SetViewportSizeAsync(320, 640);
        var lise = new Way(visitor, "fr");

        var words = await SendAsync(lise);

        // At the desk: a case at once, with nothing to check and no account.
        await counselor.Page.Locator(".case").ClickAsync();
        await counselor.SeeHeadingAsync("They wrote to you");
        await counselor.SeeHeadingAsync("Waiting for their yes");
        await counselor.SeeAsync("Lise"); // The plan comes with the mailbox.
        var card = await counselor.TextAsync();
        Assert.Contains("Lise", card, StringComparison.Ordinal);
        Assert.DoesNotContain("printemps", card, StringComparison.Ordinal);
        Assert.DoesNotContain("same person", card, StringComparison.Ordinal);

        await lise.OpenAsync(words);
        await lise.SeeHeadingAsync("status.direct.opened.heading");
        await visitor.SeeAsync("Inès voit que vous ne voulez pas de contact.");
        await lise.PressAsync("status.consentYes");
        await Counselor.OpenPartAsync(counselor, "In your words");
        await counselor.SeeAsync("Tout a commencé au printemps.");

        // What is added reaches them; what is taken out is gone.
        await lise.OpenAsync(words);
        await lise.SeeHeadingAsync("status.direct.released.heading");
        await lise.PressAsync("status.read");
        await lise.PressAsync("own.add");
        await lise.WriteAsync("add.label", "Encore une chose.");
        await lise.PressAsync("add.lock");
        await lise.SeeHeadingAsync("own.heading");
        await Counselor.OpenPartAsync(counselor, "What was added later");
        await counselor.SeeAsync("Encore une chose.");
        await lise.PressAsync("own.close");
        await lise.PressAsync("status.withdraw");
        await lise.SeeHeadingAsync("withdraw.heading");
        await lise.PressAsync("withdraw.yes");
        await lise.SeeHeadingAsync("status.withdrawn.heading");
        await counselor.SeeHeadingAsync("They have stopped");
        await counselor.PressAsync("All cases");
        await using var zoe = await chromium.NewVisitorAsync(deployment);
        await SendWhatWasKeptAsync(zoe, counselor);
        await using var ana = await chromium.NewVisitorAsync(deployment);
        await TakeOnAsync(counselor, "0");
        var anas = await SendWhatWaitsAsync(ana);
        await TakeOnAsync(counselor, "12");
        await Author.ComeBackAsync(ana, anas);
        await ana.PressAsync("Show my notes");
        await ana.SeeHeadingAsync("A counselor has what you sent");
        await ana.SeeHeadingAsync("Locked");
        await counselor.PressAsync("All cases");
        await counselor.Page.Locator(".case").Nth(2).WaitForAsync();
        Visitor[] all = [visitor, zoe, ana, counselor];
        Assert.All(all, one => Assert.Empty(one.Strangers));
        Assert.Empty(all.SelectMany(one => one.Complaints));
    }

    /// <summary>What was only kept goes to a counselor with its date.</summary>
    private static async Task SendWhatWasKeptAsync(Visitor visitor, Visitor counselor)
    {
        await Author.BeginAsync(visitor);
        await visitor.WriteAsync("What happened", "It began in spring.");
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("Go on to lock it");
        var words = await Author.KeepAsync(visitor);

        await Author.ComeBackAsync(visitor, words);
        await visitor.PressAsync("Show my notes");
        await visitor.SeeHeadingAsync("Kept for you");
        await SendNowAsync(visitor, "Yes, they may read it now", isFirst: true);
        await visitor.SeeHeadingAsync("A counselor can read your account");
        await counselor.Page.Locator(".case", new() { HasText = "You can read the account" }).ClickAsync();
        await Counselor.OpenPartAsync(counselor, "In your words");
        await counselor.SeeAsync("It began in spring.");
    }

    /// <summary>C9: what a counselor says that they take holds at once. What cannot be meant is asked again.</summary>
    private static async Task TakeOnAsync(Visitor counselor, string most)
    {
        if (await counselor.Page.GetByText("What I take on").CountAsync() == 0) await counselor.PressAsync("All cases");
        await counselor.PressAsync("What I take on");
        await counselor.WriteAsync("Open cases at once, at most", "many");
        await counselor.PressAsync("Keep this");
        await counselor.SeeAsync("Write a whole number from 0 to 99.");
        await counselor.WriteAsync("Open cases at once, at most", most);
        await counselor.Page.GetByLabel("Quiet hours from").SelectOptionAsync("3");
        await counselor.PressAsync("Keep this");
        await counselor.SeeAsync("Say from when and until when.");
        await counselor.Page.GetByLabel("Quiet hours from").SelectOptionAsync("");
        await counselor.PressAsync("Keep this");
        await counselor.SeeAsync("Kept. It holds from now on.");
    }

    /// <summary>What waits for a match goes on waiting beside it; and it waits for a counselor who takes somebody.</summary>
    private static async Task<IReadOnlyList<string>> SendWhatWaitsAsync(Visitor ana)
    {
        var anas = await Author.Ana.LockAsync(ana);
        await Author.ComeBackAsync(ana, anas);
        await ana.PressAsync("Show my notes");
        await SendNowAsync(ana, "No, not yet", isFirst: false);
        await ana.SeeHeadingAsync("It waits for a counselor");
        await ana.SeeHeadingAsync("Locked");
        return anas;
    }

    private static async Task SendNowAsync(Visitor visitor, string answer, bool isFirst)
    {
        await visitor.PressAsync("Write to a counselor now");
        await visitor.PressAsync("Send it");
        await visitor.SeeAsync("Please say yes or no");
        await visitor.Page.GetByText(answer, new() { Exact = true }).ClickAsync();
        await visitor.PressAsync("Send it");
        if (isFirst)
        {
            await visitor.SeeHeadingAsync("Your stop code");
            await visitor.PressAsync("I have it");
        }

        await visitor.SeeHeadingAsync("Sent.");
        await visitor.PressAsync("Continue");
    }

    private async Task<IReadOnlyList<string>> SendAsync(Way lise)
    {
        await lise.ReachKeepAsync(device: "no", age: "adult", signed: "no");
        await lise.PressAsync("keep.no");
        await lise.PressAsync("next");
        await lise.WriteAsync("write.label", "Tout a commencé au printemps.");
        await lise.PressAsync("next");
        await lise.PressAsync("rooms.next");
        await lise.SeeHeadingAsync("deadlines.heading");
        await lise.Field("deadlines.country").SelectOptionAsync("FR");
        await lise.PressAsync("next");
        await lise.WriteAsync("reach.name", "Lise");
        await lise.TapAsync("reach.none");
        await lise.PressAsync("next");
        await lise.PressAsync("next"); // Nobody named.
        await lise.SeeHeadingAsync("number.heading");
        await lise.TapAsync("number.1");
        await lise.PressAsync("next");
        await lise.SeeHeadingAsync("now.heading");
        await lise.SeeAsync("now.noContact");
        await lise.TapAsync("now.read.no");
        await lise.PressAsync("next");
        await lise.WriteAsync("entry.label", deployment.NextInvitation());
        await lise.PressAsync("entry.check");
        await lise.SeeHeadingAsync("stop.heading");
        await lise.PressAsync("stop.next");
        await lise.SeeHeadingAsync("receipt.heading");
        var words = await lise.WordsAsync();
        await lise.PressAsync("receipt.lock");
        await lise.SeeHeadingAsync("now.sent.heading");
        await lise.SeeAsync("now.sent.silent");
        return words;
    }
}
