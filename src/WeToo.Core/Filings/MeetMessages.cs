using System.Security.Cryptography;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>An author would like to meet who named the same person, or takes that back: the first of two times to say yes. WEP-1, section 18.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="Pseudonym">Who would, 32 bytes.</param>
/// <param name="FilingId">By which filing, 16 bytes.</param>
/// <param name="Asks">Whether they would, or would no more.</param>
/// <param name="Recipient">What the other seals to: an X25519 key of this author, for this alone, 32 bytes.</param>
public sealed record MeetMessage(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> Pseudonym, ReadOnlyMemory<byte> FilingId, bool Asks, ReadOnlyMemory<byte> Recipient)
    : IAuthorMessage<MeetMessage>, IFresh
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 182;

    /// <summary>Length of a mark, in bytes.</summary>
    public const int MarkSize = 32;

    private const byte Would = 1;
    private const byte WouldNot = 2;

    /// <summary>How others of a match call somebody whose pseudonym and filing they do not know: SHA-256 over both.</summary>
    /// <param name="pseudonym">32 bytes.</param>
    /// <param name="filingId">16 bytes.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] MarkOf(ReadOnlySpan<byte> pseudonym, ReadOnlySpan<byte> filingId) => SHA256.HashData([.. "wetoo/v1/meet-mark"u8, .. pseudonym, .. filingId]);

    /// <summary>Derives the X25519 key of an author for one filing alone, to which the others seal.</summary>
    /// <param name="boxKey">The author's box key.</param>
    /// <param name="filingId">The filing, 16 bytes.</param>
    /// <returns>The secret half, 32 bytes: HKDF with <c>"wetoo/v1/meet" ‖ filing_id</c>.</returns>
    public static SecretBytes KeyFor(SecretBytes boxKey, ReadOnlySpan<byte> filingId)
    {
        ArgumentNullException.ThrowIfNull(boxKey);
        return boxKey.Derive([.. "wetoo/v1/meet"u8, .. filingId], SealedBox.KeySize);
    }

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong.</returns>
    public static MeetMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, day, pseudonym, filingId) = (reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32), reader.Bytes(Limits.IdSize));
        var message = new MeetMessage(bytes, deployment, day, pseudonym, filingId, reader.U8(Would, WouldNot) == Would, reader.Bytes(SealedBox.KeySize));
        reader.Bytes(Limits.IdSize);
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that the pseudonym signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<MeetPurpose>(Pseudonym.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(
        ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, uint day, bool asks, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> nonce, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(pseudonym.PublicKey.Span).Bytes(filingId).U8(asks ? Would : WouldNot)
            .Bytes(recipient).Bytes(nonce).SignedBy<MeetPurpose>(pseudonym);
    }
}

/// <summary>A counselor says that somebody of a case would like to meet the others, that this is their key, and that both spoke about what it can mean. WEP-1, section 18.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="Counselor">Who says so: signing key, 32 bytes.</param>
/// <param name="Mark">Of whom: <see cref="MeetMessage.MarkOf"/>, 32 bytes.</param>
/// <param name="Recipient">What to seal to for them, 32 bytes.</param>
public sealed record MeetVouch(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> Counselor, ReadOnlyMemory<byte> Mark, ReadOnlyMemory<byte> Recipient)
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 181;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong.</returns>
    public static MeetVouch? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new MeetVouch(bytes, reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32), reader.Bytes(MeetMessage.MarkSize), reader.Bytes(SealedBox.KeySize));
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that the counselor signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<MeetVouchPurpose>(Counselor.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, uint day, ReadOnlySpan<byte> mark, ReadOnlySpan<byte> recipient, SigningKey counselor)
    {
        ArgumentNullException.ThrowIfNull(counselor);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(counselor.PublicKey.Span).Bytes(mark).Bytes(recipient).SignedBy<MeetVouchPurpose>(counselor);
    }
}

/// <summary>An author says yes for the second time, to one other: with what that one gets once they have said so too. WEP-1, section 18.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="Pseudonym">Who says yes, 32 bytes.</param>
/// <param name="FilingId">By which filing, 16 bytes.</param>
/// <param name="With">To whom: a mark, 32 bytes.</param>
/// <param name="Sealed">A sealed box of 2048 bytes for the other's key.</param>
public sealed record MeetPut(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> Pseudonym, ReadOnlyMemory<byte> FilingId, ReadOnlyMemory<byte> With, ReadOnlyMemory<byte> Sealed)
    : IAuthorMessage<MeetPut>, IFresh
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 2261;

    /// <summary>Length of what is sealed, in bytes: a JSON text and spaces.</summary>
    public const int ContentSize = 2048;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong.</returns>
    public static MeetPut? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new MeetPut(
            bytes, reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32), reader.Bytes(Limits.IdSize), reader.Bytes(MeetMessage.MarkSize),
            reader.Bytes(ContentSize + SealedBox.Overhead));
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that the pseudonym signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<MeetPutPurpose>(Pseudonym.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, uint day, ReadOnlySpan<byte> with, ReadOnlySpan<byte> sealedContent, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(pseudonym.PublicKey.Span).Bytes(filingId).Bytes(with).Bytes(sealedContent)
            .SignedBy<MeetPutPurpose>(pseudonym);
    }
}
