using System.Security.Cryptography;

namespace WeToo.Core.Sealing;

/// <summary>libsodium's sealed box: anybody seals to an X25519 key, its holder opens. WEP-1, section 7.</summary>
public static class SealedBox
{
    /// <summary>What sealing adds, in bytes.</summary>
    public const int Overhead = 48;

    /// <summary>Length of either half of a key pair, in bytes.</summary>
    public const int KeySize = 32;

    private const int NonceSize = 24;

    /// <summary>The public half of an X25519 key.</summary>
    /// <param name="secret">32 secret bytes.</param>
    public static byte[] PublicKey(SecretBytes secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Span.Length, KeySize);
        var publicKey = new byte[KeySize];
        _ = SodiumSealing.crypto_scalarmult_curve25519_base(publicKey, secret.Span);
        return publicKey;
    }

    /// <summary>
    /// Seals: what <c>crypto_box_seal</c> computes, with a one-time key from <paramref name="random"/> instead of its own.
    /// </summary>
    /// <param name="publicKey">The recipient's key.</param>
    /// <param name="message">What to seal.</param>
    /// <param name="random">Asked once, for the 32 bytes of the one-time secret key.</param>
    /// <returns>
    /// One-time public key ‖ tag ‖ ciphertext, or <see langword="null"/> when <paramref name="publicKey"/> is of small order
    /// or another length.
    /// </returns>
    public static byte[]? Seal(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (publicKey.Length != KeySize) return null;

        var box = new byte[message.Length + Overhead];
        Span<byte> once = stackalloc byte[KeySize];
        Span<byte> nonce = stackalloc byte[NonceSize];
        random(once);
        _ = SodiumSealing.crypto_scalarmult_curve25519_base(box, once);
        _ = SodiumSealing.crypto_generichash(nonce, NonceSize, [.. box.AsSpan(0, KeySize), .. publicKey], 2 * KeySize, default, 0);
        var status = SodiumSealing.crypto_box_easy(box.AsSpan(KeySize), message, (ulong)message.Length, nonce, publicKey, once);
        CryptographicOperations.ZeroMemory(once);
        return status == 0 ? box : null;
    }

    /// <summary>Opens.</summary>
    /// <param name="secret">32 secret bytes.</param>
    /// <param name="publicKey">Its public half.</param>
    /// <param name="box">One-time public key ‖ tag ‖ ciphertext.</param>
    /// <returns>The message, or <see langword="null"/> when the box is not one for this key.</returns>
    public static byte[]? Open(SecretBytes secret, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> box)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (box.Length < Overhead || publicKey.Length != KeySize) return null;
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Span.Length, KeySize);

        var message = new byte[box.Length - Overhead];
        return SodiumSealing.crypto_box_seal_open(message, box, (ulong)box.Length, publicKey, secret.Span) == 0 ? message : null;
    }
}
