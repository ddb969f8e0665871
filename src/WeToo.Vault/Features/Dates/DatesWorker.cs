using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Health;

namespace WeToo.Vault.Features.Dates;

/// <summary>
/// Takes what waits to the log at every full interval, with its cover, whether anything waits or not; and fetches the proofs as soon as the log has them, so that it does not learn when somebody asks for theirs.
/// </summary>
internal sealed partial class DatesWorker(Database database, DatesTerms terms, TimeProvider time, ILogger<DatesWorker> log) : BackgroundService
{
    private const int AtOnce = 2000;

    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(5);

    private volatile string? _policy;

    /// <summary>The log's policy, as it was last fetched; null before.</summary>
    internal string? Policy => _policy;

    /// <summary>Takes what waits to the log.</summary>
    internal async Task<bool> SendDueAsync(LogLink link, CancellationToken cancel)
    {
        var waiting = await database.ReadAsync(session => session.Query<(long Number, byte[] Entry)>(Sql.Waiting, new { most = AtOnce }), cancel);
        var entries = Cover.Over([.. waiting.Select(row => row.Entry)]);
        if (await link.AppendAsync(entries, cancel) is not { } positions) return false;

        var where = entries.Zip(positions).ToDictionary(one => Convert.ToHexString(one.First), one => one.Second);
        var placed = waiting.Select(row => new { number = row.Number, position = where[Convert.ToHexString(row.Entry)] });
        _ = await database.TransactAsync(
            session =>
            {
                Runs.Note(session, Runs.Dates, time);
                return session.Execute(Sql.Place, placed);
            },
            cancel);
        return true;
    }

    /// <summary>Fetches the proofs that are there.</summary>
    /// <returns>Whether some are still missing.</returns>
    internal async Task<bool> FetchDueAsync(LogLink link, CancellationToken cancel)
    {
        _policy = await link.PolicyAsync(cancel) ?? _policy;
        foreach (var (number, position) in await database.ReadAsync(session => session.Query<(long Number, long Position)>(Sql.Unproved, new { most = AtOnce }), cancel))
        {
            if (await link.ProofAsync(position, cancel) is not { } found) return true;
            _ = await database.TransactAsync(session => session.Execute(Sql.Prove, new { number, proof = found.Proof, token = found.Token }), cancel);
        }

        return _policy is null;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (terms.Link is not { } link) return;

        var areMissing = true;
        for (var next = Next(); ;)
        {
            var now = time.GetUtcNow();
            var until = areMissing && next - now > s_between ? s_between : next - now;
            if (until > TimeSpan.Zero) await Task.Delay(until, time, stoppingToken);
            var isDue = time.GetUtcNow() >= next;
            if (isDue) next = Next();
            areMissing = await TryAsync(link, isDue, stoppingToken);
        }
    }

    /// <summary>Full intervals by the clock, so that nothing that anybody does moves them.</summary>
    private DateTimeOffset Next()
    {
        var (now, every) = (time.GetUtcNow().ToUnixTimeMilliseconds(), (long)terms.Every.TotalMilliseconds);
        return DateTimeOffset.FromUnixTimeMilliseconds(((now / every) + 1) * every);
    }

    private async Task<bool> TryAsync(LogLink link, bool isDue, CancellationToken stopping)
    {
        try
        {
            if (isDue && !await SendDueAsync(link, stopping)) Waiting(log);
            return await FetchDueAsync(link, stopping);
        }
#pragma warning disable CA1031 // The worker must outlive a failure; what was not taken waits for the next time.
        catch (Exception why) when (why is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Failed(log, why.HResult);
            return true;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The log of dates did not take what waits for it; it goes there the next time")]
    private static partial void Waiting(ILogger logger);

    [LoggerMessage(2, LogLevel.Error, "Dating failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    private static class Sql
    {
        internal const string Waiting = "SELECT number, entry FROM dated WHERE proof IS NULL AND position IS NULL ORDER BY number LIMIT @most";

        internal const string Place = "UPDATE dated SET position = @position WHERE number = @number";

        internal const string Unproved = "SELECT number, position FROM dated WHERE proof IS NULL AND position IS NOT NULL ORDER BY position LIMIT @most";

        internal const string Prove = "UPDATE dated SET proof = @proof, token = @token WHERE number = @number";
    }
}

/// <summary>Whether there is a log, and how often it is told.</summary>
/// <param name="Link">Null: nothing is dated here.</param>
/// <param name="Every">The interval.</param>
internal sealed record DatesTerms(LogLink? Link, TimeSpan Every) : IDisposable
{
    internal static DatesTerms Of(VaultOptions options) =>
        new(options.LogUrl is { } url ? new LogLink(url, options.LogKeyFile) : null, TimeSpan.FromSeconds(options.LogEverySeconds));

    /// <inheritdoc/>
    public void Dispose() => Link?.Dispose();
}
