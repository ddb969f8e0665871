using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Sealing;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Matcher.Store;

namespace WeToo.Matcher.Features.Apart;

/// <summary>
/// <c>POST /v1/comparisons</c>: a counselor had what an opened filing names evaluated once more, and asks which of these y_0 it opened by. A filing
/// that holds a copied code names nobody by it, and is answered with none. WEP-1, section 9.2.
/// </summary>
internal static class ComparisonEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/comparisons", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpRequest http, MatcherKeys keys, CallerKey vault, KeysetSource keysets, Standings standings, Database database, CancellationToken cancel)
    {
        if (!vault.Admits(http)) return Problems.From(Refusal.NotAllowed);

        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (await keysets.GetAsync(cancel) is not { } keyset) return Problems.From(Refusal.ServiceUnavailable);
        if (Parse(body, keys) is not var (pseudonym, filingId, content) || !content.FilingId.Span.SequenceEqual(filingId.Span)) return Problems.From(Refusal.MalformedMessage);
        if (!content.Deployment.Span.SequenceEqual(keyset.Keyset.Deployment.Span)) return Problems.From(Refusal.DeploymentForeign);

        var filing = await database.ReadAsync(session => session.QueryOne<long?>(Sql.Opened, new { name = keys.NameOf(pseudonym, filingId) }), cancel);
        var starts = filing is { } opened ? await standings.StartsOfAsync(opened, cancel) : [];
        return Bodies.Octets(content.Starts.Select(start => (byte)(starts.Any(one => CryptographicOperations.FixedTimeEquals(one, start.Span)) ? 1 : 0)).ToArray());
    }

    private static (ReadOnlyMemory<byte> Pseudonym, ReadOnlyMemory<byte> FilingId, ComparisonContent Content)? Parse(byte[] body, MatcherKeys keys)
    {
        var reader = new WireReader(body);
        var (pseudonym, filingId, box) = (reader.Bytes(32), reader.Bytes(Limits.IdSize), reader.Bytes(ComparisonContent.Size + SealedBox.Overhead));
        return reader.Done && keys.Unbox(box.Span) is { } inside && ComparisonContent.TryParse(inside) is { } content ? (pseudonym, filingId, content) : null;
    }

    private static class Sql
    {
        internal const string Opened = "SELECT o.filing FROM openings o JOIN filings f ON f.filing = o.filing WHERE f.name = @name";
    }
}
