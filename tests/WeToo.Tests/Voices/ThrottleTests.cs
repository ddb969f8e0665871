using System.Net;
using System.Text.RegularExpressions;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Writing;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>No more than people can look at is written without an account, whoever writes and from wherever: who comes then waits, or has their device do a sum.</summary>
public sealed partial class ThrottleTests
{
    private const string Letter = "/en/letters/two-days";
    private const int Burst = 8;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_comes_when_enough_was_written_keeps_their_words_and_hears_when_to_come_back()
    {
        await using var voices = await StartAsync();
        for (var i = 0; i < Burst; i++) Assert.Equal(HttpStatusCode.Redirect, (await SayAsync(voices, Letter, $"Number {i}.")).Status);
        var (status, page, retry) = await SayAsync(voices, Letter, "One too many.");
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(30)), (status, retry));
        Assert.Contains("One too many.</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("Send it again in 30 seconds.", page, StringComparison.Ordinal);
        Assert.Equal(Burst, await CountAsync(voices));
        Assert.Equal(HttpStatusCode.OK, await voices.StatusOfAsync(Letter)); // Whoever reads notices nothing.
        Assert.Equal(HttpStatusCode.Redirect, (await SayAsync(voices, "/en/articles/beside", "Elsewhere there is room.")).Status);

        voices.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.Redirect, (await SayAsync(voices, Letter, "In time.")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SayAsync(voices, Letter, "Again.")).Status);
    }

    [Fact]
    public async Task A_stamp_lets_through_once_where_it_was_made_for_and_for_ten_minutes()
    {
        await using var voices = await StartAsync();
        foreach (var place in (string[])[Letter, "/en/articles/beside"])
            for (var i = 0; i < Burst; i++) await SayAsync(voices, place, $"Number {i}.");
        var challenge = await ChallengeAsync(voices);
        var stamp = Worked(challenge);
        foreach (var wrong in (string[])[challenge, challenge + ".", challenge + ".-1", challenge + ".x", Unworked(challenge), "A" + stamp[1..], stamp + " "])
            Assert.Equal(HttpStatusCode.TooManyRequests, (await SayAsync(voices, Letter, "Not worth it.", wrong)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SayAsync(voices, "/en/articles/beside", "Elsewhere.", stamp)).Status);

        Assert.Equal(HttpStatusCode.Redirect, (await SayAsync(voices, Letter, "Worked for.", stamp)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SayAsync(voices, Letter, "Twice.", stamp)).Status);
        foreach (var same in (string[])[$"{challenge[..9]} {challenge[9..]}", challenge + "=", $"{challenge}\n"]) // One challenge, however it is written.
            Assert.Equal(HttpStatusCode.TooManyRequests, (await SayAsync(voices, Letter, "Twice too.", Worked(same))).Status);
        Assert.Contains("Worked for.", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);

        var late = Worked(await ChallengeAsync(voices));
        voices.Time.Advance(TimeSpan.FromMinutes(11));
        for (var i = 0; i < Burst; i++) await SayAsync(voices, Letter, $"Later {i}.");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SayAsync(voices, Letter, "Too late.", late)).Status);
    }

    [Fact]
    public async Task Notices_and_the_protocol_have_the_same_bound_and_all_places_one_together()
    {
        await using var voices = await StartAsync();
        var comment = await SaidAsync(voices);
        for (var i = 0; i < Burst; i++) Assert.Equal(HttpStatusCode.Redirect, await PostAsync(voices, $"/en/report/{comment}", new("ground", "spam"), new("text", "An advertisement.")));
        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsync(voices, $"/en/report/{comment}", new("ground", "spam"), new("text", "An advertisement.")));
        for (var i = 0; i < Burst; i++) Assert.Equal(HttpStatusCode.Redirect, await PostAsync(voices, Letter + "/notice", new("ground", "false"), new("text", "It is wrong."), new("honest", "true")));
        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsync(voices, Letter + "/notice", new("ground", "false"), new("text", "It is wrong."), new("honest", "true")));

        for (var i = 1; i < Burst; i++) await SayAsync(voices, Letter, $"Number {i}.");
        using var body = new StringContent($$"""{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","bodyValue":"By a program.","target":"{{voices.Client.BaseAddress}}en/letters/two-days"}""", null, "application/ld+json");
        using var refused = await voices.Client.PostAsync(new Uri(Letter + "/annotations/", UriKind.Relative), body, Cancel);
        Assert.Equal((HttpStatusCode.TooManyRequests, true), (refused.StatusCode, refused.Headers.RetryAfter is not null));

        for (var i = 0; i < Burst; i++) await SayAsync(voices, "/en/articles/beside", $"Number {i}.");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SayAsync(voices, "/en/articles/third", "All together wrote enough.")).Status);
    }

    private static async Task<RunningVoices> StartAsync()
    {
        var voices = await RunningVoices.StartAsync(settings: options => options.FreeWritesPerMinute = Burst / 4);
        foreach (var (kind, slug) in ((string, string)[])[("letter", "two-days"), ("article", "beside"), ("article", "third")])
        {
            var piece = await voices.PublishAsync(kind, slug, new Draft("Two days", "We ask.\n\n1. Answer within two days."));
            Assert.Null(await voices.Editions.AllowRepliesAsync(await voices.WorkOfAsync(piece), "open", null, Cancel));
        }

        return voices;
    }

    private static Task<long> CountAsync(RunningVoices voices) => voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM comments"), Cancel);

    private static async Task<string> SaidAsync(RunningVoices voices)
    {
        await SayAsync(voices, Letter, "Buy my book.");
        return Convert.ToHexStringLower((await voices.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT comment_id FROM comments"), Cancel))!);
    }

    private static async Task<(HttpStatusCode Status, string Page, TimeSpan? Retry)> SayAsync(RunningVoices voices, string path, string text, string? stamp = null)
    {
        using var form = new FormUrlEncodedContent([new("text", text), new("stamp", stamp ?? "")]);
        using var answer = await voices.Client.PostAsync(new Uri(path + "/respond", UriKind.Relative), form, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel), answer.Headers.RetryAfter?.Delta);
    }

    private static async Task<HttpStatusCode> PostAsync(RunningVoices voices, string path, params KeyValuePair<string, string>[] fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
        return answer.StatusCode;
    }

    private static async Task<string> ChallengeAsync(RunningVoices voices)
    {
        var match = Challenge().Match((await SayAsync(voices, Letter, "Busy.")).Page);
        Assert.Equal("16", match.Groups[2].Value);
        return match.Groups[1].Value;
    }

    private static string Worked(string challenge) => Numbers(challenge).First(stamp => Throttle.IsWorth(stamp, 16));

    private static string Unworked(string challenge) => Numbers(challenge).First(stamp => !Throttle.IsWorth(stamp, 16));

    private static IEnumerable<string> Numbers(string challenge) => Enumerable.Range(0, int.MaxValue).Select(number => $"{challenge}.{number}");

    [GeneratedRegex("data-stamp=\"([^\"]+)\" data-bits=\"([0-9]+)\"")]
    private static partial Regex Challenge();
}
