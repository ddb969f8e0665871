namespace WeToo.BrowserTests;

/// <summary>X5: two who named the same person meet once each has said yes twice.</summary>
public sealed class MeetTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    [Fact]
    public async Task Two_get_each_others_words_after_the_fourth_yes_and_nothing_before()
    {
        var found = new List<string>();
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await using var ana = await chromium.NewVisitorAsync(deployment);
        await using var ben = await chromium.NewVisitorAsync(deployment);
        await Counselor.JoinAsync(counselor);
        var (anasWords, _) = await TwoCodes.LockAsync(Author.Ana, ana);
        var (bensWords, _) = await TwoCodes.LockAsync(Author.Ben, ben);
        await Counselor.OpenCaseOfAsync(counselor, "Ana");
        await Counselor.CompareAsync(counselor);

        // The first yes of each. Nobody is told of the other's before counselors have spoken with both.
        foreach (var (visitor, words) in ((Visitor, IReadOnlyList<string>)[])[(ana, anasWords), (ben, bensWords)])
        {
            await OpenAsync(visitor, words);
            await TwoCodes.AssertEvenAsync(visitor, "I would like to", "Not now");
            await visitor.PressAsync("I would like to");
            await visitor.SeeAsync("You said that you would like to.");
        }

        await EveryScreenTests.LookInEachLanguageAsync(ben, "meet-asked", found);
        await counselor.SeeHeadingAsync("They would like to meet the others");
        await EveryScreenTests.LookInEachLanguageAsync(counselor, "desk-meet", found);
        await SpeakAsync(counselor);
        await OpenAsync(ana, anasWords);
        await ana.SeeAsync("You said that you would like to.");
        await counselor.PressAsync("All cases");
        await Counselor.OpenCaseOfAsync(counselor, "Ben");
        await SpeakAsync(counselor);

        // The second yes, after what it can mean for evidence. Ben waits for Ana's.
        await GiveAsync(ben, bensWords, found, "Ben", "ben@new.example");
        await ben.SeeAsync("You have said yes twice.");
        await OpenAsync(ana, anasWords);
        await ana.SeeHeadingAsync("Before you say yes again");
        Assert.DoesNotContain("ben@new.example", await ana.TextAsync(), StringComparison.Ordinal);
        await GiveAsync(ana, anasWords, null, "Ana", "ana@new.example");
        await ana.SeeHeadingAsync("You have both said yes twice");
        await ana.SeeAsync("ben@new.example");
        await EveryScreenTests.LookInEachLanguageAsync(ana, "meet-both", found);
        await OpenAsync(ben, bensWords);
        await ben.SeeAsync("ana@new.example");
        Assert.DoesNotContain("@new.example", await counselor.TextAsync(), StringComparison.Ordinal);

        // Taken back, it is gone for the other too.
        await ben.PressAsync("Take it back");
        await ben.SeeAsync("I would like to");
        await OpenAsync(ana, anasWords);
        await ana.SeeAsync("You said that you would like to.");
        Assert.DoesNotContain("ben@new.example", await ana.TextAsync(), StringComparison.Ordinal);
        Assert.Empty(found);
        Assert.All((Visitor[])[ana, ben, counselor], each => Assert.Empty(each.Complaints));
    }

    private static async Task OpenAsync(Visitor visitor, IReadOnlyList<string> words)
    {
        await Author.ComeBackAsync(visitor, words);
        await visitor.PressAsync("Show my notes");
        await visitor.PressAsync("Meet the others");
        await visitor.SeeHeadingAsync("Meet who named the same person");
    }

    private static async Task SpeakAsync(Visitor counselor)
    {
        await counselor.PressAsync("We have talked about it");
        await counselor.SeeAsync("You have said that you talked about it.");
    }

    private static async Task GiveAsync(Visitor visitor, IReadOnlyList<string> words, List<string>? found, string name, string how)
    {
        await OpenAsync(visitor, words);
        await visitor.SeeHeadingAsync("Before you say yes again");
        await visitor.SeeAsync("The counselor Inès has talked with them.");
        await visitor.SeeAsync("We do not know who the other is.");
        if (found is not null) await EveryScreenTests.LookInEachLanguageAsync(visitor, "meet-second", found);
        await TwoCodes.AssertEvenAsync(visitor, "Yes, give them this", "Not now");
        await visitor.PressAsync("Yes, give them this");
        await visitor.SeeAsync("Say how they can reach you.");
        await visitor.Page.GetByLabel("What they may call you").FillAsync(name);
        await visitor.Page.GetByLabel("How they can reach you").FillAsync(how);
        await visitor.PressAsync("Yes, give them this");
    }
}
