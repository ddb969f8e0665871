using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Desk;

/// <summary>A counselor's own cases. What is another's does not exist. WEP-1, section 12.</summary>
internal static class CasesEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/desk/cases", ListAsync);
        routes.MapGet("/v1/desk/cases/{caseId}", ReadAsync);
        routes.MapPost("/v1/desk/cases/{caseId}/verification", VerifyAsync);
    }

    private static async Task<IResult> ListAsync(HttpRequest http, DeskGate gate, Database database, CancellationToken cancel)
    {
        var (counselor, refusal) = await gate.AdmitAsync(http, [], cancel);
        if (refusal is { } why) return Problems.From(why);

        var cases = await database.ReadAsync(session => session.Query<Row>(Sql.Own, new { counselor }), cancel);
        return Results.Json(new { cases = cases.Select(row => Described(row, withParts: false)) });
    }

    private static async Task<IResult> ReadAsync(HttpRequest http, string caseId, DeskGate gate, Database database, CancellationToken cancel)
    {
        var (counselor, refusal) = await gate.AdmitAsync(http, [], cancel);
        if (refusal is { } why) return Problems.From(why);
        if (await FindAsync(database, counselor, caseId, cancel) is not { } row) return Problems.From(Refusal.CaseUnknown);

        return Results.Json(Described(row, withParts: true));
    }

    private static async Task<IResult> VerifyAsync(
        HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, Database database, ReleaseWorker releases, CancellationToken cancel)
    {
        var (body, tooLong) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (tooLong is { } length) return Problems.From(length);

        var (counselor, refusal) = await gate.AdmitAsync(http, body, cancel);
        if (refusal is { } why) return Problems.From(why);
        if (await FindAsync(database, counselor, caseId, cancel) is not { } row) return Problems.From(Refusal.CaseUnknown);
        if (row.Withdrawn > 0) return Problems.From(Refusal.FilingWithdrawn);
        if (VerificationMessage.TryParse(body) is not { } verification
            || !verification.Counselor.Span.SequenceEqual(counselor)
            || !verification.FilingId.Span.SequenceEqual(row.FilingId)
            || !verification.Deployment.Span.SequenceEqual(board.Current!.Keyset.Deployment.Span))
            return Problems.From(Refusal.MalformedMessage);
        if (verification.CheckSignature() is { } invalid) return Problems.From(invalid);

        _ = await database.TransactAsync(session => session.Execute(Sql.Verify, new { filing_id = row.FilingId, verification = body }), cancel);
        releases.Wake();
        return Results.NoContent();
    }

    private static Task<Row?> FindAsync(Database database, byte[] counselor, string caseId, CancellationToken cancel)
    {
        var id = new byte[Limits.IdSize];
        var isId = caseId.Length == 2 * id.Length && Convert.FromHexString(caseId, id, out _, out _) == System.Buffers.OperationStatus.Done;
        return isId
            ? database.ReadAsync(session => session.QueryOne<Row>(Sql.One, new { counselor, case_id = id }), cancel)
            : Task.FromResult<Row?>(null);
    }

    private static Dictionary<string, object?> Described(Row row, bool withParts)
    {
        var described = new Dictionary<string, object?>
        {
            ["case_id"] = Hex(row.CaseId),
            ["match_id"] = Hex(row.MatchId),
            ["filing_id"] = Hex(row.FilingId),
            ["opened_day"] = row.OpenedDay,
            ["state"] = StateOf(row),
            ["verified"] = row.Verified > 0,
        };
        if (!withParts) return described;

        described["contact"] = row.Contact;
        described["account"] = row.Account;
        return described;
    }

    private static string StateOf(Row row) =>
        row.Withdrawn > 0 ? "withdrawn"
        : row.Account is not null ? "released"
        : row.Consented > 0 ? "consented"
        : row.Verified > 0 ? "verified"
        : "contact";

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>With properties: SQLite gives what is computed no type in an empty result, by which a constructor could be found.</summary>
    private sealed class Row
    {
        public byte[] CaseId { get; init; } = [];

        public byte[] MatchId { get; init; } = [];

        public byte[] FilingId { get; init; } = [];

        public long OpenedDay { get; init; }

        public byte[] Contact { get; init; } = [];

        public byte[]? Account { get; init; }

        public long Verified { get; init; }

        public long Consented { get; init; }

        public long Withdrawn { get; init; }
    }

    private static class Sql
    {
        private const string Select = """
            SELECT c.case_id, c.match_id, c.filing_id, c.opened_day, c.contact, c.account,
                (CASE WHEN c.verification IS NULL THEN 0 ELSE 1 END) AS verified,
                (SELECT count(*) FROM consents s WHERE s.filing_id = c.filing_id) AS consented,
                (SELECT count(*) FROM tombstones t WHERE t.filing_id = c.filing_id) AS withdrawn
            FROM cases c
            """;

        internal const string Own = Select + " WHERE c.counselor = @counselor ORDER BY c.opened_day DESC, c.case_id";

        internal const string One = Select + " WHERE c.counselor = @counselor AND c.case_id = @case_id";

        internal const string Verify = "UPDATE cases SET verification = @verification WHERE filing_id = @filing_id AND verification IS NULL";
    }
}
