using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Ceremony;
using WeToo.Hosting;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Ceremonies;

/// <summary><c>POST /v1/ceremonies/{id}/dealings</c>: all dealings. Checks them, opens its shares and certifies what it saw.</summary>
internal static class ReceiveEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/ceremonies/{id}/dealings", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, string id, Ledger ledger, KeeperKeys keys)
    {
        var cancel = http.HttpContext.RequestAborted;
        var (body, tooLong) = await http.ReadBodyAsync(Limits.EvidenceBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (await Running.FindAsync(id, ledger, keys, cancel) is not { Ended: false } running) return Problems.From(Refusal.CeremonyUnknown);

        var (shares, spoiled) = running.Receive(body, keys);
        if (spoiled is not null) return Bodies.Octets(CeremonyMessages.WriteSpoiled(spoiled));
        if (shares is null) return Problems.From(Refusal.MalformedMessage);

        byte[] certificates;
        using (shares) certificates = CeremonyMessages.WriteCertificates(new(Receiving.Certify(shares.K, keys.Static), Receiving.Certify(shares.Z, keys.Static)));
        var (answer, no) = await running.RecordAsync(
            ledger, CeremonyStep.Received, body, certificates, (AuditKind.CeremonyStep, SHA256.HashData(body)), cancel);
        return no is { } refusal ? Problems.From(refusal) : Bodies.Octets(answer);
    }
}
