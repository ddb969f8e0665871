using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Authors;

/// <summary><c>POST /v1/addenda</c>: an author adds to what they sealed. What was sealed before is never touched. WEP-1, section 6.1.</summary>
internal static class AddendumEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/addenda", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (addendum, refusal) = await http.AdmitAsync<AddendumMessage>(board, Limits.EvidenceBytes);
        if (addendum is null) return Problems.From(refusal);

        return await RecordAsync(database, addendum, board.Today, cancel) is { } refused ? Problems.From(refused) : Results.NoContent();
    }

    private static Task<Refusal?> RecordAsync(Database database, AddendumMessage addendum, uint today, CancellationToken cancel)
    {
        var row = new
        {
            filing_id = addendum.FilingId.ToArray(),
            pseudonym = addendum.Pseudonym.ToArray(),
            number = (long)addendum.Number,
            message = addendum.Signed.ToArray(),
            sealed_text = addendum.Sealed.ToArray(),
            added_day = (long)today,
        };
        return database.TransactAsync<Refusal?>(
            session =>
            {
                if (OwnFiling.Check(session, row.filing_id, row.pseudonym) is { } refusal) return refusal;
                if (session.QueryOne<byte[]>(Sql.Stored, row) is { } stored)
                    return stored.AsSpan().SequenceEqual(row.message) ? null : Refusal.AddendumOutOfOrder;
                if (session.QueryOne<long>(Sql.Count, row) + 1 != row.number) return Refusal.AddendumOutOfOrder;

                session.Execute(Sql.Add, row);
                return null;
            },
            cancel);
    }

    private static class Sql
    {
        internal const string Stored = "SELECT message FROM addenda WHERE filing_id = @filing_id AND number = @number";

        internal const string Count = "SELECT count(*) FROM addenda WHERE filing_id = @filing_id";

        internal const string Add = """
            INSERT INTO addenda (filing_id, number, message, sealed_text, added_day) VALUES (@filing_id, @number, @message, @sealed_text, @added_day)
            """;
    }
}
