using WeToo.Core.Group;
using WeToo.Core.Oprf;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>The matcher shows that slips at one rung may drop, and asks for shares of their next seeds. WEP-1, section 8.</summary>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Epoch">The epoch of the shares asked for.</param>
/// <param name="Rung">The rung b, in 1..4.</param>
/// <param name="LeastCount">The m for which the rule holds.</param>
/// <param name="Members">The slips that count, at most <see cref="Limits.MemberCount"/>.</param>
public sealed record DropRequest(ReadOnlyMemory<byte> Deployment, uint Epoch, byte Rung, byte LeastCount, IReadOnlyList<Member> Members)
{
    /// <summary>Reads the message.</summary>
    /// <returns>The request, or <see langword="null"/> when the form is wrong.</returns>
    public static DropRequest? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, epoch) = (reader.Bytes(Limits.IdSize), reader.U32());
        var rung = reader.U8(1, Limits.HighestLeastNumber - 1);
        var leastCount = reader.U8(Limits.LowestLeastNumber, Limits.HighestLeastNumber);
        var members = new List<Member>();
        for (var left = reader.U8(1, Limits.MemberCount); left > 0 && !reader.Failed; left--)
            if (Member.Read(ref reader) is { } member) members.Add(member);
        return reader.Done ? new(deployment, epoch, rung, leastCount, members) : null;
    }

    /// <summary>Writes the message.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(Limits.Version).Bytes(Deployment.Span).U32(Epoch).U8(Rung).U8(LeastCount).U8(checked((byte)Members.Count));
        foreach (var member in Members) member.WriteTo(writer);
        return writer.ToArray();
    }
}

/// <summary>A keeper's shares of the seeds of those that drop, in the order of the evidence. WEP-1, section 8.</summary>
/// <param name="KeeperIndex">Who answers.</param>
/// <param name="Shares">zᵢ·u of each.</param>
/// <param name="Proof">That all have the logarithm of zᵢ.</param>
public sealed record DropReply(byte KeeperIndex, IReadOnlyList<Element> Shares, DleqProof Proof)
{
    /// <summary>Reads the message.</summary>
    /// <returns>The reply, or <see langword="null"/> when the form is wrong.</returns>
    public static DropReply? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var index = reader.U8(least: 1);
        var shares = new Element[reader.U8(1, Limits.MemberCount)];
        for (var j = 0; j < shares.Length; j++) shares[j] = reader.Element();
        reader.Require(DleqProof.TryParse(reader.Bytes(DleqProof.Size).Span, out var proof));
        return reader.Done ? new(index, shares, proof) : null;
    }

    /// <summary>Writes the message.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(KeeperIndex).U8(checked((byte)Shares.Count));
        foreach (var share in Shares) writer.Element(share);
        return writer.Bytes(Proof.ToBytes()).ToArray();
    }
}
