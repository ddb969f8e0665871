using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.FriendNotes;

/// <summary><c>POST /v1/notes</c>: somebody leaves a note for whoever asked them. They are answered the same whether there is such a box, whether it is full, closed or gone. WEP-1, section 19.</summary>
internal static class NoteEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/notes", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpRequest http, KeysetBoard board, Database database, NoteGate gate, CancellationToken cancel)
    {
        var (note, refusal) = await http.AdmitAsync<NoteMessage>(board, Limits.OtherBytes);
        if (note is null) return Problems.From(refusal);
        if (!gate.LetsIn(out var isFirst)) return Problems.From(Refusal.WritesLimit); // Before anybody looks whose box it is.

        _ = await database.TransactAsync(
            session =>
            {
                NoteBox.Leave(session, note, board.Today);
                if (isFirst) NoteBox.ForgetDates(session, board.Today);
                return true;
            },
            cancel);
        return Results.NoContent();
    }
}

/// <summary>
/// So many notes an hour, from everybody together, and no more: counted in memory, without a look at any address. The bound is drawn for each hour, up to a third above what the operator set: whoever
/// fills an hour can not tell by where it ends how many others wrote in it.
/// </summary>
internal sealed class NoteGate(int leastBound, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _hour;
    private int _count;
    private int _bound;

    /// <param name="isFirst">Whether it is the first of its hour.</param>
    internal bool LetsIn(out bool isFirst)
    {
        var hour = time.GetUtcNow().ToUnixTimeSeconds() / 3600;
        lock (_lock)
        {
            isFirst = hour != _hour;
            if (isFirst) (_hour, _count, _bound) = (hour, 0, RandomNumberGenerator.GetInt32(leastBound, leastBound + (leastBound / 3) + 1));
            return ++_count <= _bound;
        }
    }
}
