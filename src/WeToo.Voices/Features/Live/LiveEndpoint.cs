using System.Security.Cryptography;
using System.Text;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;

namespace WeToo.Voices.Features.Live;

/// <summary><c>…/counts</c> beside each piece: its counters as server-sent events. The same for everybody, and nothing is kept of who listens.</summary>
internal static class LiveEndpoint
{
    private const int LeastRetryMilliseconds = 20_000;
    private const int MostRetryMilliseconds = 60_000;

    /// <summary>So often something goes over the line, that a reader who has vanished is noticed.</summary>
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(30);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/{language:language}/{folder:regex(^(articles|stories|letters)$)}/{slug}/counts", HandleAsync);

    private static async Task HandleAsync(string language, string folder, string slug, HttpContext http, Database database, LiveCounts live, TimeProvider time, IHostApplicationLifetime life)
    {
        if (await database.ReadAsync(session => PieceReads.Shown(session, language, PieceLine.KindOf(folder)!, slug), http.RequestAborted) is not { } piece)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var seat = live.TrySit(piece);
        if (seat is null)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable; // A browser does not ask again after this. The page works without.
            return;
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no"; // For proxies that would collect it.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        await TellAsync(http.Response, seat, time, end.Token);
    }

    private static async Task TellAsync(HttpResponse response, LiveCounts.Seat seat, TimeProvider time, CancellationToken end)
    {
        // Each comes back at another time, should we be gone for a while.
        await WriteAsync(response, FormattableString.Invariant($"retry: {RandomNumberGenerator.GetInt32(LeastRetryMilliseconds, MostRetryMilliseconds)}\n\n"));
        while (!end.IsCancellationRequested)
        {
            await Task.WhenAny(seat.NewsAsync(), Task.Delay(s_beat, time, end));
            if (end.IsCancellationRequested) return;

            var news = seat.Take();
            if (news is "") return; // It was taken down.
            await WriteAsync(response, news is null ? ":\n\n" : $"data: {news}\n\n");
        }
    }

    private static async Task WriteAsync(HttpResponse response, string text)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
        await response.Body.FlushAsync(CancellationToken.None);
    }
}
