using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Allies;
using WeToo.Voices.Features.Cards;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Cards of those who have duties: in the open, with what they missed.</summary>
public sealed partial class CardTests : MailedVoicesTests
{
    private const string Card = "/en/cards/open-stage";

    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_duty_that_was_not_done_by_its_day_shows_as_missed_and_stays_so(Engine engine)
    {
        await using var voices = await StartMailedAsync(engine, null); // A Monday.
        var ada = await Staff.JoinAsync(voices, "Ada");
        KeyValuePair<string, string>[] card = [new("language", "en"), new("who", "The Open Stage"), new("place", "Team A"), new("role", "manager"), new("slug", "open-stage"), new("email", "stage@mail.example"), new("act", "card")];
        Assert.Equal(HttpStatusCode.Redirect, (await Staff.SendAsync(voices, ada, "/desk/en/allies", card)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Staff.SendAsync(voices, ada, "/desk/en/allies", card)).Status); // That address is taken.
        await DeliverAsync(voices);
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(Card));
        var own = new Uri(Link().Match(TextOf(Assert.Single(Server.Mails))).Value).PathAndQuery;
        await PostAsync(voices, own, new KeyValuePair<string, string>("act", "show"));
        Assert.Contains("The Open Stage · Team A", await voices.ReadAsync("/en/allies"), StringComparison.Ordinal);
        Assert.Equal("answer 0 0, again.1 0 0, again.3 0 0, again.6 0 0, publish 0 0", await CountsAsync(voices));

        await PostAsync(voices, own, new KeyValuePair<string, string>("act", "report"));
        await PostAsync(voices, own, new KeyValuePair<string, string>("act", "back"), new("which", Series().Match(await voices.ReadAsync(own)).Groups[1].Value));
        Assert.DoesNotContain("Answer a report within two working days", await OpenAsync(voices, own), StringComparison.Ordinal);
        await PostAsync(voices, own, new KeyValuePair<string, string>("act", "report"));
        await DaysPassAsync(voices, 2);
        await DoneAsync(voices, own, "Answer a report");
        Assert.Contains("answer 1 0", await CountsAsync(voices), StringComparison.Ordinal);
        await PostAsync(voices, own, new KeyValuePair<string, string>("act", "back"), new("which", Convert.ToHexStringLower(new byte[16])));

        await PostAsync(voices, own, new KeyValuePair<string, string>("act", "report"));
        await DaysPassAsync(voices, 2); // A Friday: the last day.
        Assert.Contains("answer 1 0", await CountsAsync(voices), StringComparison.Ordinal);
        Assert.Equal(2, Server.Mails.Count(mail => mail.Contains("Something is due", StringComparison.Ordinal) && mail.Contains("One-Click", StringComparison.Ordinal)));
        await DaysPassAsync(voices, 1);
        Assert.Contains("answer 1 1", await CountsAsync(voices), StringComparison.Ordinal);
        await DoneAsync(voices, own, "Answer a report");
        Assert.Contains("answer 1 1", await CountsAsync(voices), StringComparison.Ordinal);

        await DaysPassAsync(voices, 365);
        Assert.Equal("answer 1 1, again.1 0 2, again.3 0 2, again.6 0 2, publish 0 1", await CountsAsync(voices));
        Assert.Equal(2, (await OpenAsync(voices, own)).Split("Publish each year").Length - 1); // The year that was missed, and the next.
        await PostAsync(voices, own, new KeyValuePair<string, string>("act", "close"));
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(Card));
    }

    [Theory]
    [InlineData("answer", "2026-03-02", "2026-03-04")]
    [InlineData("answer", "2026-03-06", "2026-03-10")]
    [InlineData("listen", "2026-03-07", "2026-03-09")]
    [InlineData("again.1", "2026-01-31", "2026-02-28")]
    [InlineData("again.6", "2026-03-02", "2026-09-02")]
    [InlineData("talk", "2026-03-02", "2027-03-02")]
    public void Clocks_know_weekends_and_the_ends_of_months(string duty, string begun, string due)
    {
        static long Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", null).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        var one = Duties.Roles.SelectMany(Duties.Of).First(one => one.Key == duty);
        Assert.Equal(Day(due), Duties.DueDay(one, Day(begun)));
    }

    private static async Task<string> CountsAsync(RunningVoices voices)
    {
        await voices.ReadAsync(Card);
        var rows = Row().Matches(await voices.ReadAsync(Card)).Select(match => $"{match.Groups[2].Value} {match.Groups[3].Value}").ToList();
        return string.Join(", ", Duties.Of("manager").Zip(rows, (duty, row) => $"{duty.Key} {row}"));
    }

    private static async Task<string> OpenAsync(RunningVoices voices, string own)
    {
        var page = await voices.ReadAsync(own);
        return page[page.IndexOf("id=\"open\"", StringComparison.Ordinal)..];
    }

    private static async Task DoneAsync(RunningVoices voices, string own, string duty)
    {
        var open = await OpenAsync(voices, own);
        var before = open[..open.IndexOf(duty, StringComparison.Ordinal)];
        await PostAsync(voices, own, new("act", "done"), new("which", Which().Matches(before)[^1].Groups[1].Value));
    }

    private static async Task DaysPassAsync(RunningVoices voices, int days)
    {
        voices.Time.Advance(TimeSpan.FromDays(days));
        await voices.App.Services.GetRequiredService<AllyWorker>().RunDueAsync(Cancel);
        await DeliverAsync(voices);
    }

    private static async Task PostAsync(RunningVoices voices, string path, params KeyValuePair<string, string>[] fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [GeneratedRegex("http://voices\\.example/\\S+")]
    private static partial Regex Link();

    [GeneratedRegex("which=([0-9a-f]{32})")]
    private static partial Regex Series();

    [GeneratedRegex("name=\"which\" value=\"([0-9a-f]{32})\"")]
    private static partial Regex Which();

    [GeneratedRegex("<tr><th scope=\"row\">([^<]+)</th><td>([0-9]+)</td><td[^>]*>([0-9]+)</td></tr>")]
    private static partial Regex Row();
}
