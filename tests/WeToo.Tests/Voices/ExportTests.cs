using System.Text;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Hosting.Storage;
using WeToo.Tests.Tool;
using WeToo.Voices;
using WeToo.Voices.Demo;
using WeToo.Voices.Exports;
using WeToo.Voices.Features.Hashtags;
using WeToo.Voices.Features.Letters;
using WeToo.Voices.Mails;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>A publication as one file, and back: the same bytes and pages on either engine, nothing of a mailbox in it, and all of it or nothing.</summary>
public sealed class ExportTests
{
    private static readonly string[] s_pages =
    [
        "/en", "/ar", "/fr/letters", "/en/letters/two-working-days", "/en/letters/two-working-days/signers", "/en/letters/two-working-days/comments", "/en/moderation", "/en/feed.xml", "/en/tags/wetoo", "/en/articles/edited", "/en/articles/edited/comments",
    ];

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_one_engine_gave_the_other_takes_and_gives_again_to_the_byte_and_its_pages_are_the_same(Engine engine)
    {
        await using var voices = await StartFullAsync(engine);
        await using var other = await StartAsync(engine == Engine.Sqlite ? Engine.Postgres : Engine.Sqlite, voices.App.Services.GetRequiredService<VoicesOptions>().KeyFile);
        var file = await WriteAsync(voices, history: true);
        Assert.Null(await TakeAsync(other, file));

        Assert.Equal(Encoding.UTF8.GetString(file), Encoding.UTF8.GetString(await WriteAsync(other, history: true)));
        foreach (var page in s_pages) Assert.Equal(await voices.ReadAsync(page), await other.ReadAsync(page));
        Assert.Contains("<bdi>Rosa M.</bdi>", await other.ReadAsync("/en/letters/two-working-days/signers"), StringComparison.Ordinal);
        Assert.Equal(await BlocksAsync(voices), await BlocksAsync(other));
        Assert.Equal(ExportFault.NotEmpty, (await TakeAsync(other, file))!.Fault);

        await other.ReviseAsync((await PieceAsync(other))!, new("Edited", "Once more: we ask for *three* things, on Monday.")); // It goes on: anchors too.
        Assert.Contains("These words were changed since.", await other.ReadAsync("/en/articles/edited/comments"), StringComparison.Ordinal);

        var rosa = await voices.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT signature_id FROM signatures WHERE name = 'Rosa M.'"), Cancel);
        using var form = new FormUrlEncodedContent([new("act", "withdraw")]); // The link that she has from there.
        using var answer = await other.Client.PostAsync(new Uri($"/en/signatures/{voices.App.Services.GetRequiredService<Keys>().LinkTo(rosa, Signing.Link)}", UriKind.Relative), form, Cancel);
        Assert.DoesNotContain("<bdi>Rosa M.</bdi>", await other.ReadAsync("/en/letters/two-working-days/signers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_history_only_what_readers_see_is_in_it_and_it_comes_back_the_same()
    {
        await using var voices = await StartFullAsync(Engine.Sqlite);
        await using var other = await StartAsync(Engine.Sqlite);
        var (file, all) = (await WriteAsync(voices, history: false), Encoding.UTF8.GetString(await WriteAsync(voices, history: true)));
        var text = Encoding.UTF8.GetString(file);
        foreach (var unseen in (string[])["an earlier word", "a later draft", "never shown", "taken down"])
        {
            Assert.Contains(unseen, all, StringComparison.Ordinal);
            Assert.DoesNotContain(unseen, text, StringComparison.Ordinal);
        }

        Assert.Null(await TakeAsync(other, file));
        Assert.Equal(text, Encoding.UTF8.GetString(await WriteAsync(other, history: false)));
        foreach (var page in s_pages.Where(page => page != "/en/moderation")) Assert.Equal(await voices.ReadAsync(page), await other.ReadAsync(page));
    }

    [Fact]
    public async Task No_address_no_mark_no_secret_and_nothing_that_nobody_sees_is_in_it()
    {
        await using var voices = await StartFullAsync(Engine.Sqlite);
        var file = Encoding.UTF8.GetString(await WriteAsync(voices, history: true));
        string[] secret =
        [
            "hex(address) FROM signatures", "hex(mark) FROM signatures", "hex(address) FROM comments", "hex(mark) FROM comments", "hex(author) FROM works", "hex(address) FROM asks", "hex(plan) FROM commitments", "hex(address) FROM cards", "hex(sealed) FROM notes",
            "hex(totp) FROM staff", "hex(staff_id) FROM staff", "password FROM staff", "stamp FROM staff", "reason FROM decisions", "text FROM notices", "text FROM case_notices", "reason FROM cases", "answer_text FROM cases",
            "name FROM signatures WHERE appeared = 0", "hex(signature_id) FROM signatures WHERE appeared = 0", "source FROM comments WHERE state <> 'shown'", "hex(comment_id) FROM comments WHERE state = 'held'",
        ];
        foreach (var one in secret)
        {
            var values = (await voices.Database.ReadAsync(session => session.Query<string>($"SELECT {one}"), Cancel)).Where(value => value.Length > 0).ToList();
            Assert.True(values.Count > 0, one);
            Assert.All(values, value => Assert.DoesNotContain(value, file, StringComparison.OrdinalIgnoreCase));
        }

        Assert.DoesNotContain("@", file, StringComparison.Ordinal);
        Assert.Contains("\"shown_as\":\"pen\"", file, StringComparison.Ordinal);
        Assert.DoesNotContain(file.Split('\n'), line => line.StartsWith("{\"table\":\"letters\"", StringComparison.Ordinal) && line.Contains("\"closed_s\":null", StringComparison.Ordinal)); // Nobody there can tell who signed.
    }

    [Fact]
    public async Task Each_column_of_the_database_is_in_it_or_left_out_for_a_reason()
    {
        await using var test = await Engines.CreateAsync(Engine.Sqlite, typeof(VoicesHost).Assembly);
        var tables = await test.Database.ReadAsync(session => Tables.Of(session, Engine.Sqlite), Cancel);
        var exported = ExportedTables.All.ToDictionary(table => table.Name, table => table.Columns.Select(column => column.Name));
        Assert.Equal(
            tables.Select(table => table.Name).Where(name => !ExportedTables.LeftOut.ContainsKey(name)).Order(), exported.Keys.Order());
        foreach (var table in tables.Where(table => exported.ContainsKey(table.Name)))
        {
            var leftOut = ExportedTables.LeftOut.Keys.Where(key => key.StartsWith(table.Name + ".", StringComparison.Ordinal)).Select(key => key[(table.Name.Length + 1)..]);
            Assert.Equal(table.Columns.Order(), exported[table.Name].Concat(leftOut).Order());
        }

        Assert.Equal(ExportedTables.LeftOut.Keys.Count(key => !key.Contains('.', StringComparison.Ordinal)), tables.Count - exported.Count);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_broken_or_hostile_file_is_refused_with_its_line_and_leaves_nothing(Engine engine)
    {
        await using var voices = await StartFullAsync(Engine.Sqlite);
        await using var other = await StartAsync(engine);
        var lines = Encoding.UTF8.GetString(await WriteAsync(voices, history: true)).TrimEnd('\n').Split('\n');
        int At(string start) => Array.FindIndex(lines, line => line.StartsWith(start, StringComparison.Ordinal));
        var (works, piece, revision, hashtag, comment, decision, anchor) = (At("{\"table\":\"works\""), At("{\"table\":\"pieces\""), At("{\"table\":\"revisions\""), At("{\"table\":\"hashtags\""), Array.FindIndex(lines, line => line.StartsWith("{\"table\":\"comments\"", StringComparison.Ordinal) && line.Contains("\"state\":\"shown\"", StringComparison.Ordinal)), At("{\"table\":\"decisions\""), At("{\"table\":\"anchors\""));
        string With(int at, string old, string now) => lines[at].Replace(old, now, StringComparison.Ordinal) is var changed && changed != lines[at] ? changed : throw new InvalidOperationException(old);
        (ExportFault Fault, int At, string Line)[] cases =
        [
            (ExportFault.AnotherFormat, 0, "{\"format\":\"other\",\"version\":1}"), (ExportFault.AnotherFormat, 0, "PK\u0003\u0004"), (ExportFault.AnotherVersion, 0, With(0, "\"version\":1", "\"version\":2")),
            (ExportFault.NoRow, works, "{\"table\":\"staff\",\"name\":\"Eve\"}"), (ExportFault.NoRow, works, With(works, "{\"table\"", "{\"author\":\"\",\"table\"")), (ExportFault.NoRow, works, With(works, "}", ",\"author\":\"00\"}")),
            (ExportFault.NoRow, works, With(works, "\"work_id\":\"", "\"work_id\":\"XY")), (ExportFault.NoRow, works, With(works, "\"made_day\":", "\"made_day\":-")), (ExportFault.NoRow, works, With(works, "\"made_day\":", "\"made_day\":9999999")),
            (ExportFault.NoRow, comment, With(comment, "\"kind\":\"", "\"kind\":\"\\u0000")), (ExportFault.NoRow, comment, With(comment, "\"kind\":\"", "\"kind\":\"\\ud800")), (ExportFault.NoRow, comment, lines[comment][..^5]),
            (ExportFault.NoRow, comment, "[" + new string('[', 100_000)), (ExportFault.NoRow, comment, new string(' ', 5_000_000)), (ExportFault.BreaksOff, lines.Length - 1, "{\"rows\":3}"),
            (ExportFault.Impossible, works, With(works, "\"work_id\":\"", "\"work_id\":\"00")), (ExportFault.Impossible, comment, With(comment, "\"state\":\"shown\"", "\"state\":\"held!\"")), (ExportFault.Impossible, comment, With(comment, "\"thread_id\":\"", "\"thread_id\":\"00")),
            (ExportFault.Impossible, piece, With(piece, "\"slug\":\"", "\"slug\":\"../")), (ExportFault.Impossible, hashtag, With(hashtag, "\"language\":\"", "\"language\":\"x")), (ExportFault.Impossible, decision, With(decision, "\"ground\":\"", "\"ground\":\"none")),
            (ExportFault.Impossible, anchor, With(anchor, "\"end_unit\":", "\"end_unit\":99999")), (ExportFault.Impossible, revision, With(revision, "\"source\":\"", "\"source\":\"" + new string('x', 300_000))), (ExportFault.Impossible, works + 1, lines[works]),
        ];
        foreach (var (fault, at, line) in cases)
        {
            string[] broken = [.. lines[..at], line, .. lines[(at + 1)..]];
            Assert.Equal(new ExportRefusal(fault, at + 1), await TakeAsync(other, Encoding.UTF8.GetBytes(string.Join('\n', broken) + "\n")));
        }

        Assert.Equal(new ExportRefusal(ExportFault.BreaksOff, lines.Length - 1), await TakeAsync(other, Encoding.UTF8.GetBytes(string.Join('\n', lines[..^1]) + "\n")));
        Assert.Equal(new ExportRefusal(ExportFault.NoRow, lines.Length + 1), await TakeAsync(other, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n\n")));
        Assert.Equal(ExportFault.AnotherFormat, (await TakeAsync(other, []))!.Fault);
        Assert.Equal(0, await other.Database.ReadAsync(session => ExportedTables.All.Sum(table => session.QueryOne<long>($"SELECT count(*) FROM {table.Name}")) + session.QueryOne<long>("SELECT count(*) FROM staff"), Cancel));

        string[] scripted = [.. lines.Select(line => line.Replace("\"html\":\"<p>", "\"html\":\"<script>alert(1)</script><p onclick='x'>", StringComparison.Ordinal))];
        Assert.Null(await TakeAsync(other, Encoding.UTF8.GetBytes(string.Join('\n', scripted) + "\n"))); // Words are words; what would run is not stored.
        Assert.Equal(0, await other.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM comments WHERE html LIKE '%script%' OR html LIKE '%onclick%'"), Cancel));
    }

    [Fact]
    public async Task The_commands_write_a_file_that_only_its_owner_reads_and_read_it_back_once()
    {
        await using var voices = await StartFullAsync(Engine.Sqlite);
        await using var other = await StartAsync(Engine.Sqlite);
        var folder = Directory.CreateTempSubdirectory("wetoo-export-").FullName;
        var (file, from, to) = (Path.Combine(folder, "publication.jsonl"), Path.Combine(folder, "from.json"), Path.Combine(folder, "to.json"));
        foreach (var (path, running) in new[] { (from, voices), (to, other) })
            await File.WriteAllTextAsync(path, $$"""{ "Voices": { "Urls": "http://127.0.0.1:0", "Database": "{{running.Connection}}", "KeyFile": "{{Path.Combine(folder, "voices.key")}}" } }""", Cancel);

        var written = await Terminal.RunAsync("", "voices", "export", "--config", from, file);
        Assert.Equal((0, ""), (written.Code, written.Error));
        Assert.Contains("20 signatures", written.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.NotEqual(0, (await Terminal.RunAsync("", "voices", "export", "--config", from, file)).Code);

        Assert.Equal(0, (await Terminal.RunAsync("", "voices", "import-all", "--config", to, file)).Code);
        Assert.Contains("Two working days", await other.ReadAsync("/en/letters/two-working-days"), StringComparison.Ordinal);
        var again = await Terminal.RunAsync("", "voices", "import-all", "--config", to, file);
        Assert.Equal((1, "This publication has something in it already. Read the file into an empty one. Nothing was taken.\n"), (again.Code, again.Error));
        Directory.Delete(folder, recursive: true);
    }

    private static Task<RunningVoices> StartAsync(Engine engine, string? key = null) => RunningVoices.StartAsync(engine, options => (options.PublicUrl, options.KeyFile) = (new("https://voices.example"), key ?? options.KeyFile));

    /// <summary>The publication of the demonstration, and of everything else something.</summary>
    private static async Task<RunningVoices> StartFullAsync(Engine engine)
    {
        var voices = await StartAsync(engine);
        Assert.True(await DemoPublication.SeedAsync(voices.App.Services, Cancel));
        var piece = await voices.PublishAsync("article", "edited", new("Edited", "We ask for an earlier word.\n\nWe ask for *three* things."));
        await voices.ReviseAsync(piece, new("Edited", "We ask.\n\nWe ask for *three* things."));
        Assert.Null((await voices.Editions.SaveAsync(piece, new("Edited", "We ask in a later draft.\n\nWe ask for *three* things."), Cancel)).Refusal);
        Assert.Null(await voices.Editions.AllowRepliesAsync(await voices.WorkOfAsync(piece), "open", null, Cancel));
        _ = await voices.Editions.BeginAsync("story", "en", "unseen", null, new("A story", "It was never shown."), Cancel);
        var down = await voices.PublishAsync("article", "down", new("Down", "It was taken down."));
        Assert.Null(await voices.Editions.HideAsync(down, Cancel));
        await Staff.JoinAsync(voices, "Ada Staff");
        var topic = (await voices.App.Services.GetRequiredService<Topics>().AddAsync([("en", "Paused"), ("ar", "وقف")], Cancel)).Topic!;
        await voices.App.Services.GetRequiredService<Topics>().HangAsync(await voices.WorkOfAsync(piece), topic, Cancel);
        await voices.App.Services.GetRequiredService<Topics>().PauseAsync(topic, "Somebody is being hunted under it.", Cancel);
        foreach (var text in (string[])["Shown words.", "Held words of somebody.", "Refused words of somebody.", "Of a deleted one."])
            await AnswerAsync(voices, text);
        foreach (var statement in Statements.Rest) await voices.Database.TransactAsync(session => session.Execute(statement, new { down, entry = new byte[34], sealed_id = "a sealed one 123"u8.ToArray(), seal = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 } }), Cancel);
        return voices;
    }

    private static async Task AnswerAsync(RunningVoices voices, string text)
    {
        using var form = new FormUrlEncodedContent([new("text", text), new("kind", "note"), new("name", "Pen " + text[..3]), new("revision", "2"), new("start", "8"), new("end", "32"), new("quote", "We ask for three things.")]);
        using var answer = await voices.Client.PostAsync(new Uri("/en/articles/edited/respond", UriKind.Relative), form, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static Task<byte[]?> PieceAsync(RunningVoices voices) => voices.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT piece_id FROM pieces WHERE slug = 'edited'"), Cancel);

    private static Task<IReadOnlyList<string>> BlocksAsync(RunningVoices voices) => voices.Database.ReadAsync(
        session => session.Query<string>("SELECT r.title || '|' || CAST(b.revision AS text) || '|' || CAST(b.block AS text) || '|' || b.kind || '|' || COALESCE(CAST(b.number AS text), '') || '|' || b.text || '|' || r.html FROM blocks b JOIN revisions r ON r.piece_id = b.piece_id AND r.revision = b.revision ORDER BY b.piece_id, b.revision, b.ordinal"), Cancel);

    private static async Task<byte[]> WriteAsync(RunningVoices voices, bool history)
    {
        using var lines = new MemoryStream();
        await voices.App.Services.GetRequiredService<Exporting>().WriteAsync(lines, history, Cancel);
        return lines.ToArray();
    }

    private static Task<ExportRefusal?> TakeAsync(RunningVoices voices, byte[] file) => voices.App.Services.GetRequiredService<ReadingBack>().TakeAsync(ExportFile.Read(new MemoryStream(file)), Cancel);

    /// <summary>What would take a morning of mails and of people who decide.</summary>
    private static class Statements
    {
        private const string IsIt = "comment_id = (SELECT comment_id FROM comments WHERE source LIKE";

        internal static readonly string[] Rest =
        [
            $"UPDATE comments SET state = 'held', address = @seal, mark = @seal WHERE {IsIt} 'Held words%')",
            $"UPDATE comments SET state = 'refused' WHERE {IsIt} 'Refused words%')",
            $"UPDATE comments SET state = 'deleted', name = '', source = '', html = '' WHERE {IsIt} 'Of a deleted%')",
            "INSERT INTO decisions (decision_id, comment_id, act, ground, reason, staff_id, made_s, appeal, appeal_reason) SELECT comment_id, comment_id, 'refuse', 'private', 'A reason for the writer.', staff_id, 1772445600, '', '' FROM comments, staff WHERE state = 'refused'",
            "INSERT INTO notices (notice_id, comment_id, ground, text, made_s) SELECT comment_id, comment_id, 'private', 'What somebody complained of.', 1772445600 FROM comments WHERE state = 'refused'",
            "INSERT INTO annotations (comment_id, canonical, via) SELECT comment_id, 'urn:uuid:1', NULL FROM comments WHERE source = 'Shown words.'",
            "UPDATE works SET author = @seal",
            "UPDATE letters SET closed_s = 1772445600",
            "INSERT INTO signature_removals (work_id, entry, count, reason, day) SELECT work_id, 1, 2, 'Sent by a program.', 20514 FROM letters",
            "INSERT INTO signatures (signature_id, work_id, piece_id, revision, state, mark, address, name, about, shown_as, condition, appeared, news, place, made_s) SELECT @sealed_id, work_id, piece_id, 1, 'verified', @seal, @seal, 'A sealed name', '', 'name', 50, 0, 1, @seal, 1 FROM pieces WHERE kind = 'letter' AND language = 'en'",
            "INSERT INTO commitments (commitment_id, language, plan, address, until_day, state, quiet, made_s) VALUES (@sealed_id, 'en', @seal, @seal, 20600, 'open', 0, 1772445600)",
            "INSERT INTO notes (note_id, work_id, sealed, made_day) SELECT @sealed_id, work_id, @seal, 20514 FROM works WHERE kind = 'story' LIMIT 1",
            "INSERT INTO dated (entry, work_id, number, day) SELECT @entry, work_id, 20, 20514 FROM letters",
            "INSERT INTO cases (case_id, piece_id, revision, opened_s, answer_text, act, hidden, ground, reason, decided_s, appeal, appeal_reason) VALUES (@down, @down, 1, 1772445600, 'What the author said.', 'hide', 1, 'false', 'A reason for the author.', 1772445600, '', '')",
            "INSERT INTO case_notices (notice_id, case_id, ground, text, name, address, verified, language, made_s) VALUES (@down, @down, 'false', 'It is wrong about me.', 'A lawyer', @seal, 0, 'en', 1772445600)",
        ];
    }
}
