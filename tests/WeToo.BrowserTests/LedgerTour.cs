using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>The part of the walk that shows what stays in the author's own hands.</summary>
internal static class LedgerTour
{
    /// <summary>From the ten words, and back to them.</summary>
    internal static async Task WalkWaysAsync(Visitor visitor, Func<string, Task> look)
    {
        await visitor.PressAsync("Other ways to keep it");
        await visitor.SeeHeadingAsync("Other ways to keep it");
        await visitor.Page.Locator("ol.words").WaitForAsync();
        await look("ways-words");
        foreach (var (way, shows) in ((string, string)[])[("Digits", ".digit-sheet"), ("A picture", "svg.qr"), ("Half 1", ".prints h2")])
        {
            await visitor.Page.GetByText(way, new() { Exact = true }).First.ClickAsync();
            await visitor.Page.Locator(shows).WaitForAsync();
            await look($"ways-{way.ToLowerInvariant().Replace(' ', '-')}");
        }

        await visitor.PressAsync("Back");
        await visitor.SeeHeadingAsync("Your ten words");
    }

    /// <summary>From "Locked.", before any match.</summary>
    internal static async Task WalkOwnPageAsync(Visitor visitor, IReadOnlyList<string> words, Func<string, Task> look)
    {
        await visitor.Page.GotoAsync(visitor.Deployment.Vault.ToString());
        await visitor.PressAsync("I have been here before");
        await visitor.PressAsync("Digits, halves, other words");
        await visitor.SeeHeadingAsync("In another form");
        await look("other-words");
        await visitor.PressAsync("Back");
        await visitor.SeeHeadingAsync("Your ten words");
        await visitor.PressAsync("I lost my words");
        await visitor.SeeHeadingAsync("I lost my words");
        await look("lost");
        await TwoCodes.EnterStopAsync(visitor, "no");
        await visitor.SeeAsync("That code does not stop anything here.");
        await look("stop-wrong");

        await Author.ComeBackAsync(visitor, words);
        await visitor.PressAsync("Show my notes");
        await visitor.SeeHeadingAsync("Locked");
        await visitor.SeeAsync("public log"); // What the log says of the keys comes a little later.
        await look("status");
        await visitor.PressAsync("Change who I named");
        await visitor.SeeHeadingAsync("Change who I named");
        await visitor.Page.GetByLabel("Their phone number", new() { Exact = true }).WaitForAsync();
        await look("rename");
        await visitor.PressAsync("Back");
        await visitor.PressAsync("What you have said yes to");
        await visitor.SeeHeadingAsync("What you have said yes to");
        await look("consents");
        await visitor.PressAsync("Back to my notes");
        await visitor.PressAsync("Someone else may have seen this");
        await visitor.SeeHeadingAsync("Contact is stopped");
        await look("seen");
        await visitor.PressAsync("Leave it as it is now");
        await visitor.SeeAsync("Contact is stopped. A counselor sees: do not contact.");
        await visitor.SeeAsync("public log");
        await look("frozen");
        await visitor.PressAsync("Let contact go on");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Someone else may have seen this" }).WaitForAsync();
    }
}
