using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Desk;

/// <summary>Publishes what was put off, once its time has come.</summary>
internal sealed class Scheduler(Database database, Editions editions, TimeProvider time, ILogger<Scheduler> log) : RepeatingWorker(s_rest, time, log)
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _time = time;

    /// <summary>Publishes what is due.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        var due = await database.ReadAsync(session => session.Query<(byte[] PieceId, long Revision)>(Sql.Due, new { now_s = _time.GetUtcNow().ToUnixTimeSeconds() }), cancel);
        foreach (var (piece, revision) in due) _ = await editions.PublishAsync(piece, revision, cancel);
    }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken cancel) => RunDueAsync(cancel);

    private static class Sql
    {
        internal const string Due = "SELECT piece_id, scheduled FROM pieces WHERE scheduled IS NOT NULL AND scheduled_at_s <= @now_s";
    }
}
