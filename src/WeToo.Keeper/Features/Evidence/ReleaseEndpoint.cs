using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Oprf;
using WeToo.Hosting;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Features.Tombstones;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Evidence;

/// <summary><c>POST /v1/releases</c>: the vault shows that a counselor verified and the author consented. WEP-1, section 9.</summary>
internal static class ReleaseEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, CurrentHolding current, Ledger ledger)
    {
        var (body, tooLong) = await http.ReadBodyAsync(Limits.EvidenceBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (ReleaseRequest.TryParse(body) is not { } release) return Problems.From(Refusal.MalformedMessage);

        using var holding = current.Use();
        if (holding is null) return Problems.From(Refusal.ServiceUnavailable);

        var filing = release.Filing;
        var refusal = Core.Filings.Evidence.CheckRelease(release, holding.Keyset)
            ?? await ledger.RecordEvidenceAsync(
                AuditKind.Release, body, [TombstoneRule.Filing(filing.Credential.Pseudonym, filing.FilingId)], http.HttpContext.RequestAborted);
        return refusal is { } no ? Problems.From(no) : Bodies.Octets(Answer(holding, filing));
    }

    private static byte[] Answer(Holding holding, FilingMessage filing)
    {
        var (shares, proof) = holding.ShareOf([filing.Account], DleqContext.Release);
        return new ReleaseReply(holding.Index, shares[0], proof).ToBytes();
    }
}
