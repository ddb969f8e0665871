namespace WeToo.Voices.Features.Allies;

/// <summary>When somebody is asked what became of a plan: after 7, 30 and 90 days, as long as it lasts, and when it ends before the last of them.</summary>
internal static class CheckInDays
{
    private const long LeastBetween = 3;

    private static readonly long[] s_days = [7, 30, 90];

    /// <summary>The days, counted from the first.</summary>
    /// <param name="length">How many days the plan lasts, at least 1.</param>
    /// <param name="after">Only those after this day: how long it has lasted when it is changed.</param>
    internal static IReadOnlyList<long> Of(long length, long after = 0)
    {
        List<long> days = [.. s_days.Where(day => day <= length && day > after)];
        if (days.Count == 0 || (length < s_days[^1] && length - days[^1] >= LeastBetween)) days.Add(Math.Max(length, after) + 1);
        return days;
    }
}
