using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Answering a passage, a point or the whole without an account and without a script, seen from outside.</summary>
public sealed partial class CommentingTests : MailedVoicesTests
{
    private const string Letter = "/en/letters/two-days";
    private const string Story = "/en/stories/late-tram";

    private static readonly Draft s_draft = new("Two days", "We ask two things of the board.\n\n1. Answer within **two** days.\n2. Publish the figures of each year.\n\n?> What would it take where you work?");

    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_point_is_answered_by_a_form_and_says_so_in_the_margin_and_the_answer_is_answered(Engine engine)
    {
        await using var voices = await StartAsync(engine);
        Assert.Contains("<a data-aside class=\"mark\" href=\"/en/letters/two-days/respond?block=2\" aria-label=\"Answer point 1\">+</a>", await voices.ReadAsync(Letter), StringComparison.Ordinal);

        var own = await SayAsync(voices, "?block=2", new() { ["kind"] = "disagree", ["text"] = "Two days are *short*.", ["name"] = "Jo" });
        Assert.Contains("It is shown.", await voices.ReadAsync(own), StringComparison.Ordinal);

        var page = await voices.ReadAsync(Letter);
        Assert.Contains("<a data-aside class=\"mark said\" href=\"/en/letters/two-days/respond?block=2\" aria-label=\"1 answer to point 1\">1</a>", page, StringComparison.Ordinal);
        Assert.Contains("data-passages=\"32-55\"", page, StringComparison.Ordinal);
        var point = await voices.ReadAsync(Letter + "/respond?block=2");
        Assert.Contains("Two days are <em>short</em>.", point, StringComparison.Ordinal);
        Assert.DoesNotContain("Two days are", await voices.ReadAsync(Letter + "/respond?block=3"), StringComparison.Ordinal);

        await SayAsync(voices, $"?thread={ThreadIn(point)}", new() { ["text"] = "Name, time, number: that is all." });
        var all = await voices.ReadAsync(Letter + "/comments");
        Assert.Contains("Name, time, number", all, StringComparison.Ordinal);
        Assert.Contains("<q>Answer within two days.</q>", all, StringComparison.Ordinal);
        Assert.Contains("Name, time, number", await voices.ReadAsync(Letter + "/comments?show=inline"), StringComparison.Ordinal);
        Assert.DoesNotContain("Name, time, number", await voices.ReadAsync(Letter + "/comments?show=whole"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Feedback_follows_its_words_through_every_edition_and_says_what_became_of_them(Engine engine)
    {
        await using var voices = await StartAsync(engine);
        var piece = await PieceAsync(voices);
        await SayAsync(voices, "?words=the figures of each year", new() { ["kind"] = "question", ["text"] = "Which figures?" });
        await SayAsync(voices, "?words=Answer within two days.", new() { ["kind"] = "agree", ["text"] = "Yes." });
        await voices.ReviseAsync(piece, s_draft with { Source = "We ask two things of the board, and of the dean.\n\n1. Publish the figures and the reasons of each year.\n2. Answer within two days.\n\n?> What would it take where you work?" });

        var edited = await voices.ReadAsync(Letter + "/respond?block=3");
        Assert.Contains("Which figures?", edited, StringComparison.Ordinal);
        Assert.Contains("Yes.", await voices.ReadAsync(Letter + "/respond?block=2"), StringComparison.Ordinal);
        Assert.Equal(["edited", "kept"], await StatesAsync(voices, 2));
        Assert.Contains("These words were changed since.", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);

        await voices.ReviseAsync(piece, s_draft with { Source = "We ask one thing of the board, and of the dean.\n\n1. Answer within two days." });
        Assert.Equal(["gone", "kept"], await StatesAsync(voices, 3));
        Assert.Contains("These words are no longer in the text.", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
        Assert.Contains("<q>the figures of each year</q>", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_are_answered_as_they_were_on_the_screen_though_two_editions_were_saved_since()
    {
        await using var voices = await StartAsync();
        var piece = await PieceAsync(voices);
        Assert.Null((await voices.Editions.SaveAsync(piece, s_draft with { Source = "New.\n\n" + s_draft.Source }, Cancel)).Refusal);
        Assert.Null((await voices.Editions.SaveAsync(piece, s_draft with { Source = "New.\n\nMore.\n\n" + s_draft.Source }, Cancel)).Refusal);

        await SayAsync(voices, "", new() { ["revision"] = "1", ["start"] = "46", ["end"] = "49", ["quote"] = "two", ["kind"] = "note", ["text"] = "Working days?" });

        Assert.Equal(["46-49", "51-54", "57-60"], await voices.Database.ReadAsync(
            session => session.Query<string>("SELECT CAST(start_unit AS text) || '-' || CAST(end_unit AS text) FROM anchors ORDER BY revision"), Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(voices, Letter + "/respond", new() { ["revision"] = "1", ["start"] = "46", ["end"] = "49", ["quote"] = "six", ["kind"] = "note", ["text"] = "x" })).Status);
    }

    [Fact]
    public async Task What_was_saved_and_never_published_is_read_by_nobody()
    {
        await using var voices = await StartAsync();
        var piece = await PieceAsync(voices);
        Assert.Null((await voices.Editions.SaveAsync(piece, s_draft with { Source = "A name that was taken out again." }, Cancel)).Refusal);
        await voices.ReviseAsync(piece, s_draft with { Source = "We ask.\n\n1. Answer." });

        var blocks = await Task.WhenAll(Enumerable.Range(1, 12).Select(block => PageAsync(voices, $"{Letter}/respond?revision=2&block={block}")));
        Assert.DoesNotContain("taken out again", string.Concat(blocks), StringComparison.Ordinal);
        Assert.Contains("Publish the figures", await voices.ReadAsync($"{Letter}/respond?revision=1&block=3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_held_is_seen_by_its_writer_alone()
    {
        await using var voices = await StartAsync(replies: "held");
        var own = await SayAsync(voices, "", new() { ["text"] = "Held words." });

        Assert.DoesNotContain("Held words", await voices.ReadAsync(Letter) + await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
        Assert.Contains("Held words", await voices.ReadAsync(own), StringComparison.Ordinal);
        Assert.Contains("It waits", await voices.ReadAsync(own), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(own[..^2] + (own[^2] == 'A' ? "B" : "A") + own[^1]));
    }

    [Fact]
    public async Task Its_writer_changes_it_for_half_an_hour_and_deletes_it_for_ever()
    {
        await using var voices = await StartAsync();
        var own = await SayAsync(voices, "?block=2", new() { ["kind"] = "note", ["text"] = "Frist.", ["name"] = "Marc", ["email"] = "marc@mail.example" });
        await ActAsync(voices, own, "edit", "First.");
        Assert.Contains("First.", await voices.ReadAsync(Letter), StringComparison.Ordinal);

        voices.Time.Advance(TimeSpan.FromMinutes(31));
        await ActAsync(voices, own, "edit", "Late.");
        Assert.DoesNotContain("Late.", await voices.ReadAsync(Letter), StringComparison.Ordinal);

        await ActAsync(voices, own, "delete");
        Assert.DoesNotContain("First.", await voices.ReadAsync(Letter) + await voices.ReadAsync(Letter + "/comments") + await voices.ReadAsync(own), StringComparison.Ordinal);
        Assert.Equal("|||0", await voices.Database.ReadAsync(session => session.QueryOne<string>("SELECT name || '|' || source || '|' || html || '|' || length(address) FROM comments"), Cancel));
    }

    [Fact]
    public async Task Who_said_yes_hears_of_answers_until_one_click_ends_it()
    {
        await using var voices = await StartAsync();
        var written = await SayAsync(voices, "", new() { ["text"] = "Who checks?", ["email"] = "bo@mail.example", ["answers"] = "true" });
        await DeliverAsync(voices);
        await ActAsync(voices, written, "confirm");
        await ActAsync(voices, written + "?yes=" + written.Split('/')[^1], "confirm");
        Assert.DoesNotContain("mailbox confirmed", await voices.ReadAsync(Letter), StringComparison.Ordinal); // Whoever wrote has not shown that the mailbox is theirs.
        Assert.Contains("We sent a mail", await voices.ReadAsync(written), StringComparison.Ordinal);
        var thread = ThreadIn(await voices.ReadAsync(Letter + "/comments"));
        await SayAsync(voices, $"?thread={thread}", new() { ["text"] = "Too early." });
        await DeliverAsync(voices);
        Assert.Single(Server.Mails); // Nothing but the question whether it was them.

        var own = OwnLink().Match(TextOf(Server.Mails[0])).Value;
        await ActAsync(voices, own, "confirm");
        Assert.Contains("mailbox confirmed", await voices.ReadAsync(Letter), StringComparison.Ordinal);
        await SayAsync(voices, $"?thread={thread}", new() { ["text"] = "We do." });
        await DeliverAsync(voices);
        Assert.Equal(2, Server.Mails.Count);
        Assert.Contains($"{Letter}/comments/{thread}", TextOf(Server.Mails[1]), StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", Server.Mails[1], StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(voices, own, new() { ["List-Unsubscribe"] = "One-Click" })).Status);
        await SayAsync(voices, $"?thread={thread}", new() { ["text"] = "Once more." });
        await DeliverAsync(voices);
        Assert.Equal(2, Server.Mails.Count);
    }

    [Fact]
    public async Task Who_stands_behind_the_whole_differs_on_a_point_and_is_marked_as_long_as_the_signature_shows()
    {
        await using var voices = await StartAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(voices, Letter + "/sign", new() { ["shownAs"] = "name", ["name"] = "Inès", ["email"] = "ines@mail.example", ["condition"] = "0", ["revision"] = "1" })).Status);
        await DeliverAsync(voices);
        var signature = SignatureLink().Match(TextOf(Server.Mails[0])).Value;
        await ActAsync(voices, signature, "confirm");
        var page = await voices.ReadAsync(signature);
        var point = WebUtility.HtmlDecode(PointLink().Match(page).Groups[1].Value);

        await SayAsync(voices, point, new() { ["kind"] = "disagree", ["text"] = "Five would do." });
        Assert.Contains("signed this letter", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
        await ActAsync(voices, signature, "withdraw");
        Assert.DoesNotContain("signed this letter", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
        Assert.Contains("Five would do.", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_threads_stand_on_a_page_and_the_address_of_one_leads_to_its_page_for_ever()
    {
        await using var voices = await StartAsync();
        for (var i = 1; i <= 45; i++)
        {
            voices.Time.Advance(TimeSpan.FromSeconds(1));
            await SayAsync(voices, "", new() { ["text"] = $"Number {i}." });
        }

        var second = await voices.ReadAsync(Letter + "/comments?part=2");
        Assert.Contains("45 answers from readers", second, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(21, 20).Select(i => $"Number {i}."), Said().Matches(second).Select(match => match.Groups[1].Value));
        Assert.Contains("Number 45.", await voices.ReadAsync(Letter + "/comments?sort=new"), StringComparison.Ordinal);
        using var answer = await voices.Client.GetAsync(new Uri($"{Letter}/comments/{ThreadIn(second)}", UriKind.Relative), Cancel);
        Assert.Equal($"{Letter}/comments?show=all&sort=old&part=2#c{ThreadIn(second)}", answer.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(Letter + "/comments?part=9"));
    }

    [Fact]
    public async Task Beside_a_passage_stand_fifty_threads_and_the_others_among_all()
    {
        await using var voices = await StartAsync();
        for (var i = 1; i <= 52; i++)
        {
            voices.Time.Advance(TimeSpan.FromSeconds(1));
            await SayAsync(voices, "", new() { ["revision"] = "1", ["start"] = "46", ["end"] = "49", ["quote"] = "two", ["kind"] = "note", ["text"] = $"Number {i}." });
        }

        Assert.Equal(50, Said().Count(await voices.ReadAsync(Letter + "/respond?block=2")));
        Assert.Contains("Number 52.", await voices.ReadAsync(Letter + "/comments?part=3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_story_has_no_box_and_what_is_closed_takes_nothing()
    {
        await using var voices = await StartAsync();
        await voices.PublishAsync("story", "late-tram", s_draft);
        Assert.DoesNotContain("respond", await voices.ReadAsync(Story), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(voices, Story + "/respond", new() { ["text"] = "x" })).Status);

        var work = await voices.WorkOfAsync(await PieceAsync(voices));
        Assert.Null(await voices.Editions.AllowRepliesAsync(work, "open", voices.Time.GetUtcNow().AddDays(1), Cancel));
        await SayAsync(voices, "", new() { ["text"] = "In time." });
        voices.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(voices, Letter + "/respond", new() { ["text"] = "Late." })).Status);
        Assert.Contains("In time.", await voices.ReadAsync(Letter), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_stay_comes_back_with_what_was_filled_in_and_markup_is_text()
    {
        await using var voices = await StartAsync();
        var (status, page) = await PostAsync(voices, Letter + "/respond?block=2", new() { ["block"] = "2", ["text"] = "No kind <b>", ["email"] = "none" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("This is no mail address.", page, StringComparison.Ordinal);
        Assert.Contains("No kind &lt;b&gt;</textarea>", page, StringComparison.Ordinal);

        await SayAsync(voices, "", new() { ["text"] = "<script>alert(1)</script> [x](javascript:alert(1))", ["name"] = "<img src=x>" });
        var all = await voices.ReadAsync(Letter + "/comments");
        Assert.DoesNotContain("<script>alert", all, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", all, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_too_many_write_the_words_stay_in_the_form_and_all_others_are_stored()
    {
        await using var voices = await StartAsync(settings: options => options.MostWaitingWrites = 2);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => PostAsync(voices, Letter + "/respond", new() { ["text"] = $"Burst {i}." })));

        var taken = answers.Count(answer => answer.Status == HttpStatusCode.Redirect);
        var full = answers.Where(answer => answer.Status == HttpStatusCode.ServiceUnavailable).ToList();
        Assert.Equal(60, taken + full.Count);
        Assert.NotEmpty(full);
        Assert.All(full, answer => Assert.Matches("Burst [0-9]+\\.</textarea>", answer.Page));
        Assert.Equal(taken, await voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM comments"), Cancel));
    }

    private async Task<RunningVoices> StartAsync(Engine engine = Engine.Sqlite, string replies = "open", Action<WeToo.Voices.VoicesOptions>? settings = null)
    {
        var voices = await StartMailedAsync(engine, settings);
        var work = await voices.WorkOfAsync(await voices.PublishAsync("letter", "two-days", s_draft));
        Assert.Null(await voices.Editions.AllowRepliesAsync(work, replies, null, Cancel));
        return voices;
    }

    /// <summary>Opens the form of a query or address, fills it in, and sends what a browser would.</summary>
    /// <returns>Where the writer's own page is.</returns>
    private static async Task<string> SayAsync(RunningVoices voices, string query, Dictionary<string, string> fields)
    {
        var address = query.StartsWith('/') ? query : Letter + "/respond" + query;
        if (!fields.ContainsKey("revision"))
            foreach (Match hidden in Hidden().Matches(await voices.ReadAsync(address))) fields[hidden.Groups[1].Value] = WebUtility.HtmlDecode(hidden.Groups[2].Value);
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(Letter + "/respond", UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static async Task<(HttpStatusCode Status, string Page)> PostAsync(RunningVoices voices, string path, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<string> PageAsync(RunningVoices voices, string path)
    {
        using var answer = await voices.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static async Task ActAsync(RunningVoices voices, string link, string act, string text = "") =>
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(voices, link, new() { ["act"] = act, ["text"] = text })).Status);

    private static Task<byte[]> PieceAsync(RunningVoices voices) =>
        voices.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT piece_id FROM pieces WHERE slug = 'two-days'")!, Cancel);

    private static Task<IReadOnlyList<string>> StatesAsync(RunningVoices voices, long revision) =>
        voices.Database.ReadAsync(session => session.Query<string>("SELECT state FROM anchors WHERE revision = @revision ORDER BY state", new { revision }), Cancel);

    private static string ThreadIn(string page) => ThreadId().Match(page).Groups[1].Value;

    [GeneratedRegex("<input type=\"hidden\" name=\"([a-z]+)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();

    [GeneratedRegex("<article class=\"thread\" id=\"c([0-9a-f]{32})\">")]
    private static partial Regex ThreadId();

    [GeneratedRegex("<div class=\"said\" dir=\"auto\"><p>([^<]*)</p>")]
    private static partial Regex Said();

    [GeneratedRegex("/en/comments/[A-Za-z0-9_-]+\\?yes=[A-Za-z0-9_-]+")]
    private static partial Regex OwnLink();

    [GeneratedRegex("/en/signatures/[A-Za-z0-9_-]+")]
    private static partial Regex SignatureLink();

    [GeneratedRegex("<li><a href=\"([^\"]*/respond\\?block=2[^\"]*)\">")]
    private static partial Regex PointLink();
}
