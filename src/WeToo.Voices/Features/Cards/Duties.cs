namespace WeToo.Voices.Features.Cards;

/// <summary>A duty of a role, with its clock.</summary>
/// <param name="Key">Its name in texts.</param>
/// <param name="WorkingDays">Within so many working days after a report; 0 for none.</param>
/// <param name="Months">So many months after a report; 0 for none.</param>
internal sealed record Duty(string Key, int WorkingDays = 0, int Months = 0)
{
    /// <summary>Whether a report begins it. Others come each year.</summary>
    internal bool IsAfterReport => WorkingDays + Months > 0;
}

/// <summary>What each role owes, and until when.</summary>
internal static class Duties
{
    internal static readonly string[] Roles = ["manager", "teacher", "host", "personnel"];

    private const long Year = 365;

    private static readonly Duty s_answer = new("answer", WorkingDays: 2);
    private static readonly Duty[] s_again = [new("again.1", Months: 1), new("again.3", Months: 3), new("again.6", Months: 6)];
    private static readonly Duty s_publish = new("publish");

    /// <summary>The duties of a role.</summary>
    internal static IReadOnlyList<Duty> Of(string role) => role switch
    {
        "manager" => [s_answer, .. s_again, s_publish],
        "teacher" => [new("listen", WorkingDays: 1), .. s_again, new("talk")],
        "host" => [new("tell", WorkingDays: 5), new("contact"), s_publish],
        _ => [s_answer, .. s_again, new("train"), s_publish],
    };

    /// <summary>The last day for a duty that began on a day, both in days since 1970. Working days are Monday to Friday.</summary>
    internal static long DueDay(Duty duty, long begun)
    {
        if (duty.Months > 0) return DayOf(DateOf(begun).AddMonths(duty.Months));
        if (duty.WorkingDays == 0) return begun + Year;

        var day = begun;
        for (var left = duty.WorkingDays; left > 0;)
            if (DateOf(++day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) left--;
        return day;
    }

    private static DateOnly DateOf(long day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day);

    private static long DayOf(DateOnly date) => date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
}
