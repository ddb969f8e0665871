using WeToo.Core;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Outbox;

/// <summary>
/// Carries messages to the matcher and the keepers: each at least once, in order for each target, however long the target is away and however
/// often the vault starts again. A target that is away holds up nobody else.
/// </summary>
internal sealed partial class OutboxWorker : BackgroundService
{
    private const int AtOnce = 48;
    private const int LongestPause_s = 64;

    private readonly Database _database;
    private readonly Peer _matcher;
    private readonly KeeperQuorum _keepers;
    private readonly TimeProvider _time;
    private readonly ILogger<OutboxWorker> _log;
    private readonly Dictionary<long, Bell> _bells;

    public OutboxWorker(Database database, MatcherPeer matcher, KeeperQuorum keepers, TimeProvider time, ILogger<OutboxWorker> log)
    {
        (_database, _matcher, _keepers, _time, _log) = (database, matcher.Peer, keepers, time, log);
        WithdrawalTargets = [OutboxTarget.MatcherTombstones, .. keepers.Indices.Select(OutboxTarget.Keeper)];
        _bells = WithdrawalTargets.Concat([OutboxTarget.Slips, OutboxTarget.MatcherApart]).ToDictionary(target => target, _ => new Bell(time));
    }

    /// <summary>Everybody who must hear of a withdrawal.</summary>
    internal IReadOnlyList<long> WithdrawalTargets { get; }

    /// <summary>Says that there is something to carry to a target.</summary>
    internal void Ring(long target) => _bells[target].Ring();

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_bells.Select(target => ServeAsync(target.Key, target.Value, stoppingToken)));

    /// <summary>How long a target is left alone after so many failures in a row.</summary>
    internal static TimeSpan PauseAfter(int failures) => TimeSpan.FromSeconds(Math.Min(1 << Math.Min(failures - 1, 10), LongestPause_s));

    private async Task ServeAsync(long target, Bell bell, CancellationToken stopping)
    {
        for (var failures = 0; ;)
        {
            failures = await TryEmptyAsync(target, stopping) ? 0 : failures + 1;
            if (failures == 0) await bell.WaitAsync(Timeout.InfiniteTimeSpan, stopping);
            else await Task.Delay(PauseAfter(failures), _time, stopping);
        }
    }

    /// <summary>Carries what there is for a target, until nothing is left or something stays behind.</summary>
    private async Task<bool> TryEmptyAsync(long target, CancellationToken stopping)
    {
        try
        {
            return await EmptyAsync(target, stopping);
        }
#pragma warning disable CA1031 // The worker must outlive a failure; what was not carried stays in the outbox.
        catch (Exception why) when (why is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Failed(_log, why.HResult);
            return false;
        }
    }

    private async Task<bool> EmptyAsync(long target, CancellationToken stopping)
    {
        while (true)
        {
            var most = target == OutboxTarget.Slips ? AtOnce : 1;
            var rows = await _database.ReadAsync(session => session.Query<(long Outgoing, byte[] Message)>(Sql.Next, new { target, most }), stopping);
            if (rows.Count == 0) return true;
            if (!await CarryAsync(target, [.. rows.Select(row => row.Message)], stopping)) return false;

            // One by one: a row that was committed in the meantime may have a number between these.
            _ = await _database.TransactAsync(session => session.Execute(Sql.Carried, rows.Select(row => new { outgoing = row.Outgoing })), stopping);
        }
    }

    private async Task<bool> CarryAsync(long target, IReadOnlyList<byte[]> messages, CancellationToken stopping)
    {
        if (target == OutboxTarget.Slips) return await CarrySlipsAsync(messages, stopping);

        var (_, refusal) = target is OutboxTarget.MatcherTombstones or OutboxTarget.MatcherApart
            ? await _matcher.SendAsync(HttpMethod.Post, target == OutboxTarget.MatcherApart ? "v1/apart" : "v1/tombstones", messages[0], stopping)
            : await _keepers.AskOneAsync(OutboxTarget.KeeperIndex(target), "v1/tombstones", messages[0], stopping);
        return IsCarried(refusal);
    }

    private async Task<bool> CarrySlipsAsync(IReadOnlyList<byte[]> boxes, CancellationToken stopping)
    {
        var writer = new WireWriter();
        foreach (var box in boxes) writer.Vec32(box);
        var (answer, refusal) = await _matcher.SendAsync(HttpMethod.Post, "v1/slips", writer.ToArray(), stopping);
        if (!IsCarried(refusal) || answer.Length != boxes.Count) return false;

        var refused = answer.Count(one => one != 1);
        if (refused > 0) Refused(_log, refused);
        return true;
    }

    private bool IsCarried(Refusal? refusal)
    {
        if (refusal is { } why) Waiting(_log, why);
        return refusal is null;
    }

    [LoggerMessage(1, LogLevel.Warning, "The matcher did not take {Count} slips: their authors' software boxed something else than it signed")]
    private static partial void Refused(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Error, "Carrying messages failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    [LoggerMessage(3, LogLevel.Warning, "A message was not taken: {Reason}; it will be carried again")]
    private static partial void Waiting(ILogger logger, Refusal reason);

    internal static class Sql
    {
        internal const string Post = "INSERT INTO outbox (target, message) VALUES (@target, @message)";

        internal const string Next = "SELECT outgoing, message FROM outbox WHERE target = @target ORDER BY outgoing LIMIT @most";

        internal const string Carried = "DELETE FROM outbox WHERE outgoing = @outgoing";
    }
}

/// <summary>The matcher, as the vault calls it.</summary>
/// <param name="Peer">The calls.</param>
internal sealed record MatcherPeer(Peer Peer) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Peer.Dispose();
}
