using System.Text.RegularExpressions;

namespace WeToo.BrowserTests;

/// <summary>Nobody is written to who did not ask for it; who asks chooses each word.</summary>
public sealed class ReminderTests(Chromium chromium, MailDeployment with) : IClassFixture<MailDeployment>
{
    private const string Own = "dora@post.example";

    [Fact]
    public async Task Nothing_is_sent_for_a_filing_and_a_reminder_only_to_who_reads_the_code()
    {
        await using var ana = await chromium.NewVisitorAsync(with.Deployment);
        var words = await Author.Ana.LockAsync(ana);
        Assert.Empty(with.Mail.Mails);

        var found = new List<string>();
        Task LookAsync(string screen) => EveryScreenTests.LookInEachLanguageAsync(ana, screen, found);
        await OpenReminderAsync(ana, words);
        await ana.SeeAsync("It is the same with news and without.");
        Assert.False(await ana.Page.GetByRole(Microsoft.Playwright.AriaRole.Checkbox).IsCheckedAsync());
        await LookAsync("reminder");
        await ana.PressAsync("Send me a code");
        await ana.SeeAsync("This is no mail address.");

        await ana.WriteAsync("Mail address", Own);
        await ana.Page.GetByText("My own words").ClickAsync();
        await ana.WriteAsync("Subject", "Your report");
        await ana.WriteAsync("Text", "Have a look.");
        await ana.PressAsync("Send me a code");
        await ana.SeeAsync("This tells others what it is about.");
        Assert.Empty(with.Mail.Mails);
        await ana.WriteAsync("Subject", "Piano on Saturday");
        await ana.PressAsync("Send me a code");
        await ana.SeeHeadingAsync("Look into your mailbox");
        await LookAsync("reminder-code");
        var code = await CodeAsync();
        await ana.WriteAsync("The six digits", code == "000000" ? "000001" : "000000");
        await ana.PressAsync("Use this code");
        await ana.SeeAsync("These are not the digits that we sent.");
        await ana.WriteAsync("The six digits", code);
        await ana.PressAsync("Use this code");
        await ana.SeeHeadingAsync("The reminder is on");
        await LookAsync("reminder-on");

        await OpenReminderAsync(ana, words);
        await ana.SeeAsync("Piano on Saturday");
        await ana.PressAsync("Change the reminder");
        await ana.Page.GetByText("Recipe of the week").ClickAsync();
        await ana.PressAsync("Change it");
        await ana.SeeHeadingAsync("The reminder is on");
        await ana.SeeAsync("Recipe of the week");
        await ana.PressAsync("Stop these mails");
        await ana.SeeHeadingAsync("A reminder by mail");
        Assert.Equal("", await ana.Page.GetByLabel("Mail address").InputValueAsync());
        Assert.Single(with.Mail.Mails);
        Assert.Empty(found);
        Assert.All(ana.Complaints, said => Assert.Contains("403", said, StringComparison.Ordinal)); // The wrong digits.
    }

    private static async Task OpenReminderAsync(Visitor visitor, IReadOnlyList<string> words)
    {
        await Author.ComeBackAsync(visitor, words);
        await visitor.PressAsync("Show my notes");
        await visitor.PressAsync("A reminder by mail");
    }

    /// <summary>The digits of the first mail, once it is there.</summary>
    private async Task<string> CodeAsync()
    {
        while (with.Mail.Mails.Count == 0) await Task.Yield();
        return Regex.Match(with.Mail.Mails[0], @"(?m)^Subject: (\d{6})\s*$").Groups[1].Value;
    }
}
