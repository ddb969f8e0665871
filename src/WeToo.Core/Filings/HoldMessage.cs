using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>Whether a case is to be kept, or not any more. The numbers are part of the protocol.</summary>
public enum HoldAct
{
    /// <summary>Nothing of it is deleted until a day.</summary>
    Keep = 1,

    /// <summary>What was to be kept may go.</summary>
    Lift = 2,
}

/// <summary>Why a case is kept. The numbers are part of the protocol.</summary>
public enum HoldReason
{
    /// <summary>A court or an authority ordered it.</summary>
    Order = 1,

    /// <summary>It may be needed in proceedings that have begun or are to be expected.</summary>
    Proceedings = 2,

    /// <summary>Its author asked for it.</summary>
    Author = 3,
}

/// <summary>Somebody of the team stands by a legal hold of one case, or by its end. It takes two. WEP-1, section 12.5.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Signer">Their signing key, 32 bytes.</param>
/// <param name="FilingId">The case's filing, 16 bytes.</param>
/// <param name="Act">What they stand by.</param>
/// <param name="Reason">Why it is kept, or was.</param>
/// <param name="UntilDay">The last day of the hold.</param>
/// <param name="Day">When it was signed.</param>
public sealed record HoldMessage(
    ReadOnlyMemory<byte> Bytes,
    ReadOnlyMemory<byte> Deployment,
    ReadOnlyMemory<byte> Signer,
    ReadOnlyMemory<byte> FilingId,
    HoldAct Act,
    HoldReason Reason,
    uint UntilDay,
    uint Day)
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 139;

    /// <summary>How many people it takes.</summary>
    public const int People = 2;

    /// <summary>The longest hold, in days; another can follow.</summary>
    public const int LongestDays = 366;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong.</returns>
    public static HoldMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new HoldMessage(
            bytes, reader.Bytes(Limits.IdSize), reader.Bytes(32), reader.Bytes(Limits.IdSize),
            (HoldAct)reader.U8((byte)HoldAct.Keep, (byte)HoldAct.Lift), (HoldReason)reader.U8((byte)HoldReason.Order, (byte)HoldReason.Author), reader.U32(), reader.U32());
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? message : null;
    }

    /// <summary>Checks that its signer signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<HoldPurpose>(Signer.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, HoldAct act, HoldReason reason, uint untilDay, uint day, SigningKey signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).Bytes(signer.PublicKey.Span).Bytes(filingId).U8((byte)act).U8((byte)reason).U32(untilDay).U32(day)
            .SignedBy<HoldPurpose>(signer);
    }
}
