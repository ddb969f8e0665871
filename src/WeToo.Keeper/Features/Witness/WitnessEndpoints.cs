using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Log;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Witness;

/// <summary>
/// <c>POST /witness/add-checkpoint</c> and <c>GET /witness/{origin hash}/checkpoint</c>: this keeper says when it saw a log, and that the log only ever grew. It reads no entry and uses no share. C2SP tlog-witness.
/// </summary>
internal sealed class WitnessEndpoints(Database database, KeeperKeys keys, WitnessTerms terms, TimeProvider time)
{
    private const int MostBytes = 160 * 1024;

    internal void Map(IEndpointRouteBuilder routes)
    {
        if (terms.Name.Length == 0) return;
        routes.MapPost("/witness/add-checkpoint", AddAsync);
        routes.MapGet("/witness/{hash}/checkpoint", LatestAsync);
    }

    private async Task<IResult> AddAsync(HttpRequest http, CancellationToken cancel)
    {
        var (body, refusal) = await http.ReadBodyAsync(MostBytes);
        if (refusal is { } why) return Problems.From(why);
        if (AddCheckpoint.TryParse(Encoding.UTF8.GetString(body)) is not { } request) return Problems.From(Refusal.MalformedMessage);

        var line = request.Note.Cosign(terms.Name, (ulong)time.GetUtcNow().ToUnixTimeSeconds(), keys.Witness);
        var (refused, latest) = await database.TransactAsync(session => Record(session, request, line), cancel);
        return refused switch
        {
            null => Results.Text(line.ToLine(), "text/plain; charset=utf-8"),
            WitnessRefusal.OldSizeDiffers => Results.Text(
                (latest?.Size ?? 0).ToString(CultureInfo.InvariantCulture) + "\n", "text/x.tlog.size", statusCode: (int)WitnessRefusal.OldSizeDiffers),
            { } status => Results.StatusCode((int)status),
        };
    }

    /// <summary>Compared and moved forward in one transaction, and on the disk before anybody hears of it: of two requests at once one is refused.</summary>
    private (WitnessRefusal? Refused, Checkpoint? Latest) Record(Session session, AddCheckpoint request, NoteSignature line)
    {
        var refused = request.Check(terms.Logs, origin => LatestOf(session, origin), out var latest);
        if (refused is not null) return (refused, latest);

        var checkpoint = Checkpoint.TryParse(request.Note.Text)!;
        var own = request.Note with { Signatures = [.. request.Note.Signatures.Where(IsOfLog), line] };
        session.Execute(Sql.Move, new { origin = checkpoint.Origin, size = (long)checkpoint.Size, note = own.ToText() });
        return (null, checkpoint);
    }

    private bool IsOfLog(NoteSignature line) => terms.Logs.Any(key => key.Name == line.Name && key.Id == line.KeyId);

    private static Checkpoint? LatestOf(Session session, string origin) =>
        session.QueryOne<string>(Sql.Latest, new { origin }) is { } note ? Checkpoint.TryParse(SignedNote.TryParse(note)!.Text) : null;

    private async Task<IResult> LatestAsync(string hash, CancellationToken cancel)
    {
        var origin = terms.Logs.Select(key => key.Name).FirstOrDefault(name => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))) == hash);
        var note = origin is null ? null : await database.ReadAsync(session => session.QueryOne<string>(Sql.Latest, new { origin }), cancel);
        return note is null ? Problems.From(Refusal.NotFound) : Results.Text(note, "text/plain; charset=utf-8");
    }

    private static class Sql
    {
        internal const string Latest = "SELECT note FROM witnessed WHERE origin = @origin";

        internal const string Move = """
            INSERT INTO witnessed (origin, size, note) VALUES (@origin, @size, @note)
            ON CONFLICT (origin) DO UPDATE SET size = excluded.size, note = excluded.note WHERE excluded.size >= witnessed.size
            """;
    }
}

/// <summary>Under which name a keeper is a witness, and of which logs.</summary>
/// <param name="Name">Empty when it is none.</param>
/// <param name="Logs">The logs' keys.</param>
internal sealed record WitnessTerms(string Name, IReadOnlyList<NoteKey> Logs)
{
    /// <summary>Reads the operator's settings.</summary>
    /// <exception cref="InvalidOperationException">A key of a log is none.</exception>
    internal static WitnessTerms Of(KeeperOptions options) => new(
        options.WitnessName,
        [.. options.WitnessLogs.Select(text => NoteKey.TryParse(text) is { Kind: NoteKeyKind.Log } key ? key : throw new InvalidOperationException("A log to witness is given by its key, as `wetoo log key` prints it."))]);
}
