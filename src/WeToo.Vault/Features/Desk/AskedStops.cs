using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Desk;

/// <summary>
/// <c>POST /v1/desk/cases/{caseId}/stop</c>: somebody who had lost the words asked a counselor to stop contact, in the way of their plan and with its
/// phrase. It stops 72 hours later. Whoever has the words sees it until then, and goes before it. WEP-1, section 10.2.
/// </summary>
internal static class AskedStops
{
    private const long Wait_s = 72 * 3600;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/desk/cases/{caseId}/stop", HandleAsync);

    /// <summary>Forgets what was asked, for a filing whose author has spoken, or which is gone.</summary>
    internal static void Forget(Session session, byte[] filingId) => session.Execute(Sql.Forget, new { filing_id = filingId });

    /// <summary>Stops contact where its time has come.</summary>
    internal static void Settle(Session session, DateTimeOffset now)
    {
        var due = new { now_s = now.ToUnixTimeSeconds(), at_day = now.ToUnixTimeSeconds() / 86400 };
        if (session.Execute(Sql.Stop, due) > 0) session.Execute(Sql.ForgetDue, due);
    }

    private static Task<IResult> HandleAsync(
        HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, Database database, TimeProvider time, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, (session, row, body) => Act(session, row, body, board, time.GetUtcNow()), cancel);

    private static Refusal? Act(Session session, OwnCase row, byte[] body, KeysetBoard board, DateTimeOffset now)
    {
        if (FreezeMessage.TryParse(body) is not { } freeze) return Refusal.MalformedMessage;
        if (Check(freeze, row, board) is { } refusal) return refusal;

        var asked = new { filing_id = row.FilingId, message = body, due_s = now.ToUnixTimeSeconds() + Wait_s };
        _ = session.Execute(freeze.Freezes ? Sql.Ask : Sql.Forget, asked);
        return null;
    }

    /// <summary>What is sealed to its author has no plan that anybody followed.</summary>
    private static Refusal? Check(FreezeMessage freeze, OwnCase row, KeysetBoard board) =>
        !freeze.Deployment.Span.SequenceEqual(board.Current!.Keyset.Deployment.Span) ? Refusal.DeploymentForeign
        : !Days.AreNear(freeze.Day, board.Today) ? Refusal.RequestExpired
        : !freeze.Signer.Span.SequenceEqual(row.Counselor) || !freeze.FilingId.Span.SequenceEqual(row.FilingId) ? Refusal.FilingUnknown
        : row.Stage == CaseStage.Untold ? Refusal.CheckMissing
        : freeze.CheckSignature();

    /// <summary>Parts of others' statements.</summary>
    internal static class Asked
    {
        /// <summary>When contact stops for the filing of <c>c</c>, or null.</summary>
        internal const string OfCase = "(SELECT q.due_s FROM asked_stops q WHERE q.filing_id = c.filing_id)";

        /// <summary>When contact stops for the filing <c>f</c>, or null.</summary>
        internal const string OfFiling = "(SELECT q.due_s FROM asked_stops q WHERE q.filing_id = f.filing_id)";
    }

    private static class Sql
    {
        internal const string Ask = """
            INSERT INTO asked_stops (filing_id, message, due_s) VALUES (@filing_id, @message, @due_s) ON CONFLICT (filing_id) DO NOTHING
            """;

        internal const string Forget = "DELETE FROM asked_stops WHERE filing_id = @filing_id";

        internal const string Stop = """
            INSERT INTO freezes (filing_id, frozen, message, at_day)
            SELECT filing_id, 1, message, @at_day FROM asked_stops WHERE due_s <= @now_s
            ON CONFLICT (message) DO NOTHING
            """;

        internal const string ForgetDue = "DELETE FROM asked_stops WHERE due_s <= @now_s";
    }
}
