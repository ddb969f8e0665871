namespace WeToo.BrowserTests;

/// <summary>What is owed stands in the queue, promises become clocks, and a case can be given back (C1, C2, C4, C8).</summary>
public sealed class DeskClocksTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    [Fact]
    public async Task A_counselor_sees_what_is_owed_promises_a_day_and_gives_a_case_back()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await using var ana = await chromium.NewVisitorAsync(deployment);
        await using var ben = await chromium.NewVisitorAsync(deployment);
        await Counselor.JoinAsync(counselor);
        var words = await Author.Ana.LockAsync(ana);
        await Author.Ben.LockAsync(ben);

        // The queue: code-names and clocks in words, nothing of anybody.
        await counselor.Page.Locator(".case").Nth(1).WaitForAsync(new() { Timeout = 60_000 });
        var queue = await counselor.TextAsync();
        Assert.Contains("First message by ", queue, StringComparison.Ordinal);
        Assert.Contains("Check by ", queue, StringComparison.Ordinal);
        Assert.Contains("Due soon", queue, StringComparison.Ordinal);
        foreach (var marker in (string[])["Ana", "Ben", "06 00", "+33", "spring"]) Assert.DoesNotContain(marker, queue, StringComparison.Ordinal);

        // Nobody is written to before the check; after it, what is done goes.
        await Counselor.OpenCaseOfAsync(counselor, "Ana");
        Assert.DoesNotContain("I wrote to them", await counselor.TextAsync(), StringComparison.Ordinal);
        await Counselor.CompareAsync(counselor);
        await counselor.PressAsync("I wrote to them");
        await counselor.SeeAsync("one reminder, on ");

        await counselor.Page.GetByText("I promised a day").ClickAsync();
        await counselor.WriteAsync("Day", "2027-02-30");
        await counselor.PressAsync("Keep this day");
        await counselor.SeeAsync("Write the day as 2027-03-05.");
        await counselor.WriteAsync("Day", TimeProvider.System.GetUtcNow().AddDays(60).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await counselor.PressAsync("Keep this day");
        await counselor.SeeAsync("You promised: by ");
        await counselor.SeeAsync("There is time");
        await counselor.PressAsync("All cases");
        await counselor.SeeAsync("You promised: by ");

        // It has ended: nothing is owed, and both see on which day it is deleted; until then it can go on.
        await Programs.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "wetoo.dll"), "retention", "set", "--cases", "24", "--data", deployment.Folder]);
        await Counselor.OpenCaseOfAsync(counselor, "Ana");
        await counselor.Page.GetByText("This case has ended").ClickAsync();
        await counselor.PressAsync("Say that it has ended");
        await counselor.SeeAsync("You said on ");
        Assert.DoesNotContain("You promised", await counselor.TextAsync(), StringComparison.Ordinal);
        await counselor.PressAsync("All cases");
        await counselor.SeeAsync("Deleted on ");
        await Author.ComeBackAsync(ana, words);
        await ana.PressAsync("Show my notes");
        await ana.SeeAsync("Your counselor says that this has ended.");
        await ana.SeeAsync("We delete what we have of it on ");
        await ana.SeeAsync("What you wrote to each other goes on ");
        await Counselor.OpenCaseOfAsync(counselor, "Ana");
        await counselor.PressAsync("It goes on");
        await counselor.SeeAsync("Nothing is due now.");
        await counselor.PressAsync("All cases");

        // Given back: it is gone at once, and the other stays.
        await Counselor.OpenCaseOfAsync(counselor, "Ana");
        await counselor.Page.GetByText("I should not handle this").ClickAsync();
        await counselor.PressAsync("Give it back now");
        await counselor.SeeHeadingAsync("Your desk");
        await counselor.SeeAsync("First message by ");
        Assert.Equal(1, await counselor.Page.Locator(".case").CountAsync());
        Assert.DoesNotContain("You promised", await counselor.TextAsync(), StringComparison.Ordinal);
        Assert.All((Visitor[])[counselor, ana, ben], visitor => Assert.Empty(visitor.Complaints));
    }
}
