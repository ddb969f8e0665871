using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Files: the original untouched and hashed, a copy without what the camera wrote, and nothing sent before the seal.</summary>
public sealed class FilesTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private const string Marker = "Canon EOS of the author";

    [Fact]
    public async Task A_photo_keeps_its_original_and_gets_a_copy_that_says_nothing_of_the_camera()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var page = visitor.Page;
        var photo = await PhotoAsync(page);
        Assert.Contains(Marker, Encoding.Latin1.GetString(photo), StringComparison.Ordinal);
        var sent = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/v1/files", StringComparison.Ordinal)) sent.Add(request.Url);
        };

        await Author.BeginAsync(visitor);
        await visitor.PressAsync("Continue");
        await AddAsync(visitor, photo);
        await visitor.PressAsync("Done");
        Assert.Empty(sent);

        await visitor.PressAsync("Go on to lock it");
        var words = await Author.KeepAsync(visitor);
        await OpenOwnAsync(visitor, words);
        await visitor.SeeAsync("SHA-256 " + Convert.ToHexStringLower(SHA256.HashData(photo)));
        Assert.Equal(photo, await SavedAsync(visitor, "Save the original"));
        var copy = await SavedAsync(visitor, "Save the copy without hidden data");
        Assert.Equal([0xff, 0xd8], copy[..2]);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(copy), StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, Encoding.Latin1.GetString(copy), StringComparison.Ordinal);
        await visitor.PressAsync("Show the picture");
        Assert.Contains("blur", await page.Locator("img.gentle").EvaluateAsync<string>("picture => getComputedStyle(picture).filter"), StringComparison.Ordinal);
        await visitor.PressAsync("Show it clearly");
        Assert.Equal(0, await page.Locator("img.gentle").CountAsync());
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_kept_file_survives_the_page_and_goes_on_where_the_network_broke()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var page = visitor.Page;
        var video = RandomNumberGenerator.GetBytes(3_500_000);
        var words = await Author.BeginKeepingAsync(visitor);
        await visitor.PressAsync("Continue");
        await AddAsync(visitor, video, "IMG_20190503.mp4", "video/mp4");
        await visitor.PressAsync("Done");
        await visitor.SeeAsync("Saved on this device, locked.");

        await page.GotoAsync(deployment.Vault.ToString());
        await visitor.PressAsync("I have been here before");
        await page.Locator("#word-1").FillAsync(string.Join(' ', words));
        await visitor.PressAsync("Open");
        await visitor.PressAsync("Show my notes");
        await visitor.SeeHeadingAsync("Your account");
        await visitor.PressAsync("Go on to lock it");
        var stored = 0;
        await page.RouteAsync("**/v1/files", async route =>
        {
            if (route.Request.Method == "PUT" && Interlocked.Increment(ref stored) == 3) await route.AbortAsync();
            else await route.ContinueAsync();
        });
        var keeping = Author.KeepAsync(visitor);
        await visitor.SeeAsync("Not sent yet.");
        await visitor.PressAsync("Try now");
        await keeping;
        Assert.Equal(5, stored); // Four parts, and the one that was lost once more.

        await OpenOwnAsync(visitor, words);
        Assert.Equal(video, await SavedAsync(visitor, "Save the original"));
    }

    [Fact]
    public async Task A_file_that_was_added_before_anybody_chose_a_copy_goes_into_the_copy()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var note = "Tuesday, by the lift."u8.ToArray();
        await Author.BeginAsync(visitor);
        await visitor.PressAsync("Continue");
        await AddAsync(visitor, note, "note.txt", "text/plain");
        await visitor.PressAsync("Done");
        await visitor.PressAsync("Keep a locked copy here?");
        await visitor.PressAsync("Keep a locked copy");
        await visitor.SeeHeadingAsync("Your ten words");
        var words = await visitor.Page.Locator("ol.words li").AllInnerTextsAsync();
        await visitor.PressAsync("I have them. Go on");
        await visitor.SeeHeadingAsync("Your account");

        await Author.ComeBackAsync(visitor, words);
        await visitor.PressAsync("Show my notes");
        await visitor.SeeHeadingAsync("Your account");
        await visitor.PressAsync("Go on to lock it");
        await Author.KeepAsync(visitor);
        await OpenOwnAsync(visitor, words);
        Assert.Equal(note, await SavedAsync(visitor, "Save the original"));
    }

    [Fact]
    public async Task A_counselor_opens_a_file_once_the_author_has_said_yes()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await using var ana = await chromium.NewVisitorAsync(deployment);
        await using var ben = await chromium.NewVisitorAsync(deployment);
        var note = Encoding.UTF8.GetBytes("See you at seven. Do not tell the others.");
        await Counselor.JoinAsync(counselor);
        var words = await Author.Ana.LockAsync(ana, async visitor =>
        {
            await AddAsync(visitor, note, "note.txt", "text/plain");
            await visitor.PressAsync("Done");
        });
        await Author.Ben.LockAsync(ben);
        await counselor.Page.Locator(".case").Nth(1).WaitForAsync(new() { Timeout = 60_000 });
        await Counselor.OpenCaseOfAsync(counselor, "Ana");
        await Counselor.CompareAsync(counselor);
        await Author.ComeBackAsync(ana, words);
        await ana.PressAsync("Show my notes");
        await ana.PressAsync("Yes, they may read it");
        await Counselor.OpenPartAsync(counselor, "Files");
        await counselor.SeeAsync("note.txt");
        Assert.Equal(note, await SavedAsync(counselor, "Save the original"));
        Assert.Empty(counselor.Complaints);
    }

    private static async Task AddAsync(Visitor visitor, byte[] bytes, string name = "IMG_20190503.jpg", string type = "image/jpeg")
    {
        await visitor.PressAsync("What there is");
        await visitor.PressAsync("Add a file");
        await visitor.SeeAsync("Never add a sexual image of anyone under 18.");
        await visitor.SeeAsync("A recording that someone did not know of");
        var choosing = visitor.Page.WaitForFileChooserAsync();
        await visitor.PressAsync("I have read this. Choose a file");
        await (await choosing).SetFilesAsync(new FilePayload { Name = name, MimeType = type, Buffer = bytes });
        await visitor.SeeAsync(name);
    }

    private static async Task OpenOwnAsync(Visitor visitor, IReadOnlyList<string> words)
    {
        await Author.ComeBackAsync(visitor, words);
        await visitor.PressAsync("Show my notes");
        await visitor.PressAsync("Read my own account");
        await visitor.SeeHeadingAsync("Your own account");
    }

    private static async Task<byte[]> SavedAsync(Visitor visitor, string button)
    {
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.PressAsync(button));
        Assert.Matches(@"^document-[0-9A-F]{4}\.[a-z0-9]+$", download.SuggestedFilename);
        return await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }

    /// <summary>A picture that the browser draws, with the part that a camera writes: a make and a place.</summary>
    private static async Task<byte[]> PhotoAsync(IPage page)
    {
        var drawn = Convert.FromBase64String(await page.EvaluateAsync<string>(
            """
            () => {
              const canvas = document.createElement('canvas')
              canvas.width = 2400
              canvas.height = 1200
              const pen = canvas.getContext('2d')
              pen.fillStyle = 'teal'
              pen.fillRect(200, 200, 900, 600)
              return canvas.toDataURL('image/jpeg').split(',')[1]
            }
            """));
        return [.. drawn.AsSpan(0, 2), .. ExifSegment(), .. drawn.AsSpan(2)];
    }

    /// <summary>APP1 with a TIFF header, the make (tag 0x010f), and GPS data (0x8825) that begins with a latitude reference.</summary>
    private static byte[] ExifSegment()
    {
        var make = Encoding.ASCII.GetBytes(Marker + "\0");
        var tiff = new List<byte> { 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 2 };
        var (makeAt, gpsAt) = (8 + 2 + 24 + 4, 8 + 2 + 24 + 4 + make.Length);
        AddEntry(0x010f, 2, make.Length, makeAt);
        AddEntry(0x8825, 4, 1, gpsAt);
        tiff.AddRange([0, 0, 0, 0, .. make, 0, 1]);
        AddEntry(1, 2, 2, 'N' << 24);
        tiff.AddRange([0, 0, 0, 0]);
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        return [0xff, 0xe1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

        void AddEntry(int tag, int type, int count, int value)
        {
            var entry = new byte[12];
            BinaryPrimitives.WriteInt16BigEndian(entry, unchecked((short)tag));
            BinaryPrimitives.WriteInt16BigEndian(entry.AsSpan(2), (short)type);
            BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(4), count);
            BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(8), value);
            tiff.AddRange(entry);
        }
    }
}
