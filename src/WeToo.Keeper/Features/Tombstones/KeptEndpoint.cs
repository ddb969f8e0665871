using System.Collections.Frozen;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;

namespace WeToo.Keeper.Features.Tombstones;

/// <summary>
/// <c>POST /v1/tombstones/kept</c>: a vault that was restored asks which of its filings were withdrawn since, by fingerprints that say nothing of the others.
/// It gets the signed withdrawals back and need not take this keeper's word. WEP-1, section 10.3.
/// </summary>
internal static class KeptEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/tombstones/kept", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, Database database, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (body.Length % WithdrawalMessage.FingerprintSize != 0) return Problems.From(Refusal.MalformedMessage);

        var asked = body.Chunk(WithdrawalMessage.FingerprintSize).Select(Convert.ToHexString).ToFrozenSet();
        var kept = await database.ReadAsync(session => session.Query<byte[]>(Sql.Kept), cancel);
        return Bodies.Octets(kept.Where(message => asked.Contains(FingerprintOf(message))).SelectMany(message => message).ToArray());
    }

    private static string FingerprintOf(byte[] message)
    {
        var withdrawal = WithdrawalMessage.TryParse(message)!;
        return Convert.ToHexString(WithdrawalMessage.Fingerprint(withdrawal.Pseudonym.Span, withdrawal.FilingId.Span));
    }

    private static class Sql
    {
        internal const string Kept = "SELECT message FROM tombstones WHERE message IS NOT NULL ORDER BY filing";
    }
}
