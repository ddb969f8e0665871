using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Telling it aloud: recorded without a network, sealed at once, and sent with the account alone.</summary>
public sealed class VoiceTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    [Fact]
    public async Task A_voice_is_recorded_without_a_network_goes_into_the_locked_copy_and_is_heard_after_the_seal()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment, hearing: true);
        var page = visitor.Page;
        await page.Context.GrantPermissionsAsync(["microphone"]);
        var sent = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/v1/", StringComparison.Ordinal)) sent.Add(request.Url);
        };
        await Author.BeginAsync(visitor);
        await visitor.PressAsync("Continue");
        await ReachRecorderAsync(visitor);
        var before = sent.Count;
        await page.Context.SetOfflineAsync(true);
        await RecordAsync(visitor);
        await page.Context.SetOfflineAsync(false);
        Assert.Equal(before, sent.Count);

        // It is in the copy that is begun only now, and there after the page was opened anew.
        await visitor.PressAsync("Keep it");
        await visitor.SeeAsync("voice.webm");
        await visitor.PressAsync("Done");
        await visitor.PressAsync("Keep a locked copy here?");
        await visitor.PressAsync("Keep a locked copy");
        await visitor.SeeHeadingAsync("Your ten words");
        var words = await page.Locator("ol.words li").AllInnerTextsAsync();
        await visitor.PressAsync("I have them. Go on");
        await visitor.SeeHeadingAsync("Your account");
        await Author.ComeBackAsync(visitor, words);
        await visitor.PressAsync("Show my notes");
        await visitor.SeeHeadingAsync("Your account");
        await visitor.PressAsync("Go on to lock it");
        await Author.KeepAsync(visitor);

        await Author.ComeBackAsync(visitor, words);
        await visitor.PressAsync("Show my notes");
        await visitor.PressAsync("Read my own account");
        var download = await page.RunAndWaitForDownloadAsync(() => visitor.PressAsync("Save the original"));
        var sound = await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal([0x1a, 0x45, 0xdf, 0xa3], sound[..4]); // EBML, RFC 8794: a WebM file.
        await visitor.PressAsync("Fetch the sound");
        await visitor.PressAsync("Listen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop the sound", Exact = true }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Listen", Exact = true }).WaitForAsync(); // It ends by itself.
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task What_was_said_before_somebody_turned_away_is_kept_and_what_is_thrown_away_is_not()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment, hearing: true);
        var page = visitor.Page;
        await page.Context.GrantPermissionsAsync(["microphone"]);
        await Author.BeginAsync(visitor);
        await visitor.PressAsync("Continue");
        await ReachRecorderAsync(visitor);
        await visitor.PressAsync("Start");
        await visitor.SeeAsync("0:01");
        await page.EvaluateAsync(
            """
            () => {
              Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })
              document.dispatchEvent(new Event('visibilitychange'))
              delete document.hidden
            }
            """);
        await visitor.SeeAsync("It is with your files now");

        await visitor.PressAsync("Throw it away, and speak again");
        await visitor.PressAsync("Start");
        await visitor.SeeAsync("0:01");
        await visitor.PressAsync("Throw it away");
        await visitor.PressAsync("Not now");
        await visitor.PressAsync("Done");
        await visitor.PressAsync("What there is");
        Assert.Equal(0, await page.GetByText("voice.webm").CountAsync());
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Without_a_microphone_the_screen_says_what_else_there_is()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment, hearing: true);
        await Author.BeginAsync(visitor);
        await visitor.PressAsync("Continue");
        await ReachRecorderAsync(visitor);
        await visitor.PressAsync("Start");
        await visitor.SeeAsync("There is no microphone here, or this page may not use it.");
    }

    private static async Task ReachRecorderAsync(Visitor visitor)
    {
        await visitor.PressAsync("What there is");
        await visitor.PressAsync("Add a file");
        await visitor.PressAsync("Record your voice");
        await visitor.SeeHeadingAsync("Tell it aloud");
    }

    private static async Task RecordAsync(Visitor visitor)
    {
        await visitor.PressAsync("Start");
        await visitor.SeeAsync("0:02");
        await visitor.PressAsync("Stop");
        await visitor.SeeAsync("It is with your files now: 0:");
    }
}
