namespace WeToo.Voices.Texts;

/// <summary>The languages that the pages speak.</summary>
internal static class Languages
{
    internal static readonly string[] All = ["en", "fr", "es", "ar"];

    /// <summary>Each in itself.</summary>
    internal static string NameOf(string language) => language switch
    {
        "en" => "English",
        "fr" => "Français",
        "es" => "Español",
        "ar" => "العربية",
        _ => throw new ArgumentOutOfRangeException(nameof(language)),
    };

    /// <summary><c>rtl</c> or <c>ltr</c>.</summary>
    internal static string DirectionOf(string language) => language == "ar" ? "rtl" : "ltr";

    /// <summary>What a browser would rather have of what there is; the first of it when it asks for nothing that there is.</summary>
    internal static string Choose(string accepts, IReadOnlyList<string> there)
    {
        var wanted = accepts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(';', StringSplitOptions.TrimEntries))
            .Select(part => (Language: part[0].Split('-')[0].ToLowerInvariant(), Weight: WeightOf(part)))
            .Where(one => one.Weight > 0)
            .OrderByDescending(one => one.Weight);
        return wanted.Select(one => one.Language).FirstOrDefault(there.Contains) ?? there[0];
    }

    private static double WeightOf(string[] part) =>
        part.Length < 2 ? 1
        : part[1].StartsWith("q=", StringComparison.Ordinal) && double.TryParse(part[1][2..], System.Globalization.CultureInfo.InvariantCulture, out var weight) ? weight
        : 0;
}
