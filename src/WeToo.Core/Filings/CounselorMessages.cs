using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>A counselor has checked that the authors of a match mean the same person. WEP-1, section 9.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Counselor">The counselor's signing key, 32 bytes.</param>
/// <param name="FilingId">The filing, 16 bytes.</param>
/// <param name="Day">When it was signed.</param>
public sealed record VerificationMessage(
    ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Deployment, ReadOnlyMemory<byte> Counselor, ReadOnlyMemory<byte> FilingId, uint Day)
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 134;

    /// <summary>Reads the message.</summary>
    /// <returns>The verification, or <see langword="null"/> when the form is wrong or the verdict is not "the same person".</returns>
    public static VerificationMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, counselor, filingId) = (reader.Bytes(Limits.IdSize), reader.Bytes(32), reader.Bytes(Limits.IdSize));
        reader.U8(1, 1);
        var day = reader.U32();
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? new(bytes, deployment, counselor, filingId, day) : null;
    }

    /// <summary>Checks that the counselor signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<VerificationPurpose>(Counselor.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, uint day, SigningKey counselor)
    {
        ArgumentNullException.ThrowIfNull(counselor);
        return new WireWriter().U8(Limits.Version).Bytes(deployment).Bytes(counselor.PublicKey.Span).Bytes(filingId).U8(1).U32(day)
            .SignedBy<VerificationPurpose>(counselor);
    }
}

/// <summary>What a counselor's request carries in its <c>WeToo-Desk</c> header. WEP-1, section 12.</summary>
/// <param name="Counselor">The counselor's signing key, 32 bytes.</param>
/// <param name="TimeSeconds">When it was signed, in seconds since 1970.</param>
/// <param name="Nonce">Sixteen random bytes, once.</param>
/// <param name="Signature">Over <see cref="Message"/>, 64 bytes.</param>
public sealed record DeskSignature(ReadOnlyMemory<byte> Counselor, ulong TimeSeconds, ReadOnlyMemory<byte> Nonce, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The header's name.</summary>
    public const string Header = "WeToo-Desk";

    private const int Size = 32 + 8 + Limits.IdSize + Ed25519.SignatureSize;

    /// <summary>Reads the header's value.</summary>
    /// <returns>The parts, or <see langword="null"/> when the value is not base64url of the right length.</returns>
    public static DeskSignature? TryParse(string header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Length > 2 * Size || !Base64Url.IsValid(header, out var length) || length != Size) return null;

        var reader = new WireReader(Base64Url.DecodeFromChars(header));
        return new(reader.Bytes(32), reader.U64(), reader.Bytes(Limits.IdSize), reader.Bytes(Ed25519.SignatureSize));
    }

    /// <summary>Checks that the counselor signed this request.</summary>
    /// <returns><see langword="null"/>, or <see cref="Refusal.SignatureInvalid"/>.</returns>
    public Refusal? Check(ReadOnlySpan<byte> deployment, string method, string path, ReadOnlySpan<byte> body) =>
        Ed25519.Verify<DeskPurpose>(Counselor.Span, Message(deployment, TimeSeconds, Nonce.Span, method, path, body), Signature.Span)
            ? null
            : Refusal.SignatureInvalid;

    /// <summary>Signs a request and writes the header's value.</summary>
    public static string Write(
        ReadOnlySpan<byte> deployment, ulong timeSeconds, ReadOnlySpan<byte> nonce, string method, string path, ReadOnlySpan<byte> body, SigningKey counselor)
    {
        ArgumentNullException.ThrowIfNull(counselor);
        var signature = counselor.Sign<DeskPurpose>(Message(deployment, timeSeconds, nonce, method, path, body));
        return Base64Url.EncodeToString(new WireWriter().Bytes(counselor.PublicKey.Span).U64(timeSeconds).Bytes(nonce).Bytes(signature).Written);
    }

    private static byte[] Message(ReadOnlySpan<byte> deployment, ulong timeSeconds, ReadOnlySpan<byte> nonce, string method, string path, ReadOnlySpan<byte> body)
    {
        var (verb, target) = (Encoding.UTF8.GetBytes(method), Encoding.UTF8.GetBytes(path));
        return new WireWriter().Bytes(deployment).U64(timeSeconds).Bytes(nonce)
            .U8(checked((byte)verb.Length)).Bytes(verb).U16(checked((ushort)target.Length)).Bytes(target).Bytes(SHA256.HashData(body)).ToArray();
    }
}
