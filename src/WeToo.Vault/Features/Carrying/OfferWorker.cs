using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Handover;
using WeToo.Vault.Features.Keysets;
using WeToo.Vault.Features.Readiness;

namespace WeToo.Vault.Features.Carrying;

/// <summary>Gives cases that wait to whoever takes more by now, hands on what is to be handed on today, and tells the gate who of the team takes nobody. Says nothing of either: there is no line in the log by which a case shows.</summary>
internal sealed partial class OfferWorker(
    Database database, KeysetBoard board, DeskClocks clocks, Gate gate, GateLog gateLog, ReleaseWorker releases, TimeProvider time, ILogger<OfferWorker> log) : BackgroundService
{
    private static readonly TimeSpan s_rest = TimeSpan.FromMinutes(1);

    private readonly Bell _bell = new(time);

    /// <summary>Looks who of the team takes nobody.</summary>
    internal async Task LookAsync(CancellationToken cancel)
    {
        var limits = await database.ReadAsync(CounselorLimits.All, cancel);
        gate.Away = limits.Where(one => !one.Value.TakesBy(clocks.AfterRest)).Select(one => one.Key).ToHashSet();
    }

    /// <summary>Looks, and gives what waits.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        await LookAsync(cancel);
        gateLog.Say();
        if (board.Current is not { } current || !await database.ReadAsync(session => Offers.AnyWaits(session) || Handovers.AnyDue(session, clocks), cancel)) return;

        var given = await database.TransactAsync(session => Handovers.Settle(session, current.Roster, clocks) + Offers.GiveWaiting(session, current.Roster, clocks), cancel);
        if (given > 0) releases.Wake(); // Consent may have been given in advance.
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
#pragma warning disable CA1031 // The worker must outlive a failure; what waits still waits.
            catch (Exception why) when (why is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Failed(log, why.HResult);
            }

            await _bell.WaitAsync(s_rest, stoppingToken);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Giving out what waits failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);
}
