using Microsoft.Extensions.Options;
using WeToo.Core.Log;
using WeToo.Keeper.Features.Audit;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Self;

/// <summary><c>GET /v1/keeper</c>: who this is, which epoch it serves, and how far its log goes. Also says that it is up.</summary>
internal static class DescribeEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/keeper", HandleAsync);

    private static async Task<IResult> HandleAsync(
        CurrentHolding current, Ledger ledger, KeeperKeys keys, IOptions<KeeperOptions> options, CancellationToken cancel)
    {
        using var holding = current.Use();
        var (seq, head) = await ledger.HeadAsync(cancel);
        return Results.Json(new
        {
            wetoo = "keeper/1",
            name = options.Value.Name,
            signing = Convert.ToHexStringLower(keys.Signing.PublicKey.Span),
            witness = options.Value.WitnessName.Length == 0 ? null : new NoteKey(options.Value.WitnessName, NoteKeyKind.Witness, keys.Witness.PublicKey).ToText(),
            @static = Convert.ToHexStringLower(keys.StaticPublic.ToBytes()),
            deployment = holding is null ? null : Convert.ToHexStringLower(holding.Keyset.Deployment.Span),
            index = holding?.Index,
            epoch = holding?.Keyset.Epoch,
            revision = holding?.Keyset.Revision,
            audit = new { seq, head = Convert.ToHexStringLower(head) },
        });
    }
}
