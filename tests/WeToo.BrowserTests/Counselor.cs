using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>The ways through the counselor's screens.</summary>
public static class Counselor
{
    public const string Name = "Inès";
    public const string Passphrase = "seven calm herons cross the lake";

    /// <summary>Accepts the invitation, makes a key and waits at an empty desk.</summary>
    public static async Task JoinAsync(Visitor visitor, Func<string, Task>? look = null)
    {
        look ??= _ => Task.CompletedTask;
        await visitor.Page.GotoAsync(visitor.Deployment.CounselorLink);
        await visitor.WriteAsync("Your name", Name);
        await visitor.WriteAsync("A long passphrase", Passphrase);
        await visitor.WriteAsync("The passphrase again", Passphrase);
        await look("desk-join");
        await visitor.PressAsync("Make my key");
        await visitor.SeeHeadingAsync("Keep a copy of your key");
        await look("desk-key");
        await visitor.PressAsync("Go to my desk");
        await visitor.SeeHeadingAsync("Nothing waits for you");
        await look("desk-empty");
    }

    /// <summary>Reads how they want to be reached, and only then sees by what.</summary>
    public static async Task<string> SeeHowAsync(Visitor visitor, string how)
    {
        Assert.DoesNotContain(how, await visitor.TextAsync(), StringComparison.Ordinal);
        await visitor.PressAsync("I have read this");
        await visitor.PressAsync("Show how to reach them");
        await visitor.SeeAsync(how);
        return await visitor.TextAsync();
    }

    /// <summary>Finds, in an open case of two that this counselor has both, that two people wrote and that they mean the same person.</summary>
    public static async Task CompareAsync(Visitor visitor)
    {
        await visitor.PressAsync("Yes, two people");
        await visitor.PressAsync("Yes, the same person");
        await visitor.SeeAsync("Both sides found that two people mean the same person.");
    }

    /// <summary>Opens the case of the author who wants to be called so, whichever of the list it is.</summary>
    public static async Task OpenCaseOfAsync(Visitor visitor, string callMe)
    {
        var cases = visitor.Page.Locator(".case");
        await cases.Nth(1).WaitForAsync(new() { Timeout = 60_000 });
        for (var i = 0; i < 2; i++)
        {
            await cases.Nth(i).ClickAsync();
            await visitor.SeeHeadingAsync("First, how to reach them");
            if ((await visitor.TextAsync()).Contains($"\n{callMe}\n", StringComparison.Ordinal)) return;

            await visitor.PressAsync("All cases");
            await cases.Nth(1).WaitForAsync();
        }

        Assert.Fail("Nobody who is called so has a case.");
    }

    /// <summary>Opens one part of an account that may be read; the one that was open closes.</summary>
    public static async Task OpenPartAsync(Visitor visitor, string part)
    {
        await visitor.PressAsync($"Open this part: {part}");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = $"Open this part: {part}", Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>Opens the desk again that was locked.</summary>
    public static async Task UnlockAsync(Visitor visitor)
    {
        await visitor.WriteAsync("Passphrase", Passphrase);
        await visitor.PressAsync("Open");
    }

    /// <summary>Makes a link for one more, on the screen of the team.</summary>
    public static async Task<string> InviteAsync(Visitor visitor)
    {
        await visitor.PressAsync("Make a link");
        var link = visitor.Page.Locator("[role=status] .digits");
        await link.WaitForAsync();
        return await link.InnerTextAsync();
    }

    /// <summary>Follows such a link, and asks to be let in.</summary>
    public static async Task AskToJoinAsync(Visitor visitor, string link, string name, string organisation)
    {
        await visitor.Page.GotoAsync(link);
        await visitor.WriteAsync("Your name", name);
        await visitor.WriteAsync("Who you work for", organisation);
        await visitor.WriteAsync("A long passphrase", Passphrase);
        await visitor.WriteAsync("The passphrase again", Passphrase);
        await visitor.PressAsync("Make my key");
        await visitor.SeeHeadingAsync("Keep a copy of your key");
        await visitor.PressAsync("Go to my desk");
    }
}
