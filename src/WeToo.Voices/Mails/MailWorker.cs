using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Utils;
using WeToo.Hosting.Storage;

namespace WeToo.Voices.Mails;

/// <summary>Takes mails to the mail server. One that is not taken goes again later, up to three days; two are never sent for one.</summary>
internal sealed partial class MailWorker(Database database, Outbox outbox, VoicesOptions options, TimeProvider time, ILogger<MailWorker> log) : BackgroundService
{
    private const int MostTries = 12;
    private const int DaySeconds = 24 * 3600;
    private static readonly TimeSpan s_rest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _bell = new(0);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Says that there is something to send.</summary>
    internal void Ring() => _bell.Release();

    /// <summary>Sends what is due. Whoever comes while it runs waits.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        if (options.Mail.Server is null) return;

        await _one.WaitAsync(cancel);
        try
        {
            while (await SendSomeAsync(cancel)) { }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _bell.Dispose();
        _one.Dispose();
        base.Dispose();
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

            _ = await _bell.WaitAsync(s_rest, stoppingToken);
        }
    }

    private async Task<bool> SendSomeAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var due = await database.TransactAsync(session =>
        {
            session.Execute(Sql.ForgetMarks, new { day_ago = now - DaySeconds });
            session.Execute(Sql.ForgetUnconfirmed, new { week_ago = now - (7 * DaySeconds) });
            session.Execute(Sql.GiveUp, new { most_tries = MostTries });
            return session.Query<Row>(Sql.Due, new { now_s = now });
        }, cancel);
        if (due.Count == 0) return false;

        using var client = new SmtpClient { Timeout = (int)s_patience.TotalMilliseconds, LocalDomain = DomainOf(options.Mail.From) };
        await ConnectAsync(client, due, now, cancel);
        foreach (var row in due)
        {
            // Counted before it goes: a mail that a server took while we were killed goes once more at most.
            await database.TransactAsync(session => session.Execute(Sql.Tried, new { mail_id = row.MailId, due_s = now + Pause(row.Tries) }), cancel);
            if (outbox.Open(row.MailId, row.Sealed) is { } mail && !await IsDoneAsync(client, mail, cancel)) continue;
            await database.TransactAsync(session => session.Execute(Sql.Sent, new { mail_id = row.MailId }), CancellationToken.None);
        }

        await client.DisconnectAsync(quit: true, cancel);
        return true;
    }

    private async Task ConnectAsync(SmtpClient client, IReadOnlyList<Row> due, long now, CancellationToken cancel)
    {
        var server = options.Mail.Server!;
        var tls = server.Scheme == "smtps" ? SecureSocketOptions.SslOnConnect : server.IsLoopback ? SecureSocketOptions.StartTlsWhenAvailable : SecureSocketOptions.StartTls;
        try
        {
            await client.ConnectAsync(server.Host, server.Port, tls, cancel);
            if (options.Mail.User.Length > 0)
                await client.AuthenticateAsync(options.Mail.User, (await File.ReadAllTextAsync(options.Mail.PasswordFile, cancel)).Trim(), cancel);
        }
        catch
        {
            await database.TransactAsync(session => session.Execute(Sql.Tried, due.Select(row => new { mail_id = row.MailId, due_s = now + Pause(row.Tries) })), CancellationToken.None);
            throw;
        }
    }

    /// <summary>Whether it needs not go again. The server may refuse one address and take the next; what is no address can go nowhere, and holds up no other.</summary>
    private async Task<bool> IsDoneAsync(SmtpClient client, Mail mail, CancellationToken cancel)
    {
        try
        {
            await SendAsync(client, mail, cancel);
            return true;
        }
        catch (Exception refused) when (refused is SmtpCommandException or NotSupportedException or ParseException)
        {
            Failed(log, refused.HResult);
            return refused is ParseException;
        }
    }

    private async Task SendAsync(SmtpClient client, Mail mail, CancellationToken cancel)
    {
        using var message = new MimeMessage { Subject = mail.Subject, Body = new TextPart("plain") { Text = mail.Text + "\n" } };
        message.From.Add(new MailboxAddress(options.Name, options.Mail.From));
        message.To.Add(MailboxAddress.Parse(mail.To));
        message.MessageId = MimeUtils.GenerateMessageId(DomainOf(options.Mail.From));
        message.Date = time.GetUtcNow();
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (mail.Unsubscribe.Length > 0)
        {
            message.Headers.Add("List-Unsubscribe", $"<{mail.Unsubscribe}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        await client.SendAsync(message, cancel);
    }

    /// <summary>One minute, two, four …, six hours at most.</summary>
    private static long Pause(long tries) => Math.Min(60L << (int)Math.Min(tries, 10), 6 * 3600);

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    [LoggerMessage(1, LogLevel.Error, "The mail server did not take what is due, error {HResult:x8}; it will be tried again")]
    private static partial void Failed(ILogger logger, int hResult);

    private sealed record Row(byte[] MailId, byte[] Sealed, long Tries);

    private static class Sql
    {
        internal const string Due = "SELECT mail_id, sealed, tries FROM mails WHERE due_s <= @now_s ORDER BY due_s LIMIT 100";

        internal const string Tried = "UPDATE mails SET tries = tries + 1, due_s = @due_s WHERE mail_id = @mail_id";

        internal const string Sent = "DELETE FROM mails WHERE mail_id = @mail_id";

        internal const string ForgetMarks = "DELETE FROM mail_marks WHERE at_s <= @day_ago";

        internal const string ForgetUnconfirmed = "DELETE FROM signatures WHERE state = 'pending' AND made_s <= @week_ago";

        internal const string GiveUp = "DELETE FROM mails WHERE tries > @most_tries";
    }
}
