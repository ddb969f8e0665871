using WeToo.Core.Group;
using WeToo.Core.Oprf;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>A keeper's partial evaluations of four blinded elements, with one proof for all. WEP-1, section 4.</summary>
/// <param name="KeeperIndex">Who answers.</param>
/// <param name="Evaluated">D = kᵢ·B, four of them.</param>
/// <param name="Proof">That all four have the logarithm of yᵢ.</param>
public sealed record EvaluateReply(byte KeeperIndex, IReadOnlyList<Element> Evaluated, DleqProof Proof)
{
    /// <summary>Length of the message, in bytes.</summary>
    public const int Size = 193;

    /// <summary>Reads the message.</summary>
    /// <returns>The reply, or <see langword="null"/> when it has another length, or a part is not canonical.</returns>
    public static EvaluateReply? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var index = reader.U8(least: 1);
        Element[] evaluated = [reader.Element(), reader.Element(), reader.Element(), reader.Element()];
        reader.Require(DleqProof.TryParse(reader.Bytes(DleqProof.Size).Span, out var proof));
        return reader.Done ? new(index, evaluated, proof) : null;
    }

    /// <summary>Writes the message.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(KeeperIndex);
        foreach (var element in Evaluated) writer.Element(element);
        return writer.Bytes(Proof.ToBytes()).ToArray();
    }
}
