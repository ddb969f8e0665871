using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WeToo.BrowserTests;

/// <summary>What a person takes out: made on their device, under names that say nothing, read by programs that are not ours.</summary>
public sealed class ExportTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private const string Kept = "It began in spring. He stayed behind after meetings.";
    private const string Arabic = "بقي في المكتب بعد الاجتماع.";

    /// <summary>Its letters stand nowhere else: not one of them may be in what was made without it.</summary>
    private const string Removed = "Жёлтый дом";

    [Fact]
    public async Task Debians_age_opens_the_full_record_with_its_eight_words_only()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var own = await LockAsync(visitor, $"{Kept}\n{Arabic}");
        await Author.ComeBackAsync(visitor, own);
        await visitor.PressAsync("Show my notes");
        await visitor.PressAsync("Read my own account");
        await visitor.PressAsync("Take a copy");
        await visitor.PressAsync("My full record");
        await KnowWhereAsync(visitor);
        var words = await visitor.Page.Locator("ol.words li").AllInnerTextsAsync();
        Assert.Equal(8, words.Count);
        Assert.NotEqual(own.Take(8), words);

        var file = await SavedAsync(visitor, "Save the locked file", "age");
        Assert.DoesNotContain("record", Encoding.Latin1.GetString(file), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => Programs.OpenAgeAsync(file, string.Join(' ', own)));
        await using var zip = new ZipArchive(new MemoryStream(await Programs.OpenAgeAsync(file, string.Join(' ', words))));
        Assert.Equal(["record.pdf", "record.json"], zip.Entries.Select(entry => entry.FullName));
        var (pdf, json) = (await ReadAsync(zip.Entries[0]), await ReadAsync(zip.Entries[1]));
        var text = await Programs.ReadPdfAsync(pdf);
        Assert.Contains("Sealed on ", text, StringComparison.Ordinal);
        Assert.Contains("It began in spring.", text, StringComparison.Ordinal);

        // Readers turn a line that runs from right to left in one of two ways; its words are whole in both.
        var plain = Plain(text);
        Assert.All(Arabic.TrimEnd('.').Split(' '), word => Assert.True(
            plain.Contains(word, StringComparison.Ordinal) || plain.Contains(string.Concat(word.Reverse()), StringComparison.Ordinal), $"{word} is not in: {plain}"));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(json)), text.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        using var data = JsonDocument.Parse(json);
        Assert.Equal($"{Kept}\n{Arabic}", data.RootElement.GetProperty("account").GetProperty("text").GetString());
        Assert.Empty(visitor.Complaints);
        Assert.Empty(visitor.Strangers);
    }

    [Fact]
    public async Task A_room_that_was_left_out_and_a_line_that_was_blacked_out_are_nowhere_in_the_files()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await WriteAsync(visitor, $"{Kept} {Removed}.", Removed);
        await visitor.PressAsync("Take a copy");

        // What the extract must not hold is there to be found in a record of everything.
        await visitor.PressAsync("My full record");
        await KnowWhereAsync(visitor);
        await visitor.Page.GetByText("Save it without a lock").ClickAsync();
        var whole = await SavedAsync(visitor, "Save a PDF without a lock", "pdf");
        Assert.Contains(Removed, await Programs.ReadPdfAsync(whole), StringComparison.Ordinal);
        Assert.Contains(LettersOf(Removed), Everything(whole).Contains);

        await visitor.PressAsync("Back");
        await ShareAsync(visitor, "An account for nobody else");
        var pdf = await SavedAsync(visitor, "Save the PDF", "pdf");
        var text = await Programs.ReadPdfAsync(pdf);
        Assert.Contains("Extract", text, StringComparison.Ordinal);
        Assert.Contains("For the police", text, StringComparison.Ordinal);
        Assert.Contains("Parts left out: 1. Lines blacked out: 1.", text, StringComparison.Ordinal);
        Assert.Contains("He stayed behind after meetings.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Where", text, StringComparison.Ordinal);
        Assert.DoesNotContain(LettersOf(Removed), Everything(pdf).Contains);

        var json = Encoding.UTF8.GetString(await SavedAsync(visitor, "Save the data", "json"));
        Assert.Contains("\"left_out\": 1", json, StringComparison.Ordinal);
        Assert.Contains("He stayed behind after meetings.", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Ж", json, StringComparison.Ordinal);
        Assert.DoesNotContain("where", json, StringComparison.Ordinal);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task What_was_blacked_out_changes_no_byte_of_the_extract()
    {
        var made = new List<byte[]>();
        foreach (var secret in (string[])[Removed, "Another text, and a much longer one, which nobody must read"])
        {
            await using var visitor = await chromium.NewVisitorAsync(deployment);
            await WriteAsync(visitor, $"{Kept} {secret}.", secret);
            await visitor.PressAsync("Take a copy");
            await ShareAsync(visitor, secret);
            made.Add(await SavedAsync(visitor, "Save the PDF", "pdf"));
        }

        Assert.Equal(made[0], made[1]);
        Assert.DoesNotContain("/Producer", Encoding.Latin1.GetString(made[0]), StringComparison.Ordinal);
        Assert.DoesNotContain("/CreationDate", Encoding.Latin1.GetString(made[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_hides_what_it_drew_makes_no_empty_paper()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await visitor.Page.AddInitScriptAsync("CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) => new ImageData(width, height)");
        await WriteAsync(visitor, Kept, Removed);
        await visitor.PressAsync("Take a copy");
        await ShareAsync(visitor, null);
        await visitor.PressAsync("Save the PDF");
        await visitor.SeeAsync("This browser does not let a page draw.");
        Assert.Contains("He stayed", Encoding.UTF8.GetString(await SavedAsync(visitor, "Save the data", "json")), StringComparison.Ordinal);
    }

    private static async Task WriteAsync(Visitor visitor, string account, string place)
    {
        await Author.BeginAsync(visitor);
        await visitor.WriteAsync("What happened", account);
        await visitor.PressAsync("Continue");
        await visitor.PressAsync("Where");
        await visitor.WriteAsync("The place", place);
        await visitor.PressAsync("Done");
        await visitor.SeeHeadingAsync("Your account");
    }

    private static async Task<IReadOnlyList<string>> LockAsync(Visitor visitor, string account)
    {
        await WriteAsync(visitor, account, "The third floor.");
        await visitor.PressAsync("Go on to lock it");
        return await Author.KeepAsync(visitor);
    }

    /// <summary>For the police: the first room, without its last sentence.</summary>
    private static async Task ShareAsync(Visitor visitor, string? without)
    {
        await visitor.PressAsync("A copy to share");
        Assert.Equal(0, await visitor.Page.Locator("main input:checked").CountAsync());
        await visitor.PressAsync("Continue");
        await visitor.SeeAsync("Choose who it is for, and at least one part.");
        await visitor.Page.GetByLabel("The police").CheckAsync();
        await visitor.Page.GetByLabel("In your words").CheckAsync();
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Black out lines");
        if (without is not null) await visitor.Page.Locator(".passages input").Last.CheckAsync();
        await visitor.PressAsync("Continue");
        await KnowWhereAsync(visitor);
        await visitor.SeeHeadingAsync("Your copy is ready");
    }

    private static async Task KnowWhereAsync(Visitor visitor)
    {
        await visitor.SeeHeadingAsync("Do you know where this file will go?");
        await visitor.PressAsync("I am not sure");
        await visitor.SeeAsync("Then you can wait.");
        await visitor.PressAsync("Yes, I know");
    }

    private static async Task<byte[]> SavedAsync(Visitor visitor, string button, string ending)
    {
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.PressAsync(button));
        Assert.Matches($"^document-[0-9A-F]{{4}}\\.{ending}$", download.SuggestedFilename);
        return await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry)
    {
        await using var content = await entry.OpenAsync(TestContext.Current.CancellationToken);
        using var held = new MemoryStream();
        await content.CopyToAsync(held, TestContext.Current.CancellationToken);
        return held.ToArray();
    }

    /// <summary>The bytes of a file and of each stream in it that can be inflated, one character for one byte.</summary>
    private static string Everything(byte[] pdf)
    {
        var raw = Encoding.Latin1.GetString(pdf);
        var all = new StringBuilder(raw);
        var streams = 0;
        for (var at = raw.IndexOf("/FlateDecode", StringComparison.Ordinal); at >= 0; at = raw.IndexOf("/FlateDecode", at + 1, StringComparison.Ordinal))
        {
            var start = raw.IndexOf("stream\n", at, StringComparison.Ordinal) + "stream\n".Length;
            using var inflated = new ZLibStream(new MemoryStream(pdf, start, pdf.Length - start), CompressionMode.Decompress);
            using var held = new MemoryStream();
            inflated.CopyTo(held);
            all.Append(Encoding.Latin1.GetString(held.ToArray()));
            streams++;
        }

        Assert.True(streams > 0, "No stream was found.");
        return all.ToString();
    }

    /// <summary>How a letter may stand in a file: in UTF-8, or in hexadecimal of UTF-16 as a font says it.</summary>
    private static IEnumerable<string> LettersOf(string text) => text.Where(letter => letter > 127).SelectMany(letter => (string[])
        [$"<{(int)letter:x4}>", $"<{(int)letter:X4}>"]).Append(text).Append(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)));

    /// <summary>Without the marks of direction that a reader adds.</summary>
    private static string Plain(string text) => string.Concat(text.Where(c => c is not ('\u202a' or '\u202b' or '\u202c' or '\u200e' or '\u200f')));
}
