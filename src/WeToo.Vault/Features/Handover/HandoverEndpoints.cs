using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Handover;

/// <summary>
/// <c>POST /v1/desk/cases/{caseId}/handover</c>: a counselor proposes who has a case after them, or takes that back. <c>POST /v1/handovers</c>: its author says yes, and it is so at
/// once, or no. WEP-1, section 12.8.
/// </summary>
internal static class HandoverEndpoints
{
    private const int LongestAhead_days = 60;

    /// <summary>An age file for one, of 20480 bytes padded: three answers, and the notes that go with them.</summary>
    private const int MostNoteBytes = 20_480 + 1024;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/desk/cases/{caseId}/handover", ProposeAsync);
        routes.MapPost("/v1/handovers", AnswerAsync);
    }

    private static async Task<IResult> ProposeAsync(
        HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, DeskClocks clocks, Database database, ReleaseWorker releases, CancellationToken cancel)
    {
        var answer = await OwnCase.ActAsync(http, caseId, gate, database, (session, row, body) => Propose(session, row, body, board, clocks), cancel, evenIfStopped: true);
        releases.Wake();
        return answer;
    }

    private static Refusal? Propose(Session session, OwnCase row, byte[] body, KeysetBoard board, DeskClocks clocks)
    {
        if (body.Length == 0)
        {
            if (Handovers.Of(session, row.FilingId) is { Done: 0 }) Handovers.Forget(session, row.FilingId);
            return null;
        }

        if (body.Length is <= HandoverMessage.Size or > HandoverMessage.Size + MostNoteBytes || HandoverMessage.TryParse(body.AsMemory(0, HandoverMessage.Size)) is not { } handover) return Refusal.MalformedMessage;
        var note = body[HandoverMessage.Size..];
        if (Check(handover, note, row, board, DeskClocks.Number(clocks.Today)) is { } refusal) return refusal;

        var successor = handover.Successor.ToArray();
        if (!Handovers.Heirs(session, row.FilingId, row.Counselor, board.Current!.Roster).Contains(Convert.ToHexStringLower(successor))) return Refusal.CounselorUnknown;

        Handovers.Put(session, row.FilingId, successor, handover.FromDay, handover.Bytes.ToArray(), note);
        // Who was told of nobody yet has nobody to say no to: they see the name of whoever has it when they are told.
        if (row.Stage == CaseStage.Untold) Handovers.Do(session, Handovers.Of(session, row.FilingId)!, clocks);
        return null;
    }

    private static Refusal? Check(HandoverMessage handover, byte[] note, OwnCase row, KeysetBoard board, long today) =>
        !handover.Deployment.Span.SequenceEqual(board.Current!.Keyset.Deployment.Span) ? Refusal.DeploymentForeign
        : !Days.AreNear(handover.Day, board.Today) ? Refusal.RequestExpired
        : !handover.Counselor.Span.SequenceEqual(row.Counselor) || !handover.FilingId.Span.SequenceEqual(row.FilingId) ? Refusal.FilingUnknown
        : handover.FromDay <= today || handover.FromDay > today + LongestAhead_days || !SHA256.HashData(note).AsSpan().SequenceEqual(handover.NoteSha256.Span) ? Refusal.MalformedMessage
        : handover.CheckSignature();

    private static async Task<IResult> AnswerAsync(HttpRequest http, KeysetBoard board, DeskClocks clocks, Database database, ReleaseWorker releases, CancellationToken cancel)
    {
        var (answer, refusal) = await http.AdmitAsync<HandoverAnswer>(board, Limits.OtherBytes);
        if (answer is null) return Problems.From(refusal);

        var refused = await database.TransactAsync(session => Answer(session, answer, board.Current!.Roster, clocks), cancel);
        if (refused is { } said) return Problems.From(said);

        releases.Wake();
        return Results.NoContent();
    }

    /// <summary>What is proposed no more, or was done, is answered alike: its answer was lost, or the day had come.</summary>
    private static Refusal? Answer(Session session, HandoverAnswer answer, Roster roster, DeskClocks clocks)
    {
        var filingId = answer.FilingId.ToArray();
        if (!OwnFiling.Is(session, filingId, answer.Pseudonym.ToArray())) return Refusal.FilingUnknown;
        if (Handovers.Of(session, filingId) is not { Done: 0 } row || !row.Successor.AsSpan().SequenceEqual(answer.Successor.Span)) return null;

        if (answer.Agrees) Handovers.Do(session, row, clocks);
        else Handovers.Refuse(session, row, roster, clocks);
        return null;
    }
}
