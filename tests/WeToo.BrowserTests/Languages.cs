using System.Text.Json;
using System.Text.RegularExpressions;

namespace WeToo.BrowserTests;

/// <summary>The languages of the pages, as a visitor changes them and as the catalogue says them.</summary>
internal static partial class Languages
{
    /// <summary>English made longer and strange: what is not in brackets does not come from the catalogue.</summary>
    internal const string Pseudo = "en-XA";

    /// <summary>Chooses a language above the screen. The pseudo-language is not on the list, so it is put there.</summary>
    internal static async Task SpeakAsync(this Visitor visitor, string language)
    {
        await visitor.Page.EvaluateAsync(
            """
            (language) => {
              const menu = document.querySelector('select.language')
              if (![...menu.options].some((option) => option.value === language)) menu.add(new Option(language, language))
              menu.value = language
              menu.dispatchEvent(new Event('change', { bubbles: true }))
            }
            """,
            language);
        await visitor.Page.WaitForFunctionAsync("(language) => document.documentElement.lang === language", language);
    }

    /// <summary>What the catalogue says in a language, by its keys.</summary>
    internal static IReadOnlyDictionary<string, string> TextsOf(string language)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WeToo.slnx"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("The repository is not above the tests.");
        var written = File.ReadAllText(Path.Combine(folder.FullName, "web", "vault", "messages", $"{language}.ts"));
        return Line().Matches(written).ToDictionary(line => line.Groups[1].Value, line => JsonSerializer.Deserialize<string>(line.Groups[2].Value)!);
    }

    [GeneratedRegex("""^  "([^"]+)": ("(?:[^"\\]|\\.)*"),$""", RegexOptions.Multiline)]
    private static partial Regex Line();
}
