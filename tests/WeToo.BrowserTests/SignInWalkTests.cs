using Microsoft.Playwright;
using WeToo.Tests;

namespace WeToo.BrowserTests;

/// <summary>A counselor whose organisation signs people in before the desk: what stands on the page stays while they do so beside it, and their key is asked for all the same.</summary>
public sealed class SignInWalkTests(Chromium chromium) : IAsyncLifetime
{
    private Deployment _deployment = null!;
    private IdentityProvider _organisation = null!;

    public async ValueTask InitializeAsync()
    {
        _organisation = await IdentityProvider.StartAsync();
        _deployment = new() { More = ["--sign-in", _organisation.Authority.ToString(), "--sign-in-client", IdentityProvider.ClientId] };
        await _deployment.InitializeAsync();
        _organisation.Vault = _deployment.Vault;
    }

    public async ValueTask DisposeAsync()
    {
        await _deployment.DisposeAsync();
        await _organisation.DisposeAsync();
    }

    [Fact]
    public async Task They_sign_in_beside_the_page_go_on_where_they_were_and_their_key_is_still_the_key()
    {
        await using var ines = await chromium.NewVisitorAsync(_deployment);
        await ines.Page.GotoAsync(_deployment.CounselorLink);
        await ines.WriteAsync("Your name", Counselor.Name);
        await ines.WriteAsync("A long passphrase", Counselor.Passphrase);
        await ines.WriteAsync("The passphrase again", Counselor.Passphrase);
        await ines.PressAsync("Make my key");
        await ines.SeeAsync("Your organisation asks you to sign in first.");
        var found = new List<string>();
        await EveryScreenTests.LookInEachLanguageAsync(ines, "desk-sign-in", found);

        _organisation.Groups = null;
        var refused = await BesideAsync(ines);
        await Assertions.Expect(refused.GetByText("Your organisation did not let you in.")).ToBeVisibleAsync();
        await refused.CloseAsync();
        _organisation.Groups = ["counselors"];
        var beside = await BesideAsync(ines);
        await Assertions.Expect(beside.Locator("h1")).ToBeVisibleAsync();
        Assert.Equal("/desk", new Uri(beside.Url).AbsolutePath);
        await beside.CloseAsync();

        await ines.PressAsync("I have signed in");
        await ines.PressAsync("Make my key");
        await ines.SeeHeadingAsync("Keep a copy of your key");
        await ines.PressAsync("Go to my desk");
        await ines.SeeAsync("Nothing waits for you");
        await ines.PressAsync("Lock my desk");
        await ines.WriteAsync("Passphrase", "not this one, and nor is this");
        await ines.PressAsync("Open");
        await ines.SeeAsync("That does not open it.");
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>Presses the link; the organisation signs them in at once.</summary>
    private static async Task<IPage> BesideAsync(Visitor visitor)
    {
        // The page is there once it was answered: by the vault, which asks the organisation, which signs in.
        var beside = await visitor.Page.Context.RunAndWaitForPageAsync(
            () => visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in, in a new tab" }).ClickAsync(), new() { Timeout = 60_000 });
        await beside.WaitForURLAsync(url => url.Contains("/desk", StringComparison.Ordinal) && !url.Contains("/v1/", StringComparison.Ordinal), new() { Timeout = 60_000 });
        return beside;
    }
}
