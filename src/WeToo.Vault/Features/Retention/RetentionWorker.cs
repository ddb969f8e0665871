using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Readiness;

namespace WeToo.Vault.Features.Retention;

/// <summary>Deletes what is due, on Mondays; and opens intake once an operator decided how long things stay.</summary>
internal sealed partial class RetentionWorker(Database database, VaultOptions options, Gate gate, GateLog gateLog, TimeProvider time, ILogger<RetentionWorker> log) : BackgroundService
{
    private static readonly TimeSpan s_rest = TimeSpan.FromHours(1), s_untilDecided = TimeSpan.FromSeconds(30);

    private readonly Bell _bell = new(time);

    /// <summary>Looks whether anybody decided.</summary>
    internal async Task LookAsync(CancellationToken cancel)
    {
        gate.HasRetention = await RetentionBook.ReadAsync(database, cancel) is not null;
        gateLog.Say();
    }

    /// <summary>Looks, and deletes what is due.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        await LookAsync(cancel);
        if (gate.HasRetention && (await RetentionRuns.RunAsync(database, options.CertificateKeyFile, time, cancel)).Certificate is not null) Ran(log);
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

            await _bell.WaitAsync(gate.HasRetention ? s_rest : s_untilDecided, stoppingToken);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The run of this week has deleted what was due; wetoo retention certificates prints what it says of itself")]
    private static partial void Ran(ILogger logger);

    [LoggerMessage(2, LogLevel.Error, "Deleting what is due failed with error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);
}
