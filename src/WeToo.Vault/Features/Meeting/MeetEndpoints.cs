using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Meeting;

/// <summary><c>POST</c> and <c>PUT /v1/meets</c>: an author would like to meet who named the same person, and says so a second time, with what that one gets. WEP-1, section 18.</summary>
internal static class MeetEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/meets", AskAsync);
        routes.MapPut("/v1/meets", PutAsync);
    }

    private static Task<IResult> AskAsync(HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel) =>
        HandleAsync<MeetMessage>(http, board, database, (session, meet) => Own(session, meet.Pseudonym, meet.FilingId) ?? Record(session, meet), cancel);

    private static Task<IResult> PutAsync(HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel) =>
        HandleAsync<MeetPut>(http, board, database, (session, put) => Own(session, put.Pseudonym, put.FilingId) ?? Record(session, put), cancel);

    private static async Task<IResult> HandleAsync<T>(HttpRequest http, KeysetBoard board, Database database, Func<Session, T, Refusal?> record, CancellationToken cancel)
        where T : class, IAuthorMessage<T>
    {
        var (message, refusal) = await http.AdmitAsync<T>(board, Limits.OtherBytes);
        if (message is null) return Problems.From(refusal);

        var refused = await database.TransactAsync(session => record(session, message), cancel);
        return refused is { } said ? Problems.From(said) : Results.NoContent();
    }

    /// <summary>Somebody who was told nothing of a match learns nothing here of one either.</summary>
    private static Refusal? Own(Session session, ReadOnlyMemory<byte> pseudonym, ReadOnlyMemory<byte> filingId)
    {
        if (session.QueryOne<Row>(Sql.Own, new { filing_id = filingId.ToArray(), pseudonym = pseudonym.ToArray() }) is not { } row) return Refusal.FilingUnknown;

        return row.Withdrawn > 0 ? Refusal.FilingWithdrawn
            : row.Stage != CaseStage.Told || row.Direct > 0 ? Refusal.CheckMissing
            : row.Frozen > 0 ? Refusal.ContactFrozen
            : null;
    }

    private static Refusal? Record(Session session, MeetMessage meet)
    {
        var row = new
        {
            filing_id = meet.FilingId.ToArray(), asks = meet.Asks ? 1L : 0L, mark = MeetMessage.MarkOf(meet.Pseudonym.Span, meet.FilingId.Span), recipient = meet.Recipient.ToArray(),
            message = meet.Bytes.ToArray(),
        };
        if (session.Query<byte[]>(Sql.Last, row) is [var last] && last.AsSpan().SequenceEqual(row.message)) return null; // Its answer was lost.
        if (session.Execute(Sql.Ask, row) == 0) return Refusal.RequestReplayed;
        if (!meet.Asks) Meetings.TakeBack(session, row.filing_id);
        return null;
    }

    private static Refusal? Record(Session session, MeetPut put)
    {
        var own = put.FilingId.ToArray();
        if (Meetings.Of(session, own).FirstOrDefault(other => put.With.Span.SequenceEqual(other.Mark)) is not { } other) return Refusal.CheckMissing;

        session.Execute(Sql.Put, new { filing_id = own, other_id = other.FilingId, message = put.Bytes.ToArray() });
        return null;
    }

    /// <summary>What both messages begin with.</summary>

    /// <summary>With properties: SQLite gives what is computed no type in an empty result, by which a constructor could be found.</summary>
    private sealed class Row
    {
        public long Stage { get; init; }

        public long Direct { get; init; }

        public long Withdrawn { get; init; }

        public long Frozen { get; init; }
    }

    private static class Sql
    {
        internal const string Own = $"""
            SELECT f.direct,
                coalesce((SELECT c.stage FROM cases c WHERE c.filing_id = f.filing_id), 0) AS stage,
                (SELECT count(*) FROM tombstones t WHERE t.filing_id = f.filing_id) AS withdrawn,
                {FreezeEndpoint.Frozen.OfFiling} AS frozen
            FROM filings f WHERE f.filing_id = @filing_id AND f.pseudonym = @pseudonym
            """;

        internal const string Last = "SELECT message FROM meets WHERE filing_id = @filing_id ORDER BY act DESC LIMIT 1";

        internal const string Ask = """
            INSERT INTO meets (filing_id, asks, mark, recipient, message) VALUES (@filing_id, @asks, @mark, @recipient, @message) ON CONFLICT (message) DO NOTHING
            """;

        internal const string Put = """
            INSERT INTO meet_puts (filing_id, other_id, message) VALUES (@filing_id, @other_id, @message)
            ON CONFLICT (filing_id, other_id) DO UPDATE SET message = excluded.message
            """;
    }
}
