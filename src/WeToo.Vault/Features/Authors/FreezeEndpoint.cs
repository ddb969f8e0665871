using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Authors;

/// <summary><c>POST /v1/freezes</c>: an author or their stop code stops contact, at once; the author alone lets it go on. WEP-1, section 10.2.</summary>
internal static class FreezeEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/freezes", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, KeysetBoard board, Database database, ReleaseWorker releases, CancellationToken cancel)
    {
        var (freeze, refusal) = await http.AdmitAsync<FreezeMessage>(board, Limits.OtherBytes);
        if (freeze is null) return Problems.From(refusal);
        if (await RecordAsync(database, freeze, board.Today, cancel) is { } refused) return Problems.From(refused);

        releases.Wake(); // What waited may go on.
        return Results.NoContent();
    }

    private static Task<Refusal?> RecordAsync(Database database, FreezeMessage freeze, uint today, CancellationToken cancel)
    {
        var row = new
        {
            filing_id = freeze.FilingId.ToArray(), signer = freeze.Signer.ToArray(), frozen = freeze.Freezes ? 1L : 0L, message = freeze.Bytes.ToArray(), at_day = (long)today,
        };
        return database.TransactAsync<Refusal?>(
            session =>
            {
                var byAuthor = OwnFiling.Is(session, row.filing_id, row.signer);
                if (!byAuthor && session.Query<long>(Sql.ByStopCode, row).Count == 0) return Refusal.FilingUnknown;
                if (!byAuthor && !freeze.Freezes) return Refusal.NotAllowed;
                if (session.Query<byte[]>(Sql.Last, row) is [var last] && last.AsSpan().SequenceEqual(row.message)) return null; // Its answer was lost.
                if (session.Execute(Sql.Record, row) == 0) return Refusal.RequestReplayed;

                AskedStops.Forget(session, row.filing_id);
                return null;
            },
            cancel);
    }

    /// <summary>Parts of others' statements.</summary>
    internal static class Frozen
    {
        /// <summary>Whether contact is stopped for the filing of <c>c</c>: 1 or 0.</summary>
        internal const string OfCase = "coalesce((SELECT z.frozen FROM freezes z WHERE z.filing_id = c.filing_id ORDER BY z.act DESC LIMIT 1), 0)";

        /// <summary>Whether contact is stopped for the filing <c>f</c>: 1 or 0.</summary>
        internal const string OfFiling = "coalesce((SELECT z.frozen FROM freezes z WHERE z.filing_id = f.filing_id ORDER BY z.act DESC LIMIT 1), 0)";
    }

    private static class Sql
    {
        internal const string ByStopCode = "SELECT 1 FROM stops WHERE filing_id = @filing_id AND stop_key = @signer";

        internal const string Last = "SELECT message FROM freezes WHERE filing_id = @filing_id ORDER BY act DESC LIMIT 1";

        internal const string Record = """
            INSERT INTO freezes (filing_id, frozen, message, at_day) VALUES (@filing_id, @frozen, @message, @at_day) ON CONFLICT (message) DO NOTHING
            """;
    }
}
