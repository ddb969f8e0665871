using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Files;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Holds;

/// <summary><c>GET /v1/desk/holds</c> and <c>POST /v1/desk/holds/{caseId}</c>: two people keep one case from being deleted, or let it go. WEP-1, section 12.5.</summary>
internal static class HoldEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/desk/holds", ListAsync);
        routes.MapPost("/v1/desk/holds/{caseId}", SignAsync);
    }

    private static async Task<IResult> ListAsync(HttpRequest http, DeskGate gate, Database database, CancellationToken cancel)
    {
        var (caller, refusal) = await gate.AdmitAsync(http, [], cancel);
        if (refusal is { } why) return Problems.From(why);

        var rows = await database.ReadAsync(session => Hold.Of(session, caller), cancel);
        return Results.Json(new { holds = rows.Select(row => new { case_id = Convert.ToHexStringLower(row.CaseId), first = row.First, second = row.Second }) });
    }

    private static async Task<IResult> SignAsync(HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (caller, body, refusal) = await gate.AdmitWithBodyAsync(http, HoldMessage.Size, cancel);
        if (refusal is { } why) return Problems.From(why);
        if (HoldMessage.TryParse(body) is not { } hold) return Problems.From(Refusal.MalformedMessage);
        if (!hold.Deployment.Span.SequenceEqual(board.Current!.Keyset.Deployment.Span)) return Problems.From(Refusal.DeploymentForeign);
        if (!Days.AreNear(hold.Day, board.Today)) return Problems.From(Refusal.RequestExpired);
        if (hold.CheckSignature() is { } invalid) return Problems.From(invalid);

        var refused = await database.TransactAsync(
            session => Hold.Sign(session, caller, FileIds.Parse(caseId), hold, board.Current.Roster, board.Today), cancel);
        return refused is { } said ? Problems.From(said) : Results.NoContent();
    }
}
