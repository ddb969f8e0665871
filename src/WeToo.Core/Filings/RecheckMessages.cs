using WeToo.Core.Group;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>A counselor asks keepers to evaluate once more what an opened filing names, to see that it is what met. WEP-1, section 9.2.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Epoch">The epoch of the keyset that the counselor has.</param>
/// <param name="Day">When it was signed.</param>
/// <param name="RequestId">Sixteen random bytes: the same request is answered again.</param>
/// <param name="Counselor">The counselor's signing key, 32 bytes.</param>
/// <param name="FilingId">The filing, 16 bytes.</param>
/// <param name="Blinded">Four blinded elements.</param>
public sealed record RecheckRequest(
    ReadOnlyMemory<byte> Bytes,
    ReadOnlyMemory<byte> Deployment,
    uint Epoch,
    uint Day,
    ReadOnlyMemory<byte> RequestId,
    ReadOnlyMemory<byte> Counselor,
    ReadOnlyMemory<byte> FilingId,
    IReadOnlyList<Element> Blinded)
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 281;

    /// <summary>Reads the message.</summary>
    /// <returns>The request, or <see langword="null"/> when the form is wrong.</returns>
    public static RecheckRequest? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, epoch, day) = (reader.Bytes(Limits.IdSize), reader.U32(), reader.U32());
        var (requestId, counselor, filingId) = (reader.Bytes(Limits.IdSize), reader.Bytes(32), reader.Bytes(Limits.IdSize));
        var blinded = new Element[Limits.SlipCount];
        for (var j = 0; j < blinded.Length; j++) blinded[j] = reader.Element();
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? new(bytes, deployment, epoch, day, requestId, counselor, filingId, blinded) : null;
    }

    /// <summary>Checks that the counselor signed it.</summary>
    public Refusal? CheckSignature() => Ed25519.CheckTail<RecheckPurpose>(Counselor.Span, Bytes.Span);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(
        ReadOnlySpan<byte> deployment, uint epoch, uint day, ReadOnlySpan<byte> requestId, ReadOnlySpan<byte> filingId, IReadOnlyList<Element> blinded, SigningKey counselor)
    {
        ArgumentNullException.ThrowIfNull(blinded);
        ArgumentNullException.ThrowIfNull(counselor);
        var writer = new WireWriter().U8(Limits.Version).Bytes(deployment).U32(epoch).U32(day).Bytes(requestId).Bytes(counselor.PublicKey.Span).Bytes(filingId);
        foreach (var element in blinded) writer.Element(element);
        return writer.SignedBy<RecheckPurpose>(counselor);
    }
}

/// <summary>The same with what shows that the filing has opened. WEP-1, section 9.2.</summary>
/// <param name="Request">The counselor's request.</param>
/// <param name="Filing">The filing.</param>
/// <param name="Openings">Keepers' words that its contact part was opened.</param>
public sealed record RecheckEvidence(RecheckRequest Request, FilingMessage Filing, IReadOnlyList<OpeningSignature> Openings)
{
    /// <summary>Reads the message.</summary>
    /// <returns>The evidence, or <see langword="null"/> when the form is wrong.</returns>
    public static RecheckEvidence? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var request = RecheckRequest.TryParse(reader.Bytes(RecheckRequest.Size));
        var filing = FilingMessage.TryParse(reader.Bytes(FilingMessage.Size));
        var openings = new OpeningSignature[reader.U8(least: 1)];
        for (var j = 0; j < openings.Length; j++) openings[j] = new(reader.U8(least: 1), reader.Bytes(Ed25519.SignatureSize));
        return reader.Done && request is not null && filing is not null ? new(request, filing, openings) : null;
    }

    /// <summary>Writes the message.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().Bytes(Request.Bytes.Span).Bytes(Filing.Bytes.Span).U8(checked((byte)Openings.Count));
        foreach (var (index, signature) in Openings) writer.U8(index).Bytes(signature.Span);
        return writer.ToArray();
    }
}

/// <summary>What a counselor's device computed from what an opened filing names, boxed for the matcher. WEP-1, section 9.2.</summary>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="FilingId">The filing, 16 bytes.</param>
/// <param name="Starts">Four y_0, 64 bytes each; random bytes in the places of identifiers that there are not.</param>
public sealed record ComparisonContent(ReadOnlyMemory<byte> Deployment, ReadOnlyMemory<byte> FilingId, IReadOnlyList<ReadOnlyMemory<byte>> Starts)
{
    /// <summary>Length of what is boxed, in bytes.</summary>
    public const int Size = 1 + (2 * Limits.IdSize) + (Limits.SlipCount * Ladder.Chain.Size);

    /// <summary>Reads what was boxed.</summary>
    /// <returns>The content, or <see langword="null"/> when the form is wrong.</returns>
    public static ComparisonContent? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, filingId) = (reader.Bytes(Limits.IdSize), reader.Bytes(Limits.IdSize));
        var starts = new ReadOnlyMemory<byte>[Limits.SlipCount];
        for (var j = 0; j < starts.Length; j++) starts[j] = reader.Bytes(Ladder.Chain.Size);
        return reader.Done ? new(deployment, filingId, starts) : null;
    }

    /// <summary>Writes what is boxed.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(Limits.Version).Bytes(Deployment.Span).Bytes(FilingId.Span);
        foreach (var start in Starts) writer.Bytes(start.Span);
        return writer.ToArray();
    }
}
