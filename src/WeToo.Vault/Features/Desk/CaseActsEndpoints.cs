using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Mailbox;

namespace WeToo.Vault.Features.Desk;

/// <summary>What a counselor does with a case beside reading it: promises a day, says that something owed is done, gives the case back. WEP-1, section 12.</summary>
internal static class CaseActsEndpoints
{
    private const long LongestPromise_days = 400;

    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/desk/cases/{caseId}/promise", PromiseAsync);
        routes.MapPost("/v1/desk/cases/{caseId}/done", DoneAsync);
        routes.MapPost("/v1/desk/cases/{caseId}/recusal", RecuseAsync);
    }

    private static Task<IResult> PromiseAsync(HttpRequest http, string caseId, DeskGate gate, DeskClocks clocks, Database database, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, (session, row, body) => Promise(session, row, body, DeskClocks.Number(clocks.Today)), cancel);

    private static Task<IResult> DoneAsync(HttpRequest http, string caseId, DeskGate gate, Database database, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, Finish, cancel);

    private static Task<IResult> RecuseAsync(
        HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, DeskClocks clocks, Database database, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, (session, row, _) => Recuse(session, row, board, clocks), cancel, evenIfStopped: true);

    private static Refusal? Promise(Session session, OwnCase row, byte[] body, long today)
    {
        if (Read(body) is not { DueDay: { } due } || due < today || due > today + LongestPromise_days) return Refusal.MalformedMessage;

        DeskClocks.Set(session, row.CaseId, DeskClocks.Promise, due);
        return null;
    }

    /// <summary>Nobody has been written to before the check that it is one person, and not the author twice.</summary>
    private static Refusal? Finish(Session session, OwnCase row, byte[] body)
    {
        if (Read(body)?.Kind is not { } kind || kind is not (DeskClocks.FirstContact or DeskClocks.Promise)) return Refusal.MalformedMessage;
        if (kind == DeskClocks.FirstContact && row.Compared == 0 && row.Direct == 0) return Refusal.CheckMissing;

        _ = DeskClocks.Stop(session, row.CaseId, kind);
        return null;
    }

    /// <summary>
    /// To another whom the author chose, who checks anew; with one colleague left or none, to whoever of the chosen stands outside the team; without
    /// anybody, to nobody until the operator finds one. What was promised holds.
    /// </summary>
    private static Refusal? Recuse(Session session, OwnCase row, KeysetBoard board, DeskClocks clocks)
    {
        session.Execute(Sql.Leave, row);
        Mail.Forget(session, row.FilingId, row.Counselor);
        var left = LeftOf(session, row, board.Current!.Roster);
        var match = session.QueryOne<byte[]>(Sql.Match, row)!;
        var next = Assignment.Assign([left], Assignment.Loads(session, match))[0];
        session.Execute(Sql.ForgetFindings, row);
        if (row.Direct == 0) clocks.BeginChecks(session, row.CaseId);
        session.Execute(Sql.Give, new { row.FilingId, next = Convert.FromHexString(next) });
        return null;
    }

    /// <summary>Who may have it now. Two who work together know each other, and one of them said no: a single colleague is not enough.</summary>
    private static string[] LeftOf(Session session, OwnCase row, Roster roster)
    {
        var present = roster.Counselors.Select(one => Convert.ToHexStringLower(one.Signing.Span)).ToHashSet();
        string[] left = [.. session.Query<byte[]>(Sql.Left, row).Select(Convert.ToHexStringLower).Where(present.Contains)];
        string[] outside = [.. session.Query<byte[]>(Sql.Outside, row).Select(Convert.ToHexStringLower).Where(present.Contains)];
        if (left.Length > 1 || outside.Length == 0) return left;

        session.Execute(Sql.LeaveAll, row);
        session.Execute(Sql.Choose, outside.Select(one => new { row.FilingId, counselor = Convert.FromHexString(one) }));
        session.Execute(Sql.ForgetOutside, row);
        return outside;
    }

    private static Act? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Act>(body, s_json);
        }
        catch (JsonException)
        {
            return null; // The framework has no way to ask first.
        }
    }

    private sealed record Act(string? Kind, long? DueDay);

    private static class Sql
    {
        internal const string Leave = "DELETE FROM candidates WHERE filing_id = @FilingId AND counselor = @Counselor";

        internal const string Left = "SELECT counselor FROM candidates WHERE filing_id = @FilingId ORDER BY counselor";

        internal const string Outside = "SELECT counselor FROM outside WHERE filing_id = @FilingId ORDER BY counselor";

        internal const string LeaveAll = "DELETE FROM candidates WHERE filing_id = @FilingId";

        internal const string Choose = "INSERT INTO candidates (filing_id, counselor) VALUES (@FilingId, @counselor)";

        internal const string ForgetOutside = "DELETE FROM outside WHERE filing_id = @FilingId";

        internal const string Match = "SELECT match_id FROM cases WHERE filing_id = @FilingId";

        internal const string ForgetFindings = "DELETE FROM findings WHERE filing_id = @FilingId";

        internal const string Give = "UPDATE cases SET counselor = @next, sheet = NULL, account = NULL WHERE filing_id = @FilingId";
    }
}
