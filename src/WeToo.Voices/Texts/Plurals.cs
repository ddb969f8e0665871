namespace WeToo.Voices.Texts;

/// <summary>Which form of a plural a whole number takes: Unicode CLDR's cardinal rules for our languages.</summary>
internal static class Plurals
{
    /// <summary><c>zero</c>, <c>one</c>, <c>two</c>, <c>few</c>, <c>many</c> or <c>other</c>.</summary>
    internal static string FormOf(string language, long number) => language switch
    {
        "ar" => number switch
        {
            0 => "zero",
            1 => "one",
            2 => "two",
            _ => (number % 100) switch { >= 3 and <= 10 => "few", >= 11 => "many", _ => "other" },
        },
        "fr" => number is 0 or 1 ? "one" : IsMillions(number) ? "many" : "other",
        "es" => number == 1 ? "one" : IsMillions(number) ? "many" : "other",
        _ => number == 1 ? "one" : "other",
    };

    private static bool IsMillions(long number) => number != 0 && number % 1_000_000 == 0;
}
