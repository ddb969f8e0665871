using System.Security.Cryptography;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>Which sealed part of a filing: the label of a package says it.</summary>
public enum PackageField : byte
{
    /// <summary>How to reach the author, and whom they named.</summary>
    Contact = 1,

    /// <summary>What happened.</summary>
    Account = 2,
}

/// <summary>A filing as the vault and, later, keepers see it: who, which t, when, and the headers of what is sealed. WEP-1, section 7.</summary>
public sealed class FilingMessage
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 786;

    private FilingMessage(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>The whole message.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The deployment, 16 bytes.</summary>
    public ReadOnlyMemory<byte> Deployment { get; private init; }

    /// <summary>The epoch in which it was made.</summary>
    public uint Epoch { get; private init; }

    /// <summary>The filing's id, 16 bytes.</summary>
    public ReadOnlyMemory<byte> FilingId { get; private init; }

    /// <summary>Who filed.</summary>
    public required Credential Credential { get; init; }

    /// <summary>The least number t, in 2..5.</summary>
    public byte LeastNumber { get; private init; }

    /// <summary>The day on which the author signed.</summary>
    public uint Day { get; private init; }

    /// <summary>SHA-256 of the signed slips message, 32 bytes.</summary>
    public ReadOnlyMemory<byte> SlipsSha256 { get; private init; }

    /// <summary>The header of the contact package.</summary>
    public required SealedHeader Contact { get; init; }

    /// <summary>The header of the account package.</summary>
    public required SealedHeader Account { get; init; }

    /// <summary>Reads the message.</summary>
    /// <returns>The filing, or <see langword="null"/> when the form is wrong or a header's parts are not canonical.</returns>
    public static FilingMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var deployment = reader.Bytes(Limits.IdSize);
        var epoch = reader.U32();
        var filingId = reader.Bytes(Limits.IdSize);
        var credential = Credential.Read(ref reader);
        var leastNumber = reader.U8(Limits.LowestLeastNumber, Limits.HighestLeastNumber);
        var day = reader.U32();
        var slips = reader.Bytes(32);
        reader.Require(SealedHeader.TryParse(reader.Bytes(SealedHeader.Size).Span, out var contact));
        reader.Require(SealedHeader.TryParse(reader.Bytes(SealedHeader.Size).Span, out var account));
        reader.Bytes(Ed25519.SignatureSize);
        return !reader.Done ? null : new(bytes)
        {
            Deployment = deployment, Epoch = epoch, FilingId = filingId, Credential = credential, LeastNumber = leastNumber, Day = day,
            SlipsSha256 = slips, Contact = contact!, Account = account!,
        };
    }

    /// <summary>Checks that the pseudonym signed it.</summary>
    /// <returns><see langword="null"/>, or <see cref="Refusal.SignatureInvalid"/>.</returns>
    public Refusal? CheckSignature() => Ed25519.CheckTail<FilingPurpose>(Credential.Pseudonym.Span, Bytes.Span);

    /// <summary>The label under which a package was sealed.</summary>
    public byte[] PackageLabel(PackageField field) => Labels.Package(Deployment.Span, Credential.Pseudonym.Span, FilingId.Span, (byte)field);

    /// <summary>What a keeper signs (purpose <see cref="OpeningPurpose"/>) when it opens the contact part: deployment ‖ filing_id ‖ SHA-256(Filing).</summary>
    public byte[] OpeningMessage() => [.. Deployment.Span, .. FilingId.Span, .. SHA256.HashData(Bytes.Span)];

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(
        ReadOnlySpan<byte> deployment,
        uint epoch,
        ReadOnlySpan<byte> filingId,
        Credential credential,
        byte leastNumber,
        uint day,
        ReadOnlySpan<byte> slipsSha256,
        SealedHeader contact,
        SealedHeader account,
        SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(account);
        return credential.WriteTo(new WireWriter().U8(Limits.Version).Bytes(deployment).U32(epoch).Bytes(filingId))
            .U8(leastNumber).U32(day).Bytes(slipsSha256).Bytes(contact.ToBytes()).Bytes(account.ToBytes())
            .SignedBy<FilingPurpose>(pseudonym);
    }
}
