namespace WeToo.BrowserTests;

/// <summary>A walk over the screens beside the way: before anything is written, in the rooms, and of who takes a copy or steps away.</summary>
internal static class AsideTour
{
    internal static async Task WalkAsync(Visitor ana, Func<string, Task> look)
    {
        await LookAsideAtFirstAsync(ana, look);
        await Author.BeginKeepingAsync(ana, screen => screen == "keep-words" ? LookAtKeepingAsync(ana, look) : Task.CompletedTask);
        await ana.WriteAsync("What happened", "It began in spring, after the team moved.");
        await ana.PressAsync("Continue");
        await LookIntoRoomsAsync(ana, look);
        await TakeCopiesAsync(ana, look);
        await ana.PressAsync("Help");
        await ana.SeeHeadingAsync("People to talk to");
        await look("help");
        await ana.PressAsync("Back to where I was");
        await ana.SeeHeadingAsync("Your account");
        await ana.PressAsync("Lock");
        await ana.SeeHeadingAsync("Your ten words");
        await look("page-locked");

        await Author.BeginAsync(ana, async screen =>
        {
            if (screen == "keep-nothing") await ana.WriteAsync("A code to come back to this page", "2468");
        });
        await ana.PressAsync("Lock");
        await ana.SeeAsync("Type your code to go on.");
        await look("page-locked-code");
    }

    private static async Task LookAsideAtFirstAsync(Visitor ana, Func<string, Task> look)
    {
        await ana.Page.GotoAsync(ana.Deployment.Vault.ToString());
        await ana.PressAsync("What others may see");
        await ana.PressAsync("Print the rooms on paper");
        await ana.SeeHeadingAsync("On paper");
        await look("paper");
        await ana.PressAsync("Back");
        await ana.PressAsync("Erase from this device");
        await ana.SeeHeadingAsync("Erase from this device");
        await look("erase");
    }

    private static async Task LookAtKeepingAsync(Visitor ana, Func<string, Task> look)
    {
        await look("keep-words");
        await ana.Page.GetByText("A second set of words").ClickAsync();
        await ana.PressAsync("Make a second set");
        await ana.SeeAsync("These ten words open an empty notebook on this device.");
        await look("second-words");
        await ana.PressAsync("I have them");
        await ana.PressAsync("Other ways to keep it");
        await ana.PressAsync("Open it with this device's lock");
        await ana.SeeHeadingAsync("Open it with this device's lock");
        await look("device-lock");
        await ana.PressAsync("Not now");
        await ana.PressAsync("Back");
        await ana.SeeHeadingAsync("Your ten words");
    }

    private static async Task LookIntoRoomsAsync(Visitor ana, Func<string, Task> look)
    {
        foreach (var (room, name) in ((string, string)[])
            [("When", "when"), ("Where", "where"), ("Who did it", "who"), ("Who else", "others"), ("What there is", "things"), ("Since then", "since"), ("What you want", "wants")])
        {
            await ana.PressAsync(room);
            await ana.SeeHeadingAsync(room);
            if (name == "when") await ana.WriteAsync("When it was", "around May 2019");
            if (name == "things") await ana.PressAsync("Add a file");
            await look($"room-{name}");
            if (name == "things") await LookAtVoiceAsync(ana, look);
            await ana.PressAsync("Done");
        }
    }

    private static async Task LookAtVoiceAsync(Visitor ana, Func<string, Task> look)
    {
        await ana.PressAsync("Record your voice");
        await ana.SeeHeadingAsync("Tell it aloud");
        await look("voice");
        await ana.PressAsync("Not now");
    }

    private static async Task TakeCopiesAsync(Visitor ana, Func<string, Task> look)
    {
        await ana.PressAsync("Take a copy");
        await ana.SeeHeadingAsync("Take a copy");
        await look("copy");
        await ana.PressAsync("My full record");
        await ana.SeeHeadingAsync("Do you know where this file will go?");
        await look("copy-where");
        await ana.PressAsync("Yes, I know");
        await ana.Page.Locator("ol.words").WaitForAsync();
        await look("copy-words");
        await ana.PressAsync("Back");
        await ana.PressAsync("A copy to share");
        await look("copy-share");
        await ana.Page.GetByLabel("A lawyer").CheckAsync();
        await ana.Page.GetByLabel("In your words").CheckAsync();
        await ana.PressAsync("Continue");
        await ana.SeeHeadingAsync("Black out lines");
        await look("copy-black");
        await ana.PressAsync("Continue");
        await ana.PressAsync("Yes, I know");
        await ana.SeeHeadingAsync("Your copy is ready");
        await look("copy-ready");
        for (var back = 0; await ana.Page.Locator("h1").InnerTextAsync() != "Your account" && back < 6; back++) await ana.PressAsync("Back");
        await ana.SeeHeadingAsync("Your account");
    }
}
