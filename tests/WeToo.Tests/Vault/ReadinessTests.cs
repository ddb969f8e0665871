using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Vault.Features.Readiness;
using WeToo.Vault.Features.Retention;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>A place where nobody answers takes nothing: row O3.</summary>
public sealed class ReadinessTests
{
    private static readonly TeamRole[] s_ready = [TeamRole.Counselor, TeamRole.Counselor, TeamRole.Ombuds];

    [Theory]
    [InlineData(1, "FR", "1 of 2 counselors, 0 of 1 stand-ins, help lines for 1 countries and for 0 none")]
    [InlineData(2, "FR", "2 of 2 counselors, 0 of 1 stand-ins, help lines for 1 countries and for 0 none")]
    [InlineData(3, "", "2 of 2 counselors, 1 of 1 stand-ins, help lines for 0 countries and for 0 none")]
    [InlineData(3, "FR,XX", "2 of 2 counselors, 1 of 1 stand-ins, help lines for 1 countries and for 1 none")]
    public async Task Without_two_counselors_a_stand_in_and_help_lines_it_takes_no_filing_and_nobody_new(int people, string countries, string said)
    {
        await using var set = await VaultSet.StartAsync(Plan(people, countries));
        var before = await set.CountsAsync();

        Assert.Equal(Refusal.IntakeClosed, await set.PostAsync("/v1/filings", new TestFiling(set).Bytes));
        Assert.Equal(Refusal.IntakeClosed, await set.PostAsync("/v1/credentials", "{}"u8.ToArray()));
        Assert.Equal(Refusal.IntakeClosed, await set.PostAsync("/v1/directs", []));

        Assert.Equal(before, await set.CountsAsync());
        var keyset = Encoding.UTF8.GetString((await set.SendAsync(HttpMethod.Get, "/v1/keyset", [])).Bytes);
        Assert.True(JsonSerializer.Deserialize<JsonElement>(keyset).GetProperty("closed").GetBoolean());
        Assert.Equal(set.Keyset.Keyset.Text, SignedKeyset.TryParse(keyset)!.Keyset.Text); // What keepers signed stays as it is.
        Assert.Contains(set.Log.Lines, line => line == "Intake is closed: " + said);
    }

    [Fact]
    public async Task It_opens_by_itself_once_the_team_and_the_periods_are_there_and_those_who_wrote_before_can_always_take_it_out()
    {
        await using var set = await VaultSet.StartAsync(Plan(3, "FR"));
        Assert.Equal(Refusal.IntakeClosed, await set.PostAsync("/v1/filings", new TestFiling(set).Bytes)); // Nobody decided how long things stay.
        Assert.Contains("Nobody decided how long things stay: wetoo retention set", set.Log.Lines);
        _ = await RetentionBook.DecideAsync(set.Database, RetentionPeriods.Around(24), TimeProvider.System, TestContext.Current.CancellationToken);
        await set.App.Services.GetRequiredService<RetentionWorker>().RunDueAsync(TestContext.Current.CancellationToken);
        var filing = await new TestFiling(set).FiledAsync(set);
        Assert.Contains(set.Log.Lines, line => line.StartsWith("Intake is open: 2 counselors", StringComparison.Ordinal));

        // The ombuds leaves: nothing new is taken, and nobody is locked out.
        var without = Roster.TryParse(KeysetText.WriteRoster([set.Counselors[0].Entry, set.Counselors[1].Entry], 20_000))!;
        foreach (var one in set.Counselors.Take(2)) Assert.Null((await one.SignAsync(set, set.Keyset.Roster, without)).Refusal);
        Assert.Equal(Refusal.IntakeClosed, await set.PostAsync("/v1/filings", new TestFiling(set).Bytes));
        Assert.Null(await set.PostAsync("/v1/withdrawals", filing.Withdrawal));
        Assert.Contains(set.Log.Lines, line => line.StartsWith("Intake is closed: 2 of 2 counselors, 0 of 1", StringComparison.Ordinal));

        Assert.Null((await set.Counselors[0].SignAsync(set, without, set.Keyset.Roster)).Refusal);
        Assert.Null((await set.Counselors[1].SignAsync(set, without, set.Keyset.Roster)).Refusal);
        Assert.Null(await set.PostAsync("/v1/filings", new TestFiling(set).Bytes));
    }

    [Fact]
    public void The_countries_with_help_lines_are_those_of_the_pages() => Assert.Contains("FR", Gate.WithHelpLines);

    private static VaultPlan Plan(int people, string countries) => new()
    {
        CounselorCount = people,
        Roles = s_ready,
        Settings = options => (options.OpenUnready, options.HelpCountries) = (false, countries.Split(',', StringSplitOptions.RemoveEmptyEntries)),
    };
}
