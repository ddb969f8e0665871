using WeToo.Core.Identifiers;

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

    /// <summary>Small letters without accents. The runtime has no tables for that (it is built without ICU), so ours compose, and the letters of Latin-1 are listed.</summary>
    private static string Plain(string word)
    {
        const string Accented = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ";
        const string Bare = "aaaaaaceeeeiiiinooooouuuuyy";
        return string.Concat(Nfkc.Normalize(word.Trim()).Select(char.ToLowerInvariant).Select(letter =>
            Accented.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? Bare[at] : letter));
    }
}
