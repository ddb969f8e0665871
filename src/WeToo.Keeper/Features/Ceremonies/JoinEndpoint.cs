using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Ceremony;
using WeToo.Core.Group;
using WeToo.Core.Threshold;
using WeToo.Hosting;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Ceremonies;

/// <summary><c>POST /v1/ceremonies</c>: a plan. Accepts it for good, and deals. spec/ceremony.md, section 4.</summary>
internal static class JoinEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/ceremonies", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, CurrentHolding current, PlanRule rule, Ledger ledger, KeeperKeys keys)
    {
        var cancel = http.HttpContext.RequestAborted;
        var (body, tooLong) = await http.ReadBodyAsync(Limits.EvidenceBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (KeyCeremony.TryParse(Encoding.UTF8.GetString(body)) is not { } ceremony) return Problems.From(Refusal.MalformedMessage);

        var (earlier, again) = await FindAsync(ledger, ceremony, cancel);
        if (again is not null) return Problems.From(again.Value);
        if (earlier is not null) return Bodies.Octets(earlier);

        using var holding = current.Use();
        if (await rule.CheckAsync(ceremony, holding, cancel) is { } no) return Problems.From(no);

        return Bodies.Octets(await RecordAsync(ledger, ceremony, body, Deal(ceremony, holding, keys), cancel));
    }

    private static Task<(byte[]? Answer, Refusal? Refusal)> FindAsync(Ledger ledger, KeyCeremony ceremony, CancellationToken cancel) =>
        ledger.Database.ReadAsync<(byte[]?, Refusal?)>(
            session => CeremonyStore.Find(session, ceremony.Id) switch
            {
                null => (null, null),
                (_, Ended: true) => (null, Refusal.CeremonyOutOfOrder),
                var (plan, _) when plan != ceremony.Text => (null, Refusal.CeremonyOutOfOrder),
                _ => (CeremonyStore.Step(session, ceremony.Id, CeremonyStep.Joined)!.Answer, null),
            },
            cancel);

    /// <summary>Writes the dealing down before anybody sees it: a dealer who dealt twice would spoil the ceremony.</summary>
    private static Task<byte[]> RecordAsync(Ledger ledger, KeyCeremony ceremony, byte[] plan, byte[] dealing, CancellationToken cancel)
    {
        var digest = SHA256.HashData(plan);
        return ledger.TransactAsync(
            session =>
            {
                if (CeremonyStore.Step(session, ceremony.Id, CeremonyStep.Joined) is { } first) return first.Answer;
                CeremonyStore.Begin(session, ceremony);
                CeremonyStore.Answer(session, ceremony.Id, CeremonyStep.Joined, [], dealing);
                ledger.Append(session, AuditKind.CeremonyStep, digest);
                return dealing;
            },
            cancel);
    }

    private static byte[] Deal(KeyCeremony ceremony, Holding? holding, KeeperKeys keys)
    {
        if (ceremony.Dealers.All(dealer => dealer.Static != keys.StaticPublic)) return CeremonyMessages.WriteDealing(ForBoth.Nothing);
        if (ceremony.From is null) return CeremonyMessages.WriteDealing(new(DealNew(ceremony.K, keys), DealNew(ceremony.Z, keys)));

        byte[] dealers = [.. ceremony.Dealers.Select(dealer => dealer.Index)];
        using var coefficient = Lagrange.AtZero(holding!.Index, dealers);
        return CeremonyMessages.WriteDealing(new(DealOld(ceremony.K, holding.K, coefficient, keys), DealOld(ceremony.Z, holding.Z, coefficient, keys)));
    }

    private static byte[] DealNew(CeremonySession session, KeeperKeys keys) => Dealing.Deal(session, keys.Static, null, RandomNumberGenerator.Fill);

    /// <summary>Deals λᵢ times the old share, so that the new shares of all dealers add up to shares of the same key.</summary>
    private static byte[] DealOld(CeremonySession session, Scalar share, Scalar coefficient, KeeperKeys keys)
    {
        using var constant = coefficient.Times(share);
        return Dealing.Deal(session, keys.Static, constant, RandomNumberGenerator.Fill);
    }
}
