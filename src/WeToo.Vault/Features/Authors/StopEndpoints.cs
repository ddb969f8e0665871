using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Authors;

/// <summary>
/// <c>PUT /v1/stops</c>: keeps a withdrawal that only a stop code opens. <c>POST /v1/stops</c>: what was sealed to a code. An answer has one size, and what is
/// missing is random bytes, so that it tells nothing of how many there are. WEP-1, section 10.1.
/// </summary>
internal static class StopEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/stops", PutAsync);
        routes.MapPost("/v1/stops", FindAsync);
    }

    private static async Task<IResult> PutAsync(HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (put, refusal) = await http.AdmitAsync<StopPut>(board, Limits.OtherBytes);
        if (put is null) return Problems.From(refusal);

        var row = new
        {
            filing_id = put.FilingId.ToArray(), pseudonym = put.Pseudonym.ToArray(), stop_key = put.StopKey.ToArray(), box = put.Box.ToArray(), put_day = (long)put.Day,
        };
        var refused = await database.TransactAsync<Refusal?>(
            session =>
            {
                if (OwnFiling.Check(session, row.filing_id, row.pseudonym) is { } why) return why;

                session.Execute(Sql.Keep, row);
                return null;
            },
            cancel);
        return refused is { } said ? Problems.From(said) : Results.NoContent();
    }

    private static async Task<IResult> FindAsync(HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (request, refusal) = await http.AdmitAsync<StopRequest>(board, Limits.OtherBytes);
        if (request is null) return Problems.From(refusal);

        var boxes = await database.ReadAsync(session => session.Query<byte[]>(Sql.Find, new { stop_key = request.StopKey.ToArray() }), cancel);
        var answer = RandomNumberGenerator.GetBytes(StopRequest.BoxCount * StopPut.BoxSize);
        for (var i = 0; i < boxes.Count; i++) boxes[i].CopyTo(answer, i * StopPut.BoxSize);
        return Results.Bytes(answer);
    }

    private static class Sql
    {
        internal const string Keep = """
            INSERT INTO stops (filing_id, stop_key, box, put_day) VALUES (@filing_id, @stop_key, @box, @put_day)
            ON CONFLICT (filing_id) DO UPDATE SET stop_key = excluded.stop_key, box = excluded.box, put_day = excluded.put_day
            """;

        /// <summary>What lives comes first; the limit is <see cref="StopRequest.BoxCount"/>.</summary>
        internal const string Find = """
            SELECT s.box FROM stops s
            LEFT JOIN tombstones t ON t.filing_id = s.filing_id
            WHERE s.stop_key = @stop_key
            ORDER BY (CASE WHEN t.filing_id IS NULL THEN 0 ELSE 1 END), s.put_day DESC, s.filing_id
            LIMIT 8
            """;
    }
}
