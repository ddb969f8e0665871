using System.Text;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Hosting;

namespace WeToo.Vault.Features.Keysets;

/// <summary><c>GET</c> and <c>PUT /v1/keyset</c>: what authors pin, and its next revision. WEP-1, sections 2 and 12.</summary>
internal static class KeysetEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/keyset", Get);
        routes.MapPut("/v1/keyset", PutAsync);
    }

    private static IResult Get(KeysetBoard board) =>
        board.Current is { } keyset ? Results.Text(keyset.ToJson(), "application/json", Encoding.UTF8) : Problems.From(Refusal.ServiceUnavailable);

    /// <summary>All keepers' signatures are the permission; only the very first keyset needs the operator's hand.</summary>
    private static async Task<IResult> PutAsync(HttpRequest http, KeysetBoard board, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        if (refusal is { } why) return Problems.From(why);
        if (board.Current is null) return Problems.From(Refusal.NotAllowed);
        if (SignedKeyset.TryParse(Encoding.UTF8.GetString(body)) is not { } next) return Problems.From(Refusal.KeysetInvalid);

        return await board.PublishAsync(next, cancel) is { } refused ? Problems.From(refused) : Results.NoContent();
    }
}
