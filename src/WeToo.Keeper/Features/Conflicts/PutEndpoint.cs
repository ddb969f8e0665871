using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Conflicts;
using WeToo.Hosting;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Conflicts;

/// <summary><c>PUT /v1/conflicts</c>: somebody of the team gives this keeper the tags of their own identifiers. WEP-1, section 8.1.</summary>
internal static class PutEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/v1/conflicts", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, CurrentHolding current, Ledger ledger)
    {
        var (body, tooLong) = await http.ReadBodyAsync(ConflictPut.Size);
        if (tooLong is { } why) return Problems.From(why);
        if (ConflictPut.TryParse(body) is not { } put) return Problems.From(Refusal.MalformedMessage);

        using var holding = current.Use();
        if (holding is null) return Problems.From(Refusal.ServiceUnavailable);
        if (put.Check(holding.Keyset.Deployment.Span, holding.Entry, holding.Signed.Roster) is { } no) return Problems.From(no);

        var digest = SHA256.HashData(body);
        var isNew = await ledger.TransactAsync(
            session =>
            {
                var taken = ConflictBook.Put(session, put);
                if (taken) ledger.Append(session, AuditKind.ConflictTags, digest);
                return taken;
            },
            http.HttpContext.RequestAborted);
        return isNew ? Results.NoContent() : Problems.From(Refusal.RequestReplayed);
    }
}
