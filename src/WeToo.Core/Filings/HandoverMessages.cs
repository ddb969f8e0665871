using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>A counselor would hand a case on to a colleague, with a note for them. WEP-1, section 12.8.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="Counselor">Who has the case: signing key, 32 bytes.</param>
/// <param name="FilingId">Which filing, 16 bytes.</param>
/// <param name="Successor">Who would have it: signing key, 32 bytes.</param>
/// <param name="FromDay">From when on, unless its author says no before; in days since 1970.</param>
/// <param name="NoteSha256">The SHA-256 of the sealed note, 32 bytes.</param>
public sealed record HandoverMessage(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> Counselor, ReadOnlyMemory<byte> FilingId, ReadOnlyMemory<byte> Successor, uint FromDay,
    ReadOnlyMemory<byte> NoteSha256)
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 201;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong.</returns>
    public static HandoverMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new HandoverMessage(
            bytes, reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32), reader.Bytes(Limits.IdSize), reader.Bytes(32), reader.U32(), reader.Bytes(32));
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that the counselor signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<HandoverPurpose>(Counselor.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(
        ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, uint day, ReadOnlySpan<byte> successor, uint fromDay, ReadOnlySpan<byte> noteSha256, SigningKey counselor)
    {
        ArgumentNullException.ThrowIfNull(counselor);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(counselor.PublicKey.Span).Bytes(filingId).Bytes(successor).U32(fromDay).Bytes(noteSha256)
            .SignedBy<HandoverPurpose>(counselor);
    }
}

/// <summary>An author says whether somebody else may have their case. WEP-1, section 12.8.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="Pseudonym">Who says so, 32 bytes.</param>
/// <param name="FilingId">Of which filing, 16 bytes.</param>
/// <param name="Successor">Of whom: signing key, 32 bytes.</param>
/// <param name="Agrees">Whether they may.</param>
public sealed record HandoverAnswer(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> Pseudonym, ReadOnlyMemory<byte> FilingId, ReadOnlyMemory<byte> Successor, bool Agrees)
    : IAuthorMessage<HandoverAnswer>, IFresh
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 166;

    private const byte Yes = 1;
    private const byte No = 2;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong.</returns>
    public static HandoverAnswer? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new HandoverAnswer(
            bytes, reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32), reader.Bytes(Limits.IdSize), reader.Bytes(32), reader.U8(Yes, No) == Yes);
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that the pseudonym signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<HandoverAnswerPurpose>(Pseudonym.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, uint day, ReadOnlySpan<byte> successor, bool agrees, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(pseudonym.PublicKey.Span).Bytes(filingId).Bytes(successor).U8(agrees ? Yes : No)
            .SignedBy<HandoverAnswerPurpose>(pseudonym);
    }
}
