using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Meeting;

/// <summary><c>POST /v1/desk/cases/{caseId}/meet</c>: a counselor stands by the wish of the author of a case, once both have spoken about what it can mean. WEP-1, section 18.</summary>
internal static class MeetVouchEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/desk/cases/{caseId}/meet", HandleAsync);

    /// <summary>The last wish of an author who would, and whether their counselor stands by it.</summary>
    internal static Wish? Find(Session session, byte[] filingId) => session.QueryOne<Wish>(Sql.Wish, new { filing_id = filingId }) is { Asks: > 0 } wish ? wish : null;

    private static Task<IResult> HandleAsync(HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, Database database, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, (session, row, body) => Act(session, row, body, board), cancel);

    private static Refusal? Act(Session session, OwnCase row, byte[] body, KeysetBoard board)
    {
        if (MeetVouch.TryParse(body) is not { } vouch) return Refusal.MalformedMessage;
        if (!vouch.Deployment.Span.SequenceEqual(board.Current!.Keyset.Deployment.Span)) return Refusal.DeploymentForeign;
        if (!Days.AreNear(vouch.Day, board.Today)) return Refusal.RequestExpired;
        if (row.Stage != CaseStage.Told) return Refusal.CheckMissing;
        if (Find(session, row.FilingId) is not { } wish
            || !vouch.Counselor.Span.SequenceEqual(row.Counselor) || !vouch.Mark.Span.SequenceEqual(wish.Mark) || !vouch.Recipient.Span.SequenceEqual(wish.Recipient)) return Refusal.FilingUnknown;
        if (vouch.CheckSignature() is { } invalid) return invalid;

        session.Execute(Sql.Vouch, new { filing_id = row.FilingId, recipient = wish.Recipient, message = body });
        return null;
    }

    /// <summary>With properties: SQLite gives what is computed no type in an empty result.</summary>
    internal sealed class Wish
    {
        public long Asks { get; init; }

        public byte[] Mark { get; init; } = [];

        public byte[] Recipient { get; init; } = [];

        /// <summary>The signed Meet.</summary>
        public byte[] Message { get; init; } = [];

        /// <summary>Whether their counselor stands by it.</summary>
        public long Vouched { get; init; }
    }

    private static class Sql
    {
        internal const string Wish = """
            SELECT w.asks, w.mark, w.recipient, w.message,
                (SELECT count(*) FROM meet_vouches v WHERE v.filing_id = w.filing_id AND v.recipient = w.recipient) AS vouched
            FROM meets w WHERE w.filing_id = @filing_id ORDER BY w.act DESC LIMIT 1
            """;

        internal const string Vouch = """
            INSERT INTO meet_vouches (filing_id, recipient, message) VALUES (@filing_id, @recipient, @message)
            ON CONFLICT (filing_id) DO UPDATE SET recipient = excluded.recipient, message = excluded.message
            """;
    }
}
