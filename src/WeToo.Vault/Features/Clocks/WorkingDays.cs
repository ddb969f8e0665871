using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace WeToo.Vault.Features.Clocks;

/// <summary>Which days people work in one country: Monday to Friday without its public holidays. From workdays.json, which names the source of each.</summary>
internal sealed class WorkingDays
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Book s_book = Read();

    private readonly string[] _holidays;

    private WorkingDays(string[] holidays) => _holidays = holidays;

    /// <summary>The countries there are, and <c>weekdays</c>.</summary>
    internal static IEnumerable<string> Codes => s_book.Packs.Select(pack => pack.Code);

    /// <summary>When the holidays were compared with their sources.</summary>
    internal static string CheckedOn => s_book.CheckedOn;

    /// <summary>The days of a country; null when there is no pack of it.</summary>
    internal static WorkingDays? Of(string code) => s_book.Packs.FirstOrDefault(pack => pack.Code == code) is { } pack ? new(pack.Holidays) : null;

    /// <summary>Whether people work on that day.</summary>
    internal bool Has(LocalDate day) => IsWeekday(day) && !IsHoliday(day);

    /// <summary>The working day that is <paramref name="count"/> working days later; the day itself is not counted (Regulation (EEC) 1182/71, article 3).</summary>
    internal LocalDate After(LocalDate day, int count)
    {
        for (var left = count; left > 0;)
        {
            day = day.PlusDays(1);
            if (Has(day)) left--;
        }

        return day;
    }

    /// <summary>How many working days lie after one day and up to another; 0 when it is not later.</summary>
    internal int Between(LocalDate from, LocalDate until)
    {
        var count = 0;
        for (var day = from.PlusDays(1); day <= until; day = day.PlusDays(1))
            if (Has(day)) count++;
        return count;
    }

    /// <summary>
    /// A number of months later on the calendar: the same day, or the last of a month that has no such day; where nobody works then, the next working
    /// day.
    /// </summary>
    internal LocalDate AfterMonths(LocalDate day, int months)
    {
        var due = day.PlusMonths(months);
        return Has(due) ? due : After(due, 1);
    }

    private static bool IsWeekday(LocalDate day) => day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);

    /// <summary>A holiday of next year may be kept on the last day of this one.</summary>
    private bool IsHoliday(LocalDate day) => _holidays.Any(rule => DayOf(rule, day.Year) == day || (rule == "01-01~" && DayOf(rule, day.Year + 1) == day));

    /// <summary>
    /// <c>MM-DD</c>; with <c>~</c> kept on Friday for Saturday and on Monday for Sunday; <c>easter+N</c>; <c>MM:n:w</c>, the n-th day w of the week (1 is
    /// Monday) of a month, -1 for the last.
    /// </summary>
    private static LocalDate DayOf(string rule, int year)
    {
        if (rule.StartsWith("easter", StringComparison.Ordinal)) return Easter(year).PlusDays(Number(rule[6..]));
        if (rule.Split(':') is [var month, var which, var weekday]) return Nth(year, Number(month), Number(which), (IsoDayOfWeek)Number(weekday));

        var day = new LocalDate(year, Number(rule[..2]), Number(rule[3..5]));
        return !rule.EndsWith('~') ? day : day.DayOfWeek switch
        {
            IsoDayOfWeek.Saturday => day.PlusDays(-1),
            IsoDayOfWeek.Sunday => day.PlusDays(1),
            _ => day,
        };
    }

    private static LocalDate Nth(int year, int month, int which, IsoDayOfWeek weekday) => which > 0
        ? new LocalDate(year, month, 1).PlusDays(-1).Next(weekday).PlusWeeks(which - 1)
        : new LocalDate(year, month, 1).PlusMonths(1).Previous(weekday);

    /// <summary>Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8).</summary>
    private static LocalDate Easter(int year)
    {
        var (golden, century, inCentury) = (year % 19, year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (inCentury / 4)) - epact - (inCentury % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var sum = epact + weekday - (7 * late) + 114;
        return new LocalDate(year, sum / 31, (sum % 31) + 1);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static Book Read()
    {
        using var stream = typeof(WorkingDays).Assembly.GetManifestResourceStream("workdays.json")!;
        return JsonSerializer.Deserialize<Book>(stream, s_json)!;
    }

    private sealed record Book(string CheckedOn, Pack[] Packs);

    private sealed record Pack(string Code, string[] Holidays, string Source);
}
