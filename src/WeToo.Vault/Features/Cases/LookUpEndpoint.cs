using WeToo.Core;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Cases;

/// <summary><c>POST /v1/internal/filings</c>: the matcher asks for signed filings, as evidence for keepers. WEP-1, section 14.</summary>
internal static class LookUpEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/internal/filings", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, MatcherKey key, Database database, CancellationToken cancel)
    {
        if (!key.Admits(http)) return Problems.From(Refusal.NotAllowed);

        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (body.Length % Limits.IdSize != 0) return Problems.From(Refusal.MalformedMessage);

        var ids = body.Chunk(Limits.IdSize).ToList();
        var filings = await database.ReadAsync(session => ids.ConvertAll(filing_id => session.QueryOne<byte[]>(Sql.Live, new { filing_id })), cancel);
        var writer = new WireWriter();
        foreach (var filing in filings) writer.Vec32(filing);
        return Bodies.Octets(writer.ToArray());
    }

    private static class Sql
    {
        internal const string Live = """
            SELECT message FROM filings f
            WHERE filing_id = @filing_id AND direct = 0 AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = f.filing_id)
              AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.filing_id = f.filing_id)
            """;
    }
}
