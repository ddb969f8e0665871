using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Log;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Dates;

/// <summary><c>POST</c> and <c>GET /v1/proofs</c>: what dates an author's things, and what dates what everybody reads. spec/log.md.</summary>
internal static class ProofsEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes, ReadOnlyMemory<byte> files)
    {
        routes.MapPost("/v1/proofs", OwnAsync);
        routes.MapGet("/v1/proofs", (KeysetBoard board, DatesWorker dates, Database database, CancellationToken cancel) => PublicAsync(board, dates, database, files, cancel));
    }

    /// <summary>All of a pseudonym's, whatever it came for: it names nothing, so nothing is learned from it.</summary>
    private static async Task<IResult> OwnAsync(HttpRequest http, KeysetBoard board, DatesWorker dates, Database database, CancellationToken cancel)
    {
        var (request, refusal) = await http.AdmitAsync<StatusRequest>(board, Limits.OtherBytes);
        if (request is null) return Problems.From(refusal);

        var rows = await database.ReadAsync(session => session.Query<Row>(Sql.Own, new { pseudonym = request.Pseudonym.ToArray() }), cancel);
        return Answer(dates, rows);
    }

    private static async Task<IResult> PublicAsync(KeysetBoard board, DatesWorker dates, Database database, ReadOnlyMemory<byte> files, CancellationToken cancel)
    {
        if (board.Current is not { } keyset) return Problems.From(Refusal.ServiceUnavailable);

        LogEntry[] wanted = [.. Dated.OfKeyset(keyset), Dated.OfRelease(files.Span)];
        var rows = await database.ReadAsync(session => wanted.SelectMany(one => session.Query<Row>(Sql.Public, new { entry = one.ToBytes() })).ToList(), cancel);
        return Answer(dates, rows);
    }

    private static IResult Answer(DatesWorker dates, IReadOnlyList<Row> rows) => Results.Json(new
    {
        policy = dates.Policy,
        entries = rows.Select(row => new
        {
            entry = Convert.ToHexStringLower(row.Entry),
            filing_id = row.FilingId is null ? null : Convert.ToHexStringLower(row.FilingId),
            day = row.CameDay,
            salt = row.Salt is null ? null : Convert.ToHexStringLower(row.Salt),
            proof = row.Proof,
            timestamp = row.Token,
        }),
    });

    private sealed record Row(byte[] Entry, byte[]? FilingId, long CameDay, byte[]? Salt, string? Proof, byte[]? Token);

    private static class Sql
    {
        /// <summary>What dates a note that waits for an author names nobody.</summary>
        internal const string Own = """
            SELECT entry, filing_id, came_day, salt, proof, token FROM dated
            WHERE pseudonym = @pseudonym OR entry IN (SELECT n.entry FROM friend_notes n WHERE n.pseudonym = @pseudonym) ORDER BY number
            """;

        internal const string Public = "SELECT entry, filing_id, came_day, salt, proof, token FROM dated WHERE entry = @entry AND pseudonym IS NULL";
    }
}
