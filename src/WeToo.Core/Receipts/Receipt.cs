using System.Globalization;
using System.Security.Cryptography;
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
    public const int WordCount = TenWords.Count;

    private const int DigitCount = 32;
    private const int CheckDigitCount = 4;
    private const int CheckPrime = 9973;

    private readonly SecretBytes _entropy;

    private Receipt(SecretBytes entropy) => _entropy = entropy;

    /// <summary>Draws a receipt.</summary>
    public static Receipt Random(RandomBytes random) => new(SecretBytes.Random(TenWords.EntropySize, random));

    /// <summary>
    /// Reads words of any list, or digits, as a person types them: any case, with or without accents, any white space, and four letters of a word are enough.
    /// </summary>
    /// <param name="text">The words or digits.</param>
    /// <returns>The receipt, or <see langword="null"/> when they are none, or the check differs.</returns>
    /// <remarks>Not constant-time: they were typed on the author's own device.</remarks>
    public static Receipt? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var words in Words.All)
            if (TenWords.Read(text, words) is { } read && read.Check == CheckOf(read.Entropy)) return Take(read.Entropy);

        return TryParseDigits(text);
    }

    /// <summary>The ten words, to be written down, in English.</summary>
    public string ToWords() => ToWords(Words.English);

    /// <summary>The receipt in digits: 32 that are its number, and four that check it, in nine groups of four.</summary>
    public string ToDigits()
    {
        var number = TenWords.Number(_entropy.Span);
        var digits = number.ToString("D32", CultureInfo.InvariantCulture) + (number % CheckPrime).ToString("D4", CultureInfo.InvariantCulture);
        return string.Join(' ', digits.Chunk(4).Select(group => new string(group)));
    }

    /// <summary>
    /// Divides the receipt in two: random bytes, and what differs between them and it. Either alone fits every receipt there is.
    /// </summary>
    /// <param name="random">For the first half.</param>
    /// <returns>The words of each half, with a check of its own.</returns>
    public (string First, string Second) ToHalves(RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var first = new byte[TenWords.EntropySize];
        random(first);
        var second = Xor(_entropy.Span, first);
        return (TenWords.Write(first, HalfCheckOf(first, 1), Words.English), TenWords.Write(second, HalfCheckOf(second, 2), Words.English));
    }

    /// <summary>Puts two halves together, in either order.</summary>
    /// <returns>The receipt, or <see langword="null"/> when one is no half, or both are the same.</returns>
    public static Receipt? TryJoin(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return (ReadHalf(one), ReadHalf(other)) is ({ } a, { } b) && a.Number != b.Number ? Take(Xor(a.Bytes, b.Bytes)) : null;
    }

    internal string ToWords(Words words) => TenWords.Write(_entropy.Span, CheckOf(_entropy.Span), words);

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

    /// <summary>The key that asks for neutral mails; nobody else can link it to the pseudonym. WEP-1, section 16.</summary>
    /// <param name="deployment">The deployment, 16 bytes.</param>
    /// <returns>The key. Dispose of it.</returns>
    public SigningKey Nudge(ReadOnlySpan<byte> deployment)
    {
        using var seed = Seed(deployment);
        using var nudge = seed.Derive("wetoo/v1/nudge"u8, 32);
        return SigningKey.FromSeed(nudge.Span);
    }

    /// <summary>The key by which an author stands by what they show to others: an account names it, and nothing at the vault does. spec/evidence.md.</summary>
    /// <param name="deployment">The deployment, 16 bytes.</param>
    /// <returns>The key. Dispose of it.</returns>
    public SigningKey Signer(ReadOnlySpan<byte> deployment)
    {
        using var seed = Seed(deployment);
        using var signer = seed.Derive("wetoo/v1/signer"u8, SigningKey.SeedSize);
        return SigningKey.FromSeed(signer.Span);
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

    private static Receipt? TryParseDigits(string text)
    {
        // Digits of any script, with white space, dashes and points between them.
        var digits = string.Concat(text
            .Where(sign => !char.IsWhiteSpace(sign) && !IsSeparator(sign))
            .Select(sign => char.IsDigit(sign) ? CharUnicodeInfo.GetDecimalDigitValue(sign).ToString(CultureInfo.InvariantCulture) : "x"));
        if (digits.Length != DigitCount + CheckDigitCount || digits.Contains('x', StringComparison.Ordinal)) return null;

        var number = UInt128.Parse(digits.AsSpan(0, DigitCount), CultureInfo.InvariantCulture);
        var check = UInt128.Parse(digits.AsSpan(DigitCount), CultureInfo.InvariantCulture);
        return number >> (8 * TenWords.EntropySize) == 0 && number % CheckPrime == check ? Take(TenWords.Bytes(number)) : null;
    }

    private static bool IsSeparator(char sign) =>
        char.GetUnicodeCategory(sign) == UnicodeCategory.DashPunctuation || sign is '.' or ',' or '\u060C' or '\u066B';

    private static (byte[] Bytes, int Number)? ReadHalf(string text)
    {
        foreach (var words in Words.All)
            if (TenWords.Read(text, words) is { } read && HalfCheckOf(read.Entropy, (read.Check & 1) + 1) == read.Check) return (read.Entropy, (read.Check & 1) + 1);

        return null;
    }

    private static Receipt Take(byte[] entropy)
    {
        var receipt = new Receipt(new(entropy));
        CryptographicOperations.ZeroMemory(entropy);
        return receipt;
    }

    private static byte[] Xor(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var differing = new byte[a.Length];
        for (var i = 0; i < differing.Length; i++) differing[i] = (byte)(a[i] ^ b[i]);
        return differing;
    }

    private static int CheckOf(ReadOnlySpan<byte> entropy) => SHA256.HashData(entropy)[0] >> (8 - TenWords.CheckBits);

    /// <summary>Five bits of a hash, and one that says which half it is.</summary>
    private static int HalfCheckOf(ReadOnlySpan<byte> entropy, int number) =>
        (SHA256.HashData([.. "wetoo/v1/half"u8, (byte)number, .. entropy])[0] >> 3 << 1) | (number - 1);
}
