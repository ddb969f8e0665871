using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Journey J5: Inès and her open letter, Marc who would rather do something than like it, Lea who says whether he did, and a notice.</summary>
public sealed class MarcTests(Chromium chromium) : IAsyncLifetime
{
    private const string Letter = "/en/letters/two-working-days";
    private const string Named = "Director Vogel answers nobody.\n\n1. Answer within two working days.";
    private const string Neutral = "The Open Stage answers nobody.\n\n1. Answer within two working days.";
    private const string Kinder = "The Open Stage has answered nobody so far.\n\n1. Answer within two working days.";

    private RunningVoices _voices = null!;

    public async ValueTask InitializeAsync() => _voices = await RunningVoices.StartAsync();

    public ValueTask DisposeAsync() => _voices.DisposeAsync();

    [Fact]
    public async Task A_letter_appears_with_its_fiftieth_name_an_ally_acts_instead_of_clapping_and_a_notice_is_decided_twice()
    {
        var (ines, marc, lea) = (await chromium.NewPageAsync(), await chromium.NewPageAsync(), await chromium.NewPageAsync());
        await _voices.JoinAsync(ines, "Inès");
        await WriteAsync(ines);
        await SignTogetherAsync(marc);
        await AskAsync(ines, lea);
        await PlanAsync(marc);
        await LookBackAsync(marc, lea);
        await NoticeAsync(ines, marc);
        await LeaveAsync(marc);
        await NobodyIsAskedToTellAsync(ines, marc);
        foreach (var page in (IPage[])[ines, marc, lea]) await page.Context.CloseAsync();
    }

    /// <summary>The check before it comes out: somebody is named, so the name goes and the institution stays.</summary>
    private async Task WriteAsync(IPage ines)
    {
        await ines.GotoAsync(_voices.AddressOf("/desk/en/new?kind=letter"));
        await ines.GetByLabel("Name in the address").FillAsync("two-working-days");
        await ines.GetByLabel("Show names only once so many have signed").FillAsync("50");
        await ines.GetByLabel("Title").FillAsync("Two working days");
        await ines.GetByLabel("Text", new() { Exact = true }).FillAsync(Named);
        await ines.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await PublishAsync(ines, 1, isNamed: true);
        await ines.GetByText("Say what happened and what is asked, without a name").WaitForAsync();
        await ines.GotoAsync(ines.Url);
        await SaveAsync(ines, Neutral);
        await PublishAsync(ines, 2, isNamed: false);
        await ines.GetByText("Version 2 is shown").WaitForAsync();
        await ines.GetByLabel("Answers of readers").SelectOptionAsync("off");
        await ines.Locator("button[value=replies]").ClickAsync();
        await ines.GetByLabel("Mailbox of the author").FillAsync("ines@mail.example");
        await ines.Locator("button[value=author]").ClickAsync();
        await ines.GetByText("One is put down.").WaitForAsync();
    }

    /// <summary>Nothing shows at 49, not even the count; one who left before is nowhere.</summary>
    private async Task SignTogetherAsync(IPage reader)
    {
        var links = new List<string>();
        for (var i = 0; i < 51; i++)
        {
            await _voices.PostAsync($"{Letter}/sign", new("shownAs", "name"), new("name", $"Name {i:D2}"), new("email", $"name{i}@mail.example"), new("condition", "0"), new("revision", "2"), new("news", i == 1 ? "true" : "false"));
            links.Add(await _voices.LinkToAsync($"name{i}@mail.example"));
        }

        foreach (var link in links.Take(48)) await _voices.PostAsync(link, new KeyValuePair<string, string>("act", "confirm"));
        await _voices.PostAsync(links[0], new KeyValuePair<string, string>("act", "withdraw"));
        foreach (var link in links[48..50]) await _voices.PostAsync(link, new KeyValuePair<string, string>("act", "confirm"));
        await reader.GotoAsync(_voices.AddressOf(Letter));
        await reader.GetByText("Not yet. Names appear together once 50 have signed").WaitForAsync();
        Assert.DoesNotContain("Name 1", await reader.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("49", await reader.Locator(".signing").InnerTextAsync(), StringComparison.Ordinal);

        await _voices.PostAsync(links[50], new KeyValuePair<string, string>("act", "confirm"));
        await reader.ReloadAsync();
        await reader.GetByRole(AriaRole.Heading, new() { Name = "50 people have signed" }).WaitForAsync();
        var names = await reader.Locator(".signers > li").AllInnerTextsAsync();
        Assert.Equal(Enumerable.Range(1, 50).Select(i => $"Name {i:D2}"), names.Select(name => name.Split('\n')[0].Trim()[..7]));
        Assert.Equal(0, await reader.GetByText("taken out").CountAsync());
    }

    /// <summary>The group that asks says yes by its own mail, and so does who has the duties.</summary>
    private async Task AskAsync(IPage ines, IPage lea)
    {
        await ines.GotoAsync(_voices.AddressOf("/desk/en/allies"));
        var ask = ines.Locator("form", new() { Has = ines.Locator("#ask-title") });
        await ask.GetByLabel("Who asks").FillAsync("The night shift");
        await ask.GetByLabel("Their mailbox").FillAsync("lea@mail.example");
        await ask.GetByLabel("Title").FillAsync("Managers: answer reports in two working days");
        await ask.GetByLabel("What is asked").FillAsync("Ask again after one, three and six months. Publish what you did.");
        await ask.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var card = ines.Locator("form", new() { Has = ines.Locator("#card-slug") });
        await card.GetByLabel("Organisation").FillAsync("The Open Stage");
        await card.GetByLabel("Their mailbox").FillAsync("stage@mail.example");
        await card.GetByLabel("Name in the address").FillAsync("open-stage");
        await card.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await lea.GotoAsync(_voices.AddressOf(await _voices.LinkToAsync("lea@mail.example")));
        await lea.GetByRole(AriaRole.Button, new() { Name = "Yes, show it" }).ClickAsync();
        await lea.GetByText("Anybody can take it on.").WaitForAsync();
        var stage = await _voices.LinkToAsync("stage@mail.example");
        foreach (var act in (string[])["show", "report"]) await _voices.PostAsync(stage, new KeyValuePair<string, string>("act", act));
    }

    /// <summary>Marc wants to show support, and finds an ask instead of a button for it.</summary>
    private async Task PlanAsync(IPage marc)
    {
        await marc.GotoAsync(_voices.AddressOf(Letter));
        await marc.GetByRole(AriaRole.Link, new() { Name = "For allies" }).ClickAsync();
        await marc.GetByRole(AriaRole.Link, new() { Name = "The Open Stage" }).WaitForAsync();
        Assert.Equal(0, await marc.Locator(".share, .badge").CountAsync());
        await marc.GetByRole(AriaRole.Link, new() { Name = "Take this on" }).ClickAsync();
        await marc.GetByLabel("If …").FillAsync("harassment");
        await marc.GetByLabel("… then I will …").FillAsync("listen, write down their words, ask what they want, and name the outside advice line within the hour");
        await marc.GetByLabel("Where").FillAsync("Team A");
        await marc.GetByLabel("Until").FillAsync("2026-06-30");
        await marc.GetByLabel("Whom you tell of it").FillAsync("Lea");
        await marc.GetByLabel("Mail address").FillAsync("marc@mail.example");
        await marc.GetByRole(AriaRole.Button, new() { Name = "Keep this plan" }).ClickAsync();
        await marc.GetByText("Which situation?").WaitForAsync();
        await marc.GetByLabel("If …").FillAsync("someone tells me about harassment");
        await marc.GetByRole(AriaRole.Button, new() { Name = "Keep this plan" }).ClickAsync();
        await marc.GetByText("Your plan begins once you open its link").WaitForAsync();

        await marc.GotoAsync(_voices.AddressOf(await _voices.LinkToAsync("marc@mail.example")));
        await marc.GetByRole(AriaRole.Button, new() { Name = "Yes, this is my plan" }).ClickAsync();
        await marc.GetByText("We ask you again on 9 March 2026.").WaitForAsync();
    }

    /// <summary>No occasion; then a joke in a meeting, and nothing done; then kept, as who asked says too. The card shows what was missed.</summary>
    private async Task LookBackAsync(IPage marc, IPage lea)
    {
        await _voices.DaysPassAsync(1);
        await DoneAsync("Answer a report within two working days");
        await _voices.DaysPassAsync(6);
        await SayAsync(marc, "There was no occasion", "");
        await _voices.DaysPassAsync(23);
        await SayAsync(marc, "It came up, and I did not act", "A joke in a meeting.");
        await marc.GetByRole(AriaRole.Heading, new() { Name = "You can still do something today" }).WaitForAsync();
        Assert.Equal(2, await marc.Locator(".notice li").CountAsync());
        await marc.GetByLabel("… then I will …").FillAsync("say that this is no joke, and ask her afterwards how she is");
        await marc.Locator("button[value=change]").ClickAsync();
        await marc.GetByText("then I will say that this is no joke").WaitForAsync();

        await _voices.DaysPassAsync(60);
        await DoneAsync("Ask again after three months");
        await SayAsync(marc, "It came up, and I did it", "I wrote down her words and named the advice line.");
        await marc.GetByText("who asked has not said yet").WaitForAsync();
        await lea.GotoAsync(_voices.AddressOf(await _voices.LinkToAsync("lea@mail.example")));
        await lea.GetByText("I wrote down her words").WaitForAsync();
        await lea.GetByRole(AriaRole.Button, new() { Name = "Yes, it was so" }).ClickAsync();
        await marc.ReloadAsync();
        await marc.GetByText("who asked says that it was so").WaitForAsync();

        await lea.GotoAsync(_voices.AddressOf("/en/allies"));
        await lea.GetByText("Fewer than ten plans were kept").WaitForAsync();
        Assert.Equal(0, await lea.GetByText("Marc").CountAsync());
        await lea.GetByRole(AriaRole.Link, new() { Name = "The Open Stage" }).ClickAsync();
        Assert.Equal(["1", "0", "0", "1", "1", "0", "0", "0", "0", "0"], await lea.Locator(".duties tbody td").AllInnerTextsAsync()); // In time, missed: answer; after one, three and six months; publish.
    }

    private async Task SayAsync(IPage marc, string state, string note)
    {
        await marc.GotoAsync(_voices.AddressOf(await _voices.LinkToAsync("marc@mail.example")));
        await marc.GetByLabel(state).CheckAsync();
        await marc.GetByLabel("What did you do?").FillAsync(note);
        await marc.Locator("button[value=say]").ClickAsync();
        await marc.GetByRole(AriaRole.Heading, new() { Name = "So far" }).WaitForAsync();
    }

    private async Task DoneAsync(string duty)
    {
        var page = await chromium.NewPageAsync();
        await page.GotoAsync(_voices.AddressOf(await _voices.LinkToAsync("stage@mail.example")));
        await page.Locator("form.thread", new() { HasText = duty }).GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await page.Context.CloseAsync();
    }

    /// <summary>A lawyer says that it defames. Inès changes words, one person takes it down all the same, and another shows it again.</summary>
    private async Task NoticeAsync(IPage ines, IPage lawyer)
    {
        await lawyer.GotoAsync(_voices.AddressOf(Letter));
        await lawyer.GetByRole(AriaRole.Link, new() { Name = "Give notice of this text" }).ClickAsync();
        await lawyer.GetByLabel("It says something false of somebody").CheckAsync();
        await lawyer.GetByLabel("Which words, and why").FillAsync("“answers nobody”: it defames my client.");
        await lawyer.GetByLabel("Name, if you like").FillAsync("Chambers of M.");
        await lawyer.GetByLabel("This is true as far as I know").CheckAsync();
        await lawyer.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await lawyer.GetByText("The author was told on 31 May 2026 and can answer until 5 June 2026.").WaitForAsync();
        var notice = lawyer.Url;

        var author = await _voices.LinkToAsync("ines@mail.example");
        await ines.GotoAsync(_voices.AddressOf(author));
        Assert.Equal(0, await ines.GetByText("Chambers").CountAsync());
        foreach (var choice in (string[])["I stand by it", "I want to change words", "Take it down"]) Assert.Equal(1, await ines.GetByLabel(choice).CountAsync());
        await ines.GetByLabel("I want to change words").CheckAsync();
        await ines.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await ines.GetByText("You answered on 31 May 2026: I want to change words.").WaitForAsync();
        await ChangeWordsAsync(ines);

        var (ada, bo) = (await chromium.NewPageAsync(), await chromium.NewPageAsync());
        await _voices.JoinAsync(ada, "Ada");
        await DecideAsync(ada, "Take it down", "It still means one person.", "false");
        Assert.Equal(404, (await ada.GotoAsync(_voices.AddressOf(Letter)))!.Status);
        await ines.GotoAsync(_voices.AddressOf(author));
        await ines.GetByText("It still means one person.").WaitForAsync();
        await ines.GetByLabel("Say why. Somebody else decides, once.").FillAsync("The words name a house, and nobody in it.");
        await ines.GetByRole(AriaRole.Button, new() { Name = "Object" }).ClickAsync();
        await ines.GetByText("You objected.").WaitForAsync();
        await _voices.JoinAsync(bo, "Bo");
        await DecideAsync(bo, "Show it again", "It names a house alone.", null);

        await lawyer.GotoAsync(notice);
        await lawyer.GetByText("It names a house alone.").WaitForAsync();
        await lawyer.GotoAsync(_voices.AddressOf("/en/moderation"));
        await lawyer.GetByText("taken down · objected, and shown again").WaitForAsync();
        foreach (var secret in (string[])["Chambers", "means one person", "Ada", "names a house"]) Assert.Equal(0, await lawyer.GetByText(secret).CountAsync());
        foreach (var page in (IPage[])[ada, bo]) await page.Context.CloseAsync();
    }

    /// <summary>Other words come out, and who signed and wanted to know is asked whether they sign these too.</summary>
    private async Task ChangeWordsAsync(IPage ines)
    {
        await _voices.SignInAsync(ines, "Inès");
        await OpenPieceAsync(ines);
        await SaveAsync(ines, Kinder);
        await PublishAsync(ines, 3, isNamed: false);
        await ines.GetByText("Version 3 is shown").WaitForAsync();
        await _voices.DaysPassAsync(0);

        var signer = await chromium.NewPageAsync();
        await signer.GotoAsync(_voices.AddressOf(await _voices.LinkToAsync("name1@mail.example")));
        Assert.Contains("so far", string.Concat(await signer.Locator("ins").AllInnerTextsAsync()), StringComparison.Ordinal);
        await signer.GetByRole(AriaRole.Button, new() { Name = "Sign version 3 too" }).ClickAsync();
        await signer.Context.CloseAsync();
    }

    private static async Task DecideAsync(IPage page, string act, string reason, string? ground)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Texts: 1" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Two working days" }).ClickAsync();
        if (ground is not null) await page.GetByLabel("Which rule").SelectOptionAsync(ground);
        await page.GetByLabel("Reason").FillAsync(reason);
        await page.GetByRole(AriaRole.Button, new() { Name = act }).ClickAsync();
        await page.GetByText(reason).First.WaitForAsync();
    }

    /// <summary>Threatened at work: one click, and the name is nowhere, without a mark.</summary>
    private async Task LeaveAsync(IPage reader)
    {
        var signer = await chromium.NewPageAsync();
        await signer.GotoAsync(_voices.AddressOf(await _voices.LinkToAsync("name7@mail.example")));
        await signer.GetByRole(AriaRole.Button, new() { Name = "Take my signature back" }).ClickAsync();
        await signer.GetByText("It was taken back.").WaitForAsync();
        await signer.Context.CloseAsync();

        foreach (var path in (string[])[Letter, Letter + "/signers", "/en/feed.xml", "/en/feed.json"])
        {
            await reader.GotoAsync(_voices.AddressOf(path));
            Assert.DoesNotContain("Name 07", await reader.ContentAsync(), StringComparison.Ordinal);
        }

        await reader.GotoAsync(_voices.AddressOf(Letter));
        await reader.GetByRole(AriaRole.Heading, new() { Name = "49 people have signed" }).WaitForAsync();
        Assert.Equal(0, await reader.GetByText("taken out").CountAsync());
    }

    /// <summary>No box under a letter that wants no answers; where they are read first, a word to whoever it happened to, and no way to the other side.</summary>
    private async Task NobodyIsAskedToTellAsync(IPage ines, IPage reader)
    {
        Assert.Equal(0, await reader.Locator("[href*=respond], textarea").CountAsync());
        await OpenPieceAsync(ines);
        await ines.GetByLabel("Answers of readers").SelectOptionAsync("held");
        await ines.Locator("button[value=replies]").ClickAsync();
        await reader.GotoAsync(_voices.AddressOf(Letter + "/respond"));
        await reader.GetByText("you can write it for yourself first, and send nothing").WaitForAsync();
        var hosts = await reader.Locator("a[href^=http]").EvaluateAllAsync<string[]>("links => links.map((link) => link.host)");
        Assert.Empty(hosts);
    }

    private async Task OpenPieceAsync(IPage page)
    {
        await page.GotoAsync(_voices.AddressOf("/desk/en/pieces"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Two working days" }).ClickAsync();
    }

    private static async Task SaveAsync(IPage page, string source)
    {
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync(source);
        await page.Locator("button[value=save]").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Before it comes out" }).WaitForAsync();
    }

    private static async Task PublishAsync(IPage page, int version, bool isNamed)
    {
        foreach (var (question, answer) in ((string, string)[])[("signed", "no"), ("person", isNamed ? "yes" : "no"), ("place", "no")]) await page.Locator($"input[name={question}][value={answer}]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Publish version {version}" }).ClickAsync();
    }
}
