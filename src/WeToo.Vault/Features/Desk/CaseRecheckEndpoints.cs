using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Core.Oprf;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Outbox;

namespace WeToo.Vault.Features.Desk;

/// <summary>
/// A counselor has what an opened filing names evaluated once more, and asks the matcher whether that is what met. The vault passes on what it cannot
/// read. WEP-1, section 9.2.
/// </summary>
internal static class CaseRecheckEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/desk/cases/{caseId}/recheck", RecheckAsync);
        routes.MapPost("/v1/desk/cases/{caseId}/comparison", CompareAsync);
    }

    private static async Task<IResult> RecheckAsync(
        HttpRequest http, string caseId, DeskGate gate, KeysetBoard board, KeeperQuorum keepers, Database database, CancellationToken cancel)
    {
        var (body, found, refusal) = await AdmitAsync(http, caseId, gate, database, cancel);
        if (refusal is { } why) return Problems.From(why);
        if (RecheckRequest.TryParse(body) is not { } request
            || !request.Counselor.Span.SequenceEqual(found!.Case.Counselor)
            || !request.FilingId.Span.SequenceEqual(found.Case.FilingId))
            return Problems.From(Refusal.MalformedMessage);

        var evidence = new RecheckEvidence(request, FilingMessage.TryParse(found.Message)!, found.Openings);
        var answer = await keepers.AskAsync(
            board.Current!.Keyset, "v1/rechecks", evidence.ToBytes(), (keeper, reply) => Check(keeper, reply, request) ? reply : null, cancel);
        return answer.Answers is { } replies
            ? Results.Json(new { replies = replies.Select(reply => reply.Answer) })
            : Problems.From(answer.Refused ?? Refusal.KeeperUnreachable);
    }

    private static async Task<IResult> CompareAsync(
        HttpRequest http, string caseId, DeskGate gate, Database database, MatcherPeer matcher, CancellationToken cancel)
    {
        var (body, found, refusal) = await AdmitAsync(http, caseId, gate, database, cancel);
        if (refusal is { } why) return Problems.From(why);

        var message = new WireWriter().Bytes(FilingMessage.TryParse(found!.Message)!.Credential.Pseudonym.Span).Bytes(found.Case.FilingId).Bytes(body).ToArray();
        var (answer, refused) = await matcher.Peer.SendAsync(HttpMethod.Post, "v1/comparisons", message, cancel);
        return refused is { } said ? Problems.From(said) : Bodies.Octets(answer);
    }

    private static async Task<(byte[] Body, Found? Found, Refusal? Refusal)> AdmitAsync(
        HttpRequest http, string caseId, DeskGate gate, Database database, CancellationToken cancel)
    {
        var (counselor, body, refusal) = await gate.AdmitWithBodyAsync(http, Limits.OtherBytes, cancel);
        if (refusal is not null) return ([], null, refusal);

        var found = await database.ReadAsync(session => Find(session, counselor, caseId), cancel);
        return (body, found, found is null ? Refusal.CaseUnknown : found.Case.CheckActive());
    }

    private static Found? Find(Session session, byte[] counselor, string caseId)
    {
        if (OwnCase.Find(session, counselor, caseId) is not { } own) return null;

        var openings = session.Query<(long KeeperIndex, byte[] Signature)>(Sql.Openings, new { filing_id = own.FilingId });
        return new(own, session.QueryOne<byte[]>(Sql.Message, new { filing_id = own.FilingId })!,
            [.. openings.Select(opening => new OpeningSignature((byte)opening.KeeperIndex, opening.Signature))]);
    }

    private static bool Check(KeeperEntry keeper, byte[] bytes, RecheckRequest request) =>
        EvaluateReply.TryParse(bytes) is { } reply
        && reply.KeeperIndex == keeper.Index
        && Dleq.Verify(DleqContext.Evaluate, keeper.Y, [.. request.Blinded], [.. reply.Evaluated], reply.Proof);

    private sealed record Found(OwnCase Case, byte[] Message, IReadOnlyList<OpeningSignature> Openings);

    private static class Sql
    {
        internal const string Openings = "SELECT keeper_index, signature FROM opening_signatures WHERE filing_id = @filing_id";

        internal const string Message = "SELECT message FROM filings WHERE filing_id = @filing_id";
    }
}
