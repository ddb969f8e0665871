namespace WeToo.Voices.Writing;

/// <summary>Does again and again what is due, and outlives what goes wrong.</summary>
internal abstract partial class RepeatingWorker(TimeSpan every, TimeProvider time, ILogger log) : BackgroundService
{
    /// <summary>Does what is due now. What could not be done stays due.</summary>
    protected abstract Task RunAsync(CancellationToken cancel);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The worker must outlive a failure; what is due stays due.
            catch (Exception why) when (why is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Failed(log, why.HResult);
            }

            await Task.Delay(every, time, stoppingToken);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "What was due could not be done, error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);
}
