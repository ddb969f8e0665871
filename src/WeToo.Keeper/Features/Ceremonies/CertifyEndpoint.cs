using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Ceremony;
using WeToo.Core.Signing;
using WeToo.Hosting;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Ceremonies;

/// <summary>
/// <c>POST /v1/ceremonies/{id}/certificates</c>: all certificates. When all saw the same, signs the keyset; the shares in force stay in force.
/// </summary>
internal static class CertifyEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/ceremonies/{id}/certificates", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, string id, CurrentHolding current, PlanRule rule, Ledger ledger, KeeperKeys keys)
    {
        var cancel = http.HttpContext.RequestAborted;
        var (body, tooLong) = await http.ReadBodyAsync(Limits.EvidenceBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (await Running.FindAsync(id, ledger, keys, cancel) is not { Ended: false } running) return Problems.From(Refusal.CeremonyUnknown);
        if (running.Dealings is null) return Problems.From(Refusal.CeremonyOutOfOrder);

        using var holding = current.Use();
        if (await rule.CheckAsync(running.Ceremony, holding, cancel) is { } changed) return Problems.From(changed);
        if (CeremonyMessages.TryReadAll(body, running.Ceremony.Receivers.Count) is not { } certificates) return Problems.From(Refusal.MalformedMessage);

        var (shares, _) = running.Receive(running.Dealings, keys);
        using (shares)
        {
            if (Check(running.Ceremony, shares!, certificates) is { } spoiled) return Bodies.Octets(CeremonyMessages.WriteSpoiled(spoiled));

            var text = shares!.Keyset(running.Ceremony);
            var keyset = Encoding.UTF8.GetBytes(text);
            var signed = CeremonyMessages.WriteSigned(keys.Signing.Sign<KeysetPurpose>(keyset), text);
            var (answer, no) = await running.RecordAsync(
                ledger, CeremonyStep.Signed, body, signed, (AuditKind.KeysetSigned, SHA256.HashData(keyset)), cancel);
            return no is { } refusal ? Problems.From(refusal) : Bodies.Octets(answer);
        }
    }

    private static SpoiledRun? Check(KeyCeremony ceremony, Running.Shares shares, IReadOnlyList<ForBoth> certificates)
    {
        if (Receiving.CheckCertificate(ceremony.K, shares.K.Transcript.Span, [.. certificates.Select(one => one.K)]) is { } inK) return new(CeremonyRun.K, inK);
        return Receiving.CheckCertificate(ceremony.Z, shares.Z.Transcript.Span, [.. certificates.Select(one => one.Z)]) is { } inZ
            ? new(CeremonyRun.Z, inZ)
            : null;
    }
}
