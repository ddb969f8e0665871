using System.Threading.Channels;
using WeToo.Core.Log;
using WeToo.Log.Features.Publishing;
using WeToo.Log.Features.Timestamps;
using WeToo.Log.Store;

namespace WeToo.Log.Features.Witnesses;

/// <summary>Shows each new checkpoint to the policy's witnesses and publishes it once its quorum has cosigned. Until then nobody gets a proof by it.</summary>
internal sealed partial class WitnessWorker : BackgroundService
{
    private const int LongestPause_s = 64;

    private readonly PolicyText _policy;
    private readonly TileFolder _folder;
    private readonly Checkpoints _checkpoints;
    private readonly TimestampAuthority _authority;
    private readonly TimeProvider _time;
    private readonly ILogger<WitnessWorker> _log;
    private readonly TimeSpan _between;
    private readonly List<WitnessLink> _links;
    private readonly Channel<string> _newest = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    public WitnessWorker(LogOptions options, PolicyText policy, TileFolder folder, Checkpoints checkpoints, TimestampAuthority authority, TimeProvider time, ILogger<WitnessWorker> log)
    {
        (_policy, _folder, _checkpoints, _authority, _time, _log) = (policy, folder, checkpoints, authority, time, log);
        _between = TimeSpan.FromMilliseconds(options.WitnessEveryMilliseconds);
        _links = [.. policy.Addresses.Select(one => new WitnessLink(one.Witness, one.Address))];
    }

    /// <summary>Hands over a checkpoint whose tiles are on the disk. An older one that still waits is dropped.</summary>
    internal void Offer(string note)
    {
        if (note.Length > 0) _newest.Writer.TryWrite(note);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var link in _links) link.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; await _newest.Reader.WaitToReadAsync(stoppingToken);)
        {
            if (!_newest.Reader.TryRead(out var text)) continue;

            failures = await TryShowAsync(text, stoppingToken) ? 0 : failures + 1;
            if (failures > 0 && _newest.Reader.Count == 0) Offer(text);
            await Task.Delay(failures == 0 ? _between : TimeSpan.FromSeconds(Math.Min(1 << Math.Min(failures - 1, 10), LongestPause_s)), _time, stoppingToken);
        }
    }

    private async Task<bool> TryShowAsync(string text, CancellationToken stopping)
    {
        try
        {
            var note = SignedNote.TryParse(text)!;
            var checkpoint = Checkpoint.TryParse(note.Text)!;
            var tree = _folder.TreeOf(checkpoint.Size);
            var lines = await Task.WhenAll(_links.Select(link => link.ShowAsync(note, tree, stopping)));
            var seen = note with { Signatures = [.. note.Signatures, .. lines.OfType<NoteSignature>()] };
            if (new LogProof(0, [], seen, checkpoint).ShownBy(_policy.Policy).Fault is not null)
            {
                TooFew(_log, lines.Count(line => line is not null), lines.Length);
                return false;
            }

            await _checkpoints.PublishAsync(checkpoint.Size, seen, await _authority.StampAsync(note.Text, stopping), stopping);
            return true;
        }
#pragma warning disable CA1031 // The worker must outlive a failure; the checkpoint is shown again.
        catch (Exception why) when (why is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Failed(_log, why.HResult);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Only {Seen} of {All} witnesses have cosigned the newest checkpoint: no date is given until there are enough")]
    private static partial void TooFew(ILogger logger, int seen, int all);

    [LoggerMessage(2, LogLevel.Error, "Showing a checkpoint to witnesses failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);
}
