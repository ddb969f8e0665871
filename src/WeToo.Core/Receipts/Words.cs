using System.Globalization;
using System.Text;

namespace WeToo.Core.Receipts;

/// <summary>A word list of receipts: BIP-39. spec/wordlists.</summary>
internal sealed class Words
{
    private const int LettersThatTell = 4;

    private readonly string[] _plain;

    private Words(string file)
    {
        using var stream = typeof(Words).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        List = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _plain = [.. List.Select(Plain)];
    }

    internal static Words English { get; } = new("bip39-english.txt");

    internal static Words French { get; } = new("bip39-french.txt");

    internal static Words Spanish { get; } = new("bip39-spanish.txt");

    internal static IReadOnlyList<Words> All { get; } = [English, French, Spanish];

    internal IReadOnlyList<string> List { get; }

    /// <summary>The place of the word that somebody means: any case, with or without accents, and four letters are enough; -1 when there is none.</summary>
    internal int IndexOf(string typed)
    {
        var word = Plain(typed);
        return Array.FindIndex(
            _plain, listed => listed == word || (word.Length >= LettersThatTell && listed.StartsWith(word, StringComparison.Ordinal)));
    }

    private static string Plain(string word) => new(
        [.. word.Trim().Normalize(NormalizationForm.FormKD)
            .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark))
            .Select(char.ToUpperInvariant)]);
}
