using System.Text;
using WeToo.Core.Group;
using WeToo.Core.Oprf;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>A keeper's signed word that it opened the contact part of a filing.</summary>
/// <param name="KeeperIndex">Which keeper.</param>
/// <param name="Signature">Ed25519, purpose <see cref="OpeningPurpose"/>, 64 bytes.</param>
public sealed record OpeningSignature(byte KeeperIndex, ReadOnlyMemory<byte> Signature);

/// <summary>The vault shows that an author consented and a counselor compared, and asks for a share of the account. WEP-1, section 9.</summary>
/// <param name="Deployment">The deployment, 16 bytes.</param>
/// <param name="Epoch">The epoch of the shares asked for.</param>
/// <param name="Filing">Whose account.</param>
/// <param name="RosterText">The roster that the keyset binds.</param>
/// <param name="Authors">The counselor's finding that two people wrote.</param>
/// <param name="Named">The counselor's finding that they mean the same person.</param>
/// <param name="Consent">The author's word.</param>
/// <param name="Openings">Keepers' words that the contact part was opened.</param>
public sealed record ReleaseRequest(
    ReadOnlyMemory<byte> Deployment,
    uint Epoch,
    FilingMessage Filing,
    string RosterText,
    FindingMessage Authors,
    FindingMessage Named,
    ConsentMessage Consent,
    IReadOnlyList<OpeningSignature> Openings)
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: false);

    /// <summary>Reads the message.</summary>
    /// <returns>The request, or <see langword="null"/> when the form is wrong.</returns>
    public static ReleaseRequest? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var (deployment, epoch) = (reader.Bytes(Limits.IdSize), reader.U32());
        var filing = FilingMessage.TryParse(reader.Bytes(FilingMessage.Size));
        var roster = s_strict.GetString(reader.Vec32(Limits.EvidenceBytes).Span);
        var (authors, named) = (FindingMessage.TryParse(reader.Bytes(FindingMessage.Size)), FindingMessage.TryParse(reader.Bytes(FindingMessage.Size)));
        var consent = ConsentMessage.TryParse(reader.Bytes(ConsentMessage.Size));
        var openings = new OpeningSignature[reader.U8(least: 1)];
        for (var j = 0; j < openings.Length; j++) openings[j] = new(reader.U8(least: 1), reader.Bytes(Ed25519.SignatureSize));
        return reader.Done && filing is not null && authors is not null && named is not null && consent is not null
            ? new(deployment, epoch, filing, roster, authors, named, consent, openings)
            : null;
    }

    /// <summary>Writes the message.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(Limits.Version).Bytes(Deployment.Span).U32(Epoch).Bytes(Filing.Bytes.Span)
            .Vec32(s_strict.GetBytes(RosterText)).Bytes(Authors.Bytes.Span).Bytes(Named.Bytes.Span).Bytes(Consent.Bytes.Span).U8(checked((byte)Openings.Count));
        foreach (var (index, signature) in Openings) writer.U8(index).Bytes(signature.Span);
        return writer.ToArray();
    }
}

/// <summary>A keeper's share of an account. WEP-1, section 9.</summary>
/// <param name="KeeperIndex">Who answers.</param>
/// <param name="Share">zᵢ·u.</param>
/// <param name="Proof">That it has the logarithm of zᵢ.</param>
public sealed record ReleaseReply(byte KeeperIndex, Element Share, DleqProof Proof)
{
    /// <summary>Reads the message.</summary>
    /// <returns>The reply, or <see langword="null"/> when the form is wrong.</returns>
    public static ReleaseReply? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var (index, share) = (reader.U8(least: 1), reader.Element());
        reader.Require(DleqProof.TryParse(reader.Bytes(DleqProof.Size).Span, out var proof));
        return reader.Done ? new(index, share, proof) : null;
    }

    /// <summary>Writes the message.</summary>
    public byte[] ToBytes() => new WireWriter().U8(KeeperIndex).Element(Share).Bytes(Proof.ToBytes()).ToArray();
}
