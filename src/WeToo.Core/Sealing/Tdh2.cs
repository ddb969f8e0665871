using System.Buffers.Binary;
using System.Security.Cryptography;
using WeToo.Core.Group;

namespace WeToo.Core.Sealing;

/// <summary>
/// Seals to a quorum of keepers under a label: TDH2 of Shoup and Gennaro ("Securing Threshold Cryptosystems against Chosen
/// Ciphertext Attack", 2002), as a KEM with XChaCha20-Poly1305. WEP-1, section 6.
/// </summary>
public static class Tdh2
{
    private static readonly Element s_second = Element.HashFrom("wetoo/v1/tdh2/second-generator"u8, Context);

    private static ReadOnlySpan<byte> Context => "wetoo/v1/tdh2"u8;

    /// <summary>Seals.</summary>
    /// <param name="z">The keepers' public key Z.</param>
    /// <param name="label">What the ciphertext is and whose: keepers answer only for the label they expect.</param>
    /// <param name="plaintext">What to seal.</param>
    /// <param name="random">For r and s.</param>
    /// <returns>The header for keepers, and the ciphertext: 16 bytes longer than the plaintext.</returns>
    /// <remarks>Cost: five multiplications. Constant-time in r, s and the plaintext.</remarks>
    public static (SealedHeader Header, byte[] Ciphertext) Seal(Element z, ReadOnlySpan<byte> label, ReadOnlySpan<byte> plaintext, RandomBytes random)
    {
        using var r = Scalar.Random(random);
        using var s = Scalar.Random(random);
        var (u, uBar) = (Element.FromGenerator(r), s_second.Times(r));
        var (w, wBar) = (Element.FromGenerator(s), s_second.Times(s));

        Span<byte> key = stackalloc byte[Xchacha.KeySize];
        DeriveKey(z.Times(r), u, uBar, key);
        var ciphertext = Xchacha.Seal(key, default, plaintext, label);
        CryptographicOperations.ZeroMemory(key);

        Span<byte> sha256 = stackalloc byte[32];
        Span<byte> e = stackalloc byte[Scalar.Size];
        Span<byte> f = stackalloc byte[Scalar.Size];
        _ = SHA256.HashData(ciphertext, sha256);
        Challenge(label, sha256, u.Bytes, uBar.Bytes, w.Bytes, wBar.Bytes, e);
        Sodium.crypto_core_ristretto255_scalar_mul(f, r.Bytes, e);
        Sodium.crypto_core_ristretto255_scalar_add(f, s.Bytes, f);
        return (SealedHeader.From(u, uBar, e, f, sha256), ciphertext);
    }

    /// <summary>Checks that whoever made the header knew r, and made it for this label and ciphertext.</summary>
    /// <param name="header">The header.</param>
    /// <param name="label">The label it should have been sealed under.</param>
    /// <returns><see langword="false"/> when label or header is not what was sealed. A keeper answers nothing then.</returns>
    /// <remarks>
    /// Keepers need no ciphertext for it: its SHA-256 is in the header, and <see cref="Open"/> compares. Cost: four multiplications. Public
    /// values only.
    /// </remarks>
    public static bool Verify(SealedHeader header, ReadOnlySpan<byte> label)
    {
        ArgumentNullException.ThrowIfNull(header);
        Span<byte> w = stackalloc byte[Element.Size];
        Span<byte> wBar = stackalloc byte[Element.Size];
        Span<byte> term = stackalloc byte[Element.Size];
        Sodium.MultiplyGenerator(w, header.F);
        Sodium.Multiply(term, header.E, header.U.Bytes);
        _ = Sodium.crypto_core_ristretto255_sub(w, w, term);
        Sodium.Multiply(wBar, header.F, s_second.Bytes);
        Sodium.Multiply(term, header.E, header.UBar.Bytes);
        _ = Sodium.crypto_core_ristretto255_sub(wBar, wBar, term);

        Span<byte> expected = stackalloc byte[Scalar.Size];
        Challenge(label, header.CiphertextSha256.Span, header.U.Bytes, header.UBar.Bytes, w, wBar, expected);
        return Sodium.Equal(expected, header.E);
    }

    /// <summary>Opens with the point that a quorum's shares combine to.</summary>
    /// <param name="point">r·Z, by <see cref="Threshold.Quorum.Combine"/> of zᵢ·u.</param>
    /// <param name="header">The header.</param>
    /// <param name="label">The label it was sealed under.</param>
    /// <param name="ciphertext">The ciphertext.</param>
    /// <returns>The plaintext, or <see langword="null"/> when the point, the label or the ciphertext is another one.</returns>
    public static byte[]? Open(Element point, SealedHeader header, ReadOnlySpan<byte> label, ReadOnlySpan<byte> ciphertext)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (!SHA256.HashData(ciphertext).AsSpan().SequenceEqual(header.CiphertextSha256.Span)) return null; // The AEAD alone does not commit to its key.

        Span<byte> key = stackalloc byte[Xchacha.KeySize];
        DeriveKey(point, header.U, header.UBar, key);
        var plaintext = Xchacha.Open(key, default, ciphertext, label);
        CryptographicOperations.ZeroMemory(key);
        return plaintext;
    }

    private static void DeriveKey(Element point, Element u, Element uBar, Span<byte> key) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA512, point.Bytes, key, salt: default, info: [.. "wetoo/v1/tdh2/kem"u8, .. u.Bytes, .. uBar.Bytes]);

    private static void Challenge(
        ReadOnlySpan<byte> label, ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> u, ReadOnlySpan<byte> uBar, ReadOnlySpan<byte> w, ReadOnlySpan<byte> wBar, Span<byte> e)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, label.Length);
        Scalar.Hash([.. length, .. label, .. sha256, .. u, .. uBar, .. w, .. wBar], Context, e);
    }
}
