using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>X1, X2, X3, X4: an author and their counselor write to each other, from the name that is seen first to contact that is stopped.</summary>
public sealed class MailboxTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private const string Draft = "half a thought";

    private readonly List<string> _found = [];
    private readonly List<string> _numbers = [];
    private readonly List<Task<(int Sent, int Got)>> _exchanges = [];

    [Fact]
    public async Task Both_write_and_nobody_on_the_line_can_tell_it_from_looking()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await using var ana = await chromium.NewVisitorAsync(deployment);
        await Counselor.JoinAsync(counselor);
        ana.Page.RequestFinished += (_, request) =>
        {
            if (request.Method == "POST" && new Uri(request.Url).AbsolutePath == "/v1/mail") _exchanges.Add(SizesAsync(request));
        };
        var words = await SendAsync(ana);
        await MeetAsync(ana);
        await PlanAsync(ana);
        await WriteAsync(ana);
        await AnswerAsync(counselor);
        await ReadAsync(ana);
        await LockAndGoOnAsync(ana, words);
        await StopAsync(ana, counselor);
        await DecideAsync(ana, counselor);
        await HandBackAsync(ana, counselor);

        Assert.Single((await Task.WhenAll(_exchanges)).Distinct());
        Assert.True(_found.Count == 0, string.Join('\n', _found));
        Assert.Empty(ana.Strangers.Concat(counselor.Strangers));
        Assert.DoesNotContain(ana.Complaints.Concat(counselor.Complaints), complaint => !complaint.Contains("ERR_FAILED", StringComparison.Ordinal));
    }

    private static async Task<(int Sent, int Got)> SizesAsync(IRequest request)
    {
        var answer = await request.ResponseAsync();
        return (request.PostDataBuffer!.Length, int.Parse(answer!.Headers["content-length"], CultureInfo.InvariantCulture));
    }

    /// <summary>What was kept goes to a counselor.</summary>
    private static async Task<IReadOnlyList<string>> SendAsync(Visitor ana)
    {
        await Author.BeginAsync(ana);
        await ana.WriteAsync("What happened", "It began in spring.");
        await ana.PressAsync("Continue");
        await ana.PressAsync("Go on to lock it");
        var words = await Author.KeepAsync(ana);
        await Author.ComeBackAsync(ana, words);
        await ana.PressAsync("Show my notes");
        await ana.PressAsync("Write to a counselor now");
        await ana.Page.GetByText("No, not yet", new() { Exact = true }).ClickAsync();
        await ana.PressAsync("Send it");
        await ana.PressAsync("I have it");
        await ana.SeeHeadingAsync("Sent.");
        await ana.PressAsync("Continue");
        return words;
    }

    /// <summary>Nothing is written to a name that was not seen.</summary>
    private async Task MeetAsync(Visitor ana)
    {
        await ana.PressAsync("Messages");
        await ana.SeeHeadingAsync("You write with this person");
        await ana.SeeAsync(Counselor.Name);
        Assert.False(await ana.Page.GetByLabel("Your message").IsVisibleAsync());
        await EveryScreenTests.LookInEachLanguageAsync(ana, "mail-meet", _found);
        await ana.PressAsync("Write with this person");
    }

    private async Task PlanAsync(Visitor ana)
    {
        await ana.SeeAsync("You have no check phrase yet.");
        await ana.PressAsync("How to reach me");
        await ana.SeeHeadingAsync("Your plan: how to reach you");
        await ana.WriteAsync("Check phrase", "blue kettle");
        await ana.WriteAsync("A number or address that we may use", "+33 6 00 00 00 00");
        await ana.PressAsync("Keep this plan");
        await ana.SeeAsync("Choose a day. Or leave the number empty.");
        var tomorrow = await ana.Page.EvaluateAsync<string>("() => new Intl.DateTimeFormat('en', { weekday: 'long' }).format(Date.now() + 86_400_000 * 2)");
        await ana.Page.GetByText(tomorrow, new() { Exact = true }).ClickAsync();
        await EveryScreenTests.LookInEachLanguageAsync(ana, "mail-plan", _found);
        await ana.PressAsync("Keep this plan");
        await ana.SeeAsync("blue kettle");
    }

    /// <summary>Without a network what was written stays, and says so; then it leaves with the next look.</summary>
    private async Task WriteAsync(Visitor ana)
    {
        await ana.PressAsync("Send");
        await ana.SeeAsync("There is nothing here yet.");
        await ana.WriteAsync("Your message", "Saturday morning is good for me.");
        var file = new FilePayload { Name = "note.txt", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes("What she said to me.") };
        await ana.Page.Locator("main input[type=file]").SetInputFilesAsync(file);
        await ana.Page.Locator("main .rows").GetByText("note.txt").WaitForAsync();
        await ana.PressAsync("Send");
        await ana.Page.GetByText("Not sent yet.", new() { Exact = true }).WaitForAsync();
        await ana.Page.RouteAsync("**/v1/mail", route => route.AbortAsync());
        await ana.LookNowAsync();
        await ana.SeeAsync("We can not reach the server. What you wrote is still here.");
        await ana.Page.GetByText("Not sent yet.", new() { Exact = true }).WaitForAsync();
        await ana.Page.UnrouteAllAsync();
        await ana.LookNowAsync();
        await ana.SeeAsync($"Sent. {Counselor.Name} has not fetched it yet.");
        await EveryScreenTests.LookInEachLanguageAsync(ana, "mail", _found);
    }

    /// <summary>The plan first; outside of the hours the button says when; words that hurt give pause.</summary>
    private async Task AnswerAsync(Visitor counselor)
    {
        await counselor.Page.Locator(".case").ClickAsync();
        await counselor.SeeHeadingAsync("First, how to reach them");
        await counselor.SeeAsync("Saturday morning is good for me.");
        await counselor.SeeAsync("blue kettle");
        var compose = counselor.Page.GetByLabel("Your message");
        Assert.False(await compose.IsVisibleAsync());
        Assert.Equal(0, await counselor.Page.GetByText("+33 6 00 00 00 00").CountAsync());
        await counselor.PressAsync("I have read this");
        var notNow = counselor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Not now. Next: ") });
        await notNow.ClickAsync(new() { Force = true });
        Assert.Equal(0, await counselor.Page.GetByText("+33 6 00 00 00 00").CountAsync());
        await compose.FillAsync("Why did you wait?");
        await counselor.PressAsync("Send");
        await counselor.SeeHeadingAsync("Read it once more");
        await EveryScreenTests.LookInEachLanguageAsync(counselor, "desk-mail", _found);
        await compose.FillAsync("");
        await counselor.Page.GetByText("Begin with a text that others have reviewed").ClickAsync();
        await counselor.Page.GetByLabel("In their language").SelectOptionAsync("fr");
        await counselor.SeeAsync("Hello. I have what you sent"); // C11: what it says in their own language stays beside it.
        await counselor.SeeAsync("Bonjour.");
        await counselor.PressAsync("Put it into the message");
        await Assertions.Expect(compose).ToHaveValueAsync(new Regex("^Bonjour\\."));
        await compose.FillAsync("Saturday it is. Do you want to talk here?");
        await counselor.PressAsync("Send");
        await counselor.LookNowAsync();
        await counselor.Page.GetByText("has not fetched it yet").WaitForAsync();
        await counselor.SeeAsync("one reminder, on "); // The first message was owed, and is done.
        _numbers.Add(await NumberAsync(counselor));
        await counselor.PressAsync("Save the original");
        await counselor.PressAsync("All cases");
    }

    /// <summary>The digits that the two would read to each other.</summary>
    private static async Task<string> NumberAsync(Visitor visitor)
    {
        await visitor.Page.GetByText("Is it really this person?").ClickAsync();
        var number = await visitor.Page.Locator("details[open] .digits").InnerTextAsync();
        Assert.Matches("^[0-9]{5}( [0-9]{5}){5}$", number);
        return number;
    }

    private async Task ReadAsync(Visitor ana)
    {
        await ana.LookNowAsync();
        await ana.SeeAsync("Saturday it is. Do you want to talk here?");
        await ana.SeeAsync($"{Counselor.Name} has it.");
        Assert.Equal(_numbers, [await NumberAsync(ana)]);
        await ana.Page.Locator("main li.note").GetByRole(AriaRole.Button, new() { Name = "Take it out here" }).ClickAsync();
        Assert.Equal(0, await ana.Page.GetByText("Saturday morning is good for me.").CountAsync());
    }

    /// <summary>What was typed when the page locked is there again, for the same words alone.</summary>
    private static async Task LockAndGoOnAsync(Visitor ana, IReadOnlyList<string> words)
    {
        await ana.WriteAsync("Your message", Draft);
        await LockOnTheWayAsync(ana);
        Assert.DoesNotContain("Saturday", await ana.TextAsync(), StringComparison.Ordinal);
        await ana.Page.Locator("#word-1").FillAsync(string.Join(' ', words));
        await ana.PressAsync("Open");
        await ana.PressAsync("Show my notes");
        await ana.PressAsync("Messages");
        await ana.SeeAsync("Saturday it is. Do you want to talk here?");
        await Assertions.Expect(ana.Page.GetByLabel("Your message")).ToHaveValueAsync(Draft);
        await ana.PressAsync("Send");
        await ana.LookNowAsync();
        await ana.SeeAsync($"Sent. {Counselor.Name} has not fetched it yet.");
    }

    /// <summary>What was asked for before the page locked, and comes after, shows no more.</summary>
    private static async Task LockOnTheWayAsync(Visitor ana)
    {
        var goesOn = new TaskCompletionSource();
        await ana.Page.RouteAsync("**/v1/keyset", async route =>
        {
            await goesOn.Task;
            await route.FallbackAsync();
        });
        await ana.PressAsync("Back");
        await ana.PressAsync("Lock");
        await ana.SeeHeadingAsync("Your ten words");
        var came = ana.Page.WaitForRequestFinishedAsync();
        goesOn.SetResult();
        await came;
        await ana.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.Wait });
        await ana.Page.EvaluateAsync("() => fetch('/v1/keyset').then((answer) => answer.text())"); // What came before it has been drawn by now.
        await ana.Page.EvaluateAsync("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        await ana.SeeHeadingAsync("Your ten words");
    }

    /// <summary>One tap, and the desk says "do not contact" at once.</summary>
    private static async Task StopAsync(Visitor ana, Visitor counselor)
    {
        await counselor.PressAsync("Lock my desk");
        await counselor.WriteAsync("Passphrase", Counselor.Passphrase);
        await counselor.PressAsync("Open");
        await counselor.SeeAsync("New message");
        await counselor.Page.Locator(".case").ClickAsync();
        await counselor.SeeAsync(Draft);
        await ana.PressAsync("Someone else may have seen this");
        await ana.SeeHeadingAsync("Contact is stopped");
        await counselor.SeeHeadingAsync("Do not contact");
        Assert.Equal(0, await counselor.Page.GetByText(Draft).CountAsync());
        await ana.PressAsync("Leave it as it is now");
        await ana.PressAsync("Let contact go on");
        await counselor.SeeHeadingAsync("First, how to reach them");
    }

    /// <summary>X4: each way with what follows and its clock; changed until the counselor has begun.</summary>
    private async Task DecideAsync(Visitor ana, Visitor counselor)
    {
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Someone else may have seen this" }).WaitForAsync(); // Contact goes on.
        await ana.PressAsync("Messages");
        foreach (var (choice, clock) in ((string, string)[])[("Go to the police", "traces fade sooner"), ("Talk to a lawyer", "Ask first which limits run")])
        {
            await ana.PressAsync("What comes next");
            await ana.SeeHeadingAsync("What comes next");
            await ana.Page.GetByText(choice, new() { Exact = true }).ClickAsync();
            await ana.SeeAsync(clock);
            if (choice == "Talk to a lawyer") await EveryScreenTests.LookInEachLanguageAsync(ana, "mail-decide", _found);
            await ana.PressAsync("This is my choice");
        }

        await ana.LookNowAsync();
        await counselor.LookNowAsync();
        await counselor.SeeHeadingAsync("What they decided");
        await counselor.PressAsync("I begin with it now");
        await counselor.SeeAsync("You began on");
        await counselor.LookNowAsync();
        await ana.LookNowAsync();
        await ana.PressAsync("What comes next");
        await ana.SeeAsync("Your counselor began with it on");
        Assert.Equal(0, await ana.Page.GetByRole(AriaRole.Button, new() { Name = "This is my choice" }).CountAsync());
        await ana.PressAsync("Back");
    }

    /// <summary>What had not left is held when the counselor has the case no more.</summary>
    private static async Task HandBackAsync(Visitor ana, Visitor counselor)
    {
        await ana.WriteAsync("Your message", "For her alone.");
        await ana.PressAsync("Send");
        await counselor.Page.GetByText("I should not handle this").ClickAsync();
        await counselor.PressAsync("Give it back now");
        await counselor.SeeHeadingAsync("Nothing waits for you");
        await ana.LookNowAsync();
        await ana.SeeAsync("Nobody has your case now.");
        await ana.SeeAsync("Something you wrote has not left.");
        Assert.False(await ana.Page.GetByLabel("Your message").IsVisibleAsync());
    }
}
