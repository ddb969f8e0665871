using System.Globalization;
using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>O2: a counselor asks for a hold, a colleague signs it too, and the author sees both names and what they still decide alone.</summary>
public sealed class HoldWalkTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    [Fact]
    public async Task Two_sign_and_the_author_sees_who_and_until_when()
    {
        await using var tomasz = await chromium.NewVisitorAsync(deployment);
        await using var meike = await chromium.NewVisitorAsync(deployment);
        await using var ana = await chromium.NewVisitorAsync(deployment);
        await using var ben = await chromium.NewVisitorAsync(deployment);
        await Counselor.AskToJoinAsync(tomasz, deployment.CounselorLink, "Tomasz", "Aide & Droit");
        await tomasz.SeeHeadingAsync("Nothing waits for you");
        await tomasz.PressAsync("The team");
        await Counselor.AskToJoinAsync(meike, await Counselor.InviteAsync(tomasz), "Meike", "Aide & Droit");
        await tomasz.SeeAsync("Somebody asks to be let in");
        await tomasz.Page.GetByLabel("What they are here for").SelectOptionAsync("counselor");
        await tomasz.PressAsync("Propose to let them in");
        await meike.SeeHeadingAsync("Nothing waits for you");
        await tomasz.PressAsync("All cases");
        var (anasWords, bensWords) = (await Author.Ana.LockAsync(ana), await Author.Ben.LockAsync(ben));

        foreach (var each in (Visitor[])[tomasz, meike])
        {
            await each.Page.Locator(".case").WaitForAsync(new() { Timeout = 60_000 });
            await each.Page.Locator(".case").ClickAsync();
            await each.PressAsync("Yes, two people");
            await each.PressAsync("Yes, the same person");
        }

        await tomasz.SeeAsync("Both sides found that two people mean the same person.");
        var isAnas = (await tomasz.TextAsync()).Contains("\nAna\n", StringComparison.Ordinal);
        await tomasz.PressAsync("Keep it for a legal reason");
        await tomasz.SeeHeadingAsync("Keep it for a legal reason");
        var found = new List<string>();
        await EveryScreenTests.LookInEachLanguageAsync(tomasz, "desk-hold-ask", found);
        await tomasz.WriteAsync("Last day", TimeProvider.System.GetUtcNow().AddDays(90).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await tomasz.PressAsync("Sign, and ask a colleague");
        await tomasz.SeeAsync("You signed. A colleague whom this person chose must sign too");

        await meike.PressAsync("All cases");
        await meike.PressAsync("Legal holds");
        await meike.SeeHeadingAsync("Legal holds");
        await meike.SeeAsync("Asked by");
        await EveryScreenTests.LookInEachLanguageAsync(meike, "desk-holds", found);
        await meike.PressAsync("Sign it too");
        await meike.SeeAsync("Signed by Tomasz and Meike.");

        var (author, words) = isAnas ? (ana, anasWords) : (ben, bensWords);
        await Author.ComeBackAsync(author, words);
        await author.PressAsync("Show my notes");
        await author.SeeAsync("Tomasz and Meike signed that we keep this until then.");
        await author.SeeAsync("It may be needed in court.");
        await author.SeeAsync("public log");
        await EveryScreenTests.LookInEachLanguageAsync(author, "held", found);
        await HandOnAsync(tomasz, meike, author, words, isAnas ? "Ana" : "Ben", found);

        await author.PressAsync("Take it out");
        await author.SeeHeadingAsync("Take it out?");
        await author.SeeAsync("You can still take it out.");
        await author.PressAsync("Take it out");
        await author.SeeHeadingAsync("Taken out");
        await author.SeeAsync("A locked copy stays until that day, and is erased after it.");
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.All((Visitor[])[ana, ben], each => Assert.Empty(each.Complaints));
    }

    /// <summary>C5: he proposes her with a note, the author says yes, and she has both.</summary>
    private static async Task HandOnAsync(Visitor tomasz, Visitor meike, Visitor author, IReadOnlyList<string> words, string callMe, List<string> found)
    {
        await tomasz.PressAsync("All cases");
        await tomasz.Page.Locator(".case").ClickAsync();
        await NoteAsync(tomasz, found);
        await tomasz.PressAsync("Hand it on");
        await tomasz.SeeHeadingAsync("Hand this case on");
        await tomasz.SeeAsync("Called. We meet on 4 May.");
        Assert.DoesNotContain("Bring the form.", await tomasz.TextAsync(), StringComparison.Ordinal);
        await EveryScreenTests.LookInEachLanguageAsync(tomasz, "desk-hand", found);
        await tomasz.WriteAsync("From this day on", "2020-01-01");
        await tomasz.PressAsync("Propose it");
        await tomasz.SeeAsync("Write a day after today");
        await tomasz.WriteAsync("From this day on", TimeProvider.System.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await tomasz.WriteAsync("What they want", "To be heard.");
        await tomasz.WriteAsync("What not to ask again", "The lift.");
        await tomasz.PressAsync("Propose it");
        await tomasz.PressAsync("Hand it on");
        await tomasz.SeeAsync("You proposed Meike, from ");

        await Author.ComeBackAsync(author, words);
        await author.PressAsync("Show my notes");
        await author.SeeHeadingAsync("Would you write with Meike?");
        await author.SeeAsync("a short note from Tomasz");
        await author.SeeAsync("public log");
        await EveryScreenTests.LookInEachLanguageAsync(author, "handed", found);
        await author.PressAsync("Yes, that is all right");
        await author.Page.GetByText("Would you write with Meike?").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.Empty(tomasz.Complaints);
        await tomasz.PressAsync("Back to the case"); // It is not his any more, and the browser notes that there is none.
        await tomasz.PressAsync("All cases");
        await tomasz.SeeHeadingAsync("Nothing waits for you");
        await meike.PressAsync("All cases");
        await Counselor.OpenCaseOfAsync(meike, callMe);
        await meike.SeeHeadingAsync("A note for you");
        await meike.SeeAsync("To be heard.");
        await meike.SeeAsync("Their work notes stand among yours.");
        await meike.PressAsync("Notes of this case");
        var came = meike.Page.Locator(".sheet", new() { HasText = "Called. We meet on 4 May." });
        await came.GetByText("Written by Tomasz").WaitForAsync();
        Assert.DoesNotContain("Bring the form.", await meike.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("She seemed", await meike.TextAsync(), StringComparison.Ordinal);
    }

    /// <summary>He notes something, takes it back when it gives pause, and puts down a reminder that nobody else gets.</summary>
    private static async Task NoteAsync(Visitor tomasz, List<string> found)
    {
        await tomasz.PressAsync("Notes of this case");
        await tomasz.SeeHeadingAsync("Your notes of this case");
        await tomasz.Page.GetByLabel("What kind").SelectOptionAsync("self");
        await tomasz.WriteAsync("Note", "Bring the form.");
        await tomasz.PressAsync("Keep this note");
        await tomasz.SeeAsync("Deletes itself after ");
        await tomasz.WriteAsync("Note", "She seemed tired.");
        await tomasz.PressAsync("Keep this note");
        await tomasz.SeeAsync("Write what was said or done.");
        await EveryScreenTests.LookInEachLanguageAsync(tomasz, "desk-notes", found);
        await tomasz.WriteAsync("Note", "Called. We meet on 3 May.");
        await tomasz.PressAsync("Keep this note");
        var kept = tomasz.Page.Locator(".sheet", new() { HasText = "Work note" });
        await kept.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await tomasz.Page.Locator(".sheet").GetByLabel("Note", new() { Exact = true }).FillAsync("Called. We meet on 4 May.");
        await tomasz.Page.Locator(".sheet").GetByRole(AriaRole.Button, new() { Name = "Keep this note" }).ClickAsync();
        await kept.GetByText("Changed on ").WaitForAsync();
        await tomasz.PressAsync("Back to the case");
    }
}
