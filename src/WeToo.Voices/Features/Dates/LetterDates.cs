using WeToo.Core.Log;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Dates;

/// <summary>
/// Takes each revision of a letter that readers see, and once a day how many have signed, to the log of dates: nobody can say later that a letter said
/// something else, or had more names.
/// </summary>
internal sealed partial class LetterDates(Database database, VoicesOptions options, TimeProvider time, ILogger<LetterDates> log)
    : RepeatingWorker(TimeSpan.FromSeconds(options.LogEverySeconds), time, log)
{
    private const long AtOnce = 2000;

    private readonly TimeProvider _time = time;
    private readonly ILogger _log = log;
    private readonly LogLink? _link = options.LogUrl is { } url ? new LogLink(url, options.LogKeyFile) : null;

    /// <summary>Writes down what is new, and takes what waits to the log.</summary>
    /// <returns>Whether the log took it.</returns>
    internal async Task<bool> RunDueAsync(CancellationToken cancel)
    {
        if (_link is null) return false;

        _ = await database.TransactAsync(session => WriteDown(session, _time.GetUtcNow().ToUnixTimeSeconds() / 86_400), cancel);
        var waiting = await database.ReadAsync(session => session.Query<byte[]>(Sql.Waiting, new { most = AtOnce }), cancel);
        if (waiting.Count == 0) return true;
        if (await _link.AppendAsync(waiting, cancel) is not { } positions) return false;

        _ = await database.TransactAsync(session => session.Execute(Sql.Place, waiting.Zip(positions, (entry, position) => new { entry, position })), cancel);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _link?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancel)
    {
        if (_link is not null && !await RunDueAsync(cancel)) Waiting(_log);
    }

    private static bool WriteDown(Session session, long today)
    {
        foreach (var one in session.Query<RevisionRow>(Sql.NewRevisions))
        {
            var thing = LetterThings.Revision(PieceLine.PathOf(one.Language, one.Kind, one.Slug), one.Revision, one.Title, one.Source);
            session.Execute(Sql.Keep, new { entry = LetterThings.EntryOf(EntryKind.LetterRevision, thing), one.WorkId, one.PieceId, number = one.Revision, day = today });
        }

        foreach (var work in session.Query<byte[]>(Sql.Letters))
        {
            var count = session.QueryOne<long>(Sql.Count, new { work });
            var last = session.Query<(long Day, long Number)>(Sql.LastCount, new { work });
            if (last.Count == 0 ? count == 0 : last[0].Day >= today || last[0].Number == count) continue;

            var entry = LetterThings.EntryOf(EntryKind.SignatureCount, LetterThings.Count(work, today, count));
            session.Execute(Sql.Keep, new { entry, WorkId = work, PieceId = (byte[]?)null, number = count, day = today });
        }

        return true;
    }

    [LoggerMessage(2, LogLevel.Warning, "The log of dates did not take what waits for it; it goes there the next time")]
    private static partial void Waiting(ILogger logger);

    private sealed record RevisionRow(byte[] PieceId, byte[] WorkId, string Language, string Kind, string Slug, long Revision, string Title, string Source);

    private static class Sql
    {
        internal const string NewRevisions = """
            SELECT p.piece_id, p.work_id, p.language, p.kind, p.slug, r.revision, r.title, r.source
            FROM pieces p JOIN revisions r ON r.piece_id = p.piece_id
            WHERE p.kind = 'letter' AND r.shown_s IS NOT NULL AND NOT EXISTS (SELECT 1 FROM dated d WHERE d.piece_id = r.piece_id AND d.number = r.revision)
            """;

        internal const string Letters = "SELECT DISTINCT work_id FROM pieces WHERE kind = 'letter' AND published IS NOT NULL";

        internal const string Count = "SELECT count(*) FROM signatures WHERE work_id = @work AND appeared = 1 AND state = 'verified'";

        internal const string LastCount = "SELECT day, number FROM dated WHERE work_id = @work AND piece_id IS NULL ORDER BY day DESC LIMIT 1";

        internal const string Keep = """
            INSERT INTO dated (entry, work_id, piece_id, number, day) VALUES (@entry, @WorkId, @PieceId, @number, @day) ON CONFLICT (entry) DO NOTHING
            """;

        internal const string Waiting = "SELECT entry FROM dated WHERE position IS NULL ORDER BY day, entry LIMIT @most";

        internal const string Place = "UPDATE dated SET position = @position WHERE entry = @entry";
    }
}
