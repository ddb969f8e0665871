using System.Globalization;
using WeToo.Core;
using WeToo.Core.Log;
using WeToo.Hosting;
using WeToo.Log.Store;

namespace WeToo.Log.Features.Publishing;

/// <summary><c>GET /checkpoint</c>, <c>/tile/…</c> and <c>/policy</c>: the log for everybody, to the letter of C2SP tlog-tiles.</summary>
internal static class TilesEndpoints
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string Briefly = "public, max-age=5";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/checkpoint", CheckpointAsync);
        routes.MapGet("/policy", (HttpResponse http, PolicyText policy) => Text(http, policy.Text));
        routes.MapGet("/tile/entries/{**path}", (HttpResponse http, TileFolder folder, string path) => Serve(http, folder.TryReadEntries, Parse(0, path, tile => tile.EntriesPath, $"tile/entries/{path}")));
        routes.MapGet("/tile/{level:int:range(0,7)}/{**path}", (HttpResponse http, TileFolder folder, int level, string path) =>
            Serve(http, folder.TryRead, Parse(level, path, tile => tile.Path, string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{path}"))));
    }

    private static async Task<IResult> CheckpointAsync(HttpResponse http, Checkpoints checkpoints, CancellationToken cancel) =>
        await checkpoints.NewestAsync(cancel) is { } note ? Text(http, note) : Problems.From(Refusal.NotFound);

    private static IResult Text(HttpResponse http, string text)
    {
        http.Headers.CacheControl = Briefly;
        return Results.Text(text, "text/plain; charset=utf-8");
    }

    private static IResult Serve(HttpResponse http, Func<Tile, byte[]?> read, Tile? wanted)
    {
        if (wanted is not { } tile || read(tile) is not { } bytes) return Problems.From(Refusal.NotFound);

        http.Headers.CacheControl = Forever;
        return Bodies.Octets(bytes);
    }

    /// <summary>Reads a path, of which there is one for each tile.</summary>
    private static Tile? Parse(int level, string path, Func<Tile, string> pathOf, string asked)
    {
        var (index, width) = path.Split(".p/") switch
        {
            [var whole] => (whole, Tile.FullWidth),
            [var part, var some] when int.TryParse(some, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and < Tile.FullWidth => (part, count),
            _ => ("", 0),
        };
        var digits = string.Concat(index.Split('/').Select(part => part.TrimStart('x')));
        if (!ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;

        var tile = new Tile(level, number, width);
        return pathOf(tile) == asked ? tile : null;
    }
}
