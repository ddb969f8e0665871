using System.Text.Json;
using WeToo.Core;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Files;
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
        ActAsync(http, caseId, gate, database, (session, row, body) => Promise(session, row, body, DeskClocks.Number(clocks.Today)), cancel);

    private static Task<IResult> DoneAsync(HttpRequest http, string caseId, DeskGate gate, Database database, CancellationToken cancel) =>
        ActAsync(http, caseId, gate, database, Finish, cancel);

    private static Task<IResult> RecuseAsync(
        HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, DeskClocks clocks, Database database, CancellationToken cancel) =>
        ActAsync(http, caseId, gate, database, (session, row, _) => Recuse(session, row, board, clocks), cancel, evenIfStopped: true);

    /// <summary>Admits, finds the counselor's own case, and acts on it in one transaction. What is another's does not exist.</summary>
    private static async Task<IResult> ActAsync(
        HttpRequest http, string caseId, DeskGate gate, Database database, Func<Session, Row, byte[], Refusal?> act, CancellationToken cancel,
        bool evenIfStopped = false)
    {
        var (body, tooLong) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (tooLong is { } length) return Problems.From(length);

        var (counselor, refusal) = await gate.AdmitAsync(http, body, cancel);
        if (refusal is { } why) return Problems.From(why);

        var key = new { counselor, case_id = FileIds.Parse(caseId) };
        var refused = await database.TransactAsync<Refusal?>(
            session =>
            {
                if (session.QueryOne<Row>(Sql.Own, key) is not { } row) return Refusal.CaseUnknown;
                if (row.Withdrawn > 0) return Refusal.FilingWithdrawn;
                if (row.Frozen > 0 && !evenIfStopped) return Refusal.ContactFrozen;

                return act(session, row, body);
            },
            cancel);
        return refused is { } said ? Problems.From(said) : Results.NoContent();
    }

    private static Refusal? Promise(Session session, Row row, byte[] body, long today)
    {
        if (Read(body) is not { DueDay: { } due } || due < today || due > today + LongestPromise_days) return Refusal.MalformedMessage;

        DeskClocks.Set(session, row.CaseId, DeskClocks.Promise, due);
        return null;
    }

    /// <summary>Nobody has been written to before the check that it is one person, and not the author twice.</summary>
    private static Refusal? Finish(Session session, Row row, byte[] body)
    {
        if (Read(body)?.Kind is not { } kind || kind is not (DeskClocks.FirstContact or DeskClocks.Promise)) return Refusal.MalformedMessage;
        if (kind == DeskClocks.FirstContact && row.Verified == 0) return Refusal.NotAllowed;

        _ = DeskClocks.Stop(session, row.CaseId, kind);
        return null;
    }

    /// <summary>
    /// To another whom the author chose, who checks anew; without one, to nobody until the operator finds one. What was promised holds.
    /// </summary>
    private static Refusal? Recuse(Session session, Row row, KeysetBoard board, DeskClocks clocks)
    {
        session.Execute(Sql.Leave, row);
        Mail.Forget(session, row.FilingId, row.Counselor);
        var onRoster = board.Current!.Roster.Counselors.Select(one => Convert.ToHexStringLower(one.Signing.Span)).ToHashSet();
        string[] left = [.. session.Query<byte[]>(Sql.Left, row).Select(Convert.ToHexStringLower).Where(onRoster.Contains)];
        var next = Assignment.Assign([left], Assignment.Loads(session, row.MatchId))[0];
        if (row.Direct == 0) clocks.BeginChecks(session, row.CaseId);
        session.Execute(Sql.Give, new { row.FilingId, next = Convert.FromHexString(next) });
        return null;
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

    /// <summary>With properties: SQLite gives what is computed no type in an empty result, by which a constructor could be found.</summary>
    private sealed class Row
    {
        public byte[] CaseId { get; init; } = [];

        public byte[] MatchId { get; init; } = [];

        public byte[] FilingId { get; init; } = [];

        public byte[] Counselor { get; init; } = [];

        public long Verified { get; init; }

        public long Direct { get; init; }

        public long Withdrawn { get; init; }

        public long Frozen { get; init; }
    }

    private static class Sql
    {
        internal const string Own = $"""
            SELECT c.case_id, c.match_id, c.filing_id, c.counselor,
                (CASE WHEN c.verification IS NULL AND f.direct = 0 THEN 0 ELSE 1 END) AS verified,
                f.direct,
                (SELECT count(*) FROM tombstones t WHERE t.filing_id = c.filing_id) AS withdrawn,
                {FreezeEndpoint.Frozen.OfCase} AS frozen
            FROM cases c JOIN filings f ON f.filing_id = c.filing_id
            WHERE c.counselor = @counselor AND c.case_id = @case_id
            """;

        internal const string Leave = "DELETE FROM candidates WHERE filing_id = @FilingId AND counselor = @Counselor";

        internal const string Left = "SELECT counselor FROM candidates WHERE filing_id = @FilingId ORDER BY counselor";

        internal const string Give = "UPDATE cases SET counselor = @next, verification = NULL, account = NULL WHERE filing_id = @FilingId";
    }
}
