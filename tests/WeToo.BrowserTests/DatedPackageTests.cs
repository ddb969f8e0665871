using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>An account with its date, from the seal to whoever checks it: made on the author's device, held to the witnesses by three programs that agree, and by plain tools in a bare shell.</summary>
public sealed class DatedPackageTests(Chromium chromium) : IAsyncLifetime
{
    /// <summary>The tools that check.sh and the README name, and no others.</summary>
    private static readonly string[] s_tools =
    [
        "age", "awk", "basenc", "cat", "cmp", "cut", "date", "dirname", "find", "grep", "head", "mktemp", "od", "openssl", "rm", "sed", "sh", "sha256sum", "sort", "tail", "tr", "uniq", "unzip", "wc",
    ];

    private readonly Deployment _deployment = new() { More = ["--log-every", "1"] };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wetoo-package-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Policy => Path.Combine(_deployment.Folder, "log", "policy.txt");

    public async ValueTask InitializeAsync() => await _deployment.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _deployment.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task From_the_seal_to_a_package_that_three_programs_and_plain_tools_call_right_and_altered_wrong()
    {
        await using var counselor = await chromium.NewVisitorAsync(_deployment);
        await Counselor.JoinAsync(counselor);
        await using var ana = await chromium.NewVisitorAsync(_deployment);
        await using var ben = await chromium.NewVisitorAsync(_deployment);
        var words = await Author.Ana.LockAsync(ana, AddFileAsync);
        var found = new List<string>();
        await using var friend = await chromium.NewVisitorAsync(_deployment);
        await NoteWalk.FromAFriendAsync(ana, words, friend, found);
        await Author.Ben.LockAsync(ben);
        await Counselor.OpenCaseOfAsync(counselor, "Ana");
        await Counselor.CompareAsync(counselor); // Nobody is told before.

        await Author.ComeBackAsync(ana, words);
        await ana.PressAsync("Show my notes");
        await ana.PressAsync("Read my own account");
        await ana.PressAsync("Take a copy");
        await ana.PressAsync("My account with its date");
        await WaitUntilDatedAsync(ana);
        await ana.SeeAsync("Enough witnesses had seen it by ");
        await EveryScreenTests.LookInEachLanguageAsync(ana, "evidence-dates", found);
        await ana.PressAsync("Make the file");
        Assert.Equal(1, await ana.Page.Locator("main input:checked").CountAsync());
        await ana.Page.GetByLabel("That you were told of a match").CheckAsync();
        await EveryScreenTests.LookInEachLanguageAsync(ana, "evidence-choice", found);
        await ana.PressAsync("Continue");
        await ana.PressAsync("Yes, I know");
        await EveryScreenTests.LookInEachLanguageAsync(ana, "evidence-save", found);
        Assert.Empty(found);

        var package = await SaveAllAsync(ana);
        await NoteWalk.HoldInPackageAsync(package);
        await CheckAsync(package, expected: 0);
        await CheckPaperAsync();
        await CheckByHandAsync();
        await CheckOnPageAsync(ana, package, "It matches");

        var bytes = await File.ReadAllBytesAsync(package, Cancel);
        bytes[Encoding.Latin1.GetString(bytes).IndexOf("It began in spring", StringComparison.Ordinal)] ^= 1;
        var altered = Path.Combine(_folder.FullName, "altered.zip");
        await File.WriteAllBytesAsync(altered, bytes, Cancel);
        await CheckAsync(altered, expected: 1);
        await CheckOnPageAsync(ana, altered, "It does not match");
        Assert.Equal(["account.json"], await ana.Page.Locator("main li code").AllInnerTextsAsync());
        await SeeWhatTheLogSaysOfKeysAsync(ana, words);
        Assert.All((Visitor[])[ana, ben, counselor, friend], each => Assert.Empty(each.Complaints));
        Assert.All((Visitor[])[ana, ben, counselor, friend], each => Assert.Empty(each.Strangers));
    }

    /// <summary>Keys and team as everybody gets them are in the log, seen by witnesses that she knows; what is not there, and witnesses that she does not know, she is told of.</summary>
    private static async Task SeeWhatTheLogSaysOfKeysAsync(Visitor ana, IReadOnlyList<string> words)
    {
        var found = new List<string>();
        foreach (var (change, said) in ((Func<JsonNode, JsonNode>, string)[])
        [
            (told => told, "stand in the public log, as others see them"),
            (Without, "are not in the public log yet"),
            (WithTheProofOfAnother, "are not in the log by the witnesses you know"),
            (WithOtherWitnesses, "These are not the rules you knew."),
        ])
        {
            await ana.Page.RouteAsync("**/v1/proofs", async route =>
            {
                if (route.Request.Method != "GET") await route.FallbackAsync();
                else await route.FulfillAsync(new() { Json = change(JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!) });
            });
            await Author.ComeBackAsync(ana, words);
            await ana.PressAsync("Show my notes");
            await ana.SeeAsync(said);
            await ana.Page.UnrouteAllAsync();
        }

        await EveryScreenTests.LookInEachLanguageAsync(ana, "status-other-witnesses", found);
        Assert.Empty(found);
        await ana.SeeAsync("other-1");
        await ana.PressAsync("I have seen this");
        await ana.SeeAsync("stand in the public log, as others see them");
    }

    private static JsonNode Without(JsonNode told)
    {
        told["entries"]!.AsArray().Clear();
        return told;
    }

    private static JsonNode WithTheProofOfAnother(JsonNode told)
    {
        told["entries"]![0]!["proof"] = told["entries"]![2]!["proof"]!.DeepClone();
        return told;
    }

    private static JsonNode WithOtherWitnesses(JsonNode told)
    {
        told["policy"] = told["policy"]!.GetValue<string>().Replace("keeper-", "other-", StringComparison.Ordinal).Replace("/other-", "/keeper-", StringComparison.Ordinal);
        return told;
    }

    private static async Task AddFileAsync(Visitor visitor)
    {
        await visitor.PressAsync("What there is");
        await visitor.PressAsync("Add a file");
        var choosing = visitor.Page.WaitForFileChooserAsync();
        await visitor.PressAsync("I have read this. Choose a file");
        await (await choosing).SetFilesAsync(new FilePayload { Name = "notes of that week.TXT", MimeType = "text/plain", Buffer = "He wrote at nine."u8.ToArray() });
        await visitor.SeeAsync("notes of that week.TXT");
        await visitor.PressAsync("Done");
        await visitor.SeeHeadingAsync("Your account");
    }

    /// <summary>The account and the notice of a match are dated within seconds here; until then the screen says so.</summary>
    private static async Task WaitUntilDatedAsync(Visitor ana)
    {
        var (make, again, waits) = (ana.Page.GetByRole(AriaRole.Button, new() { Name = "Make the file" }), ana.Page.GetByRole(AriaRole.Button, new() { Name = "Ask again" }), ana.Page.GetByText("Not dated yet."));
        for (var asked = 0; ; asked++)
        {
            Assert.InRange(asked, 0, 60);
            await make.Or(again).First.WaitForAsync();
            if (await make.IsVisibleAsync() && await ana.Page.GetByText("Told of a match").IsVisibleAsync() && await waits.CountAsync() == 0) return;
            if (await again.IsVisibleAsync()) await again.ClickAsync();
            else
            {
                await ana.PressAsync("Back");
                await ana.PressAsync("My account with its date");
            }

            await ana.Page.GetByText("Asking the log").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }
    }

    /// <summary>Locked, open, and the key: the locked one holds a package too.</summary>
    private async Task<string> SaveAllAsync(Visitor ana)
    {
        var own = await ana.Page.Locator("ol.words li").AllInnerTextsAsync();
        var locked = await SavedAsync(ana, "Save the locked file", "age");
        var opened = Path.Combine(_folder.FullName, "opened.zip");
        await File.WriteAllBytesAsync(opened, await Programs.OpenAgeAsync(locked, string.Join(' ', own)), Cancel);
        await ana.Page.GetByText("Save it without a lock", new() { Exact = true }).ClickAsync();
        var package = Path.Combine(_folder.FullName, "document.zip");
        await File.WriteAllBytesAsync(package, await SavedAsync(ana, "Save the ZIP file without a lock", "zip"), Cancel);
        await ana.Page.GetByText("The key to the locked part").ClickAsync();
        await ZipFile.ExtractToDirectoryAsync(package, Inside, Cancel);
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "key.txt"), await SavedAsync(ana, "Save the key", "txt"), Cancel);
        Assert.Equal(0, (await ToolAsync(opened)).Code);
        Assert.Equal(["1.txt"], Directory.GetFiles(Path.Combine(Inside, "files")).Select(Path.GetFileName));
        return package;
    }

    private string Inside => Path.Combine(_folder.FullName, "inside");

    /// <summary>The command, and the script of the package in a shell that has nothing else.</summary>
    private async Task CheckAsync(string package, int expected)
    {
        var (code, said) = await ToolAsync(package);
        Assert.True(code == expected, said);
        var (scriptCode, scriptSaid) = await BareAsync(Inside, $"sh check.sh -p '{Policy}' -k ../key.txt '{package}'");
        Assert.True(scriptCode == expected, scriptSaid);
        if (expected == 0)
        {
            Assert.All((string[])[said, scriptSaid], each => Assert.Contains("account.json: number ", each, StringComparison.Ordinal));
            Assert.Contains("The account was there before its author was told of a match", said, StringComparison.Ordinal);
            Assert.Contains("the notice of a match: number ", scriptSaid, StringComparison.Ordinal);
        }
        else
        {
            Assert.All((string[])[said, scriptSaid], each => Assert.Contains("account.json", each, StringComparison.Ordinal));
            Assert.All((string[])[said, scriptSaid], each => Assert.Contains("(altered)", each, StringComparison.Ordinal));
        }

        // A file that is not opened by this key was locked by somebody else.
        if (expected == 0)
        {
            await Programs.RunAsync("age-keygen", ["-o", Path.Combine(_folder.FullName, "other.txt")]);
            (scriptCode, scriptSaid) = await BareAsync(Inside, $"sh check.sh -p '{Policy}' -k '{Path.Combine(_folder.FullName, "other.txt")}' '{package}'");
            Assert.Equal((1, true), (scriptCode, scriptSaid.Contains("account.age (altered)", StringComparison.Ordinal)));
        }
    }

    /// <summary>The paper as other programs see it: sound, tagged, with the dated data in it, to the byte.</summary>
    private async Task CheckPaperAsync()
    {
        var (paper, data) = (Path.Combine(Inside, "account.pdf"), Path.Combine(_folder.FullName, "attached.json"));
        Assert.Contains("It began in spring", await Programs.ReadPdfAsync(await File.ReadAllBytesAsync(paper, Cancel)), StringComparison.Ordinal);
        Assert.Contains("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>", await Programs.RunAsync("pdfinfo", ["-meta", paper]), StringComparison.Ordinal);
        Assert.Matches("Tagged: +yes", await Programs.RunAsync("pdfinfo", [paper]));
        var structure = await Programs.RunAsync("pdfinfo", ["-struct-text", paper]);
        Assert.Matches("(?s)Document.*H1.*\"Account with its date\".*H2.*\"In your words\"", structure);
        var fonts = (await Programs.RunAsync("pdffonts", [paper])).Split('\n')[2..^1];
        Assert.NotEmpty(fonts);
        Assert.All(fonts, font => Assert.Matches("Type 3 +Custom +yes", font));
        await Programs.RunAsync("pdfdetach", ["-save", "1", "-o", data, paper]);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Inside, "account.json"), Cancel), await File.ReadAllBytesAsync(data, Cancel));
    }

    /// <summary>Every command that the README names but our own program, one after the other, as somebody would type them.</summary>
    private async Task CheckByHandAsync()
    {
        File.Copy(Policy, Path.Combine(_folder.FullName, "trusted.txt"));
        var readme = await File.ReadAllLinesAsync(Path.Combine(Inside, "README.txt"), Cancel);
        var commands = readme.Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();
        Assert.InRange(commands.Count, 8, 12);
        foreach (var command in commands.Where(command => !command.StartsWith("wetoo ", StringComparison.Ordinal)))
        {
            var (code, said) = await BareAsync(Inside, command);
            Assert.True(code == 0, $"{command}: {said}");
        }

        // Nothing that was made on the way lies in the package now.
        Assert.Equal(0, (await BareAsync(Inside, commands[0])).Code);
    }

    private async Task CheckOnPageAsync(Visitor visitor, string package, string heading)
    {
        await visitor.Page.GotoAsync(new Uri(_deployment.Vault, "verify").ToString());
        await visitor.Page.Locator("#file-package").SetInputFilesAsync(package);
        await visitor.Page.Locator("#file-policy").SetInputFilesAsync(Policy);
        await visitor.PressAsync("Check it");
        await visitor.SeeHeadingAsync(heading);
    }

    private Task<(int Code, string Said)> ToolAsync(string package) =>
        RunAsync(new("dotnet", [Path.Combine(AppContext.BaseDirectory, "wetoo.dll"), "verify", package, "--policy", Policy]));

    private Task<(int Code, string Said)> BareAsync(string folder, string command)
    {
        var tools = _folder.CreateSubdirectory("tools").FullName;
        foreach (var tool in s_tools.Where(tool => !File.Exists(Path.Combine(tools, tool))))
        {
            var found = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(path => Path.Combine(path, tool)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(tools, tool), found);
        }

        return RunAsync(new("/usr/bin/env", ["-i", $"PATH={tools}", Path.Combine(tools, "sh"), "-c", command]) { WorkingDirectory = folder });
    }

    private static async Task<(int Code, string Said)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + await errors);
    }

    private static async Task<byte[]> SavedAsync(Visitor visitor, string button, string ending)
    {
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.PressAsync(button));
        Assert.Matches($"^document-[0-9A-F]{{4}}\\.{ending}$", download.SuggestedFilename);
        return await File.ReadAllBytesAsync(await download.PathAsync(), Cancel);
    }
}
