using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Desk;

namespace WeToo.Vault.Features.Notes;

/// <summary>
/// <c>POST /v1/desk/cases/{caseId}/notes</c>: a counselor looks into what they noted of their own case, or leaves it anew. One exchange of one size; where nothing was noted, random bytes stand in its place.
/// WEP-1, section 12.9.
/// </summary>
internal static class NotesEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/desk/cases/{caseId}/notes", ExchangeAsync);

    private static async Task<IResult> ExchangeAsync(HttpRequest http, string caseId, DeskGate gate, Database database, CancellationToken cancel)
    {
        var (counselor, body, refusal) = await gate.AdmitWithBodyAsync(http, NotesPut.Size, cancel);
        if (refusal is { } why) return Problems.From(why);
        if (NotesPut.TryParse(body) is not { } put) return Problems.From(Refusal.MalformedMessage);

        var (kept, refused) = await database.TransactAsync<(NotesPut?, Refusal?)>(
            session => OwnCase.Find(session, counselor, caseId) is not { } row ? (null, Refusal.CaseUnknown)
                : row.CheckActive() is { } not ? (null, not)
                : (Exchange(session, row.FilingId, put), null),
            cancel);
        return kept is null ? Problems.From(refused!.Value) : Bodies.Octets(kept.ToBytes());
    }

    /// <summary>Keeps what follows what is there; anything else is answered all the same.</summary>
    private static NotesPut Exchange(Session session, byte[] filingId, NotesPut put)
    {
        var kept = CaseRegister.Of(session, filingId);
        if (put.Revision != (kept?.Revision ?? 0) + 1) return kept ?? new(0, RandomNumberGenerator.GetBytes(NotesPut.SealedSize));

        CaseRegister.Put(session, filingId, put);
        return put;
    }
}
