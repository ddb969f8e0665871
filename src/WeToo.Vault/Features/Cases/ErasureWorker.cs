using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Holds;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Cases;

/// <summary>
/// Forgets, some days after a withdrawal, which counselor had the case, what they read and what they said of it. That something was withdrawn stays, so that the other
/// person's page does not change back.
/// </summary>
internal sealed partial class ErasureWorker(Database database, KeysetBoard board, VaultOptions options, TimeProvider time, ILogger<ErasureWorker> log) : BackgroundService
{
    private static readonly TimeSpan s_rest = TimeSpan.FromHours(1);

    private readonly Bell _bell = new(time);

    /// <summary>Erases what is due.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        var due = new { until = board.Today - options.EraseAfterDays, nothing = Array.Empty<byte>() };
        await database.TransactAsync(session =>
        {
            Held.EndDue(session, board.Today);
            session.Execute(Sql.ForgetOpenings, due);
            session.Execute(Sql.ForgetFindings, due);
            session.Execute(Sql.ForgetReadings, due);
            return session.Execute(Sql.ForgetCases, due);
        }, cancel);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await RunDueAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The worker must outlive a failure; what is due stays due.
            catch (Exception why) when (why is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Failed(log, why.HResult);
            }

            await _bell.WaitAsync(s_rest, stoppingToken);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Erasing what is due failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    private static class Sql
    {
        private const string Due = "SELECT t.filing_id FROM tombstones t WHERE t.at_day <= @until AND " + Held.NotOfTombstone;

        internal const string ForgetOpenings = $"DELETE FROM opening_signatures WHERE filing_id IN ({Due})";

        internal const string ForgetFindings = $"DELETE FROM findings WHERE filing_id IN ({Due}) OR other_id IN ({Due})";

        internal const string ForgetReadings = $"DELETE FROM readings WHERE filing_id IN ({Due})";

        internal const string ForgetCases = $"UPDATE cases SET counselor = @nothing WHERE length(counselor) > 0 AND filing_id IN ({Due})";
    }
}
