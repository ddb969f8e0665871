using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>One walk over every screen there is, of authors and of the counselor. Whoever looks on is called at each.</summary>
internal static class Tour
{
    internal static async Task WalkAsync(Visitor counselor, Visitor ana, Visitor ben, Func<Visitor, string, Task> look)
    {
        Func<string, Task> Of(Visitor visitor) => name => look(visitor, name);

        await counselor.Page.GotoAsync(new Uri(counselor.Deployment.Vault, "desk").ToString());
        await counselor.SeeHeadingAsync("Open your desk");
        await look(counselor, "desk-unlock");
        await Counselor.JoinAsync(counselor, Of(counselor));

        await ana.Page.GotoAsync(ana.Deployment.Vault.ToString());
        await ana.PressAsync("What others may see");
        await look(ana, "traces");
        var words = await Author.Ana.ReachReceiptAsync(ana, Of(ana));
        await LedgerTour.WalkWaysAsync(ana, Of(ana));
        await ana.Page.RouteAsync("**/v1/keepers/*/evaluations", route => route.AbortAsync());
        await ana.PressAsync("I have them. Lock it now");
        await ana.SeeHeadingAsync("Not finished yet");
        await look(ana, "away");
        await ana.Page.UnrouteAllAsync();
        await ana.Page.GetByRole(AriaRole.Heading, new() { Name = "Locked.", Exact = true }).WaitForAsync(new() { Timeout = 60_000 }); // It tries again by itself, at most 40 s apart.
        await look(ana, "locked");
        await ana.PressAsync("Continue");
        await ana.SeeHeadingAsync("You did something today.");
        await look(ana, "ending");
        await LedgerTour.WalkOwnPageAsync(ana, words, Of(ana));
        await Author.Ben.LockAsync(ben);

        await counselor.Page.Locator(".case").Nth(1).WaitForAsync(new() { Timeout = 60_000 });
        await look(counselor, "desk-cases");
        await counselor.PressAsync("What I take on");
        await counselor.SeeAsync("Open cases at once, at most");
        await look(counselor, "desk-limits");
        await counselor.PressAsync("All cases");
        await Counselor.OpenCaseOfAsync(counselor, "Ana");
        await counselor.SeeAsync("Is it really this person?"); // What the mailbox says of its keys comes last.
        await look(counselor, "desk-contact");
        await Counselor.CompareAsync(counselor);
        await counselor.SeeHeadingAsync("Waiting for their yes");
        await look(counselor, "desk-waiting");

        await ComeBackAsync(ana, words, Of(ana));
        await counselor.SeeHeadingAsync("Their account");
        await look(counselor, "desk-rooms");
        await Counselor.OpenPartAsync(counselor, "In your words");
        await counselor.SeeAsync("He stayed behind");
        await look(counselor, "desk-account");
        await counselor.PressAsync("Enough for today");
        await counselor.SeeHeadingAsync("Before you go on");
        await look(counselor, "desk-rest");
        await counselor.PressAsync("Open your desk");
        await Counselor.UnlockAsync(counselor);
        await counselor.SeeAsync("You stopped here on ");
        await look(counselor, "desk-rested");
        await counselor.Page.Locator(".case", new() { HasText = "You stopped here on " }).ClickAsync();
        await counselor.SeeAsync("Next is: ");
        await counselor.SeeAsync("Is it really this person?");
        await look(counselor, "desk-next");
        await Author.ComeBackAsync(ana, words);
        await ana.PressAsync("Show my notes");
        await ana.SeeHeadingAsync("Who opened it");
        await ana.SeeAsync("public log");
        await look(ana, "opened-by");
        await ana.PressAsync("Take it out");
        await ana.SeeHeadingAsync("Take it out?");
        await look(ana, "withdraw");
        await ana.PressAsync("Take it out");
        await ana.SeeHeadingAsync("Taken out");
        await ana.SeeAsync("public log");
        await look(ana, "withdrawn");
        await counselor.SeeHeadingAsync("They have stopped");
        await look(counselor, "desk-stopped");
    }

    private static async Task ComeBackAsync(Visitor ana, IReadOnlyList<string> words, Func<string, Task> look)
    {
        await ana.Page.GotoAsync(ana.Deployment.Vault.ToString());
        await ana.PressAsync("I have been here before");
        await ana.Page.Locator("#word-1").FillAsync(string.Join(' ', words.Reverse()));
        await ana.PressAsync("Open");
        await ana.SeeAsync("Those words do not open anything here.");
        await look("return");
        await Author.ComeBackAsync(ana, words);
        await ana.SeeHeadingAsync("Your notes are locked");
        await look("closed");
        await ana.PressAsync("Show my notes");
        await ana.SeeHeadingAsync("Someone else named the same person");
        await ana.SeeAsync("public log"); // What the log says of the keys comes a little later.
        await look("match");
        await ana.PressAsync("Read my own account");
        await ana.SeeAsync("It began in spring");
        await look("own");
        await ana.PressAsync("Add or correct");
        await ana.SeeHeadingAsync("Add or correct");
        await look("add");
        await ana.PressAsync("Back");
        await ana.PressAsync("Back to my notes");
        await ana.PressAsync("Yes, they may read it");
        await ana.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^(You said yes|A counselor can read your account)$") }).WaitForAsync();
        await ana.SeeAsync("public log");
        await look("consented");
    }
}
