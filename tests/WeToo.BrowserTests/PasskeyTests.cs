using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>The device's own lock beside the ten words: an addition for who wants it, told of nowhere before (WebAuthn with PRF, in Chromium's own authenticator).</summary>
public sealed class PasskeyTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private const string Written = "The key of the stockroom hung by the door";

    [Fact]
    public async Task The_devices_lock_opens_a_kept_copy_and_opens_nothing_once_it_was_erased()
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        var authenticator = await AddAuthenticatorAsync(visitor, prf: true);
        await AskAsync(visitor);
        await visitor.SeeHeadingAsync("This device can open it");
        var words = await WriteAsync(visitor);
        Assert.Equal(("localhost", "Notes"), await CredentialAsync(authenticator));

        await OpenAsync(visitor);
        await visitor.SeeHeadingAsync("Your notes are locked");
        await visitor.PressAsync("Show my notes");
        Assert.Equal(Written, await visitor.Page.GetByLabel("What happened").InputValueAsync());

        // The words still do, and nothing on the device says in the clear what any of it is for.
        await ReturnAsync(visitor);
        await visitor.Page.Locator("#word-1").FillAsync(string.Join(' ', words));
        await visitor.PressAsync("Open");
        await visitor.SeeHeadingAsync("Your notes are locked");
        var copies = await visitor.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const request = indexedDB.open('n')
              await new Promise((opened) => { request.onsuccess = opened })
              const all = request.result.transaction('k').objectStore('k').getAll()
              await new Promise((got) => { all.onsuccess = got })
              request.result.close()
              return all.result.map((copy) => `${copy.length} ${String.fromCharCode(...copy)}`)
            }
            """);
        Assert.Equal(4, copies.Length);
        Assert.Single(copies.Select(copy => copy.Split(' ')[0]).Distinct());
        Assert.DoesNotContain(copies, copy => copy.Contains("receipt", StringComparison.Ordinal));

        await visitor.Page.GotoAsync(HomeOf(visitor));
        await visitor.PressAsync("What others may see");
        await visitor.PressAsync("Erase from this device");
        await visitor.SeeAsync("still shows an entry called Notes");
        await visitor.PressAsync("Erase it all");
        await visitor.SeeHeadingAsync("Erased");
        await OpenAsync(visitor);
        await visitor.SeeAsync("That does not open anything here.");
    }

    [Theory]
    [InlineData(false, true, "This device or browser can not do this.")]
    [InlineData(true, false, "Your device opened nothing.")]
    public async Task A_device_that_cannot_do_it_or_whose_owner_says_no_keeps_nothing_and_says_so(bool prf, bool verified, string said)
    {
        await using var visitor = await chromium.NewVisitorAsync(deployment);
        await AddAuthenticatorAsync(visitor, prf, verified);
        await AskAsync(visitor);
        await visitor.SeeAsync(said);
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("async () => (await indexedDB.databases()).length"));
    }

    [Fact]
    public async Task Who_never_made_one_sees_the_same_door_and_a_passkey_that_belongs_to_nothing_here_opens_nothing()
    {
        await using var none = await chromium.NewVisitorAsync(deployment);
        await using var kept = await chromium.NewVisitorAsync(deployment);
        await AddAuthenticatorAsync(kept, prf: true);
        await AskAsync(kept);
        await kept.SeeHeadingAsync("This device can open it");
        await WriteAsync(kept);
        foreach (var visitor in (Visitor[])[none, kept])
        {
            await ReturnAsync(visitor);
            await visitor.SeeAsync("All keys are on one machine.");
        }

        Assert.Equal(await none.Page.ContentAsync(), await kept.Page.ContentAsync());

        await AddAuthenticatorAsync(none, prf: true);
        await none.PressAsync("Open with this device's lock");
        await none.SeeAsync("Your device opened nothing.");
    }

    [Fact]
    public async Task A_counselors_desk_opens_with_the_devices_lock_and_on_a_device_without_one_with_the_passphrase_alone()
    {
        await using var ines = await chromium.NewVisitorAsync(deployment);
        await AddAuthenticatorAsync(ines, prf: true);
        await ines.Page.GotoAsync(new UriBuilder(deployment.CounselorLink) { Host = "localhost" }.Uri.ToString());
        await ines.WriteAsync("Your name", Counselor.Name);
        await ines.WriteAsync("A long passphrase", Counselor.Passphrase);
        await ines.WriteAsync("The passphrase again", Counselor.Passphrase);
        await ines.PressAsync("Make my key");
        await ines.SeeHeadingAsync("Keep a copy of your key");
        await ines.PressAsync("Open it with this device's lock too");
        await ines.SeeHeadingAsync("Open your desk with this device's lock");
        var found = new List<string>();
        await EveryScreenTests.LookInEachLanguageAsync(ines, "desk-lock", found);
        await ines.PressAsync("Use this device's lock");
        await ines.SeeHeadingAsync("This device can open your desk");
        await ines.PressAsync("Go to my desk");
        await ines.SeeAsync("Nothing waits for you");

        await ines.PressAsync("Lock my desk");
        await ines.PressAsync("Open with this device's lock");
        await ines.SeeAsync("Nothing waits for you");
        // Ended, and the passphrase opens it as before; then made again, from the desk.
        await ines.PressAsync("Open it with this device's lock too");
        await ines.PressAsync("Stop opening it with this lock");
        await ines.SeeHeadingAsync("Open your desk with this device's lock");
        await ines.PressAsync("Not now");
        await ines.PressAsync("Lock my desk");
        await ines.PressAsync("Open with this device's lock");
        await ines.SeeAsync("That does not open anything here.");
        await ines.WriteAsync("Passphrase", Counselor.Passphrase);
        await ines.PressAsync("Open");
        await ines.SeeAsync("Nothing waits for you");
        await ines.PressAsync("Open it with this device's lock too");
        await ines.PressAsync("Use this device's lock");
        await ines.SeeHeadingAsync("This device can open your desk");

        await using var other = await chromium.NewVisitorAsync(deployment);
        await AddAuthenticatorAsync(other, prf: true);
        await other.Page.GotoAsync(new Uri(new Uri(HomeOf(other)), "desk").ToString());
        await other.PressAsync("Open with this device's lock");
        await other.SeeAsync("Your device opened nothing.");
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>Passkeys are of a name, not of a number: a browser refuses them at 127.0.0.1.</summary>
    private static string HomeOf(Visitor visitor) => new UriBuilder(visitor.Deployment.Vault) { Host = "localhost" }.Uri.ToString();

    private static async Task<(ICDPSession Session, string Id)> AddAuthenticatorAsync(Visitor visitor, bool prf, bool verified = true)
    {
        var session = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await session.SendAsync("WebAuthn.enable");
        var answer = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["ctap2Version"] = "ctap2_1", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["hasPrf"] = prf, ["isUserVerified"] = verified, ["automaticPresenceSimulation"] = true,
            },
        });
        return (session, answer!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>From the first page to where the words are first shown, and asks there for the device's lock as well.</summary>
    private static async Task AskAsync(Visitor visitor)
    {
        await visitor.Page.GotoAsync(HomeOf(visitor));
        await visitor.PressAsync("Start writing");
        foreach (var question in (string[])["Does anyone check this phone or computer?", "Your age group", "Have you signed anything about this?"])
        {
            await visitor.SeeHeadingAsync(question);
            await visitor.PressAsync("Continue");
        }

        await visitor.PressAsync("Keep a locked copy");
        await visitor.PressAsync("Other ways to keep it");
        await visitor.PressAsync("Open it with this device's lock");
        await visitor.SeeAsync("Anyone who can unlock this device may then open your notes.");
        await visitor.PressAsync("Use this device's lock");
    }

    /// <summary>Goes on from there, keeps a copy, and writes.</summary>
    private static async Task<IReadOnlyList<string>> WriteAsync(Visitor visitor)
    {
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Other ways to keep it");
        await visitor.PressAsync("Back");
        await visitor.SeeHeadingAsync("Your ten words");
        var words = await visitor.Page.Locator("ol.words li").AllInnerTextsAsync();
        await visitor.PressAsync("I have them. Go on");
        await visitor.WriteAsync("What happened", Written);
        await visitor.SeeAsync("Saved on this device, locked.");
        return words;
    }

    private static async Task ReturnAsync(Visitor visitor)
    {
        await visitor.Page.GotoAsync(HomeOf(visitor));
        await visitor.PressAsync("I have been here before");
        await visitor.SeeHeadingAsync("Your ten words");
    }

    private static async Task OpenAsync(Visitor visitor)
    {
        await ReturnAsync(visitor);
        await visitor.PressAsync("Open with this device's lock");
    }

    private static async Task<(string? RpId, string? User)> CredentialAsync((ICDPSession Session, string Id) authenticator)
    {
        var answer = await authenticator.Session.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = authenticator.Id });
        var credential = answer!.Value.GetProperty("credentials")[0];
        return (credential.GetProperty("rpId").GetString(), credential.GetProperty("userName").GetString());
    }
}
