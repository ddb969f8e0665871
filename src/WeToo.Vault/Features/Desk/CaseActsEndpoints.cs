using WeToo.Core;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Desk;

/// <summary>What a counselor does with a case beside reading it: promises a day, says that something owed is done, gives the case back. WEP-1, section 12.</summary>
internal static class CaseActsEndpoints
{
    private const long LongestPromise_days = 400;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/desk/cases/{caseId}/promise", PromiseAsync);
        routes.MapPost("/v1/desk/cases/{caseId}/done", DoneAsync);
        routes.MapPost("/v1/desk/cases/{caseId}/recusal", RecuseAsync);
    }

    private static Task<IResult> PromiseAsync(HttpRequest http, string caseId, DeskGate gate, DeskClocks clocks, Database database, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, (session, row, body) => Promise(session, row, body, DeskClocks.Number(clocks.Today)), cancel);

    private static Task<IResult> DoneAsync(HttpRequest http, string caseId, DeskGate gate, DeskClocks clocks, Database database, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, (session, row, body) => Finish(session, row, body, clocks), cancel);

    private static Task<IResult> RecuseAsync(
        HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, DeskClocks clocks, Database database, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, (session, row, _) => Recuse(session, row, board, clocks), cancel, evenIfStopped: true);

    private static Refusal? Promise(Session session, OwnCase row, byte[] body, long today)
    {
        if (Bodies.TryReadJson<Act>(body) is not { DueDay: { } due } || due < today || due > today + LongestPromise_days) return Refusal.MalformedMessage;

        DeskClocks.Set(session, row.CaseId, DeskClocks.Promise, due);
        return null;
    }

    /// <summary>Nobody has been written to before the check that it is one person, and not the author twice. Who was is reminded once, and then left in peace.</summary>
    private static Refusal? Finish(Session session, OwnCase row, byte[] body, DeskClocks clocks)
    {
        if (Bodies.TryReadJson<Act>(body)?.Kind is not { } kind || kind is not (DeskClocks.FirstContact or DeskClocks.Promise or DeskClocks.Reminder)) return Refusal.MalformedMessage;
        if (kind == DeskClocks.FirstContact && row.Compared == 0 && row.Direct == 0) return Refusal.CheckMissing;

        var ended = DeskClocks.Stop(session, row.CaseId, kind);
        if (ended && kind == DeskClocks.FirstContact) clocks.BeginReminder(session, row.CaseId);
        return null;
    }

    private static Refusal? Recuse(Session session, OwnCase row, KeysetBoard board, DeskClocks clocks)
    {
        Succession.HandOn(session, row, board.Current!.Roster, clocks);
        return null;
    }

    private sealed record Act(string? Kind, long? DueDay);
}
