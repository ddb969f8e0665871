using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;

namespace WeToo.Voices.Features.Desk;

/// <summary>Publishes what was put off, once its time has come.</summary>
internal sealed partial class Scheduler(Database database, Editions editions, TimeProvider time, ILogger<Scheduler> log) : BackgroundService
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(20);

    /// <summary>Publishes what is due.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        var due = await database.ReadAsync(session => session.Query<(byte[] PieceId, long Revision)>(Sql.Due, new { now_s = time.GetUtcNow().ToUnixTimeSeconds() }), cancel);
        foreach (var (piece, revision) in due) _ = await editions.PublishAsync(piece, revision, cancel);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_rest, time);
        do
        {
            try
            {
                await RunDueAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The worker must outlive a failure; what is due stays due.
            catch (Exception why) when (why is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Failed(log, why.HResult);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Error, "What was due could not be published, error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    private static class Sql
    {
        internal const string Due = "SELECT piece_id, scheduled FROM pieces WHERE scheduled IS NOT NULL AND scheduled_at_s <= @now_s";
    }
}
