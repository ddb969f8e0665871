using WeToo.Core;
using WeToo.Core.Conflicts;
using WeToo.Core.Filings;
using WeToo.Core.Oprf;
using WeToo.Core.Signing;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Features.Conflicts;
using WeToo.Keeper.Features.Tombstones;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Evidence;

/// <summary><c>POST /v1/openings</c>: the matcher shows that as many as each asked for named the same person. WEP-1, section 8.</summary>
internal static class OpenEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/openings", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, CurrentHolding current, Ledger ledger, KeeperKeys keys, Database database)
    {
        var (body, tooLong) = await http.ReadBodyAsync(Limits.EvidenceBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (OpeningRequest.TryParse(body) is not { } opening) return Problems.From(Refusal.MalformedMessage);

        using var holding = current.Use();
        if (holding is null) return Problems.From(Refusal.ServiceUnavailable);

        var refusal = Core.Filings.Evidence.CheckOpening(opening, holding.Keyset, out var filings)
            ?? await ledger.RecordEvidenceAsync(
                AuditKind.Opening, body, [.. opening.Members.Select(member => TombstoneRule.Filing(member.Member.Slips))], http.HttpContext.RequestAborted);
        if (refusal is { } no) return Problems.From(no);

        var start = opening.Members[0].Member.Shown;
        var conflicts = await database.ReadAsync(session => ConflictBook.Named(session, holding.Signed.Roster, start), http.HttpContext.RequestAborted);
        return Bodies.Octets(Answer(holding, keys, filings, conflicts));
    }

    /// <summary>
    /// The shares; this keeper's word for each, which a release will need from a quorum; and its word to whom of the team it is not to be offered: those who are named.
    /// </summary>
    private static byte[] Answer(Holding holding, KeeperKeys keys, IReadOnlyList<FilingMessage> filings, IReadOnlyList<ConflictPut> conflicts)
    {
        ReadOnlyMemory<byte>[] skipped = [.. conflicts.Select(one => one.Member)];
        var (shares, proof) = holding.ShareOf([.. filings.Select(filing => filing.Contact)], DleqContext.Open);
        OpenedShare[] opened =
        [
            .. filings.Zip(shares, (filing, share) => new OpenedShare(
                share, keys.Signing.Sign<OpeningPurpose>(filing.OpeningMessage()), keys.Signing.Sign<OfferPurpose>(Offer.Message(filing, skipped)))),
        ];
        return new OpeningReply(holding.Index, opened, proof, conflicts).ToBytes();
    }
}
