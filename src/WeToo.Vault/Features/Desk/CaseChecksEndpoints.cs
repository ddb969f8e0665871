using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Outbox;

namespace WeToo.Vault.Features.Desk;

/// <summary>
/// Before anybody is told of a match: counselors compare. Each writes about the named person for the others, and says, signed, whether two people wrote
/// and whether they mean the same person. WEP-1, sections 9.1 and 12.
/// </summary>
internal static class CaseChecksEndpoints
{
    private const int LongestSheet = 16 * 1024;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/desk/cases/{caseId}/findings", FindAsync);
        routes.MapPost("/v1/desk/cases/{caseId}/sheet", ShareAsync);
    }

    private static async Task<IResult> FindAsync(
        HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, Database database, OutboxWorker outbox, ReleaseWorker releases, CancellationToken cancel)
    {
        var answer = await OwnCase.ActAsync(http, caseId, gate, database, (session, row, body) => Find(session, row, body, board), cancel);
        outbox.Ring(OutboxTarget.MatcherApart);
        releases.Wake(); // Consent may have been given in advance.
        return answer;
    }

    private static Task<IResult> ShareAsync(HttpRequest http, string caseId, DeskGate gate, Database database, CancellationToken cancel) =>
        OwnCase.ActAsync(http, caseId, gate, database, Share, cancel);

    private static Refusal? Find(Session session, OwnCase row, byte[] body, KeysetBoard board)
    {
        if (FindingMessage.TryParse(body) is not { } finding
            || !finding.Counselor.Span.SequenceEqual(row.Counselor)
            || !finding.FilingId.Span.SequenceEqual(row.FilingId)
            || !finding.Deployment.Span.SequenceEqual(board.Current!.Keyset.Deployment.Span))
            return Refusal.MalformedMessage;
        if (finding.CheckSignature() is { } invalid) return invalid;

        var other = finding.OtherId.ToArray();
        if (!CaseSiblings.Of(session, row.FilingId, row.Counselor).Any(sibling => sibling.FilingId == Convert.ToHexStringLower(other))) return Refusal.FilingUnknown;

        MatchWork.Record(session, finding, board.Today);
        if (CaseSiblings.Of(session, row.FilingId, row.Counselor).All(sibling => sibling.Mine.IsWhole)) _ = DeskClocks.Stop(session, row.CaseId, DeskClocks.Checks);
        MatchWork.Settle(session, row.FilingId, board.Today);
        MatchWork.Settle(session, other, board.Today);
        return null;
    }

    private static Refusal? Share(Session session, OwnCase row, byte[] body)
    {
        if (Bodies.TryReadJson<Sharing>(body)?.Sheet is not { Length: > 0 and <= LongestSheet } sheet) return Refusal.MalformedMessage;

        session.Execute(Sql.Share, new { row.FilingId, sheet });
        return null;
    }

    private sealed record Sharing(byte[]? Sheet);

    private static class Sql
    {
        internal const string Share = "UPDATE cases SET sheet = @sheet WHERE filing_id = @FilingId";
    }
}
