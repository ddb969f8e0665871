using System.Collections.Frozen;
using System.Text.Json;

namespace WeToo.Voices.Texts;

/// <summary>Everything the pages and mails say, from <c>Texts/*.json</c>. A text that a language does not have yet is said in English.</summary>
internal static class Catalogue
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, Message>> s_all = Languages.All.ToFrozenDictionary(language => language, Read);

    /// <summary>The keys of a language.</summary>
    internal static IEnumerable<string> KeysOf(string language) => s_all[language].Keys;

    /// <summary>The text as it was written.</summary>
    internal static string SourceOf(string language, string key) => s_all[language][key].Source;

    /// <summary>Says a text.</summary>
    /// <param name="language">In which language.</param>
    /// <param name="key">Which text.</param>
    /// <param name="arguments">What stands in its gaps.</param>
    internal static string Say(string language, string key, params (string Name, object Value)[] arguments) =>
        s_all[language].TryGetValue(key, out var message) ? message.Say(language, arguments) : s_all["en"][key].Say("en", arguments);

    private static FrozenDictionary<string, Message> Read(string language)
    {
        using var file = typeof(Catalogue).Assembly.GetManifestResourceStream($"texts/{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary(pair => pair.Key, pair => new Message(pair.Value));
    }
}
