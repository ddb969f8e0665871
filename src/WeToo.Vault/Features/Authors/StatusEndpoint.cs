using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Authors;

/// <summary><c>POST /v1/status</c>: an author comes back. An unknown pseudonym gets what one without filings gets. WEP-1, section 11.</summary>
internal static class StatusEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes, int eraseAfterDays) => routes.MapPost(
        "/v1/status",
        (HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel) => HandleAsync(http, board, database, eraseAfterDays, cancel));

    private static async Task<IResult> HandleAsync(HttpRequest http, KeysetBoard board, Database database, int eraseAfterDays, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (board.Current is not { } keyset) return Problems.From(Refusal.ServiceUnavailable);
        if (StatusRequest.TryParse(body) is not { } request) return Problems.From(Refusal.MalformedMessage);
        if (!request.Deployment.Span.SequenceEqual(keyset.Keyset.Deployment.Span)) return Problems.From(Refusal.DeploymentForeign);
        if (!Days.AreNear(request.Day, board.Today)) return Problems.From(Refusal.RequestExpired);
        if (request.CheckSignature() is { } invalid) return Problems.From(invalid);

        var pseudonym = new { pseudonym = request.Pseudonym.ToArray() };
        var (filings, box) = await database.ReadAsync(session => (session.Query<Row>(Sql.Filings, pseudonym), session.QueryOne<BoxRow>(Sql.Box, pseudonym)), cancel);
        return Results.Json(new
        {
            filings = filings.Select(row => Described(row, eraseAfterDays)),
            erase_after_days = eraseAfterDays,
            box_revision = box?.Revision ?? 0,
            box = box?.Box,
        });
    }

    private static object Described(Row row, int eraseAfterDays)
    {
        var isKnown = row.Counselor is { Length: > 0 };
        return new
        {
            filing_id = Convert.ToHexStringLower(row.FilingId),
            state = StateOf(row),
            filed_day = row.FiledDay,
            frozen = row.Frozen > 0,
            changed = row.Withdrawn == 0 && MatchChange.IsTooSmall(row.Message, row.MatchLives, row.MatchWithdrawn),
            consented = row.Consented > 0,
            read = row.Read > 0,
            released = row.Released > 0,
            counselor = isKnown ? Convert.ToHexStringLower(row.Counselor!) : null,
            erase_day = isKnown && row.Withdrawn > 0 ? row.WithdrawnDay + eraseAfterDays : null,
            addenda = row.Addenda,
        };
    }

    private static string StateOf(Row row) =>
        row.Withdrawn > 0 ? "withdrawn"
        : row.Released > 0 ? "released"
        : row.Opened == 0 ? "sealed"
        : row.Consented > 0 ? "consented"
        : "opened";

    /// <summary>With properties: SQLite gives what is computed no type in an empty result, by which a constructor could be found.</summary>
    private sealed class Row
    {
        public byte[] FilingId { get; init; } = [];

        public byte[] Message { get; init; } = [];

        public long FiledDay { get; init; }

        public byte[]? Counselor { get; init; }

        public long? WithdrawnDay { get; init; }

        public long Read { get; init; }

        public long Frozen { get; init; }

        public long MatchLives { get; init; }

        public long MatchWithdrawn { get; init; }

        public long Withdrawn { get; init; }

        public long Opened { get; init; }

        public long Released { get; init; }

        public long Consented { get; init; }

        public long Addenda { get; init; }
    }

    private sealed record BoxRow(long Revision, byte[] Box);

    private static class Sql
    {
        internal const string Filings = $"""
            SELECT f.filing_id, f.message, f.filed_day,
                (SELECT count(*) FROM tombstones t WHERE t.filing_id = f.filing_id) AS withdrawn,
                (SELECT count(*) FROM cases c WHERE c.filing_id = f.filing_id) AS opened,
                (SELECT count(*) FROM cases c WHERE c.filing_id = f.filing_id AND c.account IS NOT NULL) AS released,
                (SELECT count(*) FROM consents s WHERE s.filing_id = f.filing_id) AS consented,
                (SELECT count(*) FROM cases c WHERE c.filing_id = f.filing_id AND c.read_day IS NOT NULL) AS read,
                (SELECT c.counselor FROM cases c WHERE c.filing_id = f.filing_id) AS counselor,
                (SELECT t.at_day FROM tombstones t WHERE t.filing_id = f.filing_id) AS withdrawn_day,
                {FreezeEndpoint.Frozen.OfFiling} AS frozen,
                (SELECT count(*) FROM cases c JOIN cases o ON o.match_id = c.match_id WHERE c.filing_id = f.filing_id
                    AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = o.filing_id)) AS match_lives,
                (SELECT count(*) FROM cases c JOIN cases o ON o.match_id = c.match_id JOIN tombstones t ON t.filing_id = o.filing_id
                    WHERE c.filing_id = f.filing_id) AS match_withdrawn,
                (SELECT count(*) FROM addenda a WHERE a.filing_id = f.filing_id) AS addenda
            FROM filings f
            WHERE f.pseudonym = @pseudonym
            ORDER BY f.filed_day, f.filing_id
            """;

        internal const string Box = "SELECT revision, box FROM boxes WHERE pseudonym = @pseudonym";
    }
}
