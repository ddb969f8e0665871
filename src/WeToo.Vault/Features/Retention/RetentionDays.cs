using NodaTime;

namespace WeToo.Vault.Features.Retention;

/// <summary>
/// When things are deleted: in one run each Monday, UTC, so that the day of a deletion says little of when something ended. Months are those of the calendar: a month after 31 January
/// is the last day of February.
/// </summary>
internal static class RetentionDays
{
    /// <summary>How long before a deletion everybody whom it concerns can see its day.</summary>
    internal const int NoticeDays = 30;

    private const int Week = 7;

    /// <summary>1970-01-05 was a Monday.</summary>
    private const int FirstMonday = 4;

    private static readonly LocalDate s_epoch = new(1970, 1, 1);

    /// <summary>The last run on or before a day.</summary>
    internal static long LastRun(long day) => day - ((((day - FirstMonday) % Week) + Week) % Week);

    /// <summary>The first run on or after a day.</summary>
    internal static long RunFrom(long day) => LastRun(day + Week - 1);

    /// <summary>The runs that come after a day, in order.</summary>
    internal static IEnumerable<long> RunsAfter(long day, int count) => Enumerable.Range(0, count).Select(i => RunFrom(day + 1) + (Week * i));

    /// <summary>The day some months after another.</summary>
    internal static long After(long day, int months) => Number(Date(day).PlusMonths(months));

    /// <summary>The last day of which <see cref="After"/> is not later than this one.</summary>
    internal static long Cutoff(long day, int months)
    {
        var cutoff = Number(Date(day).PlusMonths(-months));
        while (After(cutoff + 1, months) <= day) cutoff++;
        return cutoff;
    }

    /// <summary>A day as people write it.</summary>
    internal static string Written(long day) => Date(day).ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static LocalDate Date(long day) => s_epoch.PlusDays((int)day);

    private static long Number(LocalDate date) => Period.DaysBetween(s_epoch, date);
}
