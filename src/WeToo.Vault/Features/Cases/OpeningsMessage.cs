using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using WeToo.Core.Threshold;
using WeToo.Core.Wire;

namespace WeToo.Vault.Features.Cases;

/// <summary>What the matcher hands over: keepers' shares of the contact parts of one match. WEP-1, section 14.</summary>
/// <param name="MatchId">The matcher's name for the match, 16 bytes.</param>
/// <param name="Openings">One for each filing that opens now.</param>
/// <param name="Known">The ids of those that opened before and meet them.</param>
internal sealed record OpeningsMessage(byte[] MatchId, IReadOnlyList<KeptOpening> Openings, IReadOnlyList<byte[]> Known)
{
    /// <summary>Reads the message; null when the form is wrong.</summary>
    internal static OpeningsMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var matchId = reader.Bytes(Limits.IdSize).ToArray();
        var openings = new List<KeptOpening>();
        for (var left = reader.U8(1, Limits.MemberCount); left > 0 && !reader.Failed; left--)
        {
            var filingId = reader.Bytes(Limits.IdSize).ToArray();
            var shares = new KeptShare[reader.U8(least: 1)];
            for (var j = 0; j < shares.Length && !reader.Failed; j++)
                shares[j] = KeptShare.Read(ref reader);
            openings.Add(new(filingId, shares));
        }

        var known = new byte[reader.U8()][];
        for (var j = 0; j < known.Length; j++) known[j] = reader.Bytes(Limits.IdSize).ToArray();
        return reader.Done ? new(matchId, openings, known) : null;
    }
}

/// <summary>One keeper's share of one contact part, its signed word that it gave it, and whom of the team the case is not to be offered to.</summary>
internal sealed record KeptShare(byte KeeperIndex, Element Share, byte[] Signature, IReadOnlyList<ReadOnlyMemory<byte>> Skipped, byte[] Offer)
{
    internal static KeptShare Read(ref WireReader reader)
    {
        var (index, share, signature) = (reader.U8(least: 1), reader.Element(), reader.Bytes(Ed25519.SignatureSize).ToArray());
        var skipped = new ReadOnlyMemory<byte>[reader.U8()];
        for (var j = 0; j < skipped.Length && !reader.Failed; j++) skipped[j] = reader.Bytes(Ed25519.PublicKeySize);
        return new(index, share, signature, skipped, reader.Bytes(Ed25519.SignatureSize).ToArray());
    }

    /// <summary>Whether the keeper signed both for this filing.</summary>
    internal bool IsOf(KeeperEntry keeper, FilingMessage filing) =>
        Ed25519.Verify<OpeningPurpose>(keeper.Signing.Span, filing.OpeningMessage(), Signature)
        && Core.Conflicts.Offer.Verify(keeper.Signing.Span, filing, Skipped, Offer);
}

/// <summary>Keepers' shares of one contact part.</summary>
/// <param name="FilingId">Whose, 16 bytes.</param>
/// <param name="Shares">One for each keeper that answered.</param>
internal sealed record KeptOpening(byte[] FilingId, IReadOnlyList<KeptShare> Shares)
{
    /// <summary>Checks that a quorum of different keepers signed to have opened exactly this filing.</summary>
    /// <returns>Null, <see cref="Refusal.OpeningMissing"/> or <see cref="Refusal.SignatureInvalid"/>.</returns>
    internal Refusal? Check(FilingMessage filing, Keyset keyset)
    {
        if (Shares.DistinctBy(share => share.KeeperIndex).Count() != Shares.Count || Shares.Count < keyset.Quorum) return Refusal.OpeningMissing;

        return Shares.All(share => keyset.Keeper(share.KeeperIndex) is { } keeper && share.IsOf(keeper, filing)) ? null : Refusal.SignatureInvalid;
    }

    /// <summary>Those of the team to whom the case is not to be offered, by the word of any of these keepers, in hex: of a quorum at least one is honest.</summary>
    internal IReadOnlySet<string> Skipped => Shares.SelectMany(share => share.Skipped).Select(member => Convert.ToHexStringLower(member.Span)).ToHashSet(StringComparer.Ordinal);

    /// <summary>What the shares combine to, the point that opens; null when that is nothing.</summary>
    internal Element? Combine() => Quorum.Combine([.. Shares.Select(share => new PartialEvaluation(share.KeeperIndex, share.Share))]);
}
