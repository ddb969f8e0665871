namespace WeToo.Core.Sealing;

/// <summary>XChaCha20-Poly1305, by libsodium. Constant-time.</summary>
public static class Xchacha
{
    /// <summary>Length of a key, in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Length of a nonce, in bytes.</summary>
    public const int NonceSize = 24;

    /// <summary>What sealing adds, in bytes.</summary>
    public const int TagSize = 16;

    /// <summary>Seals.</summary>
    /// <param name="key">32 secret bytes.</param>
    /// <param name="nonce">24 bytes, never twice under one key; empty for all zeros, where the key is used once.</param>
    /// <param name="plaintext">What to seal.</param>
    /// <param name="associated">What must be the same at opening.</param>
    /// <returns>The ciphertext, <see cref="TagSize"/> bytes longer.</returns>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associated)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize);
        if (!nonce.IsEmpty) ArgumentOutOfRangeException.ThrowIfNotEqual(nonce.Length, NonceSize);
        Span<byte> fullNonce = stackalloc byte[NonceSize];
        fullNonce.Clear();
        nonce.CopyTo(fullNonce);
        var ciphertext = new byte[plaintext.Length + TagSize];
        _ = SodiumSealing.crypto_aead_xchacha20poly1305_ietf_encrypt(
            ciphertext, 0, plaintext, (ulong)plaintext.Length, associated, (ulong)associated.Length, 0, fullNonce, key);
        return ciphertext;
    }

    /// <summary>Opens.</summary>
    /// <param name="key">32 secret bytes.</param>
    /// <param name="nonce">The nonce it was sealed with; empty for all zeros.</param>
    /// <param name="ciphertext">What <see cref="Seal"/> gave.</param>
    /// <param name="associated">What it was sealed with.</param>
    /// <returns>The plaintext, or <see langword="null"/> when anything differs from what was sealed.</returns>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associated)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize);
        if (!nonce.IsEmpty) ArgumentOutOfRangeException.ThrowIfNotEqual(nonce.Length, NonceSize);
        if (ciphertext.Length < TagSize) return null;

        Span<byte> fullNonce = stackalloc byte[NonceSize];
        fullNonce.Clear();
        nonce.CopyTo(fullNonce);
        var plaintext = new byte[ciphertext.Length - TagSize];
        var status = SodiumSealing.crypto_aead_xchacha20poly1305_ietf_decrypt(
            plaintext, 0, 0, ciphertext, (ulong)ciphertext.Length, associated, (ulong)associated.Length, fullNonce, key);
        return status == 0 ? plaintext : null;
    }
}
