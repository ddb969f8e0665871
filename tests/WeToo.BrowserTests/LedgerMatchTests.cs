namespace WeToo.BrowserTests;

/// <summary>After a match: stopping contact, taking out, and what each of the others learns (M6, M7, X3, J3).</summary>
public sealed class LedgerMatchTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    [Fact]
    public async Task The_stop_code_stops_contact_and_takes_out_and_shows_no_text_and_an_author_who_withdraws_after_a_match_learns_what_is_known()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await using var ana = await chromium.NewVisitorAsync(deployment);
        await using var ben = await chromium.NewVisitorAsync(deployment);
        await Counselor.JoinAsync(counselor);
        var (anasWords, anasStop) = await TwoCodes.LockAsync(Author.Ana, ana);
        var (bensWords, bensStop) = await TwoCodes.LockAsync(Author.Ben, ben);
        await Counselor.OpenCaseOfAsync(counselor, "Ana");
        await Counselor.CompareAsync(counselor);

        // Ana fears that somebody read her words. From any device, the stop code stops contact: the desk knows at once.
        await TwoCodes.EnterStopAsync(ana, anasStop.ToLowerInvariant().Replace('-', ' '));
        await ana.SeeHeadingAsync("What should stop?");
        var shown = await ana.TextAsync();
        Assert.DoesNotContain("spring", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("+33", shown, StringComparison.Ordinal);
        await ana.PressAsync("Stop contact");
        await ana.SeeHeadingAsync("Contact is stopped");
        await counselor.SeeHeadingAsync("Do not contact");
        Assert.DoesNotContain("06 00 00 00 00", await counselor.TextAsync(), StringComparison.Ordinal);

        // Only her words let it go on.
        await Author.ComeBackAsync(ana, anasWords);
        await ana.PressAsync("Show my notes");
        await ana.SeeAsync("Contact is stopped. A counselor sees: do not contact.");
        await ana.PressAsync("Let contact go on");
        await counselor.SeeHeadingAsync("First, how to reach them");

        // One press on her own page stops it again, and offers to take it out.
        await ana.PressAsync("Someone else may have seen this");
        await ana.SeeHeadingAsync("Contact is stopped");
        await counselor.SeeHeadingAsync("Do not contact");
        await ana.PressAsync("Leave it as it is now");
        await ana.SeeHeadingAsync("Your notes"); // Both screens have a button that is called so.
        await ana.PressAsync("Take it out");
        await ana.SeeHeadingAsync("Take it out?");
        var before = await ana.TextAsync();
        Assert.Contains("Inès knows your name and who you named. We delete this on ", before, StringComparison.Ordinal);
        Assert.Contains("they hear only this: \"The situation has changed.", before, StringComparison.Ordinal);
        await TwoCodes.AssertEvenAsync(ana, "Take it out", "Keep it", "Decide later");
        await ana.PressAsync("Decide later");
        await ana.PressAsync("Take it out");
        await ana.SeeHeadingAsync("Take it out?");
        await ana.PressAsync("Take it out");
        await ana.SeeHeadingAsync("Taken out");
        var after = await ana.TextAsync();
        Assert.Contains("A mark that something was taken out stays, with no content.", after, StringComparison.Ordinal);
        Assert.Contains("We know your name and who you named. We delete this on ", after, StringComparison.Ordinal);
        await counselor.SeeHeadingAsync("They have stopped");
        await counselor.SeeAsync("If you kept notes elsewhere, erase them by ");

        // Ben learns that something changed, and no more. Then he takes his out with the stop code alone.
        await Author.ComeBackAsync(ben, bensWords);
        await ben.PressAsync("Show my notes");
        await ben.SeeHeadingAsync("The situation has changed.");
        await ben.SeeAsync("You can still talk to us, and nothing you have done is lost.");
        var bens = await ben.TextAsync();
        foreach (var said in (string[])["withdr", "taken out", "took", "Someone else named", "May the counselor"]) Assert.DoesNotContain(said, bens, StringComparison.Ordinal);
        await TwoCodes.EnterStopAsync(ben, bensStop);
        await ben.PressAsync("Take my account out");
        await ben.SeeHeadingAsync("Take it out?");
        await ben.PressAsync("Take it out");
        await ben.SeeHeadingAsync("Taken out");
        await Author.ComeBackAsync(ben, bensWords);
        await ben.PressAsync("Show my notes");
        await ben.SeeHeadingAsync("Taken out");
        Assert.All((Visitor[])[counselor, ana, ben], visitor => Assert.Empty(visitor.Complaints));
    }
}
