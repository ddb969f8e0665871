using System.Buffers.Binary;
using System.Security.Cryptography;
using WeToo.Core.Sealing;

namespace WeToo.Core.Age;

/// <summary>The body of an age file: STREAM with ChaCha20-Poly1305 in chunks of 64 KiB. C2SP age, "Payload".</summary>
internal static class AgePayload
{
    internal const int ChunkSize = 65536;
    internal const int NonceSize = 16;
    internal const int TagSize = 16;

    /// <summary>What the payload has beside the plaintext.</summary>
    internal static int Overhead(int size) => NonceSize + (TagSize * Math.Max(1, (size + ChunkSize - 1) / ChunkSize));

    internal static byte[]? Decrypt(SecretBytes fileKey, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < NonceSize) return null;

        using var key = Derive(fileKey, payload[..NonceSize], "payload"u8);
        var rest = payload[NonceSize..];
        var chunkCount = Math.Max(1, (rest.Length + ChunkSize + TagSize - 1) / (ChunkSize + TagSize));
        if (rest.Length - ((chunkCount - 1) * (ChunkSize + TagSize)) < TagSize) return null;

        var plaintext = new byte[rest.Length - (chunkCount * TagSize)];
        var written = plaintext.AsSpan();
        for (var counter = 0; counter < chunkCount; counter++)
        {
            var isLast = counter == chunkCount - 1;
            var chunk = Open(key, ChunkNonce((ulong)counter, isLast), isLast ? rest : rest[..(ChunkSize + TagSize)]);
            if (chunk is null || (isLast && chunk.Length == 0 && counter > 0))
            {
                CryptographicOperations.ZeroMemory(plaintext); // Whole or not at all.
                return null;
            }

            chunk.CopyTo(written);
            CryptographicOperations.ZeroMemory(chunk);
            written = written[chunk.Length..];
            rest = isLast ? default : rest[(ChunkSize + TagSize)..];
        }

        return plaintext;
    }

    internal static SecretBytes Derive(SecretBytes key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info)
    {
        Span<byte> derived = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Span, derived, salt, info);
        return SecretBytes.Take(derived);
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
    internal static byte[] ChunkNonce(ulong counter, bool isLast)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(3), counter);
        nonce[11] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}
