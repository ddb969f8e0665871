using System.Net;
using System.Text.RegularExpressions;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Notices of pieces: by anybody, answered by the author, decided with a reason, and again by somebody else.</summary>
public sealed partial class CaseTests : MailedVoicesTests
{
    private const string Letter = "/en/letters/two-days";

    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_author_hears_of_a_notice_and_answers_and_objects_and_somebody_else_decides_again(Engine engine)
    {
        await using var voices = await StartMailedAsync(engine, null);
        await voices.PublishAsync("letter", "two-days", new Draft("Two days", "The director laughs at those who ask."));
        var eve = await Staff.JoinAsync(voices, "Eve");
        await Staff.SendAsync(voices, eve, await PieceAsync(voices, eve), new("act", "author"), new("author", "ines@mail.example"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(voices, Letter + "/notice", [new("ground", "false"), new("text", "He never laughed.")])).Status);

        var notice = (await NoticeAsync(voices, "He never laughed.", new("name", "A lawyer"), new("email", "lawyer@mail.example"))).Location;
        var again = (await NoticeAsync(voices, "It is wrong about the director.")).Location; // It joins the first: the author gets one mail.
        await DeliverAsync(voices);
        Assert.Equal(2, Server.Mails.Count);
        var author = LinkIn(MailTo("ines@"));
        var own = await voices.ReadAsync(author);
        Assert.Contains("He never laughed.", own, StringComparison.Ordinal);
        Assert.Contains("It is wrong about the director.", own, StringComparison.Ordinal);
        foreach (var secret in (string[])["A lawyer", "lawyer@"]) Assert.DoesNotContain(secret, own, StringComparison.Ordinal);
        Assert.Contains("You can answer until 7 March 2026.", own, StringComparison.Ordinal);
        Assert.Contains("The author was told on 2 March 2026", await voices.ReadAsync(notice), StringComparison.Ordinal);
        await PostAsync(voices, LinkIn(MailTo("lawyer@")), [new("act", "yes")]);

        var desk = await CaseAsync(voices, eve);
        Assert.Contains("decide by 9 March 2026.", (await Staff.SendAsync(voices, eve, desk)).Page, StringComparison.Ordinal);
        Assert.DoesNotContain("This is late.", (await Staff.SendAsync(voices, eve, desk)).Page, StringComparison.Ordinal);
        await PostAsync(voices, author, [new("act", "answer"), new("answer", "stand"), new("text", "Forty people heard it.")]);
        Assert.Contains("Forty people heard it.", (await Staff.SendAsync(voices, eve, desk)).Page, StringComparison.Ordinal);
        Assert.Contains("The author answered on 2 March 2026.", await voices.ReadAsync(again), StringComparison.Ordinal);
        voices.Time.Advance(TimeSpan.FromHours(49)); // A session ends after eight hours.
        var (ada, bo) = (await Staff.JoinAsync(voices, "Ada"), await Staff.JoinAsync(voices, "Bo"));
        Assert.Contains("This is late.", (await Staff.SendAsync(voices, ada, desk)).Page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Staff.SendAsync(voices, ada, desk, new("act", "hide"), new("ground", "false"))).Status);
        Assert.Equal(HttpStatusCode.OK, await voices.StatusOfAsync(Letter));
        await Staff.SendAsync(voices, ada, desk, new("act", "hide"), new("ground", "false"), new("reason", "Nothing shows that he laughed."));
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(Letter));
        Assert.Contains("Nothing shows that he laughed.", await voices.ReadAsync(author), StringComparison.Ordinal);
        Assert.Contains("the text is no longer shown", await voices.ReadAsync(again), StringComparison.Ordinal);
        Assert.Contains("An open letter · <span>It says something false of somebody · </span>taken down", await voices.ReadAsync("/en/moderation"), StringComparison.Ordinal);
        await DeliverAsync(voices);
        Assert.Equal(4, Server.Mails.Count); // To the author, and to the one whose mailbox said yes.

        var piece = await PieceAsync(voices, ada);
        await Staff.SendAsync(voices, ada, piece, new("act", "publish"), new("revision", "1"), new("signed", "no"), new("person", "no"), new("place", "no"));
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(Letter)); // The same words do not come out again.
        await PostAsync(voices, author, [new("act", "appeal"), new("text", "There is a recording.")]);
        await Staff.SendAsync(voices, ada, desk, new("act", "reversed"), new("reason", "I say so myself."));
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(Letter));
        await Staff.SendAsync(voices, bo, desk, new("act", "reversed"), new("reason", "I heard the recording."));
        Assert.Equal(HttpStatusCode.OK, await voices.StatusOfAsync(Letter));
        Assert.Contains("I heard the recording.", await voices.ReadAsync(author), StringComparison.Ordinal);

        var log = await voices.ReadAsync("/en/moderation");
        Assert.Contains("taken down<span> · objected, and shown again</span>", log, StringComparison.Ordinal);
        foreach (var secret in (string[])["lawyer", "laughed", "recording", "Ada", "mail.example"]) Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Without_a_mailbox_the_author_gets_a_link_by_hand_and_other_words_end_it(Engine engine)
    {
        await using var voices = await StartMailedAsync(engine, null);
        var piece = await voices.PublishAsync("letter", "two-days", new Draft("Two days", "The director laughs at those who ask."));
        var ada = await Staff.JoinAsync(voices, "Ada");
        var notice = (await NoticeAsync(voices, "He never laughed.")).Location;
        var desk = await CaseAsync(voices, ada);
        var page = (await Staff.SendAsync(voices, ada, desk)).Page;
        Assert.Contains("The author hears of it by 4 March 2026.", page, StringComparison.Ordinal);
        await Staff.SendAsync(voices, ada, desk, new KeyValuePair<string, string>("act", "told"));

        var author = new Uri(AuthorLink().Match(page).Value).AbsolutePath;
        await PostAsync(voices, author, [new("act", "answer"), new("answer", "change"), new("text", "Without him, then.")]);
        await voices.ReviseAsync(piece, new Draft("Two days", "Those who ask are laughed at."));
        await Staff.SendAsync(voices, ada, desk, new("act", "changed"), new("reason", "He is no longer named."));
        Assert.Contains("the words were changed, and the text stays", await voices.ReadAsync(notice), StringComparison.Ordinal);
        Assert.Contains(">Two days</a> · words were changed", await voices.ReadAsync("/en/moderation"), StringComparison.Ordinal);
        Assert.Contains("Texts: none", (await Staff.SendAsync(voices, ada, "/desk/en")).Page, StringComparison.Ordinal);

        await PostAsync(voices, author, [new("act", "answer"), new("answer", "down")]); // Too late: it is decided.
        Assert.Equal("change", await voices.Database.ReadAsync(session => session.QueryOne<string>("SELECT answer FROM cases"), Cancel));
        Assert.NotEqual(notice, (await NoticeAsync(voices, "It still means him.")).Location);
        Assert.Contains("Texts: 1", (await Staff.SendAsync(voices, ada, "/desk/en")).Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(author[..^2] + (author[^2] == 'A' ? "B" : "A") + author[^1]));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Words_that_were_taken_down_come_out_nowhere_once_others_stand_in_their_place(Engine engine)
    {
        await using var voices = await StartMailedAsync(engine, null);
        var piece = await voices.PublishAsync("letter", "two-days", new Draft("Two days", "The director laughs at those who ask.\n\nWe ask for two days."));
        Assert.Null(await voices.Editions.AllowRepliesAsync(await voices.WorkOfAsync(piece), "open", null, Cancel));
        var ada = await Staff.JoinAsync(voices, "Ada");
        Assert.Equal(HttpStatusCode.Found, (await PostAsync(voices, Letter + "/respond", [new("revision", "1"), new("block", "1"), new("kind", "fact"), new("text", "He does.")])).Status);
        await NoticeAsync(voices, "He never laughed.");
        await Staff.SendAsync(voices, ada, await CaseAsync(voices, ada), new("act", "hide"), new("ground", "false"), new("reason", "Nothing shows that he laughed."));

        await voices.ReviseAsync(piece, new Draft("Two days", "We ask for two days."));

        foreach (var path in (string[])["", "/respond?revision=1&block=1", "/respond?revision=1&block=2", "/comments", "/annotations/"])
            Assert.DoesNotContain("laughs", await PageAsync(voices, Letter + path), StringComparison.Ordinal);
        Assert.Contains("He does.", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_can_use_up_the_mails_that_a_decision_owes()
    {
        await using var voices = await StartMailedAsync(Engine.Sqlite, options => options.Mail.MailsPerDay = 1);
        await voices.PublishAsync("letter", "two-days", new Draft("Two days", "The director laughs at those who ask."));
        var eve = await Staff.JoinAsync(voices, "Eve");
        await Staff.SendAsync(voices, eve, await PieceAsync(voices, eve), new("act", "author"), new("author", "ines@mail.example"));

        await NoticeAsync(voices, "He never laughed.");
        await Staff.SendAsync(voices, eve, await CaseAsync(voices, eve), new("act", "hide"), new("ground", "false"), new("reason", "Nothing shows that he laughed."));
        await DeliverAsync(voices);

        Assert.Equal(2, Server.Mails.Count(mail => mail.Contains("To: ines@", StringComparison.Ordinal)));
    }

    /// <summary>What is there, whatever it is called.</summary>
    private static async Task<string> PageAsync(RunningVoices voices, string path)
    {
        using var answer = await voices.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static async Task<string> PieceAsync(RunningVoices voices, string session) => PiecePath().Match((await Staff.SendAsync(voices, session, "/desk/en/pieces")).Page).Value;

    private static async Task<string> CaseAsync(RunningVoices voices, string session) => CasePath().Match((await Staff.SendAsync(voices, session, "/desk/en/cases")).Page).Value;

    private static Task<(HttpStatusCode Status, string Location)> NoticeAsync(RunningVoices voices, string text, params KeyValuePair<string, string>[] more) =>
        PostAsync(voices, Letter + "/notice", [new("ground", "false"), new("text", text), new("honest", "true"), .. more]);

    private static async Task<(HttpStatusCode Status, string Location)> PostAsync(RunningVoices voices, string path, KeyValuePair<string, string>[] fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? "");
    }

    private string MailTo(string box) => Assert.Single(Server.Mails, mail => mail.Contains($"To: {box}", StringComparison.Ordinal));

    private static string LinkIn(string mail) => new Uri(Link().Match(TextOf(mail)).Value).PathAndQuery;

    [GeneratedRegex("http://voices\\.example/\\S+")]
    private static partial Regex Link();

    [GeneratedRegex("http://[^/ ]+/en/authors/[\\w-]+")]
    private static partial Regex AuthorLink();

    [GeneratedRegex("/desk/en/pieces/[0-9a-f]{32}")]
    private static partial Regex PiecePath();

    [GeneratedRegex("/desk/en/cases/[0-9a-f]{32}")]
    private static partial Regex CasePath();
}
