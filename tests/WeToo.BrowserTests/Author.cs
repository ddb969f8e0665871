namespace WeToo.BrowserTests;

/// <summary>What one person types, and the ways through the author's screens.</summary>
public sealed record Author(string CallMe, string Words, string Country, string Phone)
{
    /// <summary>Two people who write the same number differently.</summary>
    public static Author Ana { get; } = new("Ana", "It began in spring, after the team moved.\n\nHe stayed behind at the end of meetings.", "", "+33 6 12 34 56 78");

    public static Author Ben { get; } = new("Ben", "At the conference he would not let me pass.", "FR", "06.12.34.56.78");

    /// <summary>From the first page to the ten words; whoever looks on is called at each screen.</summary>
    public async Task<IReadOnlyList<string>> ReachReceiptAsync(Visitor visitor, Func<string, Task>? look = null)
    {
        look ??= _ => Task.CompletedTask;
        var page = visitor.Page;
        await BeginAsync(visitor, look);
        await visitor.WriteAsync("What happened", Words);
        await look("write");
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Your account");
        await look("rooms");
        await visitor.PressAsync("Go on to lock it");
        await PassDeadlinesAsync(visitor, look);

        await visitor.SeeHeadingAsync("How to reach you");
        await visitor.WriteAsync("What should we call you?", CallMe);
        await visitor.WriteAsync("How may we reach you?", "06 00 00 00 00");
        await visitor.WriteAsync("When is a good time?", "Saturday, before noon");
        await visitor.WriteAsync("What should we say?", "Say you call from the library.");
        await look("reach");
        await visitor.PressAsync("Continue");

        await visitor.SeeHeadingAsync("Who it was");
        await visitor.WriteAsync("What do you know about this person?", "My manager in the second team, 2019 to 2020.");
        await NameByPhoneAsync(visitor, look);
        await look("named");
        await visitor.PressAsync("Continue");

        await visitor.SeeHeadingAsync("How many people?");
        await look("number");
        await visitor.PressAsync("Continue");
        for (var card = 1; card <= 5; card++)
        {
            await visitor.SeeAsync($"{card} of 5");
            if (card == 5) await visitor.SeeAsync("It takes 2 of these 3");
            await look($"card-{card}");
            await visitor.PressAsync("Continue");
        }

        await visitor.SeeHeadingAsync("Did we say it well?");
        await look("check");
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Who may help you");
        await look("counselors");
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Your invitation");
        await visitor.WriteAsync("Invitation code", visitor.Deployment.NextInvitation());
        await look("invitation");
        await visitor.PressAsync("Check the code");
        await AgreeAsync(visitor, look);
        return await ReadReceiptAsync(visitor, look);
    }

    /// <summary>From the first page to the first empty field, keeping nothing on the device.</summary>
    public static async Task BeginAsync(Visitor visitor, Func<string, Task>? look = null)
    {
        look ??= _ => Task.CompletedTask;
        await ReachKeepAsync(visitor, look);
        await visitor.PressAsync("Keep nothing");
        await visitor.SeeHeadingAsync("Nothing is kept");
        await look("keep-nothing");
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("In your words");
    }

    /// <summary>The same, keeping a locked copy; answers the ten words.</summary>
    public static async Task<IReadOnlyList<string>> BeginKeepingAsync(Visitor visitor, Func<string, Task>? look = null)
    {
        look ??= _ => Task.CompletedTask;
        await ReachKeepAsync(visitor, look);
        await visitor.PressAsync("Keep a locked copy");
        await visitor.SeeHeadingAsync("Your ten words");
        await look("keep-words");
        var words = await visitor.Page.Locator("ol.words li").AllInnerTextsAsync();
        await visitor.PressAsync("I have them. Go on");
        await visitor.SeeHeadingAsync("In your words");
        return words;
    }

    /// <summary>The whole way to "Locked."; answers the ten words.</summary>
    public async Task<IReadOnlyList<string>> LockAsync(Visitor visitor, Func<Visitor, Task>? rooms = null)
    {
        var words = await ReachReceiptAsync(visitor, screen => screen == "rooms" && rooms is not null ? rooms(visitor) : Task.CompletedTask);
        await visitor.PressAsync("I have them. Lock it now");
        await visitor.SeeHeadingAsync("Locked.");
        return words;
    }

    /// <summary>From the time limits on: naming nobody, kept for the author alone; answers the ten words.</summary>
    public static async Task<IReadOnlyList<string>> KeepAsync(Visitor visitor)
    {
        await PassDeadlinesAsync(visitor);
        await visitor.Page.GetByText("Do not contact me.").ClickAsync();
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Who it was");
        await visitor.PressAsync("Continue");
        await visitor.SeeAsync("You gave nothing to match on.");
        await visitor.PressAsync("Continue");
        await visitor.WriteAsync("Invitation code", visitor.Deployment.NextInvitation());
        await visitor.PressAsync("Check the code");
        var words = await ReadReceiptAsync(visitor, _ => Task.CompletedTask);
        await visitor.PressAsync("I have them. Lock it now");
        await visitor.SeeHeadingAsync("Locked.");
        return words;
    }

    /// <summary>Comes back with ten words, up to the screen that still shows nothing.</summary>
    public static async Task ComeBackAsync(Visitor visitor, IEnumerable<string> words)
    {
        await visitor.Page.GotoAsync(visitor.Deployment.Vault.ToString());
        await visitor.PressAsync("I have been here before");
        await visitor.Page.Locator("#word-1").FillAsync(string.Join(' ', words));
        await visitor.PressAsync("Open");
    }

    /// <summary>Until all that the page loads ahead is there; the help lines come last.</summary>
    public static Task WaitUntilLoadedAsync(Visitor visitor) => visitor.Page.WaitForFunctionAsync(
        "() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/helplines-') && entry.responseEnd > 0)");

    /// <summary>Looks at the time limits of France, and goes on.</summary>
    public static async Task PassDeadlinesAsync(Visitor visitor, Func<string, Task>? look = null)
    {
        await visitor.SeeHeadingAsync("Time limits");
        await visitor.Page.GetByLabel("Where it happened").SelectOptionAsync("FR");
        if (look is not null) await look("deadlines");
        await visitor.PressAsync("Continue");
    }

    internal static async Task ReachKeepAsync(Visitor visitor, Func<string, Task>? look = null)
    {
        look ??= _ => Task.CompletedTask;
        await visitor.Page.GotoAsync(visitor.Deployment.Vault.ToString());
        await visitor.SeeHeadingAsync("Before you start");
        await look("before");
        await visitor.PressAsync("Start writing");
        await visitor.SeeHeadingAsync("Does anyone check this phone or computer?");
        await visitor.Page.GetByText("Maybe", new() { Exact = true }).ClickAsync();
        await look("device");
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Your age group");
        await look("age");
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Have you signed anything about this?");
        await look("signed");
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Keep a locked copy here?");
        await look("keep");
    }

    /// <summary>Says yes or no to each thing that is asked, and takes the stop code.</summary>
    private static async Task AgreeAsync(Visitor visitor, Func<string, Task> look)
    {
        await visitor.SeeHeadingAsync("Before you lock it");
        foreach (var answer in (string[])["Yes, hold it for a match", "Yes, they may contact me", "Yes, in the way I chose", "No, ask me first", "No, do not count me"])
            await visitor.Page.GetByText(answer, new() { Exact = true }).ClickAsync();
        await look("agree");
        await visitor.PressAsync("Continue");
        await visitor.SeeHeadingAsync("Your stop code");
        await look("stop-code");
        await visitor.PressAsync("I have it");
    }

    private static async Task<IReadOnlyList<string>> ReadReceiptAsync(Visitor visitor, Func<string, Task> look)
    {
        await visitor.SeeHeadingAsync("Your ten words");
        var words = await visitor.Page.Locator("ol.words li").AllInnerTextsAsync();
        Assert.Equal(10, words.Count);
        await look("receipt");
        return words;
    }

    private async Task NameByPhoneAsync(Visitor visitor, Func<string, Task> look)
    {
        if (Country.Length > 0) await visitor.Page.GetByLabel("Country of this number").SelectOptionAsync(Country);
        await visitor.WriteAsync("Their phone number", Phone);
        await visitor.WriteAsync("Type the number again", Phone);
        await visitor.SeeAsync(Phone.StartsWith('+') ? $"Phone {Phone}" : "Phone +33 6 12 34 56 78");
        await look("name");
        await visitor.PressAsync("Yes, add it");
        await visitor.SeeHeadingAsync("You named them by");
    }
}
