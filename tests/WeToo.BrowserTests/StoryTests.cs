using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>The whole of it, with real processes: people who never met, and a counselor, each in a browser of their own.</summary>
public sealed class StoryTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    [Fact]
    public async Task Two_people_who_spell_the_same_person_differently_meet_and_each_decides()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await using var ana = await chromium.NewVisitorAsync(deployment);
        await using var ben = await chromium.NewVisitorAsync(deployment);
        await Counselor.JoinAsync(counselor);
        var words = await Author.Ana.LockAsync(ana);
        await Author.Ben.LockAsync(ben);

        // The match arrives by itself: code-names, then a contact card, and no account.
        await Counselor.OpenCaseOfAsync(counselor, "Ana");
        var card = await Counselor.SeeHowAsync(counselor, "06 00 00 00 00");
        Assert.Contains("Phone +33 6 12 34 56 78", card, StringComparison.Ordinal);
        Assert.DoesNotContain("spring", card, StringComparison.Ordinal);
        await Counselor.CompareAsync(counselor);
        await counselor.SeeHeadingAsync("Waiting for their yes");

        // Ana comes back, reads what she wrote, and says yes.
        await Author.ComeBackAsync(ana, words);
        await ana.SeeHeadingAsync("Your notes are locked");
        Assert.DoesNotContain("spring", await ana.TextAsync(), StringComparison.Ordinal);
        await ana.PressAsync("Show my notes");
        await ana.SeeHeadingAsync("Someone else named the same person");
        await ana.PressAsync("Read my own account");
        await ana.SeeAsync("It began in spring");
        await ana.PressAsync("Back to my notes");
        await ana.PressAsync("Yes, they may read it");
        await ana.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^(You said yes|A counselor can read your account)$") }).WaitForAsync();

        // The counselor reads it, and only when asking for it.
        await counselor.SeeHeadingAsync("Their account");
        Assert.DoesNotContain("spring", await counselor.TextAsync(), StringComparison.Ordinal);
        await Counselor.OpenPartAsync(counselor, "In your words");
        await counselor.SeeAsync("He stayed behind at the end of meetings.");

        // Ana takes it out, and it is gone from the desk.
        await Author.ComeBackAsync(ana, words);
        await ana.PressAsync("Show my notes");
        await ana.PressAsync("Take it out");
        await ana.SeeHeadingAsync("Take it out?");
        await ana.PressAsync("Take it out");
        await ana.SeeHeadingAsync("Taken out");
        await counselor.SeeHeadingAsync("They have stopped");
        Assert.DoesNotContain("meetings", await counselor.TextAsync(), StringComparison.Ordinal);

        foreach (var visitor in (Visitor[])[counselor, ana, ben])
        {
            Assert.Empty(visitor.Strangers);
            Assert.Empty(visitor.Complaints);
        }
    }
}
