using System.Security.Cryptography;
using WeToo.Core.Log;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>An author takes a filing back. WEP-1, section 10.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Pseudonym">Who withdraws, 32 bytes.</param>
/// <param name="FilingId">What, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
public sealed record WithdrawalMessage(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, ReadOnlyMemory<byte> Pseudonym, ReadOnlyMemory<byte> FilingId, uint Day)
    : IAuthorMessage<WithdrawalMessage>
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 133;

    /// <summary>Length of a <see cref="Fingerprint"/>, in bytes.</summary>
    public const int FingerprintSize = 32;

    /// <summary>Reads the message.</summary>
    /// <returns>The withdrawal, or <see langword="null"/> when the form is wrong.</returns>
    public static WithdrawalMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new WithdrawalMessage(bytes, reader.Bytes(Limits.IdSize), reader.Bytes(32), reader.Bytes(Limits.IdSize), reader.U32());
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>By what a restored vault asks whether a filing was withdrawn: whoever does not know the filing learns nothing from it. WEP-1, section 10.3.</summary>
    /// <param name="pseudonym">32 bytes.</param>
    /// <param name="filingId">16 bytes.</param>
    /// <returns>SHA-256 over a tag, pseudonym and id, 32 bytes.</returns>
    public static byte[] Fingerprint(ReadOnlySpan<byte> pseudonym, ReadOnlySpan<byte> filingId) =>
        SHA256.HashData([.. "wetoo/v1/withdrawn"u8, .. pseudonym, .. filingId]);

    /// <summary>Checks that the pseudonym signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<WithdrawalPurpose>(Pseudonym.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, uint day, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).Bytes(pseudonym.PublicKey.Span).Bytes(filingId).U32(day)
            .SignedBy<WithdrawalPurpose>(pseudonym);
    }
}

/// <summary>An author lets their counselor read the account. WEP-1, section 9.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Pseudonym">Who consents, 32 bytes.</param>
/// <param name="FilingId">To the reading of what, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
public sealed record ConsentMessage(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, ReadOnlyMemory<byte> Pseudonym, ReadOnlyMemory<byte> FilingId, uint Day)
    : IAuthorMessage<ConsentMessage>
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 134;

    /// <summary>Reads the message.</summary>
    /// <returns>The consent, or <see langword="null"/> when the form is wrong or the field is not the account.</returns>
    public static ConsentMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, pseudonym, filingId) = (reader.Bytes(Limits.IdSize), reader.Bytes(32), reader.Bytes(Limits.IdSize));
        reader.U8((byte)PackageField.Account, (byte)PackageField.Account);
        var day = reader.U32();
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? new(bytes, deployment, pseudonym, filingId, day) : null;
    }

    /// <summary>Checks that the pseudonym signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<ConsentPurpose>(Pseudonym.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, uint day, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).Bytes(pseudonym.PublicKey.Span).Bytes(filingId)
            .U8((byte)PackageField.Account).U32(day).SignedBy<ConsentPurpose>(pseudonym);
    }
}

/// <summary>An author asks how their filings stand. WEP-1, section 11.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="Pseudonym">Who asks, 32 bytes.</param>
public sealed record StatusRequest(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> Pseudonym)
    : IAuthorMessage<StatusRequest>, IFresh
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 133;

    /// <summary>Reads the message.</summary>
    /// <returns>The request, or <see langword="null"/> when the form is wrong.</returns>
    public static StatusRequest? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new StatusRequest(bytes, reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32));
        reader.Bytes(Limits.IdSize);
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that the pseudonym signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<StatusPurpose>(Pseudonym.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, uint day, ReadOnlySpan<byte> nonce, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(pseudonym.PublicKey.Span).Bytes(nonce).SignedBy<StatusPurpose>(pseudonym);
    }
}

/// <summary>An author stores their own copy, which only they can read. WEP-1, section 11.</summary>
/// <param name="Signed">The signed part of the message, without the box.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="Revision">Grows with each put.</param>
/// <param name="Credential">Who stores.</param>
/// <param name="Entry">For the log: of what was sealed last, an account or an addition.</param>
/// <param name="BoxSha256">SHA-256 of the box, 32 bytes.</param>
/// <param name="Box">The encrypted copy.</param>
public sealed record BoxPut(
    ReadOnlyMemory<byte> Signed,
    ReadOnlyMemory<byte> Deployment,
    uint Day,
    uint Revision,
    Credential Credential,
    LogEntry Entry,
    ReadOnlyMemory<byte> BoxSha256,
    ReadOnlyMemory<byte> Box)
    : IAuthorMessage<BoxPut>, IFresh
{
    /// <summary>Length of the signed part, in bytes.</summary>
    public const int SignedSize = 1 + 16 + 4 + 4 + Credential.Size + LogEntry.Size + 32 + 64;

    /// <summary>Reads the message.</summary>
    /// <returns>The put, or <see langword="null"/> when the form is wrong.</returns>
    public static BoxPut? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var whole = new WireReader(bytes);
        var signedPart = whole.Bytes(SignedSize);
        var box = whole.Vec32(Limits.SubmissionBytes);
        if (!whole.Done) return null;

        var reader = new WireReader(signedPart);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, day, revision, credential) = (reader.Bytes(Limits.IdSize), reader.U32(), reader.U32(), Credential.Read(ref reader));
        var (entry, sha256) = (LogEntry.TryParse(reader.Bytes(LogEntry.Size)), reader.Bytes(32));
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done && entry is { Kind: EntryKind.Account or EntryKind.Addendum } ? new(signedPart, deployment, day, revision, credential, entry, sha256, box) : null;
    }

    /// <summary>Checks that the pseudonym signed it, and that the box is the one it names.</summary>
    /// <returns><see langword="null"/>, <see cref="Refusal.SignatureInvalid"/> or <see cref="Refusal.MalformedMessage"/>.</returns>
    public Refusal? CheckSignature() =>
        Ed25519.CheckTail<BoxPurpose>(Credential.Pseudonym.Span, Signed.Span)
        ?? (System.Security.Cryptography.SHA256.HashData(Box.Span).AsSpan().SequenceEqual(BoxSha256.Span) ? null : Refusal.MalformedMessage);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(
        ReadOnlySpan<byte> deployment, uint day, uint revision, Credential credential, LogEntry entry, ReadOnlySpan<byte> box, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(entry);
        var signedPart = credential.WriteTo(new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).U32(revision))
            .Bytes(entry.ToBytes()).Bytes(System.Security.Cryptography.SHA256.HashData(box)).SignedBy<BoxPurpose>(pseudonym);
        return new WireWriter().Bytes(signedPart).Vec32(box).ToArray();
    }
}
