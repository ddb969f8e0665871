using System.Text;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Hosting;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.Readiness;

namespace WeToo.Vault.Features.Keysets;

/// <summary><c>GET</c> and <c>PUT /v1/keyset</c>: what authors pin, and its next revision. WEP-1, sections 2 and 12.</summary>
internal static class KeysetEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/keyset", Get);
        routes.MapPut("/v1/keyset", PutAsync);
    }

    private static IResult Get(KeysetBoard board, Gate gate) =>
        board.Document is { } document ? Results.Bytes(gate.IsOpen ? document : Closed(document.Span), "application/json") : Problems.From(Refusal.ServiceUnavailable);

    /// <summary>Beside what keepers signed: that nobody is there yet to answer. A vault that hid it would only have its filings refused.</summary>
    private static byte[] Closed(ReadOnlySpan<byte> document) => [.. "{\"closed\":true,"u8, .. document[1..]];

    /// <summary>The signatures of the keepers in force are the permission; only the very first keyset needs the operator's hand.</summary>
    private static async Task<IResult> PutAsync(HttpRequest http, KeysetBoard board, RosterWorker roster, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (SignedKeyset.TryParse(Encoding.UTF8.GetString(body)) is not { } next) return Problems.From(Refusal.KeysetInvalid);
        if (await board.PublishAsync(next, cancel) is { } refused) return Problems.From(refused);

        roster.Wake(); // Keepers must hear of it.
        return Results.NoContent();
    }
}
