using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Hosting;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Features.Ceremonies;
using WeToo.Keeper.Features.Conflicts;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Keysets;

/// <summary>
/// <c>GET /v1/keyset</c>: the keyset in force. <c>PUT /v1/keysets</c>: puts a revision that all keepers signed in force. WEP-1, sections 2 and 12.
/// </summary>
internal static class ReviseEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/keyset", Show);
        routes.MapPut("/v1/keysets", HandleAsync);
    }

    private static IResult Show(CurrentHolding current)
    {
        using var holding = current.Use();
        return holding is null ? Problems.From(Refusal.ServiceUnavailable) : Results.Text(holding.Signed.ToJson(), "application/json");
    }

    private static async Task<IResult> HandleAsync(HttpRequest http, CurrentHolding current, Ledger ledger)
    {
        var (body, tooLong) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (tooLong is { } why) return Problems.From(why);
        if (SignedKeyset.TryParse(Encoding.UTF8.GetString(body)) is not { } next) return Problems.From(Refusal.KeysetInvalid);

        using var holding = current.Use();
        if (holding is null) return Problems.From(Refusal.ServiceUnavailable);
        if (next.Keyset.Text == holding.Keyset.Text) return Results.NoContent();
        if (next.Keyset.Epoch != holding.Keyset.Epoch) return Problems.From(Refusal.WrongEpoch);
        if (!holding.Keyset.MayBeRevisedBy(next.Keyset)) return Problems.From(Refusal.KeysetInvalid);

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(next.Keyset.Text));
        var pending = false;
        await current.ChangeAsync(
            async now =>
            {
                // Another revision, or a ceremony, may have come first.
                if (now is null || !now.Keyset.MayBeRevisedBy(next.Keyset)) return now;
                pending = await ledger.TransactAsync(
                    session =>
                    {
                        // A ceremony that this keeper has certified builds on the present revision.
                        if (CeremonyStore.IsAnyCertified(session)) return true;
                        KeysetStore.Revise(session, next);
                        ConflictBook.Forget(session, next.Roster);
                        ledger.Append(session, AuditKind.KeysetInForce, digest);
                        return false;
                    },
                    http.HttpContext.RequestAborted);
                return pending ? now : now.Revised(next);
            },
            http.HttpContext.RequestAborted);
        return pending ? Problems.From(Refusal.CeremonyOutOfOrder) : Results.NoContent();
    }
}
