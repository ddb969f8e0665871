using WeToo.Core.Keysets;
using WeToo.Hosting.Keepers;
using WeToo.Hosting.Storage;
using WeToo.Matcher.Store;

namespace WeToo.Matcher.Features.Matching;

/// <summary>
/// Looks at filings when they are due. Everything it does is recorded step by step and can be repeated: whatever a crash interrupts stays due.
/// </summary>
internal sealed partial class MatchingWorker(
    Database database, Standings standings, Climber climber, Opener opener, KeysetSource keysets, Delay delay, TimeProvider time, ILogger<MatchingWorker> log) : BackgroundService
{
    private const int LookLater_s = 60;
    private static readonly TimeSpan s_longestRest = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Says that something may be due now.</summary>
    internal void Wake() => _wake.Release();

    /// <summary>Looks at everything that is due now, until nothing is.</summary>
    /// <returns>How many filings were looked at.</returns>
    internal async Task<int> RunDueAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            for (var count = 0; ; count++)
            {
                var due = await database.ReadAsync(session => session.Query<(long Filing, long DueS)>(Sql.NextDue, new { now = delay.Now }), cancel);
                if (due.Count == 0) return count;

                var (filing, dueS) = due[0];
                var settled = await TryLookAtAsync(filing, cancel);
                var next = settled ? (long?)null : delay.Now + LookLater_s;
                _ = await database.TransactAsync(session => session.Execute(Sql.Settle, new { filing, was_s = dueS, due_s = next }), cancel);
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
            _ = await RunDueAsync(stoppingToken);
            await RestAsync(stoppingToken);
        }
    }

    private async Task<bool> TryLookAtAsync(long filing, CancellationToken cancel)
    {
        try
        {
            return await LookAtAsync(filing, cancel);
        }
#pragma warning disable CA1031 // Nobody's failure may keep the filings behind it waiting; this one stays due and is tried again.
        catch (Exception why) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Failed(log, why.HResult);
            return false;
        }
    }

    /// <summary>Whether nothing is left to do for a filing until another comes.</summary>
    private async Task<bool> LookAtAsync(long filing, CancellationToken cancel)
    {
        if (await keysets.GetAsync(cancel) is not { } keyset) return false;

        // With each step down there is one more tag to look at, and whoever opens may let others drop who stand higher.
        for (var moved = true; moved;)
        {
            moved = false;
            foreach (var (tag, rung) in await standings.TagsOfAsync(filing, cancel))
            {
                var climbed = await StepAsync(keyset.Keyset, tag, (byte)rung, cancel);
                moved |= climbed == Climbed.Moved;
                if (climbed != Climbed.Waiting) continue;

                _ = await keysets.RefreshAsync(cancel); // Perhaps the keepers have new shares.
                return false;
            }
        }

        await opener.CloseAsync(filing, cancel);
        return true;
    }

    private async Task<Climbed> StepAsync(Keyset keyset, byte[] tag, byte rung, CancellationToken cancel)
    {
        foreach (var side in await standings.SidesAsync(tag, delay.Now, cancel))
        {
            var climbed = rung == 0 ? await opener.OpenAsync(keyset, side, cancel) : await climber.DropAsync(keyset, rung, side, cancel);
            if (climbed != Climbed.Nothing) return climbed;
        }

        return Climbed.Nothing;
    }

    private async Task RestAsync(CancellationToken cancel)
    {
        var next = await database.ReadAsync(session => session.QueryOne<long?>(Sql.EarliestDue), cancel);
        var rest = next is { } due ? TimeSpan.FromSeconds(Math.Max(1, due - delay.Now)) : s_longestRest;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(_wake.WaitAsync(either.Token), Task.Delay(rest < s_longestRest ? rest : s_longestRest, time, either.Token));
        await either.CancelAsync();
        while (_wake.CurrentCount > 0) await _wake.WaitAsync(cancel);
    }

    [LoggerMessage(1, LogLevel.Error, "Looking for matches failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    private static class Sql
    {
        internal const string NextDue = "SELECT filing, due_s FROM filings WHERE due_s <= @now ORDER BY due_s, filing LIMIT 1";

        internal const string EarliestDue = "SELECT min(due_s) FROM filings WHERE due_s IS NOT NULL";

        internal const string Settle = "UPDATE filings SET due_s = @due_s WHERE filing = @filing AND due_s = @was_s";
    }
}
