using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Hosting.Storage;

namespace WeToo.Voices.Mails;

/// <summary>A mail to somebody.</summary>
/// <param name="To">The address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Unsubscribe">A link that ends such mails by itself (RFC 8058), or empty.</param>
internal sealed record Mail(string To, string Subject, string Text, string Unsubscribe = "")
{
    /// <summary>Never the address.</summary>
    public override string ToString() => "Mail(private)";
}

/// <summary>Puts mails on their way in the transaction that they belong to, so that none is lost and none goes without it.</summary>
internal sealed class Outbox(Keys keys, VoicesOptions options)
{
    private const int DaySeconds = 24 * 3600;

    /// <summary>
    /// Whether a mailbox gets another mail today; counted from here on, whatever the answer. What the caller does after it must look the same to whoever asked.
    /// </summary>
    /// <param name="session">The transaction.</param>
    /// <param name="mailbox">Whose.</param>
    /// <param name="now">Unix time, in seconds.</param>
    /// <param name="isOwed">Whether somebody must hear of it, such as of a decision, so that nobody can use up the day before.</param>
    internal bool Count(Session session, string mailbox, long now, bool isOwed = false)
    {
        var parameters = new { mark = keys.MarkOf(mailbox, "mail"u8), at_s = now, day_ago = now - DaySeconds };
        var today = session.QueryOne<long>(Sql.Today, parameters);
        session.Execute(Sql.Mark, parameters); // Also what is not sent: no time tells which mailbox is known.
        return isOwed || today < options.Mail.MailsPerDay;
    }

    /// <summary>Seals a mail before the transaction that sends it.</summary>
    internal (byte[] Id, byte[] Box) Seal(Mail mail)
    {
        var id = RandomNumberGenerator.GetBytes(16);
        return (id, keys.Seal(JsonSerializer.Serialize(mail), id));
    }

    /// <summary>Sends a sealed mail.</summary>
    internal static void Send(Session session, (byte[] Id, byte[] Box) mail, long now) =>
        session.Execute(Sql.Add, new { mail_id = mail.Id, @sealed = mail.Box, due_s = now });

    /// <summary>Opens a mail.</summary>
    internal Mail? Open(byte[] id, byte[] box) => keys.Open(box, id) is { } text ? JsonSerializer.Deserialize<Mail>(text) : null;

    private static class Sql
    {
        internal const string Today = "SELECT count(*) FROM mail_marks WHERE mark = @mark AND at_s > @day_ago";

        internal const string Mark = "INSERT INTO mail_marks (mark, at_s) VALUES (@mark, @at_s)";

        internal const string Add = "INSERT INTO mails (mail_id, sealed, due_s, tries) VALUES (@mail_id, @sealed, @due_s, 0)";
    }
}
