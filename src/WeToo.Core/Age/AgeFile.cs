using System.Security.Cryptography;
using WeToo.Core.Sealing;

namespace WeToo.Core.Age;

/// <summary>Files of the age format, version 1, sealed to X25519 recipients. C2SP age; held to C2SP/CCTV's vectors.</summary>
public static class AgeFile
{
    internal const int FileKeySize = 16;
    private const string StanzaType = "X25519";

    /// <summary>Seals to recipients: any one of them can open.</summary>
    /// <param name="recipients">At least one, <c>age1…</c>.</param>
    /// <param name="plaintext">What to seal.</param>
    /// <param name="random">For the file key, the one-time keys and the nonce.</param>
    /// <returns>The file, or <see langword="null"/> when there is no recipient or one is not X25519.</returns>
    /// <remarks>Constant-time in the keys and the plaintext.</remarks>
    public static byte[]? Encrypt(IReadOnlyList<string> recipients, ReadOnlySpan<byte> plaintext, RandomBytes random)
    {
        using var sealer = AgeSealer.TryCreate(recipients, random);
        if (sealer is null) return null;

        using var file = new MemoryStream();
        file.Write(sealer.Header.Span);
        for (var at = 0; ; at += AgeSealer.ChunkSize)
        {
            var isLast = plaintext.Length - at <= AgeSealer.ChunkSize;
            file.Write(sealer.Seal(isLast ? plaintext[at..] : plaintext.Slice(at, AgeSealer.ChunkSize), isLast));
            if (isLast) return file.ToArray();
        }
    }

    /// <summary>How long a file is.</summary>
    /// <param name="recipients">How many X25519 recipients it has.</param>
    /// <param name="size">Length of its plaintext, in bytes.</param>
    /// <returns>Bytes: the version line, 98 for each recipient, the MAC, the nonce, and a tag for each chunk of 64 KiB.</returns>
    public static int SizeOf(int recipients, int size) =>
        AgeHeader.Version.Length + 1 + (98 * recipients) + 48 + AgePayload.Overhead(size) + size;

    /// <summary>Opens a file, whole or not at all.</summary>
    /// <param name="identity">Who opens.</param>
    /// <param name="file">The file, not armored.</param>
    /// <returns>The plaintext, or <see langword="null"/> when the file is malformed, altered, cut short, or for somebody else.</returns>
    public static byte[]? TryDecrypt(AgeIdentity identity, ReadOnlyMemory<byte> file)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (AgeHeader.TryParse(file) is not { } header) return null;

        using var fileKey = FileKeyOf(identity, header);
        return fileKey is null ? null : AgePayload.Decrypt(fileKey, header.Payload.Span);
    }

    /// <summary>The key of a file whose header is whole and for this identity; null otherwise.</summary>
    internal static SecretBytes? FileKeyOf(AgeIdentity identity, AgeHeader header)
    {
        if (header.Stanzas.Any(stanza => stanza.Arguments[0] == "scrypt")) return null;

        var fileKey = FindFileKey(identity, header);
        if (fileKey is null || CryptographicOperations.FixedTimeEquals(Mac(fileKey, header.Authenticated.Span), header.Mac)) return fileKey;

        fileKey.Dispose();
        return null;
    }

    private static SecretBytes? FindFileKey(AgeIdentity identity, AgeHeader header)
    {
        SecretBytes? found = null;
        foreach (var stanza in header.Stanzas.Where(stanza => stanza.Arguments[0] == StanzaType))
        {
            // Even one malformed stanza for another recipient makes the file one that nobody should trust.
            var share = stanza.Arguments.Count == 2 ? AgeHeader.TryDecode(stanza.Arguments[1]) : null;
            if (share is not { Length: SealedBox.KeySize } || stanza.Body.Length != FileKeySize + 16 || !Agree(identity.Secret.Span, share, out var shared))
            {
                found?.Dispose();
                return null;
            }

            using (shared) found ??= Unwrap(shared, share, identity.PublicKey, stanza.Body);
        }

        return found;
    }

    internal static AgeStanza? Wrap(SecretBytes fileKey, byte[] recipient, RandomBytes random)
    {
        using var once = SecretBytes.Random(SealedBox.KeySize, random);
        if (!Agree(once.Span, recipient, out var shared)) return null;

        var share = SealedBox.PublicKey(once);
        using (shared)
        using (var key = WrapKey(shared, share, recipient))
            return new([StanzaType, AgeHeader.Encode(share)], AgePayload.Seal(key, default, fileKey.Span));
    }

    private static SecretBytes? Unwrap(SecretBytes shared, byte[] share, byte[] recipient, byte[] body)
    {
        using var key = WrapKey(shared, share, recipient);
        return AgePayload.Open(key, default, body) is { } fileKey ? SecretBytes.Take(fileKey) : null;
    }

    private static SecretBytes WrapKey(SecretBytes shared, byte[] share, byte[] recipient) =>
        AgePayload.Derive(shared, [.. share, .. recipient], "age-encryption.org/v1/X25519"u8);

    private static bool Agree(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> publicKey, out SecretBytes shared)
    {
        Span<byte> point = stackalloc byte[SealedBox.KeySize];
        var agreed = SodiumAge.crypto_scalarmult_curve25519(point, secret, publicKey) == 0;
        shared = SecretBytes.Take(point);
        return agreed;
    }

    internal static byte[] Mac(SecretBytes fileKey, ReadOnlySpan<byte> authenticated)
    {
        using var key = AgePayload.Derive(fileKey, default, "header"u8);
        return HMACSHA256.HashData(key.Span, authenticated);
    }
}
