using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Age;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>Which mailbox, and which way: what the signature of what is said covers beside it.</summary>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="FilingId">The filing, 16 bytes.</param>
/// <param name="FromAuthor">Whether its author says it, and not their counselor.</param>
public sealed record MailWay(ReadOnlyMemory<byte> Deployment, ReadOnlyMemory<byte> FilingId, bool FromAuthor);

/// <summary>What one side says to the other: signed, and sealed to one recipient, always in the same size. WEP-1, section 17.1.</summary>
public static class MailBundle
{
    /// <summary>Derives what an author's counselor seals to before anything was said.</summary>
    /// <param name="boxKey">The key of the author's own copy, which this identity does not tell.</param>
    /// <returns>The identity of HKDF of the box key with <c>"wetoo/v1/mail"</c>. Its recipient stands in the contact part.</returns>
    public static AgeIdentity First(SecretBytes boxKey)
    {
        ArgumentNullException.ThrowIfNull(boxKey);
        using var secret = boxKey.Derive("wetoo/v1/mail"u8, SealedBox.KeySize);
        return AgeIdentity.FromSecret(secret.Span);
    }

    /// <summary>Derives the key under which one side keeps its state.</summary>
    /// <param name="secret">The author's box key, or the seed of the counselor's signing key.</param>
    /// <param name="filingId">The filing, 16 bytes.</param>
    /// <returns>32 bytes: HKDF with <c>"wetoo/v1/mail-state" ‖ filing_id</c>.</returns>
    public static SecretBytes StateKey(SecretBytes secret, ReadOnlySpan<byte> filingId)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.Derive([.. "wetoo/v1/mail-state"u8, .. filingId], Xchacha.KeySize);
    }

    /// <summary>Seals and signs.</summary>
    /// <param name="recipient">Whom it is for, <c>age1…</c>.</param>
    /// <param name="way">Which mailbox, and which way.</param>
    /// <param name="json">What is said, at most <see cref="MailPut.BundleText"/> bytes.</param>
    /// <param name="key">Who says it.</param>
    /// <param name="random">For the age file.</param>
    /// <returns><see cref="MailPut.BundleSize"/> bytes, signature ‖ age file; <see langword="null"/> when the text is too long or the recipient none.</returns>
    public static byte[]? Seal(string recipient, MailWay way, string json, SigningKey key, RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(way);
        ArgumentNullException.ThrowIfNull(key);
        return DirectMessage.Seal([recipient], json, [MailPut.BundleText], random) is { } file ? [.. key.Sign<MailPurpose>(Covered(way, file)), .. file] : null;
    }

    /// <summary>Checks and opens.</summary>
    /// <param name="identity">Whom it is for.</param>
    /// <param name="way">Which mailbox, and which way.</param>
    /// <param name="publicKey">Who says it, 32 bytes.</param>
    /// <param name="bundle">What <see cref="Seal"/> gave.</param>
    /// <returns>What is said; <see langword="null"/> when it is by another, for another, of another mailbox or the other way, altered, or nothing at all.</returns>
    public static string? Open(AgeIdentity identity, MailWay way, ReadOnlySpan<byte> publicKey, ReadOnlyMemory<byte> bundle)
    {
        ArgumentNullException.ThrowIfNull(way);
        if (bundle.Length != MailPut.BundleSize) return null;

        var file = bundle[Ed25519.SignatureSize..];
        if (!Ed25519.Verify<MailPurpose>(publicKey, Covered(way, file.Span), bundle.Span[..Ed25519.SignatureSize])) return null;
        return AgeFile.TryDecrypt(identity, file) is { } text ? Encoding.UTF8.GetString(text).TrimEnd(' ') : null;
    }

    private static byte[] Covered(MailWay way, ReadOnlySpan<byte> file) =>
        new WireWriter().U8(Limits.Version).Bytes(way.Deployment.Span).Bytes(way.FilingId.Span).U8(way.FromAuthor ? (byte)1 : (byte)2).Bytes(SHA256.HashData(file)).ToArray();
}
