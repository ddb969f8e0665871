using System.Globalization;

namespace WeToo.Voices.Texts;

/// <summary>Whole numbers with the marks between thousands that each language has. Digits are Western in Arabic too, as on the private side.</summary>
internal static class Numbers
{
    internal static string Write(string language, long number)
    {
        var text = number.ToString("N0", CultureInfo.InvariantCulture);
        return language switch
        {
            "fr" => text.Replace(',', '\u202f'),
            "es" => number < 10_000 ? text.Replace(",", "", StringComparison.Ordinal) : text.Replace(',', '.'),
            _ => text,
        };
    }
}
