using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Files;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Mailbox;

/// <summary>
/// <c>POST /v1/mail</c> and <c>POST /v1/desk/cases/{id}/mail</c>: one exchange of one size, whether somebody looks, reads or writes. What is not there
/// is random bytes. Nobody but the two can open any of it. WEP-1, section 17.
/// </summary>
internal static class MailEndpoints
{
    /// <summary>In the place of a counselor while nobody has the case.</summary>
    private static readonly byte[] s_nobody = new byte[32];

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/mail", AuthorAsync);
        routes.MapPost("/v1/desk/cases/{caseId}/mail", CounselorAsync);
    }

    private static async Task<IResult> AuthorAsync(HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (exchange, refusal) = await http.AdmitAsync<MailExchange>(board, Limits.OtherBytes);
        if (exchange is null) return Problems.From(refusal);

        var (filingId, pseudonym) = (exchange.FilingId.ToArray(), exchange.Pseudonym.ToArray());
        var (found, refused) = await database.TransactAsync<(Found?, Refusal?)>(
            session => OwnFiling.Check(session, filingId, pseudonym) is { } why ? (null, why) : (OfAuthor(session, filingId, exchange), null),
            cancel);
        return found is null ? Problems.From(refused!.Value) : Answer(found);
    }

    private static Found OfAuthor(Session session, byte[] filing_id, MailExchange exchange)
    {
        var counselor = session.QueryOne<byte[]>(Sql.Counselor, new { filing_id }) is { Length: > 0 } known ? known : s_nobody;
        var kept = session.QueryOne<Kept>(Sql.AuthorState, new { filing_id }) ?? new Kept(0, null);
        // Once the case went to another, what was sealed to the first is for nobody.
        if (exchange.Put.Revision == kept.Revision + 1 && exchange.Counselor.Span.SequenceEqual(counselor))
        {
            var row = new { filing_id, counselor, revision = (long)exchange.Put.Revision, state = exchange.Put.State.ToArray(), bundle = exchange.Put.Bundle.ToArray() };
            session.Execute(Sql.KeepAuthorState, row);
            if (!counselor.SequenceEqual(s_nobody)) session.Execute(Sql.AuthorSays, row);
            kept = new(row.revision, row.state);
        }

        return new(counselor, kept, session.QueryOne<byte[]>(Sql.SaidByCounselor, new { filing_id, counselor }));
    }

    private static async Task<IResult> CounselorAsync(HttpRequest http, string caseId, DeskGate gate, Database database, CancellationToken cancel)
    {
        var (counselor, body, refusal) = await gate.AdmitWithBodyAsync(http, Limits.OtherBytes, cancel);
        if (refusal is { } why) return Problems.From(why);
        if (MailPut.TryParse(body) is not { } put) return Problems.From(Refusal.MalformedMessage);

        var key = new { counselor, case_id = FileIds.Parse(caseId) };
        var (found, refused) = await database.TransactAsync<(Found?, Refusal?)>(
            session =>
            {
                if (session.QueryOne<Case>(Sql.Case, key) is not { } row) return (null, Refusal.CaseUnknown);
                if (row.Withdrawn > 0) return (null, Refusal.FilingWithdrawn);
                if (row.Frozen > 0) return (null, Refusal.ContactFrozen);

                return (OfCounselor(session, row.FilingId, counselor, put), null);
            },
            cancel);
        return found is null ? Problems.From(refused!.Value) : Answer(found);
    }

    private static Found OfCounselor(Session session, byte[] filing_id, byte[] counselor, MailPut put)
    {
        var key = new { filing_id, counselor };
        var kept = session.QueryOne<Kept>(Sql.CounselorState, key) ?? new Kept(0, null);
        if (put.Revision == kept.Revision + 1)
        {
            kept = new(put.Revision, put.State.ToArray());
            session.Execute(Sql.CounselorSays, new { filing_id, counselor, revision = kept.Revision, state = kept.State, bundle = put.Bundle.ToArray() });
        }

        return new(counselor, kept, session.QueryOne<byte[]>(Sql.SaidByAuthor, key));
    }

    /// <summary>Always the same length.</summary>
    private static IResult Answer(Found found)
    {
        var put = new MailPut(
            (uint)found.Kept.Revision,
            found.Kept.State ?? RandomNumberGenerator.GetBytes(MailPut.StateSize),
            found.Bundle ?? RandomNumberGenerator.GetBytes(MailPut.BundleSize));
        byte[] answer = [.. found.Counselor, .. put.ToBytes()];
        return Bodies.Octets(answer);
    }

    private sealed record Kept(long Revision, byte[]? State);

    private sealed record Found(byte[] Counselor, Kept Kept, byte[]? Bundle);

    /// <summary>With properties: SQLite gives what is computed no type in an empty result, by which a constructor could be found.</summary>
    private sealed class Case
    {
        public byte[] FilingId { get; init; } = [];

        public long Withdrawn { get; init; }

        public long Frozen { get; init; }
    }

    private static class Sql
    {
        /// <summary>Nobody before the author is told that there is somebody. WEP-1, section 9.1.</summary>
        internal const string Counselor = "SELECT counselor FROM cases WHERE filing_id = @filing_id AND stage > 0";

        internal const string Case = $"""
            SELECT c.filing_id, (SELECT count(*) FROM tombstones t WHERE t.filing_id = c.filing_id) AS withdrawn, {FreezeEndpoint.Frozen.OfCase} AS frozen
            FROM cases c WHERE c.counselor = @counselor AND c.case_id = @case_id
            """;

        internal const string AuthorState = "SELECT revision, state FROM mailboxes WHERE filing_id = @filing_id";

        internal const string KeepAuthorState = """
            INSERT INTO mailboxes (filing_id, revision, state) VALUES (@filing_id, @revision, @state)
            ON CONFLICT (filing_id) DO UPDATE SET revision = excluded.revision, state = excluded.state
            """;

        internal const string AuthorSays = """
            INSERT INTO mail (filing_id, counselor, revision, from_author) VALUES (@filing_id, @counselor, 0, @bundle)
            ON CONFLICT (filing_id, counselor) DO UPDATE SET from_author = excluded.from_author
            """;

        internal const string CounselorState = "SELECT revision, state FROM mail WHERE filing_id = @filing_id AND counselor = @counselor";

        internal const string CounselorSays = """
            INSERT INTO mail (filing_id, counselor, revision, state, from_counselor) VALUES (@filing_id, @counselor, @revision, @state, @bundle)
            ON CONFLICT (filing_id, counselor) DO UPDATE SET revision = excluded.revision, state = excluded.state, from_counselor = excluded.from_counselor
            """;

        internal const string SaidByAuthor = "SELECT from_author FROM mail WHERE filing_id = @filing_id AND counselor = @counselor";

        internal const string SaidByCounselor = "SELECT from_counselor FROM mail WHERE filing_id = @filing_id AND counselor = @counselor";
    }
}
