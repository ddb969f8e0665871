using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WeToo.Hosting.Storage;
using WeToo.Voices;
using WeToo.Voices.Demo;
using WeToo.Voices.Features.Allies;
using WeToo.Voices.Features.Box;
using WeToo.Voices.Features.Cards;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Texts;

namespace WeToo.BrowserTests;

/// <summary>Every page of the public side, with something on it, in both directions and either scheme.</summary>
public sealed class VoicesLookTests(Chromium chromium) : IAsyncLifetime
{
    private const string PicturesVariable = "WETOO_PICTURES";
    private const string EnglishLetter = "/en/letters/two-working-days";
    private const string ArabicLetter = "/ar/letters/يوما-عمل";

    private RunningVoices _voices = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _voices = await RunningVoices.StartAsync();
        await DemoPublication.SeedAsync(_voices.App.Services, Cancel);
    }

    public ValueTask DisposeAsync() => _voices.DisposeAsync();

    [Fact]
    public async Task Each_page_is_accessible_in_either_scheme_and_direction_and_has_room_at_320_pixels()
    {
        var page = await chromium.NewPageAsync();
        var paths = await ReadersAsync();
        await _voices.JoinAsync(page, "Ada");
        paths.AddRange(await DeskAsync(page));
        var wrong = new List<string>();
        foreach (var path in paths)
        {
            foreach (var (language, scheme) in ((string, ColorScheme)[])[("en", ColorScheme.Light), ("ar", ColorScheme.Dark)])
                wrong.AddRange(await LookAsync(page, path.Replace("/en", $"/{language}", StringComparison.Ordinal).Replace(EnglishLetter.Replace("/en", $"/{language}", StringComparison.Ordinal), language == "ar" ? ArabicLetter : EnglishLetter, StringComparison.Ordinal), scheme));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        await page.Context.CloseAsync();
    }

    /// <summary>What readers, signers, allies, those who ask and those who give notice come to.</summary>
    private async Task<List<string>> ReadersAsync()
    {
        var visit = new Visit(_voices.App.Services.GetRequiredService<VoicesOptions>());
        await _voices.App.Services.GetRequiredService<Asking>().AddAsync("en", "Give us your seat", "On panels.", "The night shift", "ask@mail.example", visit, Cancel);
        await _voices.App.Services.GetRequiredService<CardWork>().AddAsync("en", "a-house", "host", "A House", "", "card@mail.example", visit, Cancel);
        await _voices.PostAsync($"{EnglishLetter}/sign", new("shownAs", "nobody"), new("email", "sign@mail.example"), new("condition", "0"), new("revision", "1"));
        await _voices.PostAsync("/en/allies/plan", new("situation", "a client jokes about her in a meeting"), new("action", "say that we go back to the topic"), new("place", "Team A"), new("until", "2026-06-30"), new("email", "plan@mail.example"));
        var (ask, card, signature, plan) = (await _voices.LinkToAsync("ask@"), await _voices.LinkToAsync("card@"), await _voices.LinkToAsync("sign@"), await _voices.LinkToAsync("plan@"));
        foreach (var (link, act) in ((string, string)[])[(ask, "show"), (card, "show"), (card, "report"), (signature, "confirm"), (plan, "confirm")]) await _voices.PostAsync(link, new KeyValuePair<string, string>("act", act));
        await _voices.DaysPassAsync(30);
        await _voices.PostAsync(plan, new("act", "say"), new("state", "missed"), new("note", "I laughed."));

        var comment = await _voices.PostAsync($"{EnglishLetter}/respond", new("text", "Worth reading."), new("email", "say@mail.example"));
        var notice = await _voices.PostAsync($"{EnglishLetter}/notice", new("ground", "false"), new("text", "It says that nobody answers."), new("honest", "true"), new("email", "notice@mail.example"));
        await BoxAsync(); // After the notice: the desk has the author's link for whom no mail could be sent to.
        var note = await _voices.PostAsync($"{EnglishLetter}/note", new("text", "It happened to me too.\nThank you."), new("name", "A night nurse"));
        var box = await _voices.LinkToAsync("author@");
        var said = await SaidAsync();
        var noticeOfAnswer = await _voices.PostAsync($"/en/report/{said}", new("ground", "spam"), new("text", "An advertisement."));
        return
        [
            "/en", "/en/letters", "/en/articles", "/en/stories", EnglishLetter, $"{EnglishLetter}/comments", $"{EnglishLetter}/comments/{said}", $"{EnglishLetter}/respond?block=4", $"{EnglishLetter}/respond?words=nothing",
            $"{EnglishLetter}/sign", $"{EnglishLetter}/signed", $"{EnglishLetter}/signers", $"{EnglishLetter}/mastodon", $"{EnglishLetter}/notice", "/en/stories/the-late-tram", "/en/tags/atwork", "/en/moderation", "/en/no-such-page",
            "/en/allies", "/en/allies/practice", "/en/allies/plan", "/en/allies/plan?sent=true", "/en/cards/the-open-stage", $"/en/report/{said}", comment, notice, noticeOfAnswer, $"{EnglishLetter}/note", note, .. ((string[])[box, ask, card, signature, plan]).Select(link => new Uri(link).PathAndQuery),
        ];
    }

    /// <summary>The letter has a box that its author alone reads.</summary>
    private async Task BoxAsync()
    {
        var work = (await _voices.App.Services.GetRequiredService<Database>().ReadAsync(session => session.QueryOne<byte[]>("SELECT work_id FROM works WHERE kind = 'letter'"), Cancel))!;
        await _voices.App.Services.GetRequiredService<Editions>().NameAuthorAsync(work, _voices.App.Services.GetRequiredService<Keys>().Seal("author@mail.example", work), Cancel);
        await _voices.App.Services.GetRequiredService<AuthorBox>().SetAsync(work, isOpen: true, Cancel);
    }

    private async Task<string> SaidAsync()
    {
        using var client = new HttpClient();
        var page = await client.GetStringAsync(new Uri(_voices.AddressOf($"{EnglishLetter}/comments")), Cancel);
        var at = page.IndexOf("/en/report/", StringComparison.Ordinal) + "/en/report/".Length;
        return page[at..(at + 32)];
    }

    /// <summary>What those who work for it come to, and the author of whose text notice was given.</summary>
    private async Task<List<string>> DeskAsync(IPage page)
    {
        await page.GotoAsync(_voices.AddressOf("/desk/en/pieces"));
        var piece = await page.GetByRole(AriaRole.Link, new() { Name = "The late tram" }).GetAttributeAsync("href");
        await page.GotoAsync(_voices.AddressOf("/desk/en/cases"));
        var one = await page.GetByRole(AriaRole.Link, new() { Name = "Two working days" }).GetAttributeAsync("href");
        await page.GotoAsync(_voices.AddressOf(one!));
        var author = new Uri(await page.Locator(".key").InnerTextAsync()).AbsolutePath;
        return ["/desk/en", "/desk/en?show=notices", "/desk/en/pieces", piece!, "/desk/en/new?kind=letter", "/desk/en/cases", one!, author, "/desk/en/allies", "/desk/en/sign-in"];
    }

    private async Task<List<string>> LookAsync(IPage page, string path, ColorScheme scheme)
    {
        await page.SetViewportSizeAsync(320, 640);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var answer = await page.GotoAsync(_voices.AddressOf(path));
        var wrong = (await page.RunAxe()).Violations.SelectMany(rule => rule.Nodes.Select(node => $"{path}: {rule.Id}: {node.Html}")).ToList();
        if (answer!.Status >= 500) wrong.Add($"{path}: {answer.Status}");
        if (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth")) wrong.Add($"{path}: too wide");
        if (Environment.GetEnvironmentVariable(PicturesVariable) is { Length: > 0 } folder) await PictureAsync(page, folder, path, scheme);
        return wrong;
    }

    private static async Task PictureAsync(IPage page, string folder, string path, ColorScheme scheme)
    {
        var name = string.Concat(path.Split('?')[0].Trim('/').Split('/').Select(part => "-" + (part.Length > 30 ? "link" : part)))[1..] + (path.Contains('?', StringComparison.Ordinal) ? "-more" : "");
        foreach (var width in (int[])[320, 1280])
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"voices-{name}-{width}-{scheme}.png"), FullPage = true });
        }
    }
}
