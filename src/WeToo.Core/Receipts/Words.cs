namespace WeToo.Core.Receipts;

/// <summary>The word list of receipts: BIP-39, English. spec/wordlists.</summary>
internal static class Words
{
    internal static IReadOnlyList<string> English { get; } = Read();

    private static string[] Read()
    {
        using var stream = typeof(Words).Assembly.GetManifestResourceStream("bip39-english.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
