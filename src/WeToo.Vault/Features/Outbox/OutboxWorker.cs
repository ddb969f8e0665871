using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Outbox;

/// <summary>Carries messages to the matcher and the keepers: each at least once, in order for each target, however long the target is away.</summary>
internal sealed partial class OutboxWorker(Database database, MatcherPeer matcher, KeeperQuorum keepers, TimeProvider time, ILogger<OutboxWorker> log) : BackgroundService
{
    private const int AtOnce = 48;
    private const int RetryAfter_s = 5;

    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The present moment, in seconds since 1970.</summary>
    internal long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Says that there is something to carry.</summary>
    internal void Wake() => _wake.Release();

    /// <summary>Carries everything that is due now.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            while (true)
            {
                var targets = await database.ReadAsync(session => session.Query<long>(Sql.DueTargets, new { now = Now }), cancel);
                if (targets.Count == 0) return;

                await Task.WhenAll(targets.Select(target => EmptyAsync(target, cancel)));
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _wake.Dispose();
        _one.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunDueAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The worker must outlive a failure; what was not carried stays in the outbox.
            catch (Exception why) when (why is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Failed(log, why.HResult);
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(_wake.WaitAsync(either.Token), Task.Delay(TimeSpan.FromSeconds(RetryAfter_s), time, either.Token));
            await either.CancelAsync();
        }
    }

    private async Task EmptyAsync(long target, CancellationToken cancel)
    {
        while (true)
        {
            var most = target == OutboxTarget.Slips ? AtOnce : 1;
            var rows = await database.ReadAsync(session => session.Query<(long Outgoing, byte[] Message)>(Sql.Next, new { target, now = Now, most }), cancel);
            if (rows.Count == 0) return;

            var carried = await CarryAsync(target, [.. rows.Select(row => row.Message)], cancel);
            var done = new { target, first = rows[0].Outgoing, last = rows[^1].Outgoing, due_s = Now + RetryAfter_s };
            _ = await database.TransactAsync(session => session.Execute(carried ? Sql.Carried : Sql.Later, done), cancel);
            if (!carried) return;
        }
    }

    private async Task<bool> CarryAsync(long target, IReadOnlyList<byte[]> messages, CancellationToken cancel)
    {
        if (target == OutboxTarget.Slips) return await CarrySlipsAsync(messages, cancel);

        var refusal = target == OutboxTarget.MatcherTombstones
            ? (await matcher.Peer.SendAsync(HttpMethod.Post, "v1/tombstones", messages[0], cancel)).Refusal
            : (await keepers.AskOneAsync(OutboxTarget.KeeperIndex(target), "v1/tombstones", messages[0], cancel)).Refused;
        return refusal is null;
    }

    private async Task<bool> CarrySlipsAsync(IReadOnlyList<byte[]> boxes, CancellationToken cancel)
    {
        var writer = new WireWriter();
        foreach (var box in boxes) writer.Vec32(box);
        var (answer, refusal) = await matcher.Peer.SendAsync(HttpMethod.Post, "v1/slips", writer.ToArray(), cancel);
        if (refusal is not null || answer.Length != boxes.Count) return false;

        var refused = answer.Count(one => one != 1);
        if (refused > 0) Refused(log, refused);
        return true;
    }

    [LoggerMessage(1, LogLevel.Warning, "The matcher did not take {Count} slips: their authors' software boxed something else than it signed")]
    private static partial void Refused(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Error, "Carrying messages failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    internal static class Sql
    {
        internal const string Post = "INSERT INTO outbox (target, message, due_s) VALUES (@target, @message, @due_s)";

        internal const string DueTargets = """
            SELECT o.target FROM outbox o
            JOIN (SELECT target, min(outgoing) AS first FROM outbox GROUP BY target) f ON f.target = o.target AND f.first = o.outgoing
            WHERE o.due_s <= @now
            """;

        internal const string Next = "SELECT outgoing, message FROM outbox WHERE target = @target AND due_s <= @now ORDER BY outgoing LIMIT @most";

        internal const string Carried = "DELETE FROM outbox WHERE target = @target AND outgoing BETWEEN @first AND @last";

        internal const string Later = "UPDATE outbox SET due_s = @due_s WHERE target = @target";
    }
}

/// <summary>The matcher, as the vault calls it.</summary>
/// <param name="Peer">The calls.</param>
internal sealed record MatcherPeer(Peer Peer) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Peer.Dispose();
}
