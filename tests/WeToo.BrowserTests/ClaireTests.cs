using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Journey J2: Claire writes in three sittings, names somebody else's page by mistake, corrects it, and meets others. All of it in French.</summary>
public sealed class ClaireTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private const string WrongPage = "https://www.linkedin.com/in/jean-martin-3";
    private const string RightPage = "https://www.linkedin.com/in/jean-martin-lyon";
    private const string Address = "jmartin@univ-exemple.fr";

    private static readonly string[] s_sittings =
        [.. Enumerable.Range(1, 3).Select(sitting => string.Join(' ', Enumerable.Range(1, 300).Select(word => $"mot{sitting}x{word}")))];

    [Fact]
    public async Task Claire_corrects_a_wrong_name_before_it_harms_anybody_and_later_shares_an_extract()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await Counselor.JoinAsync(counselor);
        await LookFromWorkAsync();
        await using var visitor = await chromium.NewVisitorAsync(deployment, language: "fr");
        var claire = new Way(visitor, "fr");
        await WriteInThreeSittingsAsync(claire);
        await NameThePersonAsync(claire);
        await claire.SeeHeadingAsync("number.heading");
        await claire.PressAsync("next");
        var (words, _) = await claire.LockAsync("C3.yes", "C4.yes", "lost.no", "C5.no", "C10.no");
        await CorrectAsync(claire, words);

        // Somebody names the other Jean Martin, whom Claire had named for two days: the two do not meet.
        await LockByAsync("Dina", WrongPage, "name.handle", "name.handleLabel");
        await LockByAsync("Eva", Address, "name.email", "name.emailLabel");
        await CheckBothAsync(counselor, "Claire", "Eva");
        await JoinWithOthersAsync(claire, words);
        Assert.All((Visitor[])[visitor, counselor], each => Assert.Empty(each.Strangers));
        Assert.All((Visitor[])[visitor, counselor], each => Assert.Empty(each.Complaints));
    }

    /// <summary>J2.1: the first page asks not to use a computer of work. She leaves it.</summary>
    private async Task LookFromWorkAsync()
    {
        await using var laptop = await chromium.NewVisitorAsync(deployment, remembering: true, language: "fr");
        await laptop.Page.RouteAsync("**/bye", route => route.FulfillAsync(new() { Body = "weather", ContentType = "text/plain" }));
        await laptop.Page.GotoAsync(new Uri(deployment.Vault, "health").ToString());
        var claire = new Way(laptop, "fr");
        await claire.ArriveAsync();
        await laptop.SeeAsync("N’utilisez ni téléphone, ni ordinateur, ni wifi du travail.");
        await claire.LeaveAsync();
    }

    /// <summary>J2.2, J2.3: 900 words on three days, the page lost between, and not one request that carries anything.</summary>
    private static async Task WriteInThreeSittingsAsync(Way claire)
    {
        var page = claire.Visitor.Page;
        await claire.ReachKeepAsync(device: "no", age: "adult", signed: "unsure");
        var sent = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Method != "GET") sent.Add(request.Url);
        };
        await claire.PressAsync("keep.yes");
        await claire.SeeHeadingAsync("receipt.heading");
        var words = await claire.WordsAsync();
        await claire.PressAsync("keep.have");
        await claire.WriteAsync("write.label", s_sittings[0]);
        await claire.SeeAsync("keep.saved");
        await claire.PressAsync("lock.tool");
        await claire.SeeHeadingAsync("return.heading");
        foreach (var sitting in s_sittings[1..])
        {
            await claire.OpenAsync(words);
            var before = await claire.Field("write.label").InputValueAsync();
            Assert.Contains("mot1x300", before, StringComparison.Ordinal);
            await claire.WriteAsync("write.label", $"{before} {sitting}");
            await claire.SeeAsync("keep.saved");
        }

        await claire.OpenAsync(words);
        Assert.Equal(string.Join(' ', s_sittings), await claire.Field("write.label").InputValueAsync());
        Assert.Empty(sent);
        await claire.PressAsync("next");

        await claire.PressAsync("room.when");
        await claire.WriteAsync("room.when.label", "au printemps 2019");
        await page.Locator("strong bdi", new() { HasText = "printemps 2019" }).WaitForAsync();
        await claire.WriteAsync("episodes.what", "À presque chaque réunion de groupe");
        await claire.WriteAsync("episodes.when", "du printemps 2019 à l’été 2020");
        await page.Locator("strong bdi", new() { HasText = "été 2020" }).WaitForAsync();
        await claire.PressAsync("episodes.add");
        await claire.PressAsync("room.done");

        await claire.PressAsync("room.things");
        await claire.WriteAsync("room.things.label", "Deux courriels, dans ma boîte de l’université.");
        await claire.PressAsync("things.add");
        await claire.SeeAsync("things.hidden");
        var choosing = page.WaitForFileChooserAsync();
        await claire.PressAsync("things.choose");
        await (await choosing).SetFilesAsync(new FilePayload { Name = "tableau.txt", MimeType = "text/plain", Buffer = "Réunion à 9 h"u8.ToArray() });
        await claire.Visitor.SeeAsync("tableau.txt");
        await claire.PressAsync("room.done");
        await claire.PressAsync("room.others");
        await claire.TapAsync("rooms.not-said");
        await claire.PressAsync("room.done");
        await claire.SeeAsync("rooms.not-said");
        await claire.PressAsync("rooms.next");

        await claire.SeeHeadingAsync("deadlines.heading");
        await claire.Field("deadlines.country").SelectOptionAsync("FR");
        await claire.Visitor.SeeAsync("Plainte pénale");
        await claire.PressAsync("next");
        await claire.WriteAsync("reach.name", "Claire");
        await claire.WriteAsync("reach.how", "courriel : « Bibliothèque : rappel »");
        await claire.PressAsync("next");
    }

    /// <summary>J2.4: a page of another with the same name, taken by mistake; an address without an end; a link that cannot match.</summary>
    private static async Task NameThePersonAsync(Way claire)
    {
        await claire.SeeHeadingAsync("name.heading");
        await claire.TapAsync("name.handle");
        await claire.WriteAsync("name.handleLabel", "https://lnkd.in/d4Kq7");
        await claire.PressAsync("name.yes");
        await claire.SeeAsync("name.help.share-link");
        await claire.WriteAsync("name.handleLabel", WrongPage);
        await claire.Visitor.Page.Locator(".readback", new() { HasText = "LinkedIn" }).WaitForAsync();
        await claire.SeeAsync("name.readbackNoLook");
        await claire.PressAsync("name.yes");
        await claire.Visitor.Page.Locator(".rows bdi", new() { HasText = "jean-martin-3" }).WaitForAsync();

        await claire.TapAsync("name.email");
        await claire.WriteAsync("name.emailLabel", "jmartin@univ-exemple.f");
        await claire.PressAsync("name.yes");
        await claire.SeeAsync("name.help.no-domain");
        await claire.WriteAsync("name.emailLabel", Address);
        await claire.Visitor.Page.Locator(".readback").WaitForAsync();
        await claire.WriteAsync("name.emailAgain", Address);
        await claire.PressAsync("name.yes");
        await claire.Visitor.Page.Locator(".rows bdi", new() { HasText = Address }).WaitForAsync();
        await claire.NameByPhoneAsync("+33 6 41 41 41 41");
        await claire.PressAsync("next");
    }

    /// <summary>J2.6: three values, masked; one is replaced. The account and its date stay.</summary>
    private static async Task CorrectAsync(Way claire, IReadOnlyList<string> words)
    {
        await claire.OpenAsync(words);
        await claire.PressAsync("rename.tap");
        await claire.SeeHeadingAsync("rename.heading");
        var rows = claire.Visitor.Page.Locator(".rows li");
        Assert.Equal(3, await rows.CountAsync());
        Assert.DoesNotContain("jean-martin", await claire.Visitor.TextAsync(), StringComparison.Ordinal);
        await rows.First.GetByRole(AriaRole.Button).ClickAsync();
        await claire.TapAsync("name.handle");
        await claire.WriteAsync("name.handleLabel", RightPage);
        await claire.Visitor.Page.Locator(".readback").WaitForAsync();
        await claire.PressAsync("name.yes");
        await claire.PressAsync("next");
        await claire.SeeHeadingAsync("rename.confirm");
        await claire.SeeAsync("rename.then");
        await claire.PressAsync("rename.yes");
        await claire.SeeHeadingAsync("status.sealed.heading");
        await claire.PressAsync("status.read");
        await claire.Visitor.SeeAsync("jean-martin-lyon");
        await claire.Visitor.SeeAsync("mot1x1 ");
        Assert.DoesNotContain("jean-martin-3", await claire.Visitor.TextAsync(), StringComparison.Ordinal);
    }

    private async Task LockByAsync(string callMe, string named, string tab, string field)
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment, language: "fr");
        var author = new Way(visitor, "fr");
        await author.ReachKeepAsync(device: "no", age: "adult", signed: "no");
        await author.PressAsync("keep.no");
        await author.PressAsync("next");
        await author.WriteAsync("write.label", "Dans le laboratoire.");
        await author.PressAsync("next");
        await author.PressAsync("rooms.next");
        await author.SeeHeadingAsync("deadlines.heading");
        await author.PressAsync("next");
        await author.WriteAsync("reach.name", callMe);
        await author.WriteAsync("reach.how", "06 00 00 00 01");
        await author.PressAsync("next");
        await author.SeeHeadingAsync("name.heading");
        await author.TapAsync(tab);
        await author.WriteAsync(field, named);
        await visitor.Page.Locator(".readback").WaitForAsync();
        if (tab == "name.email") await author.WriteAsync("name.emailAgain", named);
        await author.PressAsync("name.yes");
        await author.SeeHeadingAsync("name.added");
        await author.PressAsync("next");
        await author.SeeHeadingAsync("number.heading");
        await author.PressAsync("next");
        await author.LockAsync("C3.yes", "C4.yes", "lost.no", "C5.no", "C10.no");
    }

    /// <summary>Two have met and no third; the counselor checks that it is one person.</summary>
    private static async Task CheckBothAsync(Visitor counselor, params string[] called)
    {
        foreach (var callMe in called)
        {
            await Counselor.OpenCaseOfAsync(counselor, callMe);
            Assert.Contains(Address, await counselor.TextAsync(), StringComparison.Ordinal);
            if (callMe == "Claire") await counselor.SeeAsync("They changed whom they named on ");
            await Counselor.CompareAsync(counselor);
            await counselor.SeeHeadingAsync("Waiting for their yes");
            await counselor.PressAsync("All cases");
            await counselor.Page.Locator(".case").Nth(1).WaitForAsync();
            Assert.Equal(2, await counselor.Page.Locator(".case").CountAsync());
        }
    }

    /// <summary>J2.8: the news waits for her. She says yes to each thing for itself, and takes a part of her account to a lawyer.</summary>
    private static async Task JoinWithOthersAsync(Way claire, IReadOnlyList<string> words)
    {
        var page = claire.Visitor.Page;
        await claire.OpenAsync(words);
        await claire.SeeHeadingAsync("status.opened.heading");
        await claire.SeeAsync("status.opened");
        await claire.PressAsync("consents.tap");
        foreach (var consent in (string[])["C5", "C7", "C8"])
        {
            await page.Locator($"[data-consent={consent}]").GetByRole(AriaRole.Button, new() { Name = claire.Said("consents.yes"), Exact = true }).ClickAsync();
            await page.Locator($"[data-consent={consent}] p", new() { HasText = claire.Said("consents.said.yes").Split('{')[0] }).WaitForAsync();
        }

        await claire.PressAsync("own.close");
        await claire.SeeHeadingAsync("status.released.heading");
        await claire.PressAsync("status.read");
        await claire.PressAsync("export.tap");
        await claire.PressAsync("export.share");
        await claire.Field("export.for.lawyer").CheckAsync();
        await claire.Field("room.when").CheckAsync();
        await claire.PressAsync("next");
        await claire.PressAsync("next");
        await claire.PressAsync("export.whereYes");
        await claire.SeeHeadingAsync("export.ready");
        var download = await page.RunAndWaitForDownloadAsync(() => claire.PressAsync("export.savePdf"));
        var extract = await Programs.ReadPdfAsync(await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        Assert.Contains("printemps 2019", extract, StringComparison.Ordinal);
        Assert.DoesNotContain("mot1x1", extract, StringComparison.Ordinal);
    }
}
