using NodaTime;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Nudges;

/// <summary>
/// Sends what is due. It knows no filing, so a mail cannot depend on one: it goes on its day with its text, whether or not there is news. One that the mail
/// server did not take goes later that day, and after that not at all.
/// </summary>
internal sealed partial class NudgeWorker(Database database, KeysetBoard board, MailDrop mail, TimeProvider time, ILogger<NudgeWorker> log) : BackgroundService
{
    private const int DaySeconds = 24 * 3600;

    /// <summary>Who lost their words cannot stop the mails: they end a year after they were last asked for.</summary>
    private const int LongestDays = 365;

    private static readonly TimeSpan s_rest = TimeSpan.FromMinutes(5);

    private readonly Bell _bell = new(time);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Says that there may be something to send.</summary>
    internal void Ring() => _bell.Ring();

    /// <summary>Sends what is due now. Whoever comes while it runs waits, so that nothing goes twice.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        if (mail.Sender is null) return;

        await _one.WaitAsync(cancel);
        try
        {
            await SendDueAsync(cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    private async Task SendDueAsync(CancellationToken cancel)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var times = new { now_s = now.ToUnixTimeSeconds(), day_ago = now.ToUnixTimeSeconds() - DaySeconds, before = (long)board.Today - 2, year_ago = (long)board.Today - LongestDays };
        _ = await database.TransactAsync(session => session.Execute(Sql.ForgetCodes, times) + session.Execute(Sql.ForgetSettings, times), cancel);
        while (await database.ReadAsync(session => session.Query<Row>(Sql.Due, times), cancel) is { Count: > 0 } due) await SendAsync(due, now, cancel);
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
            catch (Exception why) when (why is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Failed(log, why.HResult);
            }

            await _bell.WaitAsync(s_rest, stoppingToken);
        }
    }

    private async Task SendAsync(IReadOnlyList<Row> due, Instant now, CancellationToken cancel)
    {
        List<(Core.Nudges.NudgeSettings, bool, Func<Task>)> mails = [];
        foreach (var row in due)
        {
            var settings = mail.Open(row.Sealed, row.NudgeKey)?.Settings;
            var was = Instant.FromUnixTimeSeconds(row.DueS);
            long? next = settings is not null && row.Confirmed == 1 ? Schedule.Next(settings, was, now).ToUnixTimeSeconds() : null;
            var done = new { nudge_key = row.NudgeKey, revision = row.Revision, due_s = next };
            Task TakenAsync() => database.TransactAsync(session => session.Execute(Sql.Done, done), CancellationToken.None);
            if (settings is null || (now - was).TotalSeconds > DaySeconds) await TakenAsync();
            else mails.Add((settings, row.Confirmed == 0, TakenAsync));
        }

        if (mails.Count > 0) await mail.SendAsync(mails, cancel);
    }

    [LoggerMessage(1, LogLevel.Error, "The mail server did not take what is due, error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    private sealed record Row(byte[] NudgeKey, long Revision, byte[] Sealed, long Confirmed, long DueS);

    private static class Sql
    {
        internal const string Due = "SELECT nudge_key, revision, sealed, confirmed, due_s FROM nudges WHERE due_s <= @now_s ORDER BY due_s LIMIT 100";

        internal const string Done = "UPDATE nudges SET due_s = @due_s WHERE nudge_key = @nudge_key AND revision = @revision";

        internal const string ForgetCodes = "DELETE FROM nudge_codes WHERE at_s <= @day_ago";

        /// <summary>What was stopped stays for as long as a message that was recorded on the way could be sent again.</summary>
        internal const string ForgetSettings =
            "DELETE FROM nudges WHERE (length(sealed) = 0 AND put_day < @before) OR (confirmed = 0 AND put_day < @before) OR put_day < @year_ago";
    }
}
