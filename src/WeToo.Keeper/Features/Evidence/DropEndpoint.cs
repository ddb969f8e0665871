using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Oprf;
using WeToo.Core.Sealing;
using WeToo.Hosting;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Features.Tombstones;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Evidence;

/// <summary><c>POST /v1/drops</c>: the matcher shows that slips may step down one rung. WEP-1, section 8.</summary>
internal static class DropEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/drops", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, CurrentHolding current, Ledger ledger)
    {
        var (body, tooLong) = await http.ReadBodyAsync(Limits.EvidenceBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (DropRequest.TryParse(body) is not { } drop) return Problems.From(Refusal.MalformedMessage);

        using var holding = current.Use();
        if (holding is null) return Problems.From(Refusal.ServiceUnavailable);

        var refusal = Core.Filings.Evidence.CheckDrop(drop, holding.Keyset, out var seeds)
            ?? await ledger.RecordEvidenceAsync(
                AuditKind.Drop, body, [.. drop.Members.Select(member => TombstoneRule.Filing(member.Slips))], http.HttpContext.RequestAborted);
        return refusal is { } no ? Problems.From(no) : Bodies.Octets(Answer(holding, seeds));
    }

    private static byte[] Answer(Holding holding, IReadOnlyList<SealedHeader> seeds)
    {
        var (shares, proof) = holding.ShareOf(seeds, DleqContext.Drop);
        return new DropReply(holding.Index, shares, proof).ToBytes();
    }
}
