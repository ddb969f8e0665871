using System.Globalization;
using WeToo.Core;
using WeToo.Core.Log;
using WeToo.Hosting;
using WeToo.Log.Store;

namespace WeToo.Log.Features.Publishing;

/// <summary><c>GET /v1/proofs/{position}</c> and <c>/v1/timestamps/{size}</c>: a C2SP tlog-proof at the first checkpoint that has the entry and that the policy's witnesses saw. Without them there is none.</summary>
internal static class ProofEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/proofs/{position}", HandleAsync);
        routes.MapGet("/v1/timestamps/{size}", TimestampAsync);
    }

    private static async Task<IResult> HandleAsync(string position, Checkpoints checkpoints, TileFolder folder, CancellationToken cancel)
    {
        if (!ulong.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index > long.MaxValue) return Problems.From(Refusal.MalformedMessage);
        if (await checkpoints.FirstWithAsync(index, cancel) is not { } text) return Problems.From(Refusal.NotWitnessed);

        var note = SignedNote.TryParse(text)!;
        var checkpoint = Checkpoint.TryParse(note.Text)!;
        var proof = new LogProof(index, folder.TreeOf(checkpoint.Size).Inclusion(index), note, checkpoint);
        return Results.Text(proof.ToText(), "text/plain; charset=utf-8");
    }

    private static async Task<IResult> TimestampAsync(string size, Checkpoints checkpoints, CancellationToken cancel)
    {
        if (!ulong.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at > long.MaxValue) return Problems.From(Refusal.MalformedMessage);
        return await checkpoints.TokenAsync(at, cancel) is { } token ? Results.Bytes(token, "application/timestamp-reply") : Problems.From(Refusal.NotFound);
    }
}
