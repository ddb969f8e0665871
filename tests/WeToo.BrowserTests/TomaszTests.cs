using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Journey J4: the day of Tomasz, a counselor, to whom a case comes that names his colleague Dana; and of Ines, who stands outside the team and takes it on.</summary>
public sealed class TomaszTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private const string DanasPhone = "+33 6 21 43 65 87";

    private static readonly Author s_sam = new("Sam", "Dana closed the door and would not let me go.", "", DanasPhone);

    private static readonly Author s_lou = new("Lou", "She did it at the winter party.", "", DanasPhone);

    [Fact]
    public async Task Tomasz_gives_back_a_case_about_his_colleague_and_somebody_outside_takes_it_on_until_the_author_stops()
    {
        await using var tomasz = await chromium.NewVisitorAsync(deployment);
        await using var dana = await chromium.NewVisitorAsync(deployment);
        await using var meike = await chromium.NewVisitorAsync(deployment);
        await using var ines = await chromium.NewVisitorAsync(deployment);
        await GatherAsync(tomasz, dana, meike, ines);
        var danasDay = await dana.TextAsync();

        await using var sam = await chromium.NewVisitorAsync(deployment, language: "en-US");
        await using var lou = await chromium.NewVisitorAsync(deployment, language: "en-US");
        var words = new Dictionary<string, IReadOnlyList<string>> { ["Sam"] = await s_sam.LockAsync(sam), ["Lou"] = await s_lou.LockAsync(lou) };

        // J4.1: Monday. A code-name and what is owed until when; no text, no names.
        var case1 = tomasz.Page.Locator(".case");
        await case1.WaitForAsync(new() { Timeout = 60_000 });
        var queue = await tomasz.TextAsync();
        Assert.Contains("First message by ", queue, StringComparison.Ordinal);
        Assert.DoesNotContain("Dana", queue, StringComparison.Ordinal);
        Assert.All(words.Keys, name => Assert.DoesNotContain(name, queue, StringComparison.Ordinal));
        var owed = await case1.Locator(".clock", new() { HasText = "First message by" }).InnerTextAsync();

        // J4.2, J4.3: he sees whom it is about, and gives it back. No reason is asked, and it is gone.
        await case1.ClickAsync();
        await tomasz.SeeAsync("6 21 43 65 87");
        var mine = (await tomasz.TextAsync()).Contains("\nSam\n", StringComparison.Ordinal) ? "Sam" : "Lou";
        var (author, other) = mine == "Sam" ? (sam, lou) : (lou, sam);
        await tomasz.Page.GetByText("I should not handle this").ClickAsync();
        await tomasz.PressAsync("Give it back now");
        await tomasz.SeeAsync("Nothing waits for you");

        // With one colleague left it goes outside the team, and what was owed is owed by the same day.
        var taken = ines.Page.Locator(".case");
        await taken.WaitForAsync(new() { Timeout = 60_000 });
        Assert.Equal(owed, await taken.Locator(".clock", new() { HasText = "First message by" }).InnerTextAsync());
        await taken.ClickAsync();
        await ines.SeeHeadingAsync("First, how to reach them");
        await ines.SeeAsync("Say you call from the library.");

        // J4.4: she and Meike, who has the other case, compare; then she writes.
        Assert.Equal(0, await ines.Page.GetByText("I wrote to them").CountAsync());
        await meike.Page.Locator(".case").ClickAsync();
        foreach (var each in (Visitor[])[ines, meike])
        {
            await each.PressAsync("Yes, two people");
            await each.PressAsync("Yes, the same person");
        }

        await ines.SeeAsync("Both sides found that two people mean the same person.");
        await ines.PressAsync("I wrote to them");
        await ines.Page.GetByText("First message by").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await NoteAsync(ines);

        // J4.6: the author knows who has it, and says yes.
        await Author.ComeBackAsync(author, words[mine]);
        await author.PressAsync("Show my notes");
        await author.SeeHeadingAsync("Someone else named the same person");
        await author.PressAsync("Yes, they may read it");
        var told = (mine == "Sam" ? s_sam : s_lou).Words;
        await ines.SeeAsync("Each part is closed until you open it.");
        Assert.DoesNotContain(told, await ines.TextAsync(), StringComparison.Ordinal);
        await Counselor.OpenPartAsync(ines, "In your words");
        await ines.SeeAsync(told);
        await Counselor.OpenPartAsync(ines, "When");
        Assert.DoesNotContain(told, await ines.TextAsync(), StringComparison.Ordinal); // One part at a time.

        // J4.6, J4.9: enough for today. All closes, nothing turns late, and how to let go of it is said.
        await ines.PressAsync("Enough for today");
        await ines.SeeHeadingAsync("Before you go on");
        await ines.SeeAsync("Nothing new comes to you before ");
        await Author.ComeBackAsync(author, words[mine]);
        await author.PressAsync("Show my notes");
        await author.SeeHeadingAsync("Who opened it");
        await author.SeeAsync("Ines opened In your words · When");
        await author.SeeAsync("Outside the team, for when it is about the team");
        await ines.PressAsync("Open your desk");
        await Counselor.UnlockAsync(ines);
        await ines.Page.Locator(".case", new() { HasText = "You stopped here on " }).ClickAsync();
        await ines.SeeAsync("Next is: Where.");
        Assert.DoesNotContain(told, await ines.TextAsync(), StringComparison.Ordinal);
        await Counselor.OpenPartAsync(ines, "In your words");
        await ines.SeeAsync(told);

        // J4.7: they change their mind. What is open closes while it is read; the other side hears one sentence.
        await Author.ComeBackAsync(author, words[mine]);
        await author.PressAsync("Show my notes");
        await author.SeeHeadingAsync("A counselor can read your account");
        await author.PressAsync("Take it out");
        await author.SeeHeadingAsync("Take it out?");
        await author.SeeAsync("Ines");
        await author.PressAsync("Take it out");
        await author.SeeHeadingAsync("Taken out");
        await ines.SeeHeadingAsync("They have stopped");
        Assert.DoesNotContain((mine == "Sam" ? s_sam : s_lou).Words, await ines.TextAsync(), StringComparison.Ordinal);
        await ines.SeeAsync("If you kept notes elsewhere, erase them by ");
        await ines.SeeAsync("What you noted here is erased. These days are left:");
        await ines.SeeAsync("Days on which you opened parts of the account");
        await meike.SeeHeadingAsync("The situation has changed");
        await Author.ComeBackAsync(other, words[mine == "Sam" ? "Lou" : "Sam"]);
        await other.PressAsync("Show my notes");
        await other.SeeHeadingAsync("The situation has changed.");
        Assert.DoesNotContain(mine, await other.TextAsync(), StringComparison.Ordinal);

        // J4.3, J4.5: all this while Dana's desk said what it said before, and so it does when she opens it anew.
        Assert.Equal(danasDay, await dana.TextAsync());
        await dana.PressAsync("Lock my desk");
        await dana.WriteAsync("Passphrase", Counselor.Passphrase);
        await dana.PressAsync("Open");
        await dana.SeeHeadingAsync("Nothing waits for you");
        Assert.Equal(danasDay, await dana.TextAsync());
        Visitor[] all = [tomasz, dana, meike, ines, sam, lou];
        Assert.All(all, each => Assert.Empty(each.Strangers));
        Assert.All((Visitor[])[tomasz, sam, lou], each => Assert.Empty(each.Complaints));
    }

    /// <summary>She notes what was agreed, in few words.</summary>
    private static async Task NoteAsync(Visitor ines)
    {
        await ines.PressAsync("Notes of this case");
        await ines.SeeHeadingAsync("Your notes of this case");
        await ines.SeeAsync("Nothing is noted yet.");
        await ines.WriteAsync("Note", "Wrote to them. Again on Friday.");
        await ines.PressAsync("Keep this note");
        await ines.Page.Locator(".sheet", new() { HasText = "Again on Friday." }).WaitForAsync();
        await ines.PressAsync("Back to the case");
        await ines.SeeAsync("Both sides found that two people mean the same person.");
    }

    /// <summary>A team of three with somebody outside it. Dana has named herself, as everybody does who joins.</summary>
    private static async Task GatherAsync(Visitor tomasz, Visitor dana, Visitor meike, Visitor ines)
    {
        await Counselor.AskToJoinAsync(tomasz, tomasz.Deployment.CounselorLink, "Tomasz", "Aide & Droit");
        await tomasz.SeeHeadingAsync("Nothing waits for you");
        await tomasz.PressAsync("The team");
        await LetInAsync(tomasz, null, dana, "Dana", "Aide & Droit", "counselor");
        await LetInAsync(tomasz, dana, meike, "Meike", "Aide & Droit", "counselor");
        await LetInAsync(tomasz, dana, ines, "Ines", "Refuge", "ombuds");
        await tomasz.PressAsync("All cases");

        await dana.PressAsync("Name myself");
        await dana.SeeHeadingAsync("Your own names and numbers");
        await dana.WriteAsync("Their phone number", DanasPhone);
        await dana.Page.Locator(".readback").WaitForAsync();
        await dana.WriteAsync("Type the number again", DanasPhone);
        await dana.PressAsync("Yes, add it");
        await dana.SeeHeadingAsync("These are yours");
        await dana.PressAsync("Lock them in");
        await dana.SeeHeadingAsync("On the team now");
        await dana.PressAsync("All cases");
        await dana.SeeHeadingAsync("Nothing waits for you");
    }

    private static async Task LetInAsync(Visitor first, Visitor? second, Visitor who, string name, string organisation, string role)
    {
        await Counselor.AskToJoinAsync(who, await Counselor.InviteAsync(first), name, organisation);
        await first.SeeAsync("Somebody asks to be let in");
        await first.Page.GetByLabel("What they are here for").SelectOptionAsync(role);
        await first.PressAsync("Propose to let them in");
        if (second is not null)
        {
            await first.SeeAsync("You agreed. One more person must.");
            if (await second.Page.Locator("h1").InnerTextAsync() != "The team") await second.PressAsync("The team");
            await second.SeeAsync("Somebody proposes a change");
            await second.PressAsync("Agree");
        }

        await who.SeeHeadingAsync("Nothing waits for you");
        await first.Page.Locator(".members", new() { HasText = name }).WaitForAsync();
    }
}
