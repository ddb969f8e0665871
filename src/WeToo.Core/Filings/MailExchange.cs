using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>
/// One look into the mailbox of an author and their counselor. Whoever looks, reads or writes sends as much and gets as much: what they keep, sealed
/// to themselves, and what they say, sealed to the other. WEP-1, section 17.
/// </summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="Pseudonym">Who looks, 32 bytes.</param>
/// <param name="FilingId">Into the mailbox of which filing, 16 bytes.</param>
/// <param name="Counselor">The signing key of the one that <paramref name="Put"/> is for, 32 bytes; zeros when there is none.</param>
/// <param name="Put">What is left there.</param>
public sealed record MailExchange(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, uint Day, ReadOnlyMemory<byte> Pseudonym, ReadOnlyMemory<byte> FilingId,
    ReadOnlyMemory<byte> Counselor, MailPut Put)
    : IAuthorMessage<MailExchange>, IFresh
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 1 + 16 + 4 + 32 + 16 + 32 + MailPut.Size + 64;

    /// <summary>Reads the message.</summary>
    /// <returns>The message, or <see langword="null"/> when the form is wrong.</returns>
    public static MailExchange? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, day, pseudonym, filingId, counselor) = (reader.Bytes(Limits.IdSize), reader.U32(), reader.Bytes(32), reader.Bytes(Limits.IdSize), reader.Bytes(32));
        var put = MailPut.TryParse(reader.Bytes(MailPut.Size));
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done && put is not null ? new(bytes, deployment, day, pseudonym, filingId, counselor, put) : null;
    }

    /// <summary>Checks that the pseudonym signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<MailPurpose>(Pseudonym.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, uint day, ReadOnlySpan<byte> filingId, ReadOnlySpan<byte> counselor, MailPut put, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(put);
        ArgumentNullException.ThrowIfNull(pseudonym);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).U32(day).Bytes(pseudonym.PublicKey.Span).Bytes(filingId).Bytes(counselor)
            .Bytes(put.ToBytes()).SignedBy<MailPurpose>(pseudonym);
    }
}

/// <summary>What either side leaves, and what it finds of its own.</summary>
/// <param name="Revision">One more than the last that was left; anything else is not kept. 0 looks only.</param>
/// <param name="State">What whoever leaves it keeps, sealed to themselves, <see cref="StateSize"/> bytes.</param>
/// <param name="Bundle">What they say, signed and sealed to the other, <see cref="BundleSize"/> bytes.</param>
public sealed record MailPut(uint Revision, ReadOnlyMemory<byte> State, ReadOnlyMemory<byte> Bundle)
{
    /// <summary>Text in a state, with its length and padding, in bytes.</summary>
    public const int StateText = 32768;

    /// <summary>Text in a bundle, with its padding, in bytes.</summary>
    public const int BundleText = 16384;

    /// <summary>Length of a state, in bytes.</summary>
    public const int StateSize = Xchacha.NonceSize + StateText + Xchacha.TagSize;

    /// <summary>Length of a bundle, in bytes: a signature, and an age file for one recipient.</summary>
    public const int BundleSize = 64 + 200 + BundleText;

    /// <summary>Length of the whole, in bytes.</summary>
    public const int Size = 4 + StateSize + BundleSize;

    /// <summary>Reads what was left.</summary>
    /// <returns>It, or <see langword="null"/> when the length is another.</returns>
    public static MailPut? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var put = new MailPut(reader.U32(), reader.Bytes(StateSize), reader.Bytes(BundleSize));
        return reader.Done ? put : null;
    }

    /// <summary>Writes it.</summary>
    public byte[] ToBytes() => new WireWriter().U32(Revision).Bytes(State.Span).Bytes(Bundle.Span).ToArray();
}
