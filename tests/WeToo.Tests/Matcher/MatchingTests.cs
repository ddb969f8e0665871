using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using WeToo.Hosting.Storage;
using WeToo.Matcher.Store;
using WeToo.Tests.Authors;
using Xunit;

namespace WeToo.Tests.Matcher;

public sealed class MatchingTests
{
    private const string Accused = "tel:+33612345678";

    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Two_who_ask_for_two_open_as_one_match(Engine engine)
    {
        await using var matcher = await RunningMatcher.StartAsync(engine);

        var ana = await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);
        Assert.False(matcher.HasOpened(ana));
        var ben = await matcher.FileAsync(matcher.NewAuthor(), 2, Accused, "email:x@example.org");

        Assert.True(matcher.HasOpened(ana) && matcher.HasOpened(ben));
        Assert.Equal(matcher.Vault.Opened[ana.Id], matcher.Vault.Opened[ben.Id]);
        Assert.Equal(0, await matcher.CountDueAsync());
        Assert.Empty(matcher.Log.Lines);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Whoever_asks_for_more_joins_the_match_once_there_are_enough(Engine engine)
    {
        await using var matcher = await RunningMatcher.StartAsync(engine);
        var careful = await matcher.FileAsync(matcher.NewAuthor(), 3, Accused);
        var ana = await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);
        Assert.Empty(matcher.Vault.Opened);

        await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);

        Assert.Equal(3, matcher.Vault.Opened.Count);
        Assert.Equal(matcher.Vault.Opened[ana.Id], matcher.Vault.Opened[careful.Id]);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_tag_that_nobody_has_is_shared_by_nobody(Engine engine)
    {
        await using var matcher = await RunningMatcher.StartAsync(engine);
        using var keys = new MatcherKeys(matcher.Options.KeyFile);

        Assert.Empty(await new Standings(matcher.Database, keys).SharingAsync(new byte[16], long.MaxValue, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Several_identifiers_never_chain_two_accused_together()
    {
        await using var matcher = await RunningMatcher.StartAsync();

        await matcher.FileAsync(matcher.NewAuthor(), 3, Accused, "handle:instagram:y");
        await matcher.FileAsync(matcher.NewAuthor(), 3, Accused);
        await matcher.FileAsync(matcher.NewAuthor(), 3, "handle:instagram:y");

        Assert.Empty(matcher.Vault.Opened);
    }

    [Fact]
    public async Task Fifty_who_name_one_person_all_open()
    {
        await using var matcher = await RunningMatcher.StartAsync();
        TestFiling[] filings = [.. Enumerable.Range(0, 50).Select(i => matcher.NewAuthor().File((byte)(2 + (i % 4)), Accused))];

        foreach (var some in filings.Chunk(10)) await matcher.BringAsync(some);
        await matcher.RunDueAsync();

        Assert.Equal(50, matcher.Vault.Opened.Count);
    }

    [Fact]
    public async Task Slips_brought_twice_count_once()
    {
        await using var matcher = await RunningMatcher.StartAsync();
        var filing = matcher.NewAuthor().File(2, Accused);

        Assert.Equal([1, 1], await matcher.BringAsync(filing, filing));
        Assert.Equal([1], await matcher.BringAsync(filing));
        await matcher.RunDueAsync();

        Assert.Empty(matcher.Vault.Opened);
        Assert.Equal(1, await matcher.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM filings"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_box_that_is_no_slips_harms_nobody_beside_it()
    {
        await using var matcher = await RunningMatcher.StartAsync();
        await using var elsewhere = await RunningMatcher.StartAsync();
        var (good, foreign) = (matcher.NewAuthor().File(2, Accused), elsewhere.NewAuthor().File(2, Accused));

        var answers = await matcher.BringBoxesAsync(
            RandomNumberGenerator.GetBytes(900), good.Submission.SlipsBox.ToArray(), foreign.Submission.SlipsBox.ToArray());

        Assert.Equal([2, 1, 2], answers);
    }

    [Fact]
    public async Task What_was_withdrawn_stays_away_when_its_slips_come_again()
    {
        await using var matcher = await RunningMatcher.StartAsync();
        var (author, other) = (matcher.NewAuthor(), matcher.NewAuthor());
        var filing = await matcher.FileAsync(author, 2, Accused);
        await matcher.WithdrawAsync(author, filing);

        await matcher.BringBoxesAsync(filing.Submission.SlipsBox.ToArray());
        await matcher.FileAsync(other, 2, Accused);

        Assert.Empty(matcher.Vault.Opened);
        Assert.Equal(0, await matcher.Database.ReadAsync(session => session.QueryOne<long>(Rows.OfOthers), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_filing_after_one_that_was_withdrawn_does_not_pass_for_opened()
    {
        await using var matcher = await RunningMatcher.StartAsync();
        var (ana, ben) = (matcher.NewAuthor(), matcher.NewAuthor());
        await matcher.FileAsync(ana, 2, Accused);
        var opened = await matcher.FileAsync(ben, 2, Accused);
        Assert.True(matcher.HasOpened(opened));

        await matcher.WithdrawAsync(ben, opened);
        var next = await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);

        Assert.True(matcher.HasOpened(next));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_copied_tag_opens_nothing_for_whoever_copied_it_nor_for_the_victim(bool swapped)
    {
        await using var matcher = await RunningMatcher.StartAsync();
        var victim = await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);

        var copied = matcher.NewAuthor().FileCopied(2, TestAuthor.FirstTag(victim), swapped);
        Assert.Equal([1], await matcher.BringAsync(copied));
        await matcher.RunDueAsync();
        Assert.Empty(matcher.Vault.Opened);

        var honest = await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);
        Assert.True(matcher.HasOpened(victim) && matcher.HasOpened(honest));
        Assert.False(matcher.HasOpened(copied));
        Assert.Equal(0, await matcher.CountDueAsync());
    }

    [Fact]
    public async Task A_filing_that_does_not_fit_its_slips_holds_up_nobody_else()
    {
        await using var matcher = await RunningMatcher.StartAsync();
        var spoiler = matcher.NewAuthor();
        var filed = spoiler.File(2, Accused);
        await matcher.BringAsync(filed);
        var other = filed with { Submission = filed.Draft.ToSubmission([.. Enumerable.Range(0, 4).Select(i => spoiler.Evaluate($"tel:+{i}"))], filed.Message.Day, RandomNumberGenerator.Fill)! };
        matcher.Vault.Store(other);

        var (ana, ben) = (await matcher.FileAsync(matcher.NewAuthor(), 2, Accused), await matcher.FileAsync(matcher.NewAuthor(), 2, Accused));

        Assert.True(matcher.HasOpened(ana) && matcher.HasOpened(ben));
        Assert.False(matcher.HasOpened(other));
        Assert.Equal(0, await matcher.CountDueAsync());
    }

    [Fact]
    public async Task A_filing_counts_for_nobody_before_its_own_delay_is_over()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var matcher = await RunningMatcher.StartAsync(clock: time, settings: options => (options.DelayHoursLeast, options.DelayHoursMost) = (6, 6));
        await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);
        time.Advance(TimeSpan.FromHours(5));
        await matcher.FileAsync(matcher.NewAuthor(), 2, Accused);

        time.Advance(TimeSpan.FromHours(1));
        await matcher.RunDueAsync();
        Assert.Empty(matcher.Vault.Opened);

        time.Advance(TimeSpan.FromHours(5));
        await matcher.RunDueAsync();
        Assert.Equal(2, matcher.Vault.Opened.Count);
    }

    [Fact]
    public async Task Delays_are_drawn_between_the_shortest_and_the_longest()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var matcher = await RunningMatcher.StartAsync(clock: time, settings: options => (options.DelayHoursLeast, options.DelayHoursMost) = (6, 72));
        var author = matcher.NewAuthor();
        await matcher.BringAsync([.. Enumerable.Range(0, 20).Select(_ => author.File(2, Accused))]);

        var due = await matcher.Database.ReadAsync(session => session.Query<long>("SELECT due_s FROM filings"), TestContext.Current.CancellationToken);

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        Assert.All(due, at => Assert.InRange(at - now, 6 * 3600, 72 * 3600));
        Assert.True(due.Distinct().Count() > 15);
    }

    private static class Rows
    {
        internal const string OfOthers = "SELECT (SELECT count(*) FROM drops) + (SELECT count(*) FROM standings WHERE filing NOT IN (SELECT filing FROM filings))";
    }
}
