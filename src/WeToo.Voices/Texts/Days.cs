using System.Globalization;

namespace WeToo.Voices.Texts;

/// <summary>Days in words. The program carries no cultures of its own, so the months stand in the catalogue.</summary>
internal static class Days
{
    /// <summary>Such as "29 November 2026".</summary>
    internal static string Write(string language, DateTimeOffset day)
    {
        var months = Catalogue.Say(language, "months").Split(' ');
        return Catalogue.Say(language, "day", ("day", day.Day), ("month", months[day.Month - 1]), ("year", day.Year.ToString(CultureInfo.InvariantCulture)));
    }
}
