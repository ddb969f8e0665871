using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Desk;
using WeToo.Voices.Features.Pieces;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Notices, decisions with reasons, appeals, and the door of those who decide.</summary>
public sealed partial class ModerationTests
{
    private const string Letter = "/en/letters/two-days";

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_decision_has_a_rule_and_a_reason_and_its_appeal_is_decided_by_somebody_else(Engine engine)
    {
        await using var voices = await StartAsync(engine, "held");
        var (ada, bo) = (await Staff.JoinAsync(voices, "Ada"), await Staff.JoinAsync(voices, "Bo"));
        var good = await SayAsync(voices, "Worth reading.");
        var bad = await SayAsync(voices, "He lives at number 4.");
        var queue = await DeskAsync(voices, ada);
        Assert.Contains("Held: 2", queue, StringComparison.Ordinal);

        await DecideAsync(voices, ada, "held", "show", [IdOf(queue, "Worth reading.")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await DecideAsync(voices, ada, "held", "refuse", [IdOf(queue, "He lives")], "private"));
        await DecideAsync(voices, ada, "held", "refuse", [IdOf(queue, "He lives")], "private", "It gives an address.");
        Assert.Contains("Worth reading.", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
        Assert.DoesNotContain("He lives", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
        Assert.Contains("It is shown.", await voices.ReadAsync(good), StringComparison.Ordinal);

        var own = await voices.ReadAsync(bad);
        Assert.Contains("It gives an address.", own, StringComparison.Ordinal);
        Assert.Contains("It tells private things of somebody", own, StringComparison.Ordinal);
        await PostAsync(voices, bad, [new("act", "appeal"), new("text", "It is my own address.")]);
        Assert.Contains("You objected.", await voices.ReadAsync(bad), StringComparison.Ordinal);

        string[] appealed = [IdOf(await DeskAsync(voices, bo, "appeals"), "He lives")];
        await DecideAsync(voices, ada, "appeals", "reversed", appealed, reason: "I say so myself.");
        Assert.DoesNotContain("He lives", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
        await DecideAsync(voices, bo, "appeals", "reversed", appealed, reason: "It is theirs to tell.");
        Assert.Contains("He lives", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
        Assert.Contains("It is theirs to tell.", await voices.ReadAsync(bad), StringComparison.Ordinal);

        var log = await voices.ReadAsync("/en/moderation");
        Assert.Contains("It tells private things of somebody<span> · objected, and shown again</span>", log, StringComparison.Ordinal);
        foreach (var secret in (string[])["He lives", "gives an address", "Ada", "theirs to tell"]) Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Anybody_gives_notice_without_an_account_and_learns_what_came_of_it(Engine engine)
    {
        await using var voices = await StartAsync(engine, "open");
        var ada = await Staff.JoinAsync(voices, "Ada");
        await SayAsync(voices, "Buy my book.");
        await SayAsync(voices, "I disagree with all of it.");
        var page = await voices.ReadAsync(Letter + "/comments?sort=old");
        var reports = ReportLink().Matches(page).Select(match => match.Value).ToList();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(voices, reports[0], [new("ground", "spam"), new("text", "")])).Status);
        var links = new List<string>();
        for (var i = 0; i < 52; i++) await PostAsync(voices, reports[1], [new("ground", "spam"), new("text", "Notice of many.")]);
        voices.Time.Advance(TimeSpan.FromSeconds(1));
        foreach (var report in reports) links.Add((await PostAsync(voices, report, [new("ground", "spam"), new("text", "An advertisement.")])).Location);
        Assert.Contains("It came on 2 March 2026 and waits", await voices.ReadAsync(links[0]), StringComparison.Ordinal);

        var queue = await DeskAsync(voices, ada, "notices");
        Assert.Contains("An advertisement.", queue, StringComparison.Ordinal);
        Assert.Equal(50, queue.Split("Notice of many.").Length - 1);
        await DecideAsync(voices, ada, "notices", "refuse", [IdOf(queue, "Buy my book.")], "spam", "It sells something.");
        await DecideAsync(voices, ada, "notices", "stand", [IdOf(queue, "I disagree")], reason: "One may disagree.");

        var outcomes = string.Concat(await Task.WhenAll(links.Select(voices.ReadAsync)));
        Assert.Contains("the answer is no longer shown", outcomes, StringComparison.Ordinal);
        Assert.Contains("the answer stays", outcomes, StringComparison.Ordinal);
        Assert.Contains("One may disagree.", outcomes, StringComparison.Ordinal);
        Assert.DoesNotContain("Buy my book", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
        Assert.Contains("Nothing waits here.", await DeskAsync(voices, ada, "notices"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_are_decided_at_once_and_those_that_wait_longest_come_first()
    {
        await using var voices = await StartAsync(Engine.Sqlite, "held");
        var ada = await Staff.JoinAsync(voices, "Ada");
        for (var i = 1; i <= 60; i++)
        {
            voices.Time.Advance(TimeSpan.FromSeconds(1));
            await SayAsync(voices, $"Number {i}.");
        }

        var queue = await DeskAsync(voices, ada);
        Assert.Contains("Held: 60", queue, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 50).Select(i => $"Number {i}."), Said().Matches(queue).Select(match => match.Groups[1].Value));
        await DecideAsync(voices, ada, "held", "show", [.. Box().Matches(queue).Select(match => match.Groups[1].Value)]);
        Assert.Contains("Held: 10", await DeskAsync(voices, ada), StringComparison.Ordinal);
        Assert.Contains("50 answers from readers", await voices.ReadAsync(Letter), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_changed_since_it_was_read_is_not_shown_by_who_read_the_words_before()
    {
        await using var voices = await StartAsync(Engine.Sqlite, "held");
        var ada = await Staff.JoinAsync(voices, "Ada");
        var own = await SayAsync(voices, "Harmless words.");
        await PostAsync(voices, own, [new("act", "edit"), new("text", "Other words.")]);
        var read = IdOf(await DeskAsync(voices, ada), "Other words.");
        await PostAsync(voices, own, [new("act", "edit"), new("text", "Where he lives.")]); // Within the same second.
        await DecideAsync(voices, ada, "held", "show", [read]);
        Assert.DoesNotContain("Where he lives", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);

        await DecideAsync(voices, ada, "held", "show", [IdOf(await DeskAsync(voices, ada), "Where he lives.")]);
        Assert.Contains("Where he lives", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_tries_at_once_are_ten_tries_and_whoever_was_dismissed_is_not_written_back()
    {
        await using var voices = await StartAsync(Engine.Sqlite, "held");
        var link = await Staff.InviteAsync(voices, "Ada");
        var key = Staff.KeyIn(await voices.ReadAsync($"/desk/en/join/{link}"));
        await PostForCookieAsync(voices, $"/desk/en/join/{link}", [new("password", Staff.Password), new("code", Totp.CodeOf(key))]);
        Task<(HttpStatusCode Status, string Location, string Page)> TryAsync(string password) =>
            PostAsync(voices, "/desk/en/sign-in", [new("name", "Ada"), new("password", password), new("code", Totp.CodeOf(key))]);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => TryAsync($"wrong password {i}")));
        Assert.Equal(HttpStatusCode.Forbidden, (await TryAsync(Staff.Password)).Status);
        voices.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.Redirect, (await TryAsync(Staff.Password)).Status);

        using var scope = voices.App.Services.CreateScope();
        var (team, users) = (scope.ServiceProvider.GetRequiredService<Team>(), scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>());
        var before = await users.FindByNameAsync("Ada");
        Assert.True(await team.DismissAsync("Ada"));
        Assert.False((await users.UpdateAsync(before!)).Succeeded);
        Assert.Equal(HttpStatusCode.Forbidden, (await TryAsync(Staff.Password)).Status);
    }

    [Fact]
    public async Task The_desk_takes_name_password_and_code_together_and_is_shut_for_whoever_was_dismissed()
    {
        await using var voices = await StartAsync(Engine.Sqlite, "held");
        var link = await Staff.InviteAsync(voices, "Ada");
        var key = Staff.KeyIn(await voices.ReadAsync($"/desk/en/join/{link}"));
        Assert.Contains("too short", (await PostAsync(voices, $"/desk/en/join/{link}", [new("password", "short"), new("code", Totp.CodeOf(key))])).Page, StringComparison.Ordinal);
        var (joined, where, cookie) = await PostForCookieAsync(voices, $"/desk/en/join/{link}", [new("password", Staff.Password), new("code", Totp.CodeOf(key))]);
        Assert.Equal((HttpStatusCode.Redirect, "/desk/en"), (joined, where));
        Assert.Matches("^voices-desk=[^;]+; path=/desk; samesite=strict; httponly$", cookie);
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync($"/desk/en/join/{link}"));

        var tries = new (string Name, string Password, string Code)[] { ("Ada", "wrong password", Totp.CodeOf(key)), ("Ada", Staff.Password, "000000"), ("Nobody", Staff.Password, Totp.CodeOf(key)) };
        var pages = new List<string>();
        foreach (var (name, password, code) in tries)
        {
            var (status, _, page) = await PostAsync(voices, "/desk/en/sign-in", [new("name", name), new("password", password), new("code", code)]);
            Assert.Equal(HttpStatusCode.Forbidden, status);
            pages.Add(page.Replace(name, "", StringComparison.Ordinal));
        }

        Assert.Single(pages.Distinct());
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(voices, "/desk/en/sign-in", [new("name", "ada"), new("password", Staff.Password), new("code", Totp.CodeOf(key))])).Status);
        Assert.Equal(HttpStatusCode.Redirect, await voices.StatusOfAsync("/desk/en"));

        var session = cookie.Split(';')[0];
        Assert.Contains("Held: none", await DeskAsync(voices, session), StringComparison.Ordinal);
        Assert.Equal("/desk/en/sign-in", (await Staff.SendAsync(voices, session, "/desk/en", new KeyValuePair<string, string>("act", "leave"))).Location);
        using (var scope = voices.App.Services.CreateScope()) Assert.True(await scope.ServiceProvider.GetRequiredService<Team>().DismissAsync("Ada"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/desk/en", UriKind.Relative)) { Headers = { { "Cookie", session } } };
        using var answer = await voices.Client.SendAsync(request, Cancel);
        Assert.Equal("/desk/en/sign-in", answer.Headers.Location?.OriginalString);
    }

    private static async Task<RunningVoices> StartAsync(Engine engine, string replies)
    {
        var voices = await RunningVoices.StartAsync(engine);
        var work = await voices.WorkOfAsync(await voices.PublishAsync("letter", "two-days", new Draft("Two days", "1. Answer within two days.")));
        Assert.Null(await voices.Editions.AllowRepliesAsync(work, replies, null, Cancel));
        return voices;
    }

    private static async Task<string> DeskAsync(RunningVoices voices, string session, string part = "held")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/desk/en?show={part}", UriKind.Relative)) { Headers = { { "Cookie", session } } };
        using var answer = await voices.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static async Task<HttpStatusCode> DecideAsync(RunningVoices voices, string session, string part, string act, string[] ids, string ground = "", string reason = "")
    {
        using var form = new FormUrlEncodedContent([new("act", act), new("ground", ground), new("reason", reason), .. ids.Select(id => new KeyValuePair<string, string>("id", id))]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/desk/en?show={part}", UriKind.Relative)) { Content = form, Headers = { { "Cookie", session } } };
        using var answer = await voices.Client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static async Task<string> SayAsync(RunningVoices voices, string text)
    {
        var (status, location, _) = await PostAsync(voices, Letter + "/respond", [new("text", text)]);
        Assert.Equal(HttpStatusCode.Redirect, status);
        return location;
    }

    private static async Task<(HttpStatusCode Status, string Location, string Page)> PostAsync(RunningVoices voices, string path, KeyValuePair<string, string>[] fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? "", await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<(HttpStatusCode Status, string Location, string Cookie)> PostForCookieAsync(RunningVoices voices, string path, KeyValuePair<string, string>[] fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return (answer.StatusCode, answer.Headers.Location!.OriginalString, Assert.Single(answer.Headers.GetValues("Set-Cookie")));
    }

    private static string IdOf(string queue, string words) => Box().Match(queue[..queue.IndexOf(words, StringComparison.Ordinal)][queue[..queue.IndexOf(words, StringComparison.Ordinal)].LastIndexOf("<article", StringComparison.Ordinal)..]).Groups[1].Value;

    [GeneratedRegex("/en/report/[0-9a-f]{32}")]
    private static partial Regex ReportLink();

    [GeneratedRegex("name=\"id\" value=\"([0-9a-f]{32}[.][0-9]+)\"")]
    private static partial Regex Box();

    [GeneratedRegex("<div class=\"said\" dir=\"auto\"><p>([^<]*)</p>")]
    private static partial Regex Said();
}
