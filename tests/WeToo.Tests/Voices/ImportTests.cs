using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Hosting.Storage;
using WeToo.Tests.Tool;
using WeToo.Voices.Imports;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Comments from WordPress, Disqus, Isso and Remark42: counted against the text of the files itself, and what is in them against what is stored.</summary>
public sealed partial class ImportTests
{
    private static readonly Dictionary<string, string> s_none = [];

    private static readonly Dictionary<string, string> s_places = new()
    {
        ["http://example.tld/?p=4"] = "/en/articles/page", ["http://example.org/"] = "/en/articles/page", ["https://radio-t.com/p/2011/03/05/podcast-229/"] = "/en/articles/test",
        ["http://radio-t.umputun.com/2011/03/229_8880.html"] = "/en/articles/page", ["https://radio-t.com"] = "/en/articles/test",
    };

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_others_exported_is_taken_to_the_last_comment_once_and_without_an_address(Engine engine)
    {
        await using var voices = await StartAsync(engine);

        var wordpress = TextOf("isso-wordpress.xml");
        var tally = await TakeAsync(voices, "wordpress", Read("isso-wordpress.xml", stream => XmlExports.WordPress(stream, s_none)));
        Assert.Equal((Count(wordpress, "<wp:comment>"), Count(wordpress, "<wp:comment_parent>[1-9]")), (tally.Taken, tally.Answers));
        Assert.Equal((8, 3), (tally.Taken, tally.Answers));

        var disqus = TextOf("isso-disqus.xml");
        tally = await TakeAsync(voices, "disqus", Read("isso-disqus.xml", XmlExports.Disqus));
        Assert.Equal((Count(disqus, "<post ") - Count(disqus, "<thread dsq:id=\"1337\"") - Count(disqus, "<isDeleted>true"), 1, 1, 2), (tally.Taken, tally.WithoutPiece, tally.Emptied, tally.Answers));
        Assert.Equal(4, tally.Taken);

        Assert.Equal(8 + 4 + 1, await CountAsync(voices));
        Assert.Equal(0, (await TakeAsync(voices, "wordpress", Read("isso-wordpress.xml", stream => XmlExports.WordPress(stream, s_none)))).Taken);
        Assert.Equal(5, (await TakeAsync(voices, "disqus", Read("isso-disqus.xml", XmlExports.Disqus))).Known);
        Assert.Equal(8 + 4 + 1, await CountAsync(voices));
        await HasNoAddressAsync(voices);

        var page = await voices.ReadAsync("/en/articles/test/comments");
        Assert.Contains("Erster!1", page, StringComparison.Ordinal);
        Assert.Contains("<p>When you have a comment with multiple lines:<br>WordPress exports it like this.</p>", page, StringComparison.Ordinal);
        Assert.Contains("<time datetime=\"2022-06-06T02:13:14Z\">", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("Zweiter.", StringComparison.Ordinal) < page.IndexOf("Drölfter!", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("remark42-disqus.xml", 4, 1, 0, 0)]
    [InlineData("remark42-disqus-deleted-post.xml", 3, 1, 1, 0)]
    [InlineData("remark42-disqus-deleted-thread.xml", 2, 1, 0, 2)]
    public async Task A_file_that_breaks_off_is_taken_up_to_there_only_when_asked_for(string name, int taken, int spam, int deleted, int withoutPiece)
    {
        await using var voices = await StartAsync();
        var file = Read(name, XmlExports.Disqus);
        var tally = await TakeAsync(voices, "disqus", file);

        Assert.Equal((ImportFault.Broken, Array.FindIndex(TextOf(name).Split('\n'), line => line.Contains("dsq:id=247937687/", StringComparison.Ordinal)) + 1), (file.Fault, file.FaultAt));
        Assert.Equal((taken, spam, deleted, withoutPiece), (tally.Taken, file.Spam, tally.Deleted, tally.WithoutPiece));
        Assert.Equal(Count(TextOf(name), "<post") - 1, tally.Taken + file.Spam + tally.Deleted + tally.WithoutPiece); // The last one is broken.
    }

    [Fact]
    public async Task The_command_counts_first_and_then_takes_what_Isso_kept()
    {
        await using var voices = await StartAsync();
        var folder = Directory.CreateTempSubdirectory("wetoo-import-").FullName;
        var (export, pages, config) = (Path.Combine(folder, "isso.db"), Path.Combine(folder, "pages.txt"), Path.Combine(folder, "voices.json"));
        MakeIsso(export);
        await File.WriteAllTextAsync(pages, "/posts/0001/ /en/articles/test\n", Cancel);
        await File.WriteAllTextAsync(config, $$"""{ "Voices": { "Urls": "http://127.0.0.1:0", "Database": "{{voices.Connection}}", "KeyFile": "{{Path.Combine(folder, "voices.key")}}" } }""", Cancel);

        var trial = await Terminal.RunAsync("", "voices", "import", "--config", config, "--from", "isso", "--pages", pages, "--dry-run", export);
        Assert.Equal((0, ""), (trial.Code, trial.Error));
        Assert.Matches("4 would be taken\n +2   of them answers to others\n +1   of them held", trial.Output);
        Assert.Equal(0, await CountAsync(voices));

        var done = await Terminal.RunAsync("", "voices", "import", "--config", config, "--from", "isso", "--pages", pages, export);
        Assert.Matches("4 taken\n(.*\n)+ +1 deleted, and answers hang on it: an empty place\n +1 deleted\n", done.Output);
        Assert.Equal(4, await voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM comments WHERE state <> 'deleted'"), Cancel));
        await HasNoAddressAsync(voices);
        Assert.Contains("<p>With <strong>weight</strong>.</p>", await voices.ReadAsync("/en/articles/test/comments"), StringComparison.Ordinal);

        var wrong = await Terminal.RunAsync("", "voices", "import", "--config", config, "--from", "disqus", export);
        Assert.Equal((1, "The file is broken at line 1. With --partial, what stands before it is taken. Nothing was taken.\n"), (wrong.Code, wrong.Error));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Remark42s_export_is_taken_packed_or_not_and_what_was_deleted_here_since_stays_so()
    {
        await using var voices = await StartAsync();
        string[] all =
        [
            """{"version":1,"users":[],"posts":[]}""",
            Remark("a1", "", "<p>First <script>alert(1)</script><b onclick=\"x\">bold</b> <a href=\"javascript:alert(1)\">link</a></p>"),
            Remark("a2", "a1", "<p>An answer.</p>"), Remark("a3", "a2", "<p>To the answer.</p>"), Remark("a4", "gone", "<p>Of a lost one.</p>"), "", Remark("a5", "", ""),
        ];
        var lines = string.Join('\n', all);
        var plain = Remark42Export.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)));
        var packed = Remark42Export.Read(new MemoryStream(Packed(Encoding.UTF8.GetBytes(lines))));
        Assert.Equal(plain.Comments, packed.Comments);
        Assert.Equal(Count(lines, "\"id\":\"a[0-9]\""), plain.Comments.Count + plain.Unreadable);

        var tally = await TakeAsync(voices, "remark42", packed);
        Assert.Equal((4, 2, 1), (tally.Taken, tally.Answers, packed.Unreadable));
        var page = await voices.ReadAsync("/en/articles/test/comments");
        Assert.DoesNotContain("onclick", page, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", page, StringComparison.Ordinal);
        Assert.Contains("<time datetime=\"2017-12-20T21:18:22Z\">", page, StringComparison.Ordinal);

        await voices.Database.TransactAsync(session => session.Execute("UPDATE comments SET state = 'deleted', html = '', source = '', name = '' WHERE html LIKE '%An answer%'"), Cancel);
        tally = await TakeAsync(voices, "remark42", plain);
        Assert.Equal((0, 4), (tally.Taken, tally.Known));
        Assert.DoesNotContain("An answer", await voices.ReadAsync("/en/articles/test/comments?again"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inline_feedback_of_wpDiscuz_goes_to_its_words_or_to_the_whole_and_never_to_others()
    {
        await using var voices = await StartAsync();
        (string Id, string Form, string Parent)[] said = [("21", "7", "0"), ("22", "8", "0"), ("23", "7", "21"), ("24", "9", "0"), ("25", "", "0")];
        var comments = string.Concat(said.Select(one => $"""
            <wp:comment><wp:comment_id>{one.Id}</wp:comment_id><wp:comment_author>A. Reader</wp:comment_author><wp:comment_author_email>reader@mail.example</wp:comment_author_email><wp:comment_date_gmt>2025-05-0{one.Id[1]} 10:00:00</wp:comment_date_gmt>
            <wp:comment_content>Number {one.Id}.</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>{one.Parent}</wp:comment_parent>{(one.Form.Length > 0 ? $"<wp:commentmeta><wp:meta_key>wpdiscuz_feedback_form_id</wp:meta_key><wp:meta_value>{one.Form}</wp:meta_value></wp:commentmeta>" : "")}</wp:comment>
            """));
        var export = $"""
            <rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><link>https://old.example/2025/05/test/</link>
            <content:encoded><![CDATA[<p>We ask [wpdiscuz-feedback id="aaa111" question="Why?" opened="0"]<em>two</em> things[/wpdiscuz-feedback] of you.</p><p>[wpdiscuz-feedback id="bbb222" question="Really?" opened="1"]Words that were taken out[/wpdiscuz-feedback]</p>]]></content:encoded>
            {comments}</item></channel></rss>
            """;
        ImportedFile Of(Dictionary<string, string> forms) => XmlExports.WordPress(new MemoryStream(Encoding.UTF8.GetBytes(export)), forms);

        Assert.Equal((4, 0), (Of(s_none).WithoutWords, Of(s_none).Comments.Count(comment => comment.Quote.Length > 0)));
        var file = Of(new() { ["7"] = "aaa111", ["8"] = "bbb222" });
        var tally = await TakeAsync(voices, "wordpress", file);

        Assert.Equal((5, 2, 1, 1), (tally.Taken, tally.Feedback, tally.Answers, file.WithoutWords));
        Assert.Equal(
            ["comment||", "comment||", "note|Words that were taken out|gone", "note|two things|kept"],
            await voices.Database.ReadAsync(session => session.Query<string>("SELECT c.kind || '|' || c.quote || '|' || COALESCE(a.state, '') FROM comments c LEFT JOIN anchors a ON a.comment_id = c.comment_id WHERE c.kind <> 'answer' ORDER BY 1"), Cancel));
        Assert.Contains("Number 21.", await voices.ReadAsync("/en/articles/test/respond?words=two things"), StringComparison.Ordinal);
        Assert.Contains("These words are no longer in the text.", await voices.ReadAsync("/en/articles/test/comments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_hostile_is_refused_by_its_kind_and_breaks_nothing()
    {
        ImportFault? Xml(string text) => XmlExports.Disqus(new MemoryStream(Encoding.UTF8.GetBytes(text))).Fault;
        ImportFault? Lines(byte[] bytes) => Remark42Export.Read(new MemoryStream(bytes)).Fault;

        Assert.Equal(ImportFault.DocumentType, Xml("<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]><disqus>&lol2;</disqus>"));
        Assert.Equal(ImportFault.DocumentType, Xml("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><disqus>&x;</disqus>"));
        Assert.Equal(ImportFault.AnotherFormat, Xml("<rss/>"));
        Assert.Equal(ImportFault.Broken, Xml("<disqus><post>"));
        Assert.Equal(ImportFault.Broken, Xml(""));
        Assert.Equal(ImportFault.AnotherFormat, Lines(Encoding.UTF8.GetBytes("""{"version":2}""")));
        Assert.Equal(ImportFault.Broken, Lines(Encoding.UTF8.GetBytes("{\"version\":1}\n{\"id\":")));
        Assert.Equal(ImportFault.Broken, Lines([.. Encoding.UTF8.GetBytes("{\"version\":1}\n"), 0xff, 0xfe]));
        Assert.Equal(ImportFault.TooLong, Lines(Packed(new byte[64 * 1024 * 1024]))); // 64 KB that would be 64 MB.

        await using var voices = await StartAsync();
        ImportedComment[] ring = [Comment("1", "3"), Comment("2", "1"), Comment("3", "2"), Comment("4", "4"), Comment("5", "2"), Comment("5", null)];
        var tally = await TakeAsync(voices, ring);
        Assert.Equal((5, 3), (tally.Taken, tally.Answers));
        var deep = Remark42Export.Read(new MemoryStream(Encoding.UTF8.GetBytes("{\"version\":1}\n" + Remark("deep", "", string.Concat(Enumerable.Repeat("<b><i><blockquote>", 5_000))))));
        Assert.Equal((0, 1), (deep.Comments.Count, deep.Unreadable));
        ImportedComment[] named = [Comment("named", null) with { Name = "anna@mail.example" }, Comment("control", null) with { Name = "A\u0000\u0007\nB" }];
        Assert.Equal(2, (await TakeAsync(voices, named)).Taken);
        await HasNoAddressAsync(voices);
    }

    private static ImportedComment Comment(string id, string? parent) => new(id, parent, "/test/", "A", "<p>x</p>", 1_700_000_000, ImportedState.Shown);

    private static async Task<RunningVoices> StartAsync(Engine engine = Engine.Sqlite)
    {
        var voices = await RunningVoices.StartAsync(engine);
        foreach (var slug in (string[])["test", "page", "redacted"])
        {
            var piece = await voices.PublishAsync("article", slug, new("A title", "We ask *two* things of you."));
            Assert.Null(await voices.Editions.AllowRepliesAsync(await voices.WorkOfAsync(piece), "open", null, Cancel));
        }

        return voices;
    }

    private static Task<ImportTally> TakeAsync(RunningVoices voices, string origin, ImportedFile file) =>
        voices.App.Services.GetRequiredService<Importing>().TakeAsync(origin, file.Comments, s_places, isTrial: false, Cancel);

    private static Task<ImportTally> TakeAsync(RunningVoices voices, IReadOnlyList<ImportedComment> comments) =>
        voices.App.Services.GetRequiredService<Importing>().TakeAsync("test", comments, s_places, isTrial: false, Cancel);

    private static Task<long> CountAsync(RunningVoices voices) => voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM comments"), Cancel);

    private static async Task HasNoAddressAsync(RunningVoices voices) =>
        Assert.Equal(0, await voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM comments WHERE name LIKE '%@%' OR html LIKE '%@%' OR source LIKE '%@%' OR length(address) > 0 OR mark IS NOT NULL"), Cancel));

    private static ImportedFile Read(string name, Func<Stream, ImportedFile> read)
    {
        using var stream = File.OpenRead(Path.Combine(Vectors.Root(), "spec", "vectors", "comment-imports", name));
        return read(stream);
    }

    private static string TextOf(string name) => Remarks().Replace(File.ReadAllText(Path.Combine(Vectors.Root(), "spec", "vectors", "comment-imports", name)), "");

    private static int Count(string text, string pattern) => Regex.Count(text, pattern);

    private static string Remark(string id, string parent, string text) =>
        $$$"""{"id":"{{{id}}}","pid":"{{{parent}}}","text":{{{System.Text.Json.JsonSerializer.Serialize(text)}}},"user":{"name":"user name","id":"user1","picture":"","ip":"293ec5b0","admin":false},"locator":{"site":"s","url":"https://radio-t.com"},"score":0,"votes":{},"time":"2017-12-20T15:18:22-06:00"}""";

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>The tables of Isso 0.13, and one comment of each kind that it knows.</summary>
    private static void MakeIsso(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
            CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR,
                likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);
            INSERT INTO threads VALUES (1, '/posts/0001/', 'One');
            INSERT INTO comments VALUES
                (1, 1, NULL, 1400000000.25, NULL, 1, '127.0.0.0', 'With **weight**.', 'Ada', 'ada@mail.example', NULL, 0, 0, x'00', 0), (1, 2, 1, 1400000001.5, NULL, 1, '127.0.0.0', 'An answer.', NULL, NULL, NULL, 0, 0, x'00', 0),
                (1, 3, NULL, 1400000002.0, NULL, 2, '127.0.0.0', 'Held.', 'bo@mail.example', NULL, NULL, 0, 0, x'00', 0), (1, 4, NULL, 1400000003.0, NULL, 4, '127.0.0.0', '', NULL, NULL, NULL, 0, 0, x'00', 0),
                (1, 5, 4, 1400000004.0, NULL, 1, '127.0.0.0', 'To what is gone.', NULL, NULL, NULL, 0, 0, x'00', 0), (1, 6, NULL, 1400000005.0, NULL, 4, '127.0.0.0', '', NULL, NULL, NULL, 0, 0, x'00', 0);
            """;
        command.ExecuteNonQuery();
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Remarks();
}
