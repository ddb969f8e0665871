using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using WeToo.Vault.Features.Clocks;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>C2: calendar months, working days, and where a day begins.</summary>
public sealed class WorkingDaysTests
{
    private static readonly Gen<LocalDate> s_day = Gen.Int[0, 40_000].Select(days => new LocalDate(1990, 1, 1).PlusDays(days));

    public static TheoryData<string> Countries => [.. WorkingDays.Codes];

    [Theory]
    [InlineData("2026-11-30", 3, "2027-03-01")] // 28 February 2027 is a Sunday.
    [InlineData("2027-11-30", 3, "2028-02-29")]
    [InlineData("2024-11-30", 3, "2025-02-28")]
    [InlineData("2026-08-31", 1, "2026-09-30")]
    [InlineData("2024-02-29", 12, "2025-02-28")]
    public void Months_end_where_the_month_ends(string from, int months, string due) =>
        Assert.Equal(Day(due), Of("weekdays").AfterMonths(Day(from), months));

    [Theory]
    [InlineData("weekdays", "2026-12-24", 7, "2027-01-04")]
    [InlineData("FR", "2026-12-24", 7, "2027-01-06")] // Christmas Day and New Year's Day are Fridays.
    [InlineData("FR", "2026-04-03", 1, "2026-04-07")] // Easter Monday
    [InlineData("FR", "2026-05-13", 1, "2026-05-15")] // Ascension
    [InlineData("FR", "2026-05-22", 1, "2026-05-26")] // Whit Monday
    [InlineData("US", "2026-07-02", 1, "2026-07-06")] // 4 July is a Saturday, kept on Friday.
    [InlineData("US", "2026-11-25", 1, "2026-11-27")] // Thanksgiving
    [InlineData("US", "2026-05-22", 1, "2026-05-26")] // Memorial Day, the last Monday
    [InlineData("US", "2027-12-30", 1, "2028-01-03")] // 1 January 2028 is a Saturday: kept on the last day of 2027.
    public void Working_days_are_those_of_the_country(string country, string from, int count, string due) =>
        Assert.Equal(Day(due), Of(country).After(Day(from), count));

    [Theory]
    [InlineData(1961, 4, 2)]
    [InlineData(2000, 4, 23)]
    [InlineData(2008, 3, 23)]
    [InlineData(2038, 4, 25)]
    public void Easter_Monday_is_where_the_calendar_has_it(int year, int month, int day) =>
        Assert.False(Of("FR").Has(new LocalDate(year, month, day).PlusDays(1)));

    [Theory]
    [MemberData(nameof(Countries))]
    public void A_due_day_is_a_working_day_with_exactly_that_many_before_it(string country)
    {
        var days = Of(country);
        Gen.Select(s_day, Gen.Int[1, 30]).Sample((from, count) =>
        {
            var due = days.After(from, count);
            return days.Has(due) && days.Between(from, due) == count && days.Between(from, due.PlusDays(-1)) == count - 1;
        });
    }

    [Theory]
    [MemberData(nameof(Countries))]
    public void Who_begins_later_is_never_due_earlier(string country)
    {
        var days = Of(country);
        Gen.Select(s_day, Gen.Int[0, 40], Gen.Int[1, 24]).Sample((from, later, count) =>
            days.After(from.PlusDays(later), count) >= days.After(from, count)
            && days.AfterMonths(from.PlusDays(later), count) >= days.AfterMonths(from, count)
            && days.AfterMonths(from, count) >= from.PlusMonths(count));
    }

    [Theory]
    [InlineData("Pacific/Kiritimati", "2026-03-02T11:00:00Z", "2026-03-03")]
    [InlineData("America/Los_Angeles", "2026-03-02T05:00:00Z", "2026-03-01")]
    [InlineData("Europe/Paris", "2026-03-28T23:30:00Z", "2026-03-29")] // The night in which the clocks change.
    [InlineData("Europe/Paris", "2026-10-25T23:30:00Z", "2026-10-26")]
    public void A_day_is_the_day_where_the_house_stands(string zone, string now, string today) =>
        Assert.Equal(Day(today), Clocks(zone, now).Today);

    [Fact]
    public void A_clock_is_overdue_only_when_its_last_day_has_ended_there()
    {
        var due = DeskClocks.Number(Day("2026-11-30")); // A Monday.

        Assert.Equal("later", Clocks("America/New_York", "2026-11-25T12:00:00Z").StateOf(due));
        Assert.Equal("soon", Clocks("America/New_York", "2026-11-26T12:00:00Z").StateOf(due));
        Assert.Equal("soon", Clocks("America/New_York", "2026-12-01T04:59:59Z").StateOf(due));
        Assert.Equal("overdue", Clocks("America/New_York", "2026-12-01T05:00:00Z").StateOf(due));
    }

    [Fact]
    public void A_zone_and_a_country_that_there_are_not_are_refused() =>
        Assert.All(
            (Func<object>[])[() => new DeskClocks(TimeProvider.System, "Nowhere/Else", "FR"), () => new DeskClocks(TimeProvider.System, "UTC", "XX")],
            make => Assert.Throws<System.ComponentModel.DataAnnotations.ValidationException>(make));

    [Fact]
    public void Holidays_were_compared_with_their_sources_on_a_day_of_the_calendar() =>
        Assert.True(NodaTime.Text.LocalDatePattern.Iso.Parse(WorkingDays.CheckedOn).Success);

    private static DeskClocks Clocks(string zone, string now) =>
        new(new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)), zone, "weekdays");

    private static WorkingDays Of(string country) => WorkingDays.Of(country)!;

    private static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
