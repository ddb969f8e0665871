using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;

namespace WeToo.Core.Receipts;

/// <summary>
/// What an author keeps, and all they need to come back: 104 random bits with 6 check bits, as ten words. Made on the author's own device and known to
/// nobody else. WEP-1, section 3.
/// </summary>
public sealed class Receipt : IDisposable
{
    /// <summary>How many words a receipt has.</summary>
    public const int WordCount = 10;

    private const int EntropySize = 13;
    private const int BitsPerWord = 11;
    private const int CheckBits = 6;
    private const int LettersThatTell = 4;

    private readonly SecretBytes _entropy;

    private Receipt(SecretBytes entropy) => _entropy = entropy;

    /// <summary>Draws a receipt.</summary>
    public static Receipt Random(RandomBytes random) => new(SecretBytes.Random(EntropySize, random));

    /// <summary>Reads words as a person types them: any case, any white space, and four letters of each are enough.</summary>
    /// <param name="text">The words.</param>
    /// <returns>The receipt, or <see langword="null"/> when there are not ten known words or the check bits differ.</returns>
    /// <remarks>Not constant-time: the words were typed on the author's own device.</remarks>
    public static Receipt? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int[] numbers = [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(IndexOf)];
        if (numbers.Length != WordCount || numbers.Contains(-1)) return null;

        var bits = new bool[WordCount * BitsPerWord];
        for (var i = 0; i < bits.Length; i++) bits[i] = ((numbers[i / BitsPerWord] >> (BitsPerWord - 1 - (i % BitsPerWord))) & 1) == 1;
        var entropy = new byte[EntropySize];
        for (var i = 0; i < 8 * EntropySize; i++)
            if (bits[i]) entropy[i / 8] |= (byte)(0x80 >> (i % 8));
        var check = bits[^CheckBits..].Aggregate(0, (sum, bit) => (sum << 1) | (bit ? 1 : 0));
        var receipt = check == CheckOf(entropy) ? new Receipt(new(entropy)) : null;
        CryptographicOperations.ZeroMemory(entropy);
        return receipt;
    }

    /// <summary>The ten words, to be written down.</summary>
    public string ToWords()
    {
        Int128 bits = 0;
        foreach (var part in _entropy.Span) bits = (bits << 8) | part;
        bits = (bits << CheckBits) | CheckOf(_entropy.Span);
        return string.Join(' ', Enumerable.Range(1, WordCount).Select(i => Words.English[(int)((bits >> (BitsPerWord * (WordCount - i))) & 2047)]));
    }

    /// <summary>Derives the key whose public half is the author's pseudonym in a deployment.</summary>
    /// <param name="deployment">The deployment, 16 bytes.</param>
    public SigningKey Pseudonym(ReadOnlySpan<byte> deployment)
    {
        using var seed = Seed(deployment);
        using var signing = seed.Derive("wetoo/v1/pseudonym"u8, SigningKey.SeedSize);
        return SigningKey.FromSeed(signing.Span);
    }

    /// <summary>Derives the key of the author's own copy.</summary>
    /// <param name="deployment">The deployment, 16 bytes.</param>
    public SecretBytes BoxKey(ReadOnlySpan<byte> deployment)
    {
        using var seed = Seed(deployment);
        return seed.Derive("wetoo/v1/box-key"u8, Xchacha.KeySize);
    }

    /// <inheritdoc/>
    public void Dispose() => _entropy.Dispose();

    /// <summary>Never the words.</summary>
    public override string ToString() => "Receipt(secret)";

    private SecretBytes Seed(ReadOnlySpan<byte> deployment)
    {
        Span<byte> seed = stackalloc byte[64];
        HKDF.DeriveKey(HashAlgorithmName.SHA512, _entropy.Span, seed, deployment, "wetoo/v1/receipt"u8);
        var secret = new SecretBytes(seed);
        CryptographicOperations.ZeroMemory(seed);
        return secret;
    }

    private static int CheckOf(ReadOnlySpan<byte> entropy) => SHA256.HashData(entropy)[0] >> (8 - CheckBits);

    private static int IndexOf(string typed)
    {
        var word = typed.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        for (var i = 0; i < Words.English.Count; i++)
        {
            var listed = Words.English[i].ToUpperInvariant();
            if (listed == word || (word.Length >= LettersThatTell && listed.StartsWith(word, StringComparison.Ordinal))) return i;
        }

        return -1;
    }
}
