using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Group;
using WeToo.Core.Oprf;
using WeToo.Core.Sealing;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Features.Tombstones;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Evidence;

/// <summary>What drops, openings and releases have in common.</summary>
internal static class EvidenceLedger
{
    /// <summary>In one transaction: no filing of the evidence was withdrawn, and it is on record that we answer.</summary>
    internal static Task<Refusal?> RecordEvidenceAsync(
        this Ledger ledger, AuditKind kind, byte[] message, IReadOnlyList<byte[]> filings, CancellationToken cancel)
    {
        var digest = SHA256.HashData(message);
        return ledger.TransactAsync(
            session =>
            {
                var refusal = TombstoneRule.Check(session, filings);
                if (refusal is null) ledger.Append(session, kind, digest);
                return refusal;
            },
            cancel);
    }

    /// <summary>zᵢ·u for each header, with one proof for all.</summary>
    internal static (Element[] Shares, DleqProof Proof) ShareOf(this Holding holding, IReadOnlyList<SealedHeader> headers, string context)
    {
        Element[] points = [.. headers.Select(header => header.U)];
        Element[] shares = [.. points.Select(u => u.Times(holding.Z))];
        return (shares, Dleq.Prove(context, holding.Z, holding.Entry.Z, points, shares, RandomNumberGenerator.Fill));
    }
}
