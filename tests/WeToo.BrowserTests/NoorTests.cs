namespace WeToo.BrowserTests;

/// <summary>Journey J1: Noor writes on a phone that her husband checks, is made to open it, and finishes at the clinic. All of it in Arabic.</summary>
public sealed class NoorTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private const string First = "ناداني المدير إلى المخزن.";
    private const string Second = " ثم أغلق الباب.";
    private const string Phone = "+33 6 31 31 31 31";

    [Fact]
    public async Task Noor_writes_on_a_watched_phone_finishes_at_the_clinic_and_stops_contact()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await Counselor.JoinAsync(counselor);
        await using var phone = await chromium.NewVisitorAsync(deployment, remembering: true, language: "ar");
        await WriteOnWatchedPhoneAsync(new(phone, "ar"));
        await using var clinic = await chromium.NewVisitorAsync(deployment, language: "ar");
        var (words, stop) = await FinishAtClinicAsync(new(clinic, "ar"));
        await StopLaterAsync(new(clinic, "ar"), counselor, words, stop);
        Assert.All((Visitor[])[phone, clinic, counselor], visitor => Assert.Empty(visitor.Strangers));
        Assert.Empty(clinic.Complaints.Concat(counselor.Complaints));
    }

    /// <summary>J1.1 to J1.7: what stays on the phone, and what it says to somebody who makes her open it.</summary>
    private async Task WriteOnWatchedPhoneAsync(Way noor)
    {
        var page = noor.Visitor.Page;
        await page.RouteAsync("**/bye", route => route.FulfillAsync(new() { Body = "weather", ContentType = "text/plain" }));
        await page.GotoAsync(new Uri(deployment.Vault, "health").ToString());
        await noor.ArriveAsync();
        Assert.Equal("rtl", await page.EvaluateAsync<string>("getComputedStyle(document.body).direction"));
        await noor.LeaveAsync();

        await noor.ReachKeepAsync(device: "yes", age: "adult", signed: "no");
        await noor.SeeAsync("keep.watched");
        await noor.PressAsync("keep.no");
        await noor.PressAsync("next");
        await noor.SeeHeadingAsync("write.heading");
        await Author.WaitUntilLoadedAsync(noor.Visitor);
        await page.Context.SetOfflineAsync(true);
        await noor.WriteAsync("write.label", First);
        await noor.SeeAsync("write.held");

        // She wants to go on tomorrow, and chooses a locked copy after all; and other words, which open nothing of hers.
        await page.Context.SetOfflineAsync(false);
        await noor.PressAsync("next");
        await noor.PressAsync("keep.heading");
        await noor.PressAsync("keep.yes");
        await noor.SeeHeadingAsync("receipt.heading");
        var words = await noor.WordsAsync();
        await noor.PressAsync("ways.tap");
        var halves = await HalvesAsync(noor);
        await noor.TapAsync("second.heading");
        await noor.PressAsync("second.make");
        await noor.SeeAsync("second.intro");
        var empty = await noor.WordsAsync();
        await noor.PressAsync("second.done");
        await noor.SeeHeadingAsync("receipt.heading");
        await noor.PressAsync("keep.have");
        await noor.SeeHeadingAsync("rooms.heading");
        await noor.PressAsync("room.words");
        await noor.Field("write.label").PressSequentiallyAsync(Second);
        await noor.SeeAsync("keep.saved");
        await noor.LeaveAsync();

        // "Open it." The first page knows nobody; wrong words and half of them say one thing; others open an empty notebook.
        await using var stranger = await chromium.NewVisitorAsync(deployment, language: "ar");
        await new Way(stranger, "ar").ArriveAsync();
        await noor.ArriveAsync();
        Assert.Equal(await stranger.Page.ContentAsync(), await page.ContentAsync());
        foreach (var wrong in (IReadOnlyList<string>[])[[.. words.Reverse()], halves[0]])
        {
            await noor.ComeBackAsync(wrong);
            await noor.SeeAsync("return.wrong");
        }

        await noor.OpenAsync(empty);
        Assert.Equal("", await noor.Field("write.label").InputValueAsync());
        await noor.ComeBackAsync(words);
        await noor.SeeHeadingAsync("closed.heading");
        Assert.DoesNotContain("المدير", await noor.Visitor.TextAsync(), StringComparison.Ordinal);
        await noor.PressAsync("status.close");
        await noor.SeeHeadingAsync("before.heading");

        // Alone again, with her sister's half and her own.
        await noor.PressAsync("before.return");
        await noor.PressAsync("other.tap");
        await noor.WriteAsync("ways.half1", string.Join(' ', halves[0]));
        await noor.WriteAsync("ways.half2", string.Join(' ', halves[1]));
        await noor.PressAsync("return.open");
        await noor.PressAsync("closed.open");
        Assert.Equal(First + Second, await noor.Field("write.label").InputValueAsync());
    }

    /// <summary>J1.8 to J1.11: what was kept on the phone opens nowhere else, so she writes it again, and locks it.</summary>
    private static async Task<(IReadOnlyList<string> Words, string Stop)> FinishAtClinicAsync(Way noor)
    {
        await noor.ComeBackAsync("abandon ability able about above absent absorb abstract absurd abuse".Split(' '));
        await noor.SeeAsync("return.wrong");
        await noor.SeeAsync("return.device");

        await noor.ReachKeepAsync(device: "no", age: "adult", signed: "no");
        await noor.PressAsync("keep.no");
        await noor.PressAsync("next");
        await noor.WriteAsync("write.label", First + Second);
        await noor.PressAsync("next");
        await noor.PressAsync("room.when");
        await noor.WriteAsync("room.when.label", "ربيع 2024");
        await noor.PressAsync("room.done");
        await noor.PressAsync("rooms.next");

        await noor.SeeHeadingAsync("deadlines.heading");
        await noor.Field("deadlines.country").SelectOptionAsync("FR");
        Assert.True(await noor.Visitor.Page.Locator(".limits > *").CountAsync() >= 2);
        await noor.SeeAsync("deadlines.guide");
        await noor.PressAsync("next");

        await noor.SeeHeadingAsync("reach.heading");
        await noor.TapAsync("reach.none");
        await noor.PressAsync("next");
        await noor.SeeHeadingAsync("name.heading");
        await noor.TapAsync("name.notes");
        await noor.WriteAsync("name.notesLabel", "فندق الميناء");

        // One digit slips, and the second time it is another number.
        await noor.WriteAsync("name.telLabel", Phone);
        await noor.Visitor.Page.Locator(".readback").WaitForAsync();
        await noor.WriteAsync("name.telAgain", "+33 6 31 31 31 32");
        await noor.PressAsync("name.yes");
        await noor.SeeAsync("name.differs");
        await noor.NameByPhoneAsync(Phone);
        Assert.Contains($"\u2066{Phone}\u2069", await noor.Visitor.Page.Locator(".rows bdi").First.InnerTextAsync(), StringComparison.Ordinal);
        await noor.PressAsync("next");

        await noor.SeeHeadingAsync("number.heading");
        Assert.Equal("2", await noor.Visitor.Page.Locator("input[type=radio]:checked").InputValueAsync());
        await noor.PressAsync("next");
        var codes = await noor.LockAsync("C3.yes", "C5.no", "C10.no");
        await noor.SeeAsync("locked.text");
        return codes;
    }

    private static async Task<IReadOnlyList<string>[]> HalvesAsync(Way noor)
    {
        var halves = new List<IReadOnlyList<string>>();
        foreach (var half in (string[])["ways.half1", "ways.half2"])
        {
            await noor.TapAsync(half);
            await noor.Visitor.Page.Locator("h2", new() { HasText = noor.Said(half) }).WaitForAsync();
            halves.Add(await noor.WordsAsync());
        }

        await noor.PressAsync("back");
        await noor.SeeHeadingAsync("receipt.heading");
        return [.. halves];
    }

    /// <summary>J1.12: she fears that he read the words, and stops contact; then somebody else names the same man.</summary>
    private async Task StopLaterAsync(Way noor, Visitor counselor, IReadOnlyList<string> words, string stop)
    {
        await noor.StopAsync(stop);
        await noor.PressAsync("stop.contact");
        await noor.SeeHeadingAsync("seen.heading");
        Assert.DoesNotContain("المدير", await noor.Visitor.TextAsync(), StringComparison.Ordinal);

        await using var other = await chromium.NewVisitorAsync(deployment);
        await (Author.Ben with { Country = "", Phone = Phone }).LockAsync(other);
        await counselor.Page.Locator(".case").Nth(1).WaitForAsync(new() { Timeout = 60_000 });
        await counselor.Page.Locator(".case", new() { HasText = "Do not contact" }).ClickAsync();
        await counselor.SeeHeadingAsync("Do not contact");
        Assert.DoesNotContain("31 31", await counselor.TextAsync(), StringComparison.Ordinal);

        // Nobody compares while contact is stopped: to her nothing has changed, and nobody will call.
        await noor.OpenAsync(words);
        await noor.SeeHeadingAsync("status.sealed.heading");
        await noor.SeeAsync("seen.on");
    }
}
