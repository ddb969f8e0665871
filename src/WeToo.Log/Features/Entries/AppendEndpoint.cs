using WeToo.Core;
using WeToo.Core.Log;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Log.Store;

namespace WeToo.Log.Features.Entries;

/// <summary><c>POST /v1/entries</c>: adds entries, for who has the secret. spec/log.md, "Between vault and log".</summary>
internal static class AppendEndpoint
{
    /// <summary>The most entries of one request.</summary>
    internal const int Most = 4096;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/entries", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, AppendKeys keys, Sequencer sequencer, CancellationToken cancel)
    {
        if (keys.KindsOf(http) is not { } mayAdd) return Problems.From(Refusal.NotAllowed);

        var (body, refusal) = await http.ReadBodyAsync(Most * LogEntry.Size);
        if (refusal is { } why) return Problems.From(why);
        if (body.Length == 0 || body.Length % LogEntry.Size != 0) return Problems.From(Refusal.MalformedMessage);

        byte[][] entries = [.. body.Chunk(LogEntry.Size)];
        var kinds = entries.Select(entry => LogEntry.TryParse(entry)?.Kind).ToList();
        if (kinds.Contains(null)) return Problems.From(Refusal.MalformedMessage);
        if (!kinds.TrueForAll(kind => mayAdd(kind!.Value))) return Problems.From(Refusal.NotAllowed);
        if (await sequencer.AppendAsync(entries, cancel) is not { } positions) return Problems.From(Refusal.ServiceUnavailable);

        var answer = new WireWriter();
        foreach (var position in positions) answer.U64(position);
        return Bodies.Octets(answer.ToArray());
    }
}
