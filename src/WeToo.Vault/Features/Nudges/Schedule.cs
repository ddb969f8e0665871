using NodaTime;
using WeToo.Core.Nudges;

namespace WeToo.Vault.Features.Nudges;

/// <summary>When the next mail goes, by the clock on the wall where its reader lives.</summary>
internal static class Schedule
{
    /// <summary>Whether there is such a time zone.</summary>
    internal static bool Knows(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null;

    /// <summary>The first time after now that is this weekday and hour.</summary>
    internal static Instant First(NudgeSettings settings, Instant now)
    {
        var zone = ZoneOf(settings);
        var date = now.InZone(zone).Date.PlusDays(-1).With(DateAdjusters.NextOrSame((IsoDayOfWeek)settings.Weekday));
        while (At(date, settings, zone) <= now) date = date.PlusWeeks(1);
        return At(date, settings, zone);
    }

    /// <summary>The first time after now that lies whole intervals after one that was due.</summary>
    internal static Instant Next(NudgeSettings settings, Instant due, Instant now)
    {
        var zone = ZoneOf(settings);
        var date = due.InZone(zone).Date.PlusWeeks(settings.EveryWeeks);
        while (At(date, settings, zone) <= now) date = date.PlusWeeks(settings.EveryWeeks);
        return At(date, settings, zone);
    }

    private static DateTimeZone ZoneOf(NudgeSettings settings) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(settings.Zone) ?? DateTimeZone.Utc;

    /// <summary>An hour that the clocks skip is the one after; of an hour that comes twice it is the first.</summary>
    private static Instant At(LocalDate date, NudgeSettings settings, DateTimeZone zone) =>
        date.At(new LocalTime(settings.Hour, 0)).InZoneLeniently(zone).ToInstant();
}
