using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core;
using WeToo.Core.Log;
using WeToo.Hosting.Storage;
using WeToo.Tests.Tool;
using WeToo.Vault.Features.Audit;
using WeToo.Vault.Features.Requests;
using WeToo.Vault.Features.Retention;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>O2: how long things stay, what a dry run says, and what is left after a run.</summary>
public sealed class RetentionTests
{
    private static readonly RetentionPeriods s_periods = new(Mail: 3, Cases: 6, Candidates: 3, Requests: 36);

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-11-30", 3, "2027-02-28")]
    [InlineData("2027-11-30", 3, "2028-02-29")]
    [InlineData("2027-01-31", 1, "2027-02-28")]
    [InlineData("2028-02-29", 12, "2029-02-28")]
    public void Months_are_those_of_the_calendar_and_what_is_due_is_so_on_no_day_before(string ended, int months, string due)
    {
        var (from, until) = (Day(ended), Day(due));

        Assert.Equal(until, RetentionDays.After(from, months));
        Assert.True(RetentionDays.Cutoff(until, months) >= from);
        Assert.True(RetentionDays.Cutoff(until - 1, months) < from);
        foreach (var day in Enumerable.Range((int)until, 40)) Assert.Equal(day, RetentionDays.After(RetentionDays.Cutoff(day, months), months), 3.0);
        Assert.Equal(DayOfWeek.Monday, DateTime.UnixEpoch.AddDays(RetentionDays.RunFrom(until)).DayOfWeek);
        Assert.InRange(RetentionDays.RunFrom(until) - until, 0, 6);
        Assert.Equal(RetentionDays.RunFrom(until), RetentionDays.LastRun(RetentionDays.RunFrom(until) + 6));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_has_ended_goes_on_the_day_that_its_author_was_shown_and_nothing_else_does(Engine engine)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, Time = time });
        _ = await RetentionBook.DecideAsync(set.Database, s_periods, time, Cancel);
        var (ended, goesOn) = (await new TestDirect(set).SentAsync(set), await new TestDirect(set).SentAsync(set));
        foreach (var one in (TestDirect[])[ended, goesOn]) await SpokenAsync(set, one);
        _ = await RequestRegister.AddAsync(set.Database, RequestKind.Access, RequestOutcome.FixedReply, time, Cancel);
        var caseId = (await ended.CaseAsync(set, set.Counselors[0])).GetProperty("case_id").GetString()!;

        Assert.Null(await ActAsync(set, caseId, "closing"));
        Assert.Empty((await ended.CaseAsync(set, set.Counselors[0])).GetProperty("clocks").EnumerateArray());
        Assert.Null(await ActAsync(set, caseId, "reopening"));
        Assert.Equal(JsonValueKind.Null, (await ended.StatusAsync(set)).GetProperty("delete_day").ValueKind);
        Assert.Null(await ActAsync(set, caseId, "closing"));
        var told = await ended.StatusAsync(set);
        var (day, mailDay) = (told.GetProperty("delete_day").GetInt64(), told.GetProperty("mail_delete_day").GetInt64());
        Assert.Equal(RetentionDays.RunFrom(RetentionDays.After(set.Today, 6)), day);
        Assert.Equal(day, (await ended.CaseAsync(set, set.Counselors[0])).GetProperty("delete_day").GetInt64());

        await GoToAsync(set, time, mailDay - 1);
        Assert.Equal(2, await set.CountAsync("mail"));
        await GoToAsync(set, time, mailDay);
        Assert.Equal((1, 1), (await set.CountAsync("mail"), await set.CountAsync("mailboxes")));
        Assert.Equal(("opened", JsonValueKind.Null), ((await ended.StatusAsync(set)).GetProperty("state").GetString(), (await ended.StatusAsync(set)).GetProperty("mail_delete_day").ValueKind));

        // What is written after that was not there to be deleted.
        await SpokenAsync(set, ended);
        await GoToAsync(set, time, mailDay + 7);
        Assert.Equal((2, 2), (await set.CountAsync("mail"), await set.CountAsync("mailboxes")));

        await GoToAsync(set, time, day - 1);
        Assert.Equal("opened", (await ended.StatusAsync(set)).GetProperty("state").GetString());
        await GoToAsync(set, time, day);
        Assert.Equal("ended", (await ended.StatusAsync(set)).GetProperty("state").GetString());
        Assert.Equal("opened", (await goesOn.StatusAsync(set)).GetProperty("state").GetString());
        Assert.Equal((1, 1), (await BytesOfAsync(set, ended), await BytesOfAsync(set, goesOn)));
        Assert.Equal(1, await set.CountAsync("requests"));

        // Whoever lets it end has not taken it out: that is still theirs to do, and everybody hears of it then.
        Assert.Null(await set.PostAsync("/v1/withdrawals", ended.Withdrawal));
        Assert.Equal("withdrawn", (await ended.StatusAsync(set)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_case_that_its_author_knows_nothing_of_cannot_end_and_one_that_meets_somebody_new_goes_on_once_both_are_compared()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var match = RandomNumberGenerator.GetBytes(16);
        TestFiling[] filings = [await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set)];
        Assert.Null((await set.AsMatcherAsync("/v1/internal/openings", await TestMatch.OpenAsync(set, filings, matchId: match))).Refusal);
        var theirs = (await set.Counselors[0].CasesAsync(set))[0];
        var caseId = theirs.GetProperty("case_id").GetString()!;

        Assert.Equal(Refusal.CheckMissing, await ActAsync(set, caseId, "closing"));
        Assert.Null(await set.Counselors[0].VerifyAsync(set, theirs));
        Assert.Null(await ActAsync(set, caseId, "closing"));
        var author = filings.Single(filing => filing.IdText == theirs.GetProperty("filing_id").GetString()).Author.Pseudonym;
        var before = await AuthorTests.StatusAsync(set, author);
        Assert.Contains($"\"closed_day\":{set.Today}", before.Json, StringComparison.Ordinal);

        var third = await new TestFiling(set).FiledAsync(set);
        Assert.Null((await set.AsMatcherAsync("/v1/internal/openings", await TestMatch.OpenAsync(set, [filings[0], third], matchId: match, known: filings))).Refusal);
        Assert.Equal(before.Json, (await AuthorTests.StatusAsync(set, author)).Json); // Nobody has compared: its author sees nothing of it.
        foreach (var counselor in set.Counselors)
        {
            foreach (var one in (await counselor.CasesAsync(set)).Where(one => one.GetProperty("filing_id").GetString() == third.IdText)) Assert.Null(await counselor.VerifyAsync(set, one));
        }

        Assert.Equal(JsonValueKind.Null, (await set.Counselors[0].CaseAsync(set, caseId)).GetProperty("closed_day").ValueKind);
        Assert.Contains("\"closed_day\":null", (await AuthorTests.StatusAsync(set, author)).Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_run_leaves_a_certificate_that_is_the_same_whether_or_not_somebody_is_in_it()
    {
        var (with, without) = (await CertifiedAsync(1), await CertifiedAsync(0));

        Assert.Equal(with, without);
        Assert.Contains("Cases: fewer than 10, kept for 6 months", with, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_makes_something_shorter_holds_after_thirty_days_and_what_makes_it_longer_at_once()
    {
        var time = new FakeTimeProvider(new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
        await using var test = await Engines.CreateAsync(Engine.Sqlite, typeof(WeToo.Vault.VaultHost).Assembly);
        var first = await RetentionBook.DecideAsync(test.Database, s_periods, time, Cancel);
        time.Advance(TimeSpan.FromDays(10));
        var longer = await RetentionBook.DecideAsync(test.Database, s_periods with { Cases = 24 }, time, Cancel);
        var shorter = await RetentionBook.DecideAsync(test.Database, s_periods with { Cases = 24, Requests = 12 }, time, Cancel);
        time.Advance(TimeSpan.FromDays(10));
        var same = await RetentionBook.DecideAsync(test.Database, s_periods with { Cases = 24, Requests = 12 }, time, Cancel);

        Assert.Equal((Day("2026-12-29"), Day("2026-12-29"), Day("2027-01-08"), Day("2027-01-08")), (first.FromDay, longer.FromDay, shorter.FromDay, same.FromDay));
        Assert.Equal(3, (await OperatorLog.ExportAsync(test.Database, 0, Cancel)).Count(line => line.Contains("RetentionDecided", StringComparison.Ordinal)));
        foreach (var wrong in (RetentionPeriods[])[s_periods with { Cases = 5 }, s_periods with { Mail = 7 }, s_periods with { Mail = 1 }, s_periods with { Candidates = 0 }])
            await Assert.ThrowsAsync<ArgumentException>(() => RetentionBook.DecideAsync(test.Database, wrong, time, Cancel));
    }

    [Fact]
    public async Task An_operator_decides_looks_and_shows_by_command()
    {
        await using var set = await VaultSet.StartAsync();
        string[] vault = ["--config", await set.WriteSettingsAsync()];
        Assert.Equal(1, (await Terminal.RunAsync("", ["retention", "plan", .. vault])).Code);
        Assert.Contains("none is chosen for you", (await Terminal.RunAsync("", ["retention", "set", .. vault])).Error, StringComparison.Ordinal);
        Assert.Contains("Nothing is known of XX", (await Terminal.RunAsync("", ["retention", "set", "--country", "XX", .. vault])).Error, StringComparison.Ordinal);

        var decided = await Terminal.RunAsync("", ["retention", "set", "--country", "SE", .. vault]);
        var plan = await Terminal.RunAsync("", ["retention", "plan", "--weeks", "2", .. vault]);
        var run = await Terminal.RunAsync("", ["retention", "run", .. vault]);

        Assert.Contains("Cases that have ended   24 months", decided.Output, StringComparison.Ordinal);
        Assert.Equal(3, plan.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Mail: fewer than 10  Cases: fewer than 10  Candidates: fewer than 10", plan.Output, StringComparison.Ordinal);
        Assert.Contains("your periods do not hold yet", run.Output, StringComparison.Ordinal);
    }

    /// <summary>The texts of the certificates of a deployment where some cases ended, without what is drawn at random; each verifies, and stands in the log.</summary>
    private static async Task<string> CertifiedAsync(int cases)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var set = await VaultSet.StartAsync(new() { Time = time });
        _ = await RetentionBook.DecideAsync(set.Database, s_periods, time, Cancel);
        for (var i = 0; i < cases; i++)
        {
            var one = await new TestDirect(set).SentAsync(set);
            Assert.Null(await ActAsync(set, (await one.CaseAsync(set, set.Counselors[0])).GetProperty("case_id").GetString()!, "closing"));
        }

        foreach (var day in (long[])[RetentionDays.RunFrom(RetentionDays.After(set.Today, 6)), RetentionDays.RunFrom(RetentionDays.After(set.Today, 7))]) await GoToAsync(set, time, day);
        Assert.Equal(cases, await set.CountAsync("tombstones"));
        var (all, lines) = (await Certificates.ReadAsync(set.Database, 0, Cancel), await OperatorLog.ExportAsync(set.Database, 0, Cancel));
        Assert.Equal(2, all.Count);
        var key = await PublicKeyAsync(set);
        Assert.All(all, one =>
        {
            Assert.True(Certificates.IsGenuine(one, key));
            Assert.False(Certificates.IsGenuine(one.Replace("fewer than 10", "15", StringComparison.Ordinal), key));
            Assert.Contains(lines, line => line.Contains("RetentionRun", StringComparison.Ordinal)
                && line.Contains(Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(one))), StringComparison.Ordinal));
        });
        return string.Join('\n', all.Select(one => SignedNote.TryParse(one)!.Text.Replace(Convert.ToHexStringLower(set.Keyset.Keyset.Deployment.Span), "", StringComparison.Ordinal)));
    }

    private static async Task<NoteKey> PublicKeyAsync(VaultSet set)
    {
        var printed = await Terminal.RunAsync("", "retention", "key", "--config", await set.WriteSettingsAsync());
        return NoteKey.TryParse(printed.Output.Trim())!;
    }

    /// <summary>The clock goes to a day; the worker does what is due, as it does each hour.</summary>
    private static async Task GoToAsync(VaultSet set, FakeTimeProvider time, long day)
    {
        time.SetUtcNow(DateTimeOffset.UnixEpoch.AddDays(day).AddHours(1));
        await set.App.Services.GetRequiredService<RetentionWorker>().RunDueAsync(Cancel);
    }

    private static async Task SpokenAsync(VaultSet set, TestDirect direct)
    {
        var mail = new TestMail(set, direct.Author, direct.Id);
        Assert.Null((await mail.AuthorAsync(TestMail.Put(1), set.Counselors[0])).Refusal);
    }

    private static async Task<Refusal?> ActAsync(VaultSet set, string caseId, string act) =>
        (await set.Counselors[0].AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/{act}", "{}"u8.ToArray())).Refusal;

    /// <summary>1 when the contact part and the account are as they should be: gone, or there.</summary>
    private static async Task<long> BytesOfAsync(VaultSet set, TestDirect one)
    {
        var isEnded = (await one.StatusAsync(set)).GetProperty("state").GetString() == "ended";
        var bytes = await set.Database.ReadAsync(
            session => session.QueryOne<long>("SELECT length(f.contact) + length(f.account) + length(c.contact) + length(c.counselor) FROM filings f JOIN cases c ON c.filing_id = f.filing_id WHERE f.filing_id = @Id", new { one.Id }), Cancel);
        return isEnded == (bytes == 0) ? 1 : 0;
    }

    private static long Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
}
