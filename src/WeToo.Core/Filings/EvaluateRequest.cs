using WeToo.Core.Group;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>An author asks one keeper to evaluate four blinded elements. WEP-1, section 4.</summary>
public sealed class EvaluateRequest
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 561;

    private EvaluateRequest(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>The whole message.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The deployment, 16 bytes.</summary>
    public ReadOnlyMemory<byte> Deployment { get; private init; }

    /// <summary>The epoch of the keyset that the author has.</summary>
    public uint Epoch { get; private init; }

    /// <summary>The day on which the author signed.</summary>
    public uint Day { get; private init; }

    /// <summary>Chosen by the author; with the pseudonym it names this request for good. 16 bytes.</summary>
    public ReadOnlyMemory<byte> RequestId { get; private init; }

    /// <summary>Who asks.</summary>
    public required Credential Credential { get; init; }

    /// <summary>The blinded elements B, four of them.</summary>
    public IReadOnlyList<Element> Blinded { get; private init; } = [];

    /// <summary>The encoded B[4], 128 bytes: what makes two requests the same.</summary>
    public ReadOnlyMemory<byte> BlindedBytes { get; private init; }

    /// <summary>Reads the message.</summary>
    /// <returns>The request, or <see langword="null"/> when it has another length or version, or an element is not canonical.</returns>
    public static EvaluateRequest? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var deployment = reader.Bytes(Limits.IdSize);
        var epoch = reader.U32();
        var day = reader.U32();
        var requestId = reader.Bytes(Limits.IdSize);
        var credential = Credential.Read(ref reader);
        var blindedBytes = reader.Bytes(Limits.SlipCount * Element.Size);
        reader.Bytes(Ed25519.SignatureSize);
        if (!reader.Done) return null;

        var elements = new WireReader(blindedBytes);
        Element[] blinded = [elements.Element(), elements.Element(), elements.Element(), elements.Element()];
        return !elements.Done ? null : new(bytes)
        {
            Deployment = deployment, Epoch = epoch, Day = day, RequestId = requestId, Credential = credential, Blinded = blinded, BlindedBytes = blindedBytes,
        };
    }

    /// <summary>Checks that the pseudonym signed it.</summary>
    /// <returns><see langword="null"/>, or <see cref="Refusal.SignatureInvalid"/>.</returns>
    public Refusal? CheckSignature() => Ed25519.CheckTail<EvaluationPurpose>(Credential.Pseudonym.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(
        ReadOnlySpan<byte> deployment, uint epoch, uint day, ReadOnlySpan<byte> requestId, Credential credential, IReadOnlyList<Element> blinded, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(blinded);
        ArgumentOutOfRangeException.ThrowIfNotEqual(blinded.Count, Limits.SlipCount);
        var writer = credential.WriteTo(new WireWriter().U8(Limits.Version).Bytes(deployment).U32(epoch).U32(day).Bytes(requestId));
        foreach (var element in blinded) writer.Element(element);
        return writer.SignedBy<EvaluationPurpose>(pseudonym);
    }
}
