using WeToo.Core.Conflicts;
using WeToo.Core.Group;
using WeToo.Core.Oprf;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>A slip in the evidence for an opening; with its filing, when that filing is to be opened.</summary>
/// <param name="Member">The slip, at rung 0.</param>
/// <param name="Filing">The filing whose contact part is asked for; <see langword="null"/> when the slip only counts.</param>
public sealed record OpeningMember(Member Member, FilingMessage? Filing);

/// <summary>The matcher shows that people named the same person, and asks for shares of their contact parts. WEP-1, section 8.</summary>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Epoch">The epoch of the shares asked for.</param>
/// <param name="LeastCount">The m for which the rule holds.</param>
/// <param name="Members">The slips that count, at most <see cref="Limits.MemberCount"/>.</param>
public sealed record OpeningRequest(ReadOnlyMemory<byte> Deployment, uint Epoch, byte LeastCount, IReadOnlyList<OpeningMember> Members)
{
    /// <summary>Reads the message.</summary>
    /// <returns>The request, or <see langword="null"/> when the form is wrong.</returns>
    public static OpeningRequest? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, epoch) = (reader.Bytes(Limits.IdSize), reader.U32());
        var leastCount = reader.U8(Limits.LowestLeastNumber, Limits.HighestLeastNumber);
        var members = new List<OpeningMember>();
        for (var left = reader.U8(1, Limits.MemberCount); left > 0 && !reader.Failed; left--)
        {
            var member = Member.Read(ref reader);
            var filing = reader.Vec32(FilingMessage.Size);
            var parsed = filing.IsEmpty ? null : FilingMessage.TryParse(filing);
            reader.Require(filing.IsEmpty || parsed is not null);
            if (member is not null) members.Add(new(member, parsed));
        }

        return reader.Done ? new(deployment, epoch, leastCount, members) : null;
    }

    /// <summary>Writes the message.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(Limits.Version).Bytes(Deployment.Span).U32(Epoch).U8(LeastCount).U8(checked((byte)Members.Count));
        foreach (var (member, filing) in Members) member.WriteTo(writer).Vec32(filing is null ? default : filing.Bytes.Span);
        return writer.ToArray();
    }
}

/// <summary>A keeper's share of one contact part, and its word that it gave it.</summary>
/// <param name="Share">zᵢ·u.</param>
/// <param name="Signature">Ed25519, purpose <see cref="OpeningPurpose"/>, over <see cref="FilingMessage.OpeningMessage"/>.</param>
/// <param name="Offer">Ed25519, purpose <see cref="OfferPurpose"/>, over <see cref="Conflicts.Offer.Message"/>: whom of the team the case is not to be offered to.</param>
public sealed record OpenedShare(Element Share, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Offer);

/// <summary>A keeper's shares of the contact parts that open, in the order of the evidence. WEP-1, section 8.</summary>
/// <param name="KeeperIndex">Who answers.</param>
/// <param name="Opened">One for each filing that opens.</param>
/// <param name="Proof">That all shares have the logarithm of zᵢ.</param>
/// <param name="Conflicts">Those of the team who are named, in ascending order of their keys: each shown by the tags that they signed for this keeper.</param>
public sealed record OpeningReply(byte KeeperIndex, IReadOnlyList<OpenedShare> Opened, DleqProof Proof, IReadOnlyList<ConflictPut> Conflicts)
{
    /// <summary>The signing keys of those who are named.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Skipped => [.. Conflicts.Select(conflict => conflict.Member)];

    /// <summary>Reads the message.</summary>
    /// <returns>The reply, or <see langword="null"/> when the form is wrong.</returns>
    public static OpeningReply? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var index = reader.U8(least: 1);
        var opened = new OpenedShare[reader.U8(1, Limits.MemberCount)];
        for (var j = 0; j < opened.Length; j++) opened[j] = new(reader.Element(), reader.Bytes(Ed25519.SignatureSize), reader.Bytes(Ed25519.SignatureSize));
        reader.Require(DleqProof.TryParse(reader.Bytes(DleqProof.Size).Span, out var proof));
        var conflicts = new List<ConflictPut>();
        for (var left = reader.U8(); left > 0 && !reader.Failed; left--)
        {
            var conflict = ConflictPut.TryParse(reader.Bytes(ConflictPut.Size));
            reader.Require(conflict is not null && (conflicts.Count == 0 || conflicts[^1].Member.Span.SequenceCompareTo(conflict.Member.Span) < 0));
            if (conflict is not null) conflicts.Add(conflict);
        }

        return reader.Done ? new(index, opened, proof, conflicts) : null;
    }

    /// <summary>Writes the message.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(KeeperIndex).U8(checked((byte)Opened.Count));
        foreach (var (share, signature, offer) in Opened) writer.Element(share).Bytes(signature.Span).Bytes(offer.Span);
        writer.Bytes(Proof.ToBytes()).U8(checked((byte)Conflicts.Count));
        foreach (var conflict in Conflicts) writer.Bytes(conflict.Bytes.Span);
        return writer.ToArray();
    }
}
