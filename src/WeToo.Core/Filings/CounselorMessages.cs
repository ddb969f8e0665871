using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

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
