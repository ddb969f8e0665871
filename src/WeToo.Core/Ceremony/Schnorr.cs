using System.Security.Cryptography;
using WeToo.Core.Group;

namespace WeToo.Core.Ceremony;

/// <summary>The Schnorr signatures of COCKTAIL(Ristretto255, SHA-512): R ‖ z, with a deterministic nonce. Used in ceremonies only.</summary>
/// <remarks>Source: C2SP cocktail-dkg, "Schnorr Signature Scheme".</remarks>
public static class Schnorr
{
    /// <summary>Length of a signature, in bytes.</summary>
    public const int Size = 64;

    /// <summary>Signs.</summary>
    /// <param name="secret">The signer's secret scalar.</param>
    /// <param name="message">What to sign.</param>
    /// <remarks>Cost: two multiplications. Constant-time in the secret.</remarks>
    public static byte[] Sign(Scalar secret, ReadOnlySpan<byte> message)
    {
        ArgumentNullException.ThrowIfNull(secret);
        Span<byte> nonce = stackalloc byte[Scalar.Size];
        Span<byte> commitment = stackalloc byte[Element.Size];
        Span<byte> response = stackalloc byte[Scalar.Size];
        HashToScalar("COCKTAIL-DKG-Ristretto255-SHA512-NONCE"u8, secret.Bytes, default, message, nonce);
        if (!nonce.ContainsAnyExcept((byte)0)) throw new CryptographicException("The nonce is zero: the specification forbids to go on.");

        Sodium.MultiplyGenerator(commitment, nonce);
        Challenge(commitment, Element.FromGenerator(secret), message, response);
        Sodium.crypto_core_ristretto255_scalar_mul(response, response, secret.Bytes);
        Sodium.crypto_core_ristretto255_scalar_add(response, nonce, response);
        CryptographicOperations.ZeroMemory(nonce);
        return [.. commitment, .. response];
    }

    /// <summary>Verifies.</summary>
    /// <returns><see langword="false"/> when the length or an encoding is wrong, or the signature is not one of this message.</returns>
    /// <remarks>Cost: two multiplications. Public values only.</remarks>
    public static bool Verify(Element publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Size || !Element.TryParse(signature[..32], out var commitment) || !Sodium.IsReduced(signature[32..])) return false;

        Span<byte> challenge = stackalloc byte[Scalar.Size];
        Span<byte> left = stackalloc byte[Element.Size];
        Span<byte> right = stackalloc byte[Element.Size];
        Challenge(commitment.Bytes, publicKey, message, challenge);
        Sodium.MultiplyGenerator(left, signature[32..]);
        Sodium.Multiply(right, challenge, publicKey.Bytes);
        _ = Sodium.crypto_core_ristretto255_add(right, right, commitment.Bytes);
        return Sodium.Equal(left, right);
    }

    private static void Challenge(ReadOnlySpan<byte> commitment, Element publicKey, ReadOnlySpan<byte> message, Span<byte> challenge) =>
        HashToScalar("COCKTAIL-DKG-Ristretto255-SHA512-H7"u8, commitment, publicKey.Bytes, message, challenge);

    private static void HashToScalar(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, Span<byte> scalar)
    {
        Span<byte> wide = stackalloc byte[SHA512.HashSizeInBytes];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(prefix);
        hash.AppendData(a);
        hash.AppendData(b);
        hash.AppendData(c);
        _ = hash.GetHashAndReset(wide);
        Sodium.crypto_core_ristretto255_scalar_reduce(scalar, wide);
        CryptographicOperations.ZeroMemory(wide);
    }
}
