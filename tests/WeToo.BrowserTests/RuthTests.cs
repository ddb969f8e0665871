using System.Globalization;
using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Journey J3: Ruth has signed a settlement, waits long, takes her account out after a match; and another time loses her words.</summary>
public sealed class RuthTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private static readonly Author s_ruth = new("Ruth", "After the sales dinner he followed me to the lift.", "", "+1 614 555 0142");

    private static readonly Author s_other = new("Mary", "He did it at the trade fair too.", "", "+1 614 555 0142");

    [Fact]
    public async Task Ruth_keeps_both_ways_open_and_may_do_nothing_and_take_it_out_after_a_match()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await Counselor.JoinAsync(counselor);
        await using var visitor = await chromium.NewVisitorAsync(deployment, language: "en-US");
        var ruth = new Way(visitor, "en");
        var found = new List<string>();
        var (words, _) = await LockAsync(ruth, s_ruth);
        await using var other = await chromium.NewVisitorAsync(deployment, language: "en-US");
        var mary = new Way(other, "en");
        var (marysWords, _) = await LockAsync(mary, s_other);
        await Counselor.OpenCaseOfAsync(counselor, "Ruth");
        var card = await Counselor.SeeHowAsync(counselor, "ruth@home.example");
        Assert.Contains("Saturdays", card, StringComparison.Ordinal);
        Assert.Contains("blue kettle", card, StringComparison.Ordinal);

        // Nothing is told before the check.
        await ruth.OpenAsync(words);
        await ruth.SeeHeadingAsync("status.sealed.heading");
        await Counselor.CompareAsync(counselor);

        // One reminder after three weeks, and then quiet.
        await counselor.PressAsync("I wrote to them");
        await counselor.SeeAsync($"one reminder, on {TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(21).ToString("MMMM d, yyyy", CultureInfo.InvariantCulture)}");
        await counselor.PressAsync("I reminded them once, or they answered");
        await counselor.SeeAsync("Nothing is due now.");
        await AskToStopAsync(counselor, found);

        // J3.4: who still has the words sees what was asked without them, and goes before it.
        await ruth.OpenAsync(words);
        await visitor.SeeAsync("The counselor says that they knew your phrase.");
        await visitor.SeeAsync("public log"); // What the log says of keys comes a little later.
        await EveryScreenTests.LookInEachLanguageAsync(visitor, "status-stop-asked", found);
        await TwoCodes.AssertEvenAsync(visitor, ruth.Said("seen.now"), ruth.Said("seen.goesOn"));
        await ruth.PressAsync("seen.goesOn");
        await ruth.SeeHeadingAsync("status.opened.heading");
        await counselor.SeeAsync("They lost their words and want no contact");
        Assert.Empty(found);

        // J3.7: she reads that there is a match, says nothing, and weeks later takes it out. What is known is said first.
        await ruth.OpenAsync(words);
        await ruth.SeeHeadingAsync("status.opened.heading");
        await ruth.PressAsync("status.close");
        await ruth.OpenAsync(words);
        await ruth.PressAsync("status.withdraw");
        await ruth.SeeHeadingAsync("withdraw.heading");
        await visitor.SeeAsync("No account opens. Your account is erased here. Inès knows your name and who you named. We delete this on ");
        await ruth.SeeAsync("withdraw.date");
        await TwoCodes.AssertEvenAsync(visitor, ruth.Said("withdraw.yes"), ruth.Said("withdraw.no"), ruth.Said("withdraw.later"));
        await ruth.PressAsync("withdraw.later");
        await ruth.SeeHeadingAsync("status.opened.heading");
        await ruth.PressAsync("status.withdraw");
        await ruth.SeeHeadingAsync("withdraw.heading");
        await ruth.PressAsync("withdraw.yes");
        await ruth.SeeHeadingAsync("status.withdrawn.heading");
        await counselor.SeeHeadingAsync("They have stopped");
        Assert.DoesNotContain("ruth@home.example", await counselor.TextAsync(), StringComparison.Ordinal);

        // The other hears one sentence, and nothing of who or why.
        await mary.OpenAsync(marysWords);
        await mary.SeeHeadingAsync("status.changed.heading");
        await mary.SeeAsync("status.changed");
        Assert.DoesNotContain("Ruth", await other.TextAsync(), StringComparison.Ordinal);

        // J3.8: time limits, help and her own copy are there as before.
        await ruth.OpenAsync(words);
        await ruth.PressAsync("status.read");
        await visitor.SeeAsync("followed me to the lift");
        await visitor.PressAsync(ruth.Said("export.tap"));
        await ruth.SeeHeadingAsync("export.heading");
        await ruth.PressAsync("help.tool");
        await ruth.SeeHeadingAsync("help.heading");
        Assert.All((Visitor[])[visitor, other, counselor], each => Assert.Empty(each.Strangers));
        Assert.All((Visitor[])[visitor, other, counselor], each => Assert.Empty(each.Complaints));
    }

    [Fact]
    public async Task Ruth_loses_both_codes_writes_again_and_says_so_to_the_counselor_alone()
    {
        await using var own = new Deployment();
        await own.InitializeAsync();
        await using var counselor = await chromium.NewVisitorAsync(own);
        await Counselor.JoinAsync(counselor);
        await using var visitor = await chromium.NewVisitorAsync(own, language: "en-US");
        var ruth = new Way(visitor, "en");
        var again = s_ruth with { Phone = "+1 614 555 0177" };
        var (lostWords, _) = await LockAsync(ruth, again);

        // J3.4: no reset. What still works is said, and no more than that.
        await ruth.ArriveAsync();
        await ruth.PressAsync("before.return");
        await ruth.PressAsync("lost.tap");
        foreach (var said in (string[])["lost.text", "lost.match", "lost.reach", "lost.stop", "lost.asked", "lost.again"]) await ruth.SeeAsync(said);
        await ruth.PressAsync("stop.have");
        await ruth.WriteAsync("stop.label", "0000-0000-0000");
        await ruth.PressAsync("stop.open");
        await ruth.SeeAsync("stop.wrong");

        // J3.5, J3.6: she writes again. Nothing that leaves the device in the clear says so; the counselor sees it before all else.
        var sent = new List<string>();
        visitor.Page.Request += (_, request) => sent.Add(request.PostData ?? "");
        var (usedWords, _) = await LockAsync(ruth, again, before: true);
        Assert.DoesNotContain(sent, body => body.Contains("duplicate", StringComparison.OrdinalIgnoreCase));
        var warnings = new List<int>();
        for (var i = 0; i < 2; i++)
        {
            var cases = counselor.Page.Locator(".case");
            await cases.Nth(1).WaitForAsync(new() { Timeout = 60_000 });
            await cases.Nth(i).ClickAsync();
            await counselor.SeeHeadingAsync("First, how to reach them");
            await counselor.SeeAsync("blue kettle");
            warnings.Add(await counselor.Page.GetByText("they may have named this person here before").CountAsync());
            if (i == 0) await counselor.PressAsync("All cases");
        }

        Assert.Equal([0, 1], warnings.Order());

        // J3.6: by phone she says which words she has. It was one person: nothing is announced, and the older date stays hers.
        await counselor.PressAsync(warnings[1] == 1 ? "No, one person. They use this one now" : "No, one person. They use the other one now");
        await counselor.SeeAsync("This is not here.");
        await counselor.PressAsync("All cases");
        await counselor.SeeHeadingAsync("Nothing waits for you");
        await ruth.OpenAsync(usedWords);
        await ruth.SeeHeadingAsync("status.sealed.heading");
        await visitor.SeeAsync("You wrote about this before, on ");
        await ruth.OpenAsync(lostWords);
        await ruth.SeeHeadingAsync("status.joined.heading");
        await ruth.SeeAsync("status.joined");
    }

    /// <summary>J3.4: she has lost both codes and wants no contact. Her plan's way and its phrase are asked for, and nothing stops at once.</summary>
    private static async Task AskToStopAsync(Visitor counselor, List<string> found)
    {
        await counselor.Page.GetByText("They lost their words and want no contact").ClickAsync();
        await counselor.SeeAsync("in the way of the plan above and in no other");
        var ask = counselor.Page.GetByRole(AriaRole.Button, new() { Name = "Stop contact in 72 hours" });
        foreach (var point in (string[])["I reached them in the way of their plan", "They said the phrase of their plan", "I told them, in the same way, that contact stops in 72 hours"])
        {
            Assert.True(await ask.IsDisabledAsync());
            await counselor.Page.GetByLabel(point).CheckAsync();
        }

        await ask.ClickAsync();
        await counselor.SeeAsync("Once it has stopped, only the words let it go on.");
        await EveryScreenTests.LookInEachLanguageAsync(counselor, "desk-stop-asked", found);
    }

    /// <summary>J3.1 to J3.3.</summary>
    private static async Task<(IReadOnlyList<string> Words, string Stop)> LockAsync(Way ruth, Author author, bool before = false)
    {
        await ruth.ReachKeepAsync(device: "no", age: "adult", signed: "yes");
        await ruth.PressAsync("keep.no");
        await ruth.PressAsync("next");
        await ruth.WriteAsync("write.label", author.Words);
        await ruth.PressAsync("next");
        await ruth.PressAsync("room.when");
        var today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
        await ruth.WriteAsync("room.when.label", today.AddDays(-210).ToString("MMMM d, yyyy", CultureInfo.InvariantCulture));
        await ruth.PressAsync("room.done");
        await ruth.PressAsync("rooms.next");
        await ruth.SeeHeadingAsync("deadlines.heading");
        await ruth.Field("deadlines.country").SelectOptionAsync("US");
        var limits = await ruth.Visitor.Page.Locator(".limits").InnerTextAsync();
        Assert.Contains("180 days: passed.", limits, StringComparison.Ordinal);
        Assert.Contains($"300 days: until {today.AddDays(90).ToString("MMMM d, yyyy", CultureInfo.InvariantCulture)}", limits, StringComparison.Ordinal);
        await ruth.SeeAsync("deadlines.guide");
        await ruth.Visitor.SeeAsync("You do not have to wait.");
        await ruth.PressAsync("next");

        await ruth.WriteAsync("reach.name", author.CallMe);
        await ruth.WriteAsync("reach.how", "ruth@home.example");
        await ruth.WriteAsync("reach.times", "Saturdays");
        await ruth.WriteAsync("reach.say", "You say: blue kettle.");
        await ruth.PressAsync("next");
        await ruth.SeeHeadingAsync("name.heading");
        await ruth.NameByPhoneAsync(author.Phone);
        if (before)
        {
            await ruth.TapAsync("name.notes");
            await ruth.TapAsync("name.before");
        }

        await ruth.PressAsync("next");
        await ruth.SeeHeadingAsync("number.heading");
        await ruth.PressAsync("next");
        return await ruth.LockAsync("C3.yes", "C4.yes", "lost.yes", "C5.no", "C10.no");
    }
}
