using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Vault.Features.Readiness;

namespace WeToo.Vault.Features.Relays;

/// <summary>
/// Passes authors' messages on to keepers and registrar, so that those see the vault's address and nobody else's. Blinding and proofs leave
/// a relay nothing to learn and nothing to change. WEP-1, sections 3 and 4.
/// </summary>
internal static class RelayEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/keepers/{index:int}/evaluations", EvaluateAsync);
        routes.MapPost("/v1/credentials", CredentialAsync);
        routes.MapGet("/v1/registrar", DescribeRegistrarAsync);
    }

    private static async Task<IResult> EvaluateAsync(HttpRequest http, int index, KeeperQuorum keepers, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(EvaluateRequest.Size);
        if (refusal is { } why) return Problems.From(why);

        var (answer, refused) = await keepers.AskOneAsync(index, "v1/evaluations", body, cancel);
        return refused is { } said ? Problems.From(said) : Bodies.Octets(answer);
    }

    private static async Task<IResult> CredentialAsync(HttpRequest http, Gate gate, RegistrarPeer registrar, CancellationToken cancel)
    {
        if (!gate.IsOpen) return Problems.From(Refusal.IntakeClosed);

        var (body, refusal) = await http.ReadBodyAsync(Limits.OtherBytes);
        return refusal is { } why ? Problems.From(why) : Json(await registrar.Peer.SendAsync(HttpMethod.Post, "v1/credentials", body, cancel));
    }

    private static async Task<IResult> DescribeRegistrarAsync(RegistrarPeer registrar, CancellationToken cancel) =>
        Json(await registrar.Peer.ReadAsync("v1/registrar", cancel));

    private static IResult Json((byte[] Bytes, Refusal? Refusal) answer) =>
        answer.Refusal is { } why ? Problems.From(why) : Results.Bytes(answer.Bytes, "application/json");
}

/// <summary>The registrar, as the vault calls it.</summary>
/// <param name="Peer">The calls.</param>
internal sealed record RegistrarPeer(Peer Peer) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Peer.Dispose();
}
