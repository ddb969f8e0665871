using System.Numerics;
using System.Security.Cryptography;

namespace WeToo.Core.Credentials;

/// <summary>
/// The client's and verifier's side of blind RSA signatures, RFC 9474, RSABSSA-SHA384-PSS-Randomized. The registrar's side, which
/// holds the secret, is in the registrar.
/// </summary>
public static class BlindRsa
{
    private const int SaltSize = 48;
    private const int PrefixSize = 32;
    private const int LeastKeySize = 1024;

    /// <summary>Puts 32 random bytes before a message.</summary>
    /// <remarks>RFC 9474, section 4.1.</remarks>
    public static byte[] Prepare(ReadOnlySpan<byte> message, RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var prepared = new byte[PrefixSize + message.Length];
        random(prepared.AsSpan(0, PrefixSize));
        message.CopyTo(prepared.AsSpan(PrefixSize));
        return prepared;
    }

    /// <summary>Blinds a prepared message.</summary>
    /// <param name="spki">The registrar's key, RSA of at least 1024 bits.</param>
    /// <param name="prepared">From <see cref="Prepare"/>.</param>
    /// <param name="random">For the salt and the blinding factor.</param>
    /// <param name="inverse">What <see cref="Finalize"/> needs; secret until then.</param>
    /// <returns>The blinded message, as long as the modulus; <see langword="null"/> when the key is unusable.</returns>
    /// <remarks>
    /// RFC 9474, section 4.2. Not constant-time: the blinding factor is used once, on the author's own device, and hides a pseudonym
    /// only from the registrar, who measures nothing there.
    /// </remarks>
    public static byte[]? Blind(ReadOnlySpan<byte> spki, ReadOnlySpan<byte> prepared, RandomBytes random, out byte[] inverse)
    {
        ArgumentNullException.ThrowIfNull(random);
        inverse = [];
        using var rsa = TryImport(spki, anySize: true);
        if (rsa is null) return null;

        var (n, e, size) = Numbers(rsa);
        var salt = new byte[SaltSize];
        random(salt);
        var m = Number(Pss.Encode(prepared, salt, rsa.KeySize - 1));
        if (!BigInteger.GreatestCommonDivisor(m, n).IsOne) return null;

        var r = Draw(n, size, random);
        inverse = Bytes(Inverse(r, n), size);
        return Bytes(m * BigInteger.ModPow(r, e, n) % n, size);
    }

    /// <summary>Unblinds the registrar's answer and checks it.</summary>
    /// <returns>The signature, or <see langword="null"/> when it does not verify.</returns>
    /// <remarks>RFC 9474, section 4.4.</remarks>
    public static byte[]? Finalize(ReadOnlySpan<byte> spki, ReadOnlySpan<byte> prepared, ReadOnlySpan<byte> blindSignature, ReadOnlySpan<byte> inverse)
    {
        using var rsa = TryImport(spki, anySize: true);
        if (rsa is null) return null;

        var (n, _, size) = Numbers(rsa);
        if (blindSignature.Length != size || inverse.Length != size) return null;

        var signature = Bytes(Number(blindSignature) * Number(inverse) % n, size);
        return Verify(rsa, prepared, signature) ? signature : null;
    }

    /// <summary>Verifies a credential's signature.</summary>
    /// <returns><see langword="false"/> when the key is unusable or the signature is not one of this message.</returns>
    /// <remarks>RFC 9474, section 4.5, which is RSASSA-PSS-VERIFY of RFC 8017. Public values only.</remarks>
    public static bool Verify(RegistrarKey registrar, ReadOnlySpan<byte> prepared, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(registrar);
        return registrar.Rsa is { } rsa && Verify(rsa, prepared, signature);
    }

    internal static RSA? TryImport(ReadOnlySpan<byte> spki, bool anySize = false)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(spki, out var read);
            if (read == spki.Length && (anySize ? rsa.KeySize >= LeastKeySize : rsa.KeySize == 2048)) return rsa;
        }
        catch (CryptographicException)
        {
            // Not a key. The framework has no way to ask first.
        }

        rsa.Dispose();
        return null;
    }

    private static bool Verify(RSA rsa, ReadOnlySpan<byte> prepared, ReadOnlySpan<byte> signature) =>
        rsa.VerifyData(prepared, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pss);

    private static (BigInteger N, BigInteger E, int Size) Numbers(RSA rsa)
    {
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        return (Number(parameters.Modulus), Number(parameters.Exponent), parameters.Modulus!.Length);
    }

    private static BigInteger Draw(BigInteger n, int size, RandomBytes random)
    {
        var bytes = new byte[size];
        while (true)
        {
            random(bytes);
            var r = Number(bytes);
            if (r > BigInteger.One && r < n && BigInteger.GreatestCommonDivisor(r, n).IsOne) return r;
        }
    }

    private static BigInteger Inverse(BigInteger r, BigInteger n)
    {
        var (t, next) = (BigInteger.Zero, BigInteger.One);
        var (remainder, nextRemainder) = (n, r);
        while (!nextRemainder.IsZero)
        {
            var quotient = remainder / nextRemainder;
            (t, next) = (next, t - (quotient * next));
            (remainder, nextRemainder) = (nextRemainder, remainder - (quotient * nextRemainder));
        }

        return t.Sign < 0 ? t + n : t;
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number, int size)
    {
        var bytes = new byte[size];
        var length = number.GetByteCount(isUnsigned: true);
        _ = number.TryWriteBytes(bytes.AsSpan(size - length), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }
}
