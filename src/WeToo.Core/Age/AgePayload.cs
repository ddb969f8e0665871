using System.Buffers.Binary;
using System.Security.Cryptography;
using WeToo.Core.Sealing;

namespace WeToo.Core.Age;

/// <summary>The body of an age file: STREAM with ChaCha20-Poly1305 in chunks of 64 KiB. C2SP age, "Payload".</summary>
internal static class AgePayload
{
    private const int ChunkSize = 65536;
    private const int NonceSize = 16;
    private const int TagSize = 16;

    internal static byte[] Encrypt(SecretBytes fileKey, ReadOnlySpan<byte> plaintext, RandomBytes random)
    {
        var nonce = new byte[NonceSize];
        random(nonce);
        using var key = Derive(fileKey, nonce, "payload"u8);
        using var payload = new MemoryStream();
        payload.Write(nonce);
        for (var (counter, at) = (0UL, 0); ; counter++, at += ChunkSize)
        {
            var isLast = plaintext.Length - at <= ChunkSize;
            payload.Write(Seal(key, ChunkNonce(counter, isLast), isLast ? plaintext[at..] : plaintext.Slice(at, ChunkSize)));
            if (isLast) return payload.ToArray();
        }
    }

    internal static byte[]? Decrypt(SecretBytes fileKey, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < NonceSize) return null;

        using var key = Derive(fileKey, payload[..NonceSize], "payload"u8);
        using var plaintext = new MemoryStream();
        var rest = payload[NonceSize..];
        for (var counter = 0UL; ; counter++)
        {
            var isLast = rest.Length <= ChunkSize + TagSize;
            var chunk = Open(key, ChunkNonce(counter, isLast), isLast ? rest : rest[..(ChunkSize + TagSize)]);
            if (chunk is null || (isLast && chunk.Length == 0 && counter > 0)) return null;

            plaintext.Write(chunk);
            CryptographicOperations.ZeroMemory(chunk);
            if (isLast) return plaintext.ToArray();
            rest = rest[(ChunkSize + TagSize)..];
        }
    }

    internal static SecretBytes Derive(SecretBytes key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info)
    {
        Span<byte> derived = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Span, derived, salt, info);
        var secret = new SecretBytes(derived);
        CryptographicOperations.ZeroMemory(derived);
        return secret;
    }

    internal static byte[] Seal(SecretBytes key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> fullNonce = stackalloc byte[12];
        fullNonce.Clear();
        nonce.CopyTo(fullNonce);
        var ciphertext = new byte[plaintext.Length + TagSize];
        _ = SodiumAge.crypto_aead_chacha20poly1305_ietf_encrypt(ciphertext, 0, plaintext, (ulong)plaintext.Length, default, 0, 0, fullNonce, key.Span);
        return ciphertext;
    }

    internal static byte[]? Open(SecretBytes key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.Length < TagSize) return null;

        Span<byte> fullNonce = stackalloc byte[12];
        fullNonce.Clear();
        nonce.CopyTo(fullNonce);
        var plaintext = new byte[ciphertext.Length - TagSize];
        return SodiumAge.crypto_aead_chacha20poly1305_ietf_decrypt(plaintext, 0, 0, ciphertext, (ulong)ciphertext.Length, default, 0, fullNonce, key.Span) == 0
            ? plaintext
            : null;
    }

    /// <summary>An 11-byte counter and whether the chunk is the last.</summary>
    private static byte[] ChunkNonce(ulong counter, bool isLast)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(3), counter);
        nonce[11] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}
