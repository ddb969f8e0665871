using System.Net;
using System.Text.RegularExpressions;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Notes that only the author of a text reads: on no page, at no desk, and sealed in the database.</summary>
public sealed partial class BoxTests : MailedVoicesTests
{
    private const string Story = "/en/stories/late-tram";

    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_note_is_read_by_the_author_alone_and_deleted_by_who_wrote_it_or_by_the_author(Engine engine)
    {
        await using var voices = await StartAsync(engine);
        var (eve, desk) = await DeskAsync(voices);
        Assert.DoesNotContain("Write to the author", await voices.ReadAsync(Story), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(Story + "/note"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Staff.SendAsync(voices, eve, desk, new KeyValuePair<string, string>("act", "box-open"))).Status); // No mailbox is put down.

        await Staff.SendAsync(voices, eve, desk, new("act", "author"), new("author", "ines@mail.example"));
        await Staff.SendAsync(voices, eve, desk, new KeyValuePair<string, string>("act", "box-open"));
        Assert.Contains("Write to the author", await voices.ReadAsync(Story), StringComparison.Ordinal);
        Assert.DoesNotContain("respond", await voices.ReadAsync(Story), StringComparison.Ordinal); // Answers are off, as they were.
        var form = await voices.ReadAsync(Story + "/note");
        foreach (var says in (string[])["Only the author reads it.", "you can write it for yourself first.", "<a href=\"https://help.example/\" rel=\"noreferrer noopener\">"]) Assert.Contains(says, form, StringComparison.Ordinal);

        var own = await WriteAsync(voices, "It happened to me too.", "A night nurse");
        var second = await WriteAsync(voices, "Thank you.\nFor all of it.", "");
        await DeliverAsync(voices);
        var mail = Server.Mails[0];
        Assert.Contains("To: ines@mail.example", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("happened to me", TextOf(mail), StringComparison.Ordinal);
        var box = BoxLink().Match(TextOf(mail)).Value;
        var read = await voices.ReadAsync(box);
        foreach (var says in (string[])["It happened to me too.", "A night nurse", "For all of it."]) Assert.Contains(says, read, StringComparison.Ordinal);

        foreach (var path in (string[])[Story, "/en", "/en/moderation", "/en/feed.xml", own, Story + "/note"]) Assert.DoesNotContain("happened to me", await voices.ReadAsync(path), StringComparison.Ordinal);
        foreach (var path in (string[])["/desk/en", "/desk/en/pieces", "/desk/en/cases", desk])
        {
            var shown = (await Staff.SendAsync(voices, eve, path)).Page;
            Assert.DoesNotContain("happened to me", shown, StringComparison.Ordinal);
            Assert.DoesNotMatch(BoxLink(), shown);
        }

        var stored = await voices.Database.ReadAsync(session => session.Query<byte[]>("SELECT sealed FROM notes"), Cancel);
        Assert.Equal(2, stored.Count);
        Assert.All(stored, one => Assert.DoesNotContain("happened", System.Text.Encoding.Latin1.GetString(one), StringComparison.Ordinal));

        Assert.Contains("The author can read it.", await voices.ReadAsync(own), StringComparison.Ordinal);
        await PostAsync(voices, own, new KeyValuePair<string, string>("act", "delete"));
        Assert.DoesNotContain("happened to me", await voices.ReadAsync(box), StringComparison.Ordinal);
        await PostAsync(voices, box, new("act", "delete"), new("id", NoteId().Match(await voices.ReadAsync(box)).Groups[1].Value));
        Assert.Contains("It is not there any more.", await voices.ReadAsync(second), StringComparison.Ordinal);
        Assert.Equal(0, await voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM notes"), Cancel));

        await PostAsync(voices, box, new KeyValuePair<string, string>("act", "close"));
        Assert.Contains("No more notes are taken.", await voices.ReadAsync(box), StringComparison.Ordinal);
        Assert.DoesNotContain("Write to the author", await voices.ReadAsync(Story), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(voices, Story + "/note", new KeyValuePair<string, string>("text", "Late.")));
    }

    [Fact]
    public async Task Another_mailbox_of_the_author_ends_the_link_of_the_one_before_and_nobody_deletes_notes_of_another_text()
    {
        await using var voices = await StartAsync(Engine.Sqlite);
        var (eve, desk) = await DeskAsync(voices);
        await Staff.SendAsync(voices, eve, desk, new("act", "author"), new("author", "wrong@mail.example"));
        await Staff.SendAsync(voices, eve, desk, new KeyValuePair<string, string>("act", "box-open"));
        await WriteAsync(voices, "One.", "");
        await DeliverAsync(voices);
        var before = BoxLink().Match(TextOf(Server.Mails[^1])).Value;
        await Staff.SendAsync(voices, eve, desk, new("act", "author"), new("author", "ines@mail.example"));
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(before));

        await WriteAsync(voices, "Two.", "");
        await DeliverAsync(voices);
        var box = BoxLink().Match(TextOf(Server.Mails[^1])).Value;
        Assert.Contains("One.", await voices.ReadAsync(box), StringComparison.Ordinal);
        await voices.Database.TransactAsync(session => session.Execute("INSERT INTO works (work_id, kind, replies, made_day) SELECT @id, 'story', 'off', 1", new { id = new byte[16] }) + session.Execute("UPDATE notes SET work_id = @id", new { id = new byte[16] }), Cancel);
        var ids = await voices.Database.ReadAsync(session => session.Query<byte[]>("SELECT note_id FROM notes"), Cancel);
        foreach (var id in ids) await PostAsync(voices, box, new("act", "delete"), new("id", Convert.ToHexStringLower(id)));
        Assert.Equal(2, await voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM notes"), Cancel));
    }

    private async Task<RunningVoices> StartAsync(Engine engine)
    {
        var voices = await StartMailedAsync(engine, options => options.WriteForYourselfUrl = new("https://help.example/"));
        await voices.PublishAsync("story", "late-tram", new Draft("The late tram", "It was late."));
        return voices;
    }

    private static async Task<(string Session, string Piece)> DeskAsync(RunningVoices voices)
    {
        var eve = await Staff.JoinAsync(voices, "Eve");
        var piece = await voices.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT piece_id FROM pieces"), Cancel);
        return (eve, $"/desk/en/pieces/{Convert.ToHexStringLower(piece!)}");
    }

    private static async Task<string> WriteAsync(RunningVoices voices, string text, string name)
    {
        using var form = new FormUrlEncodedContent([new("text", text), new("name", name)]);
        using var answer = await voices.Client.PostAsync(new Uri(Story + "/note", UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static async Task<HttpStatusCode> PostAsync(RunningVoices voices, string path, params KeyValuePair<string, string>[] fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
        return answer.StatusCode;
    }

    [GeneratedRegex("/en/box/[A-Za-z0-9_-]+")]
    private static partial Regex BoxLink();

    [GeneratedRegex("name=\"id\" value=\"([0-9a-f]{32})\"")]
    private static partial Regex NoteId();
}
