namespace WeToo.Core.Sealing;

/// <summary>libsodium's sealed box: anybody seals to an X25519 key, its holder opens. WEP-1, section 7.</summary>
public static class SealedBox
{
    /// <summary>What sealing adds, in bytes.</summary>
    public const int Overhead = 48;

    /// <summary>Length of either half of a key pair, in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>The public half of an X25519 key.</summary>
    /// <param name="secret">32 secret bytes.</param>
    public static byte[] PublicKey(SecretBytes secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var publicKey = new byte[KeySize];
        _ = SodiumSealing.crypto_scalarmult_curve25519_base(publicKey, secret.Span);
        return publicKey;
    }

    /// <summary>Seals, with a one-time key that libsodium draws itself.</summary>
    /// <returns>The box, or <see langword="null"/> when <paramref name="publicKey"/> is of small order or another length.</returns>
    public static byte[]? Seal(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message)
    {
        var box = new byte[message.Length + Overhead];
        return publicKey.Length == KeySize && SodiumSealing.crypto_box_seal(box, message, (ulong)message.Length, publicKey) == 0 ? box : null;
    }

    /// <summary>Opens.</summary>
    /// <returns>The message, or <see langword="null"/> when the box is not one for this key.</returns>
    public static byte[]? Open(SecretBytes secret, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> box)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (box.Length < Overhead) return null;

        var message = new byte[box.Length - Overhead];
        return SodiumSealing.crypto_box_seal_open(message, box, (ulong)box.Length, publicKey, secret.Span) == 0 ? message : null;
    }
}
