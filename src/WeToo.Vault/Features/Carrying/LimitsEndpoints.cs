using WeToo.Core;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Handover;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Carrying;

/// <summary><c>GET</c> and <c>POST /v1/desk/limits</c>: what a counselor takes on, which they alone say and see. WEP-1, section 12.6.</summary>
internal static class LimitsEndpoints
{
    /// <summary>Who takes nothing new for longer than this is on leave, and names a stand-in for each of their cases first.</summary>
    private const long LongestPause_days = 14;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/desk/limits", GetAsync);
        routes.MapPost("/v1/desk/limits", PutAsync);
    }

    private static async Task<IResult> GetAsync(HttpRequest http, DeskGate gate, Database database, CancellationToken cancel)
    {
        var (counselor, refusal) = await gate.AdmitAsync(http, [], cancel);
        if (refusal is { } why) return Problems.From(why);

        var said = await database.ReadAsync(session => CounselorLimits.Of(session, counselor), cancel);
        return Results.Json(new
        {
            most = said.Most, weekly = said.Weekly, quiet_from = said.QuietFrom, quiet_until = said.QuietUntil, zone = said.Zone, not_before = said.NotBefore,
        });
    }

    private static async Task<IResult> PutAsync(HttpRequest http, DeskGate gate, DeskClocks clocks, KeysetBoard board, Database database, OfferWorker offers, CancellationToken cancel)
    {
        var (counselor, body, refusal) = await gate.AdmitWithBodyAsync(http, Limits.OtherBytes, cancel);
        if (refusal is { } why) return Problems.From(why);
        if (Bodies.TryReadJson<Said>(body)?.Limits is not { } said || !said.CanBeMeant(DeskClocks.Number(clocks.Today))) return Problems.From(Refusal.MalformedMessage);

        var isLeave = said.NotBefore > DeskClocks.Number(clocks.Today) + LongestPause_days;
        var refused = await database.TransactAsync<Refusal?>(
            session =>
            {
                if (isLeave && Handovers.AnyWithoutStandIn(session, counselor, board.Current!.Roster)) return Refusal.StandInMissing;

                said.Put(session, counselor);
                return null;
            },
            cancel);
        if (refused is { } missing) return Problems.From(missing);

        await offers.RunDueAsync(cancel); // Somebody may have waited for just this.
        return Results.NoContent();
    }

    private sealed record Said(long? Most, long? Weekly, long? QuietFrom, long? QuietUntil, string? Zone, long? NotBefore)
    {
        internal CounselorLimits? Limits => Most is { } most && Zone is { } zone ? new(most, Weekly, QuietFrom, QuietUntil, zone, NotBefore) : null;
    }
}
