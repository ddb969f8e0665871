using WeToo.Hosting.Storage;
using WeToo.Tests.Tool;
using WeToo.Tool;
using WeToo.Vault.Features.Statistics;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>What is said of a year in public (O4).</summary>
public sealed class StatisticsTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int LastYear => TimeProvider.System.GetUtcNow().Year - 1;

    [Theory]
    [InlineData(0, "fewer than 10")]
    [InlineData(9, "fewer than 10")]
    [InlineData(10, "10")]
    [InlineData(12, "10")]
    [InlineData(13, "15")]
    [InlineData(17, "15")]
    [InlineData(18, "20")]
    [InlineData(1_003, "1005")]
    public void A_number_is_said_in_fives_and_never_below_ten(long count, string words) => Assert.Equal(words, SmallNumbers.Words(count));

    [Theory]
    [InlineData(1_999, 0, null)]
    [InlineData(1_999, 500, null)]
    [InlineData(2_000, 0, "fewer than 10")]
    [InlineData(2_000, 11, "10")]
    public void Nothing_is_said_of_matches_where_few_people_are_covered(long covered, long count, string? words) => Assert.Equal(words, SmallNumbers.Matches(count, covered));

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_year_is_said_once_and_the_same_for_ever(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });

        var first = await YearBook.PublishAsync(set.Database, LastYear, 13, 2, 1_000, TimeProvider.System, Cancel);
        var again = await YearBook.PublishAsync(set.Database, LastYear, 47, 30, 9_000, TimeProvider.System, Cancel);

        Assert.Equal("15", Assert.Single(first).Value);
        Assert.Equal(first, again);
        Assert.Equal(first, await YearBook.ReadAsync(set.Database, LastYear, Cancel));
        Assert.Equal(["15"], await set.Database.ReadAsync(session => session.Query<string>("SELECT words FROM statistics"), Cancel));
    }

    [Fact]
    public async Task A_year_that_is_not_over_says_nothing()
    {
        await using var set = await VaultSet.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => YearBook.PublishAsync(set.Database, LastYear + 1, 13, null, 0, TimeProvider.System, Cancel));

        Assert.Equal(0, await set.CountAsync("statistics"));
    }

    [Fact]
    public async Task The_command_says_nine_as_fewer_than_ten_and_offers_no_part_of_a_year_or_place()
    {
        await using var set = await VaultSet.StartAsync();
        var settings = await set.WriteSettingsAsync();

        var said = await Terminal.RunAsync("", "statistics", "publish", "--config", settings, "--year", $"{LastYear}", "--people", "9", "--matches", "3", "--covered", "500");
        var shown = await Terminal.RunAsync("", "statistics", "show", "--config", settings, "--year", $"{LastYear}");

        Assert.Equal((0, ""), (said.Code, said.Error));
        Assert.Equal(said.Output, shown.Output);
        Assert.Contains("fewer than 10", said.Output, StringComparison.Ordinal);
        Assert.Contains("nothing is said", said.Output, StringComparison.Ordinal);
        var options = CommandLine.Root().Subcommands.Single(command => command.Name == "statistics").Subcommands.SelectMany(command => command.Options).Select(option => option.Name).Distinct();
        Assert.Equal(["--config", "--covered", "--data", "--matches", "--people", "--postgres", "--year"], options.Order(StringComparer.Ordinal));
    }
}
