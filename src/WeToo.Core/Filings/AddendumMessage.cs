using System.Security.Cryptography;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>An author adds to what they sealed, which stays as it is. WEP-1, section 6.1.</summary>
/// <param name="Signed">The signed part of the message, without what is sealed.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Pseudonym">Who adds, 32 bytes.</param>
/// <param name="FilingId">To what, 16 bytes.</param>
/// <param name="Number">The how-manieth addition, from 1.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="SealedSha256">SHA-256 of what is sealed, 32 bytes.</param>
/// <param name="Sealed">What <see cref="Addenda.Seal"/> gave.</param>
public sealed record AddendumMessage(
    ReadOnlyMemory<byte> Signed,
    ReadOnlyMemory<byte> Deployment,
    ReadOnlyMemory<byte> Pseudonym,
    ReadOnlyMemory<byte> FilingId,
    byte Number,
    uint Day,
    ReadOnlyMemory<byte> SealedSha256,
    ReadOnlyMemory<byte> Sealed)
    : IAuthorMessage<AddendumMessage>, IFresh
{
    /// <summary>Length of the signed part, in bytes.</summary>
    public const int SignedSize = 166;

    /// <summary>Additions to one filing, at most.</summary>
    public const byte HighestNumber = 99;

    /// <summary>Reads the message.</summary>
    /// <returns>The addition, or <see langword="null"/> when the form is wrong.</returns>
    public static AddendumMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var whole = new WireReader(bytes);
        var signedPart = whole.Bytes(SignedSize);
        var content = whole.Vec32(Limits.EvidenceBytes);
        if (!whole.Done) return null;

        var reader = new WireReader(signedPart);
        reader.U8(Limits.Version, Limits.Version);
        var message = new AddendumMessage(
            signedPart, reader.Bytes(Limits.IdSize), reader.Bytes(32), reader.Bytes(Limits.IdSize), reader.U8(1, HighestNumber), reader.U32(), reader.Bytes(32), content);
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks what can be checked without a key: the size, the signature, and that it is for exactly what is sealed.</summary>
    /// <returns>
    /// <see langword="null"/>, <see cref="Refusal.SizeClassUnknown"/>, <see cref="Refusal.SignatureInvalid"/>, or <see cref="Refusal.MalformedMessage"/>
    /// when the hash differs.
    /// </returns>
    public Refusal? CheckSignature() =>
        !SizeClass.Addendum.Contains(Sealed.Length - Xchacha.NonceSize - Xchacha.TagSize) ? Refusal.SizeClassUnknown
        : Ed25519.CheckTail<AddendumPurpose>(Pseudonym.Span, Signed.Span)
        ?? (SHA256.HashData(Sealed.Span).AsSpan().SequenceEqual(SealedSha256.Span) ? null : Refusal.MalformedMessage);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, byte number, uint day, ReadOnlySpan<byte> content, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        var signedPart = new WireWriter().U8(Limits.Version).Bytes(deployment).Bytes(pseudonym.PublicKey.Span).Bytes(filingId)
            .U8(number).U32(day).Bytes(SHA256.HashData(content)).SignedBy<AddendumPurpose>(pseudonym);
        return new WireWriter().Bytes(signedPart).Vec32(content).ToArray();
    }
}
