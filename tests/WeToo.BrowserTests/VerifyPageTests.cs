using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using WeToo.Tests.Tool;

namespace WeToo.BrowserTests;

/// <summary>The page that checks packages: on the device alone, from a file too, with the verdict of the command and of the script.</summary>
public sealed class VerifyPageTests(Chromium chromium, Deployment deployment, EvidenceCases cases) : IClassFixture<Deployment>, IClassFixture<EvidenceCases>
{
    [Fact]
    public async Task It_checks_without_a_network_and_says_what_is_wrong_with_which_part()
    {
        await using var visitor = await OpenAsync();
        await visitor.Page.Context.SetOfflineAsync(true);
        await CheckAsync(visitor, "as it was made", policy: true);
        await visitor.SeeHeadingAsync("It matches");
        Assert.Matches("Enough witnesses had seen it by November 23, 2026 at 2:21:40.AM UTC", await visitor.TextAsync());
        await visitor.SeeAsync("Clock of Tests");
        await visitor.SeeAsync("The account was there before its author was told of a match.");
        await visitor.SeeAsync("This does not show what happened.");
        Assert.Contains("بقي في المكتب", await visitor.TextAsync(), StringComparison.Ordinal);

        await visitor.PressAsync("Check another file");
        await CheckAsync(visitor, "as it was made", policy: false);
        await visitor.SeeHeadingAsync("It agrees with itself");
        foreach (var one in cases.All.Where(one => one.Believes == "policy" && one.Findings.Count > 0).Chunk(7).Select(some => some[0]))
        {
            await visitor.PressAsync("Check another file");
            await CheckAsync(visitor, one.Name, policy: true);
            await visitor.SeeHeadingAsync("It does not match");
            var parts = await visitor.Page.Locator("main li code").AllInnerTextsAsync();
            Assert.Equal(one.Findings.Select(finding => finding.Split(' ')[0]).Order(StringComparer.Ordinal), parts.Order(StringComparer.Ordinal));
        }

        Assert.Empty(visitor.Complaints);
        Assert.Empty(visitor.Strangers);
    }

    [Fact]
    public async Task Saved_as_a_file_it_works_by_keyboard_and_by_dropping()
    {
        await using var visitor = await OpenAsync();
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Save this page" }).ClickAsync());
        var saved = cases.PathOf("saved.html");
        await download.SaveAsAsync(saved);
        await visitor.Page.Context.SetOfflineAsync(true);
        await visitor.Page.GotoAsync(new Uri(saved).ToString());
        await visitor.SeeHeadingAsync("Check a file with its date");
        Assert.Equal(0, await visitor.Page.Locator("[data-leave]").CountAsync());

        // Two files dropped anywhere on the page; then Enter on the one button.
        await DropAsync(visitor, ("x.zip", await BytesOfAsync(FileOf("as it was made"))), ("policy.txt", await BytesOfAsync("policy.txt")));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Check it" }).FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.SeeHeadingAsync("It matches");
        Assert.Equal("H1", await visitor.Page.EvaluateAsync<string>("() => document.activeElement.tagName"));
        Assert.Empty(visitor.Complaints);
        Assert.Empty(visitor.Strangers);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task Every_screen_is_accessible_in_either_scheme_and_has_room_at_320_pixels(string language)
    {
        await using var visitor = await OpenAsync();
        await visitor.SpeakAsync(language);
        await visitor.Page.SetViewportSizeAsync(320, 568);
        await LookAsync(visitor, "start");
        foreach (var (name, policy, screen) in ((string, bool, string)[])[("as it was made", true, "matches"), ("as it was made", false, "own"), ("salts swapped", true, "differs")])
        {
            await visitor.Page.ReloadAsync();
            await visitor.SpeakAsync(language);
            await CheckAsync(visitor, name, policy);
            await visitor.Page.Locator("#file-package").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await LookAsync(visitor, screen);
        }
    }

    private static async Task LookAsync(Visitor visitor, string screen)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var axe = await visitor.Page.RunAxe();
            Assert.Empty(axe.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{screen}, {scheme}: {rule.Id}: {node.Html}")));
        }

        Assert.False(await visitor.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    private async Task<Visitor> OpenAsync()
    {
        var visitor = await chromium.NewVisitorAsync(deployment);
        await visitor.Page.GotoAsync(new Uri(deployment.Vault, "verify").ToString());
        await visitor.SeeHeadingAsync("Check a file with its date");
        return visitor;
    }

    private string FileOf(string name) => cases.All.Single(one => one.Name == name).File;

    private async Task CheckAsync(Visitor visitor, string name, bool policy)
    {
        await visitor.Page.Locator("#file-package").SetInputFilesAsync(cases.PathOf(FileOf(name)));
        if (policy) await visitor.Page.Locator("#file-policy").SetInputFilesAsync(cases.PathOf("policy.txt"));
        await visitor.Page.Locator("main button.main").ClickAsync();
    }

    private Task<byte[]> BytesOfAsync(string file) => File.ReadAllBytesAsync(cases.PathOf(file), TestContext.Current.CancellationToken);

    private static Task DropAsync(Visitor visitor, params (string Name, byte[] Bytes)[] files) => visitor.Page.EvaluateAsync(
        """
        (files) => {
          const dataTransfer = new DataTransfer()
          for (const { name, bytes } of files) dataTransfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name))
          for (const type of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
        }
        """,
        files.Select(file => new { name = file.Name, bytes = Convert.ToBase64String(file.Bytes) }));
}
