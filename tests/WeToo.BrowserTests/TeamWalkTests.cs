namespace WeToo.BrowserTests;

/// <summary>A team grows by the word of those who are on it, and an author sees that it did (O1; J4, step 4).</summary>
public sealed class TeamWalkTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    [Fact]
    public async Task A_team_grows_by_two_and_shrinks_by_two_and_authors_see_it()
    {
        await using var ines = await chromium.NewVisitorAsync(deployment);
        await using var tomasz = await chromium.NewVisitorAsync(deployment);
        await using var dana = await chromium.NewVisitorAsync(deployment);
        await using var ana = await chromium.NewVisitorAsync(deployment);
        var found = new List<string>();
        await Counselor.JoinAsync(ines);
        var words = await Author.Ana.LockAsync(ana);

        // The second is let in by the first alone: there is nobody else yet.
        await ines.PressAsync("The team");
        await ines.SeeAsync("On the team now");
        await Counselor.AskToJoinAsync(tomasz, await Counselor.InviteAsync(ines), "Tomasz", "Aide & Droit");
        await tomasz.SeeAsync("Two people must let you in");
        await EveryScreenTests.LookInEachLanguageAsync(tomasz, "desk-candidate", found);
        await ines.SeeAsync("Somebody asks to be let in");
        Assert.Equal(await tomasz.Page.Locator(".digits").InnerTextAsync(), await ines.Page.Locator(".sheet .digits").First.InnerTextAsync());
        await EveryScreenTests.LookInEachLanguageAsync(ines, "desk-team", found);
        await ines.PressAsync("Propose to let them in");
        await tomasz.SeeAsync("Nothing waits for you");

        // The third by two.
        await Counselor.AskToJoinAsync(dana, await Counselor.InviteAsync(ines), "Dana", "Aide & Droit");
        await ines.SeeAsync("Somebody asks to be let in");
        await ines.Page.GetByLabel("What they are here for").SelectOptionAsync("coordinator");
        await ines.PressAsync("Propose to let them in");
        await ines.SeeAsync("You agreed. One more person must.");
        await dana.SeeAsync("Two people must let you in");
        await tomasz.PressAsync("The team");
        await tomasz.SeeAsync("Somebody proposes a change");
        await tomasz.SeeAsync("Shares out the work. Opens nothing");
        await EveryScreenTests.LookInEachLanguageAsync(tomasz, "desk-team-proposal", found);
        await tomasz.PressAsync("Agree");
        await dana.SeeAsync("Nothing waits for you");

        // Whoever wrote before is told.
        await Author.ComeBackAsync(ana, words);
        await ana.PressAsync("Show my notes");
        await ana.SeeAsync("The team changed on ");
        await ana.SeeAsync("Dana");
        await ana.SeeAsync("public log");
        await EveryScreenTests.LookInEachLanguageAsync(ana, "team-changed", found);
        await ana.PressAsync("Everybody who could see something");
        await ana.SeeHeadingAsync("Who could open or see anything");
        await ana.SeeAsync("Keeper 1 on this machine");
        await EveryScreenTests.LookInEachLanguageAsync(ana, "team", found);
        await ana.PressAsync("Back");
        await ana.PressAsync("I have seen this");
        await ana.Page.GetByText("The team changed on ").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });

        // A lost device: two colleagues give the key back, still under its passphrase.
        await ines.PressAsync("Put my key by with them");
        await ines.SeeAsync("your colleagues have a part each");
        await EveryScreenTests.LookInEachLanguageAsync(ines, "desk-team-key", found);
        await using var anew = await chromium.NewVisitorAsync(deployment);
        await anew.Page.GotoAsync(new Uri(deployment.Vault, "desk").ToString());
        await anew.PressAsync("I lost my key");
        await anew.SeeHeadingAsync("I lost my key");
        await anew.Page.GetByLabel("Who are you?").SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Label = Counselor.Name });
        await EveryScreenTests.LookInEachLanguageAsync(anew, "desk-lost-key", found);
        await anew.PressAsync("Ask my colleagues");
        await anew.SeeHeadingAsync("Call two of your colleagues");
        await EveryScreenTests.LookInEachLanguageAsync(anew, "desk-lost-waiting", found);
        await dana.PressAsync("The team");
        await ines.SeeAsync("Somebody asks for your key");
        await tomasz.SeeAsync("Somebody says that they lost their key");
        await EveryScreenTests.LookInEachLanguageAsync(tomasz, "desk-lost-asked", found);
        foreach (var colleague in (Visitor[])[tomasz, dana])
        {
            await colleague.SeeAsync("Somebody says that they lost their key");
            Assert.Equal(await anew.Page.Locator(".digits").InnerTextAsync(), await colleague.Page.Locator(".sheet .digits").First.InnerTextAsync());
            await colleague.Page.BringToFrontAsync(); // A page that nobody looks at draws seldom.
            await colleague.PressAsync("Give my part");
            await colleague.SeeAsync("You gave your part.");
        }

        await anew.SeeHeadingAsync("Your key is back on this device");
        await EveryScreenTests.LookInEachLanguageAsync(anew, "desk-lost-back", found);
        await anew.PressAsync("Open your desk");
        await anew.WriteAsync("Passphrase", Counselor.Passphrase);
        await anew.PressAsync("Open");
        await anew.SeeAsync("Nothing waits for you");
        await ines.PressAsync("Turn down");

        // Off it by two.
        await tomasz.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Take off the team" }).Last.ClickAsync();
        await tomasz.SeeHeadingAsync("Take this person off the team?");
        await tomasz.SeeAsync("Dana");
        await EveryScreenTests.LookInEachLanguageAsync(tomasz, "desk-team-off", found);
        await tomasz.PressAsync("Propose it");
        await ines.SeeAsync("Leaves");
        await ines.PressAsync("Agree");
        await dana.SeeAsync("Two people must let you in");
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.All((Visitor[])[ines, ana], visitor => Assert.Empty(visitor.Complaints));
    }
}
