using CsCheck;
using NodaTime;
using NodaTime.Text;
using WeToo.Core.Nudges;
using WeToo.Vault.Features.Nudges;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>Mails go by the clock on the wall where their reader lives.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData("Europe/Paris", 6, 9, "2026-11-24T10:00:00Z", "2026-11-28T08:00:00Z")] // Saturday, in winter
    [InlineData("Europe/Paris", 2, 9, "2026-11-24T07:59:59Z", "2026-11-24T08:00:00Z")] // today, in a second
    [InlineData("Europe/Paris", 2, 9, "2026-11-24T08:00:00Z", "2026-12-01T08:00:00Z")] // now: next week
    [InlineData("Europe/Paris", 7, 2, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // two o'clock is skipped: three
    [InlineData("Pacific/Kiritimati", 1, 0, "2026-11-22T09:59:00Z", "2026-11-22T10:00:00Z")] // Monday there, Sunday here
    [InlineData("America/Los_Angeles", 1, 23, "2028-02-28T20:00:00Z", "2028-02-29T07:00:00Z")] // into the 29th of February
    public void The_first_one_goes_on_the_next_such_day_and_hour(string zone, int weekday, int hour, string now, string expected) =>
        Assert.Equal(At(expected), Schedule.First(Settings(zone, weekday, hour, 2), At(now)));

    [Theory]
    [InlineData("2026-10-20T07:00:00Z", "2026-10-20T07:00:00Z", "2026-11-03T08:00:00Z")] // nine o'clock before and after the clocks change
    [InlineData("2026-12-22T08:00:00Z", "2026-12-22T08:00:07Z", "2027-01-05T08:00:00Z")] // over the year
    [InlineData("2026-10-20T07:00:00Z", "2026-11-10T12:00:00Z", "2026-11-17T08:00:00Z")] // after three weeks without power
    public void The_next_one_goes_whole_intervals_later(string due, string now, string expected) =>
        Assert.Equal(At(expected), Schedule.Next(Settings("Europe/Paris", 2, 9, 2), At(due), At(now)));

    [Fact]
    public void Whatever_the_zone_it_is_that_weekday_and_after_now()
    {
        var zones = DateTimeZoneProviders.Tzdb.Ids.ToArray();
        Gen.Select(Gen.Int[0, zones.Length - 1], Gen.Int[1, 7], Gen.Int[0, 23], Gen.Int[1, 12], Gen.Long[0, 4_000_000_000]).Sample((zone, weekday, hour, weeks, now_s) =>
        {
            var (settings, now) = (Settings(zones[zone], weekday, hour, weeks), Instant.FromUnixTimeSeconds(now_s));
            var first = Schedule.First(settings, now);
            var next = Schedule.Next(settings, first, first);
            return first > now && first - now <= Duration.FromDays(9) && next > first
                && first.InZone(DateTimeZoneProviders.Tzdb[zones[zone]]).DayOfWeek == (IsoDayOfWeek)weekday
                && Math.Abs((next - first).TotalDays - (7 * weeks)) <= 2;
        });
    }

    [Fact]
    public void A_zone_that_nobody_knows_is_none()
    {
        Assert.True(Schedule.Knows("Africa/Tunis"));
        Assert.False(Schedule.Knows("Middle/Earth"));
    }

    private static NudgeSettings Settings(string zone, int weekday, int hour, int weeks) => new("a@b.example", "s", "t", weeks, weekday, hour, zone, "");

    private static Instant At(string text) => InstantPattern.CreateWithInvariantCulture("yyyy-MM-dd'T'HH:mm:ss'Z'").Parse(text).Value;
}
