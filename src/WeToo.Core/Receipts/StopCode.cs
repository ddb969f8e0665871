using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Identifiers;
using WeToo.Core.Sealing;

namespace WeToo.Core.Receipts;

/// <summary>
/// The second of an author's two codes: 55 random bits and a check symbol, as three groups of four. It takes accounts out and stops contact, and opens nothing.
/// WEP-1, section 10.1.
/// </summary>
public sealed class StopCode : IDisposable
{
    /// <summary>How many symbols it has, the last of them a check.</summary>
    public const int SymbolCount = 12;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int BitsPerSymbol = 5;
    private const int GroupSize = 4;
    private const int EntropySize = 7;
    private const int MemoryBytes = 64 * 1024 * 1024;
    private const int Passes = 3;
    private const int SaltSize = 16;

    private readonly SecretBytes _symbols;

    private StopCode(SecretBytes symbols) => _symbols = symbols;

    /// <summary>Draws a code.</summary>
    public static StopCode Random(RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> drawn = stackalloc byte[8];
        drawn.Clear();
        random(drawn[..EntropySize]);
        var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(drawn) >> 9; // The first 55 of 56 bits.
        Span<byte> symbols = stackalloc byte[SymbolCount];
        for (var i = 0; i < SymbolCount - 1; i++) symbols[i] = (byte)((bits >> (BitsPerSymbol * (SymbolCount - 2 - i))) & 31);
        symbols[^1] = Times(Sum(symbols[..^1]));
        var code = new StopCode(new(symbols));
        CryptographicOperations.ZeroMemory(symbols);
        CryptographicOperations.ZeroMemory(drawn);
        return code;
    }

    /// <summary>Reads a code as a person types it: any case, any spaces and dashes; O is 0, I and L are 1.</summary>
    /// <returns>The code, or <see langword="null"/> when a symbol is unknown, missing, or one too many, or the check differs.</returns>
    /// <remarks>Not constant-time: it was typed on the author's own device.</remarks>
    public static StopCode? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var typed = Nfkc.Normalize(text).ToUpperInvariant()
            .Where(symbol => !char.IsWhiteSpace(symbol) && char.GetUnicodeCategory(symbol) != System.Globalization.UnicodeCategory.DashPunctuation)
            .Select(symbol => Alphabet.IndexOf(symbol switch { 'O' => '0', 'I' or 'L' => '1', _ => symbol }, StringComparison.Ordinal))
            .ToArray();
        if (typed.Length != SymbolCount || typed.Contains(-1)) return null;

        byte[] symbols = [.. typed.Select(symbol => (byte)symbol)];
        var code = Sum(symbols) == 0 ? new StopCode(new(symbols)) : null;
        CryptographicOperations.ZeroMemory(symbols);
        return code;
    }

    /// <summary>The code, to be written down: three groups of four.</summary>
    public string ToText() => string.Join('-', Symbols().Chunk(GroupSize).Select(group => new string(group)));

    /// <summary>Derives the keys of this code in a deployment.</summary>
    /// <param name="deployment">The deployment, 16 bytes.</param>
    /// <exception cref="InsufficientMemoryException">There are not 64 MiB to be had.</exception>
    /// <remarks>Argon2id, 64 MiB, three passes: about 0.15 s, by design.</remarks>
    public StopKeys KeysIn(ReadOnlySpan<byte> deployment)
    {
        var password = Encoding.ASCII.GetBytes(Symbols()[..^1]);
        var salt = SHA512.HashData([.. "wetoo/v1/stop"u8, .. deployment]).AsSpan(0, SaltSize);
        Span<byte> stretched = stackalloc byte[32];
        var failed = SodiumPwhash.crypto_pwhash(
            stretched, 32, password, (ulong)password.Length, salt, Passes, MemoryBytes, SodiumPwhash.AlgorithmArgon2Id13);
        CryptographicOperations.ZeroMemory(password);
        if (failed != 0) throw new InsufficientMemoryException("Argon2id found no 64 MiB.");

        using var root = new SecretBytes(stretched);
        CryptographicOperations.ZeroMemory(stretched);
        return StopKeys.From(root);
    }

    /// <inheritdoc/>
    public void Dispose() => _symbols.Dispose();

    /// <summary>Never the code.</summary>
    public override string ToString() => "StopCode(secret)";

    private char[] Symbols()
    {
        var text = new char[SymbolCount];
        for (var i = 0; i < text.Length; i++) text[i] = Alphabet[_symbols.Span[i]];
        return text;
    }

    /// <summary>
    /// Σ sᵢ·α^(n−1−i) in GF(32) with α⁵ = α² + 1. The powers of α that twelve places have are all different, so every single wrong symbol and every two
    /// symbols that changed places give another sum.
    /// </summary>
    private static byte Sum(ReadOnlySpan<byte> symbols)
    {
        byte sum = 0;
        foreach (var symbol in symbols) sum = (byte)(Times(sum) ^ symbol);
        return sum;
    }

    private static byte Times(byte element) => (byte)((element << 1) ^ ((element & 16) == 0 ? 0 : 0b100101));
}
