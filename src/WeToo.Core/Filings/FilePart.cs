using System.Security.Cryptography;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>An author stores one part of a sealed file. WEP-1, section 15.</summary>
/// <param name="Signed">The signed part of the message, without the bytes.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="FilingId">The filing whose account names the file, 16 bytes.</param>
/// <param name="FileId">The file, 16 bytes.</param>
/// <param name="Number">Which part, from 0 on.</param>
/// <param name="Count">How many parts the file has, 1 to <see cref="Limits.FilePartCount"/>.</param>
/// <param name="Credential">Who stores.</param>
/// <param name="Sha256">SHA-256 of the bytes, 32 bytes.</param>
/// <param name="Bytes">The part, 1 to <see cref="Limits.FilePartBytes"/> bytes.</param>
public sealed record FilePart(
    ReadOnlyMemory<byte> Signed,
    ReadOnlyMemory<byte> Deployment,
    uint Day,
    ReadOnlyMemory<byte> FilingId,
    ReadOnlyMemory<byte> FileId,
    uint Number,
    uint Count,
    Credential Credential,
    ReadOnlyMemory<byte> Sha256,
    ReadOnlyMemory<byte> Bytes)
    : IAuthorMessage<FilePart>, IFresh
{
    /// <summary>Length of the signed part, in bytes.</summary>
    public const int SignedSize = 1 + 16 + 4 + 16 + 16 + 4 + 4 + Credential.Size + 32 + 64;

    /// <summary>Reads the message.</summary>
    /// <returns>The part, or <see langword="null"/> when the form is wrong or a number is out of its range.</returns>
    public static FilePart? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var whole = new WireReader(bytes);
        var signedPart = whole.Bytes(SignedSize);
        var content = whole.Vec32(Limits.FilePartBytes);
        if (!whole.Done || content.IsEmpty) return null;

        var reader = new WireReader(signedPart);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, day, filingId, fileId) = (reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(Limits.IdSize), reader.Bytes(Limits.IdSize));
        var (number, count, credential, sha256) = (reader.U32(), reader.U32(), Credential.Read(ref reader), reader.Bytes(32));
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done && count is >= 1 and <= Limits.FilePartCount && number < count
            ? new(signedPart, deployment, day, filingId, fileId, number, count, credential, sha256, content)
            : null;
    }

    /// <summary>Checks that the pseudonym signed it, and that the bytes are the ones it names.</summary>
    /// <returns><see langword="null"/>, <see cref="Refusal.SignatureInvalid"/> or <see cref="Refusal.MalformedMessage"/>.</returns>
    public Refusal? CheckSignature() => CheckSignature<FilePartPurpose>();

    /// <inheritdoc cref="CheckSignature()"/>
    /// <typeparam name="TPurpose">What the file is for: an account, or a mailbox (<see cref="MailPartPurpose"/>).</typeparam>
    public Refusal? CheckSignature<TPurpose>()
        where TPurpose : IPurpose =>
        Ed25519.CheckTail<TPurpose>(Credential.Pseudonym.Span, Signed.Span)
        ?? (SHA256.HashData(Bytes.Span).AsSpan().SequenceEqual(Sha256.Span) ? null : Refusal.MalformedMessage);

    /// <summary>Writes and signs the message, for a file of an account.</summary>
    public static byte[] Write(
        ReadOnlySpan<byte> deployment, uint day, ReadOnlySpan<byte> filingId, ReadOnlySpan<byte> fileId, uint number, uint count,
        Credential credential, ReadOnlySpan<byte> bytes, SigningKey pseudonym) =>
        Write<FilePartPurpose>(deployment, day, filingId, fileId, number, count, credential, bytes, pseudonym);

    /// <summary>Writes and signs the message.</summary>
    /// <typeparam name="TPurpose">What the file is for.</typeparam>
    public static byte[] Write<TPurpose>(
        ReadOnlySpan<byte> deployment, uint day, ReadOnlySpan<byte> filingId, ReadOnlySpan<byte> fileId, uint number, uint count,
        Credential credential, ReadOnlySpan<byte> bytes, SigningKey pseudonym)
        where TPurpose : IPurpose
    {
        ArgumentNullException.ThrowIfNull(credential);
        var head = new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(filingId).Bytes(fileId).U32(number).U32(count);
        var signedPart = credential.WriteTo(head).Bytes(SHA256.HashData(bytes)).SignedBy<TPurpose>(pseudonym);
        return new WireWriter().Bytes(signedPart).Vec32(bytes).ToArray();
    }
}
