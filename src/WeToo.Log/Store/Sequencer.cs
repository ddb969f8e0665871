using System.Threading.Channels;
using WeToo.Log.Features.Witnesses;

namespace WeToo.Log.Store;

/// <summary>Puts entries in order: whatever waits is written as one batch, at most ten a second, so that a thousand callers cost one sync and not a thousand.</summary>
internal sealed partial class Sequencer(LogWriter writer, WitnessWorker witnesses, TimeProvider time, ILogger<Sequencer> log) : BackgroundService
{
    private const int LargestBatch = 4096;

    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_standBy = TimeSpan.FromSeconds(1);

    private readonly Channel<Waiting> _pool = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(LargestBatch) { SingleReader = true });

    /// <summary>Adds entries, each once.</summary>
    /// <returns>Where each is, once it is on the disk; null when another process writes.</returns>
    internal async Task<IReadOnlyList<ulong>?> AppendAsync(IReadOnlyList<byte[]> entries, CancellationToken cancel)
    {
        var waiting = new Waiting(entries);
        await _pool.Writer.WriteAsync(waiting, cancel);
        return await waiting.Answer.Task.WaitAsync(cancel);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await writer.ReleaseAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await BeginAsync(stoppingToken);
        while (await _pool.Reader.WaitToReadAsync(stoppingToken))
        {
            var began = time.GetTimestamp();
            await WriteAsync(NextBatch(), stoppingToken);
            var left = s_between - time.GetElapsedTime(began);
            if (left > TimeSpan.Zero) await Task.Delay(left, time, stoppingToken);
        }
    }

    /// <summary>Finishes what a crash left, so that witnesses see it even when nothing new comes.</summary>
    private async Task BeginAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                if (await writer.TakeAsync(stopping) is { } note)
                {
                    witnesses.Offer(note);
                    return;
                }
            }
#pragma warning disable CA1031 // Whoever appends hears of it too; the host goes on serving what is there.
            catch (Exception why) when (why is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Failed(log, why.HResult);
                return;
            }

            await Task.Delay(s_standBy, time, stopping);
        }
    }

    private List<Waiting> NextBatch()
    {
        List<Waiting> batch = [];
        for (var count = 0; count < LargestBatch && _pool.Reader.TryRead(out var next); count += next.Entries.Count) batch.Add(next);
        return batch;
    }

    private async Task WriteAsync(List<Waiting> batch, CancellationToken stopping)
    {
        try
        {
            var written = await writer.AppendAsync([.. batch.SelectMany(waiting => waiting.Entries)], stopping);
            if (written is { } done) witnesses.Offer(done.Note);
            var at = 0;
            foreach (var waiting in batch)
            {
                waiting.Answer.SetResult(written is { } some ? [.. some.Positions.Skip(at).Take(waiting.Entries.Count)] : null);
                at += waiting.Entries.Count;
            }
        }
#pragma warning disable CA1031 // Nothing is swallowed: every caller of the batch gets it.
        catch (Exception why)
#pragma warning restore CA1031
        {
            foreach (var waiting in batch) waiting.Answer.TrySetException(why);
            Failed(log, why.HResult);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Writing the log failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    private sealed record Waiting(IReadOnlyList<byte[]> Entries)
    {
        internal TaskCompletionSource<IReadOnlyList<ulong>?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
