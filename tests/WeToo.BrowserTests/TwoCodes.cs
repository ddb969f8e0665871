using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Ways through the screens of the two codes.</summary>
internal static class TwoCodes
{
    /// <summary>Locks an account; answers the ten words and the stop code.</summary>
    internal static async Task<(IReadOnlyList<string> Words, string Stop)> LockAsync(Author author, Visitor visitor)
    {
        var stop = "";
        var words = await author.ReachReceiptAsync(visitor, async screen =>
        {
            if (screen == "stop-code") stop = await visitor.Page.Locator(".code-sheet").InnerTextAsync();
        });
        await visitor.PressAsync("I have them. Lock it now");
        await visitor.SeeHeadingAsync("Locked.");
        return (words, stop);
    }

    /// <summary>Comes back with the stop code alone.</summary>
    internal static async Task EnterStopAsync(Visitor visitor, string code)
    {
        await visitor.Page.GotoAsync(visitor.Deployment.Vault.ToString());
        await visitor.PressAsync("I have been here before");
        await visitor.PressAsync("I only have my stop code");
        await visitor.WriteAsync("Stop code", code);
        await visitor.PressAsync("Go on");
    }

    /// <summary>That some answers have one size.</summary>
    internal static async Task AssertEvenAsync(Visitor visitor, params string[] buttons)
    {
        var sizes = new List<(int Width, int Height)>();
        foreach (var button in buttons)
        {
            var box = await visitor.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).BoundingBoxAsync();
            sizes.Add(((int)Math.Round(box!.Width), (int)Math.Round(box.Height)));
        }

        Assert.Single(sizes.Distinct());
    }
}
