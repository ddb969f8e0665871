using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>D10: somebody whom an author told writes down what they heard, and sees nothing of hers; she decides what becomes of it.</summary>
internal static class NoteWalk
{
    private const string Text = "She told me on 3 March, on the way home.";

    /// <summary>From the account that is locked to the note in it.</summary>
    internal static async Task FromAFriendAsync(Visitor ana, IReadOnlyList<string> words, Visitor friend, List<string> found)
    {
        await OpenAsync(ana, words, "Ask someone for a note");
        await ana.SeeAsync("They see nothing of yours.");
        await EveryScreenTests.LookInEachLanguageAsync(ana, "note-ask", found);
        await ana.PressAsync("Make a code");
        await ana.SeeHeadingAsync("The code to give");
        var code = string.Join('-', await ana.Page.Locator(".digit-sheet bdi").AllInnerTextsAsync());
        await ana.PressAsync("Show it as a picture");
        await ana.Page.Locator("svg.qr").WaitForAsync();
        await EveryScreenTests.LookInEachLanguageAsync(ana, "note-code", found);

        await WriteAsync(friend, code, Text, found);
        await WriteAsync(friend, code, "You made it up.", null);

        await OpenAsync(ana, words, "Notes from others: 2");
        await UntilDatedAsync(ana);
        Assert.False(await ana.Page.GetByText(Text).IsVisibleAsync()); // It may hurt: it waits for a tap.
        await EveryScreenTests.LookInEachLanguageAsync(ana, "notes", found);
        await NoteOf(ana, 2).GetByText("Show what it says").ClickAsync();
        await ana.SeeAsync("You made it up.");
        await NoteOf(ana, 2).GetByRole(AriaRole.Button, new() { Name = "Throw it away" }).ClickAsync();
        await ana.PressAsync("Yes, throw it away");
        await ana.SeeHeadingAsync("Note 1");
        await NoteOf(ana, 2).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await NoteOf(ana, 1).GetByText("Show what it says").ClickAsync();
        await ana.SeeAsync("It says: written on ");
        await EveryScreenTests.LookInEachLanguageAsync(ana, "note-open", found);
        await ana.PressAsync("Add it to my account");
        await ana.SeeAsync("No note has come.");
        await ana.PressAsync("Take no more notes");
        await ana.SeeHeadingAsync("Before you ask");
        await WriteAsync(friend, code, "Too late.", null); // Told the same.
        await ana.PressAsync("Back to my notes");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Ask someone for a note" }).WaitForAsync();
        await ana.PressAsync("Read my own account");
        await ana.SeeAsync(Text);
        await ana.SeeAsync("This note does not show who wrote it.");
    }

    /// <summary>The note is in the package to the byte, and what dates it is of it.</summary>
    internal static async Task HoldInPackageAsync(string package)
    {
        await using var file = File.OpenRead(package);
        await using var archive = new ZipArchive(file);
        using var reader = new StreamReader(await archive.GetEntry("addenda/1.json")!.OpenAsync(TestContext.Current.CancellationToken));
        var note = JsonNode.Parse(await reader.ReadToEndAsync(TestContext.Current.CancellationToken))!["note"]!;
        var (thing, salt) = ((string)note["thing"]!, Convert.FromHexString((string)note["salt"]!));
        Assert.Equal(Text, (string?)JsonNode.Parse(thing)!["text"]);
        var proof = WeToo.Core.Log.LogProof.TryParse((string)note["proof"]!)!;
        Assert.True(proof.Includes(WeToo.Core.Log.LogEntry.Of(WeToo.Core.Log.EntryKind.Note, salt, Encoding.UTF8.GetBytes(thing)).ToBytes()));
    }

    private static async Task WriteAsync(Visitor friend, string code, string text, List<string>? found)
    {
        await friend.Page.GotoAsync(friend.Deployment.Vault.ToString());
        if (found is not null)
        {
            await friend.PressAsync("I have been here before");
            await friend.PressAsync("Someone asked me for a note");
            await friend.WriteAsync("The code", $"{code[..^1]}{(code[^1] == '7' ? '8' : '7')}");
            await friend.PressAsync("Seal it and send it");
            await friend.SeeAsync("This is no code. One sign may be wrong.");
            await EveryScreenTests.LookInEachLanguageAsync(friend, "note-write", found);
        }

        // By a link: its code leaves the address at once, and there is one entry in the history as before.
        var entries = await friend.Page.EvaluateAsync<int>("history.length");
        await friend.Page.EvaluateAsync("code => location.replace('/#' + code)", code);
        await friend.SeeAsync("Your link had the code in it.");
        Assert.Equal((friend.Deployment.Vault.ToString(), entries), (friend.Page.Url, await friend.Page.EvaluateAsync<int>("history.length")));
        await friend.WriteAsync("What you heard or saw", text);
        await friend.WriteAsync("Your name, if you like", "Léa");
        await friend.PressAsync("Seal it and send it");
        await friend.SeeHeadingAsync("Sealed and sent");
        Assert.DoesNotContain("Ana", await friend.TextAsync(), StringComparison.Ordinal);
        if (found is null) return;

        await EveryScreenTests.LookInEachLanguageAsync(friend, "note-sent", found);
        var kept = await (await friend.Page.RunAndWaitForDownloadAsync(() => friend.PressAsync("Keep a copy"))).PathAsync();
        var lines = (await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken)).TrimEnd().Split('\n');
        var hash = Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(lines[^1]), .. Encoding.UTF8.GetBytes(lines[^3])]));
        Assert.Contains(hash, lines[0], StringComparison.Ordinal);
        await friend.PressAsync("Close");
    }

    /// <summary>The log takes what waits at an interval: asked again until it has.</summary>
    private static async Task UntilDatedAsync(Visitor ana)
    {
        await ana.SeeHeadingAsync("Note 1");
        while (await ana.Page.GetByText("It was there, as it is now, by ").CountAsync() < 2)
        {
            await ana.PressAsync("Back to my notes");
            await ana.PressAsync("Notes from others: 2");
            await ana.SeeHeadingAsync("Note 1");
        }
    }

    private static ILocator NoteOf(Visitor ana, int n) =>
        ana.Page.Locator("section.sheet", new() { Has = ana.Page.GetByRole(AriaRole.Heading, new() { Name = $"Note {n}", Exact = true }) });

    private static async Task OpenAsync(Visitor ana, IReadOnlyList<string> words, string button)
    {
        await Author.ComeBackAsync(ana, words);
        await ana.PressAsync("Show my notes");
        await ana.PressAsync(button);
        await ana.SeeHeadingAsync("Notes from others");
    }
}
