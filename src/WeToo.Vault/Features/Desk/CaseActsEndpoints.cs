using WeToo.Core;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Desk;

/// <summary>What a counselor does with a case beside reading it: promises a day, says that something owed is done, says that it has ended, gives the case back. WEP-1, section 12.</summary>
internal static class CaseActsEndpoints
{
    private const long LongestPromise_days = 400;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/desk/cases/{caseId}/promise", PromiseAsync);
        routes.MapPost("/v1/desk/cases/{caseId}/done", DoneAsync);
        routes.MapPost("/v1/desk/cases/{caseId}/closing", CloseAsync);
        routes.MapPost("/v1/desk/cases/{caseId}/reopening", ReopenAsync);
        routes.MapPost("/v1/desk/cases/{caseId}/recusal", RecuseAsync);
    }

    private static Task<IResult> PromiseAsync(HttpRequest http, string caseId, DeskGate gate, DeskClocks clocks, Database database, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, (session, row, body) => Promise(session, row, body, DeskClocks.Number(clocks.Today)), cancel);

    private static Task<IResult> DoneAsync(HttpRequest http, string caseId, DeskGate gate, DeskClocks clocks, Database database, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, (session, row, body) => Finish(session, row, body, clocks), cancel);

    /// <summary>From the next day on the time runs after which it is deleted; its author sees on which day.</summary>
    private static Task<IResult> CloseAsync(HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, Database database, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, (session, row, _) => Close(session, row, board.Today), cancel, evenIfStopped: true);

    private static Task<IResult> ReopenAsync(HttpRequest http, string caseId, DeskGate gate, Database database, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, (session, row, _) => Reopen(session, row), cancel, evenIfStopped: true);

    private static async Task<IResult> RecuseAsync(
        HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, DeskClocks clocks, Database database, ReleaseWorker releases, CancellationToken cancel)
    {
        var answer = await OwnCase.ActAsync(http, caseId, gate, database, (session, row, _) => Recuse(session, row, board, clocks), cancel, evenIfStopped: true);
        releases.Wake(); // Where there is nothing to compare, whoever has it now may read at once.
        return answer;
    }

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

    /// <summary>Not before its author was told that there is one.</summary>
    private static Refusal? Close(Session session, OwnCase row, uint today)
    {
        if (row.Stage < CaseStage.Told) return Refusal.CheckMissing;

        session.Execute(Sql.Close, new { row.CaseId, closed_day = (long)today });
        DeskClocks.StopAll(session, row.CaseId);
        return null;
    }

    private static Refusal? Reopen(Session session, OwnCase row)
    {
        session.Execute(Sql.Reopen, new { row.CaseId });
        return null;
    }

    private static Refusal? Recuse(Session session, OwnCase row, KeysetBoard board, DeskClocks clocks)
    {
        Succession.HandOn(session, row, board.Current!.Roster, clocks);
        return null;
    }

    private sealed record Act(string? Kind, long? DueDay);

    private static class Sql
    {
        internal const string Close = "UPDATE cases SET closed_day = @closed_day WHERE case_id = @CaseId AND closed_day IS NULL";

        internal const string Reopen = "UPDATE cases SET closed_day = NULL, mail_ended = NULL WHERE case_id = @CaseId";
    }
}
