using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Allies;

/// <summary>What people who are affected ask of allies. They alone say, by their link, that something was done as they asked, and close it.</summary>
internal sealed class Asking(Writes writes, Keys keys, Outbox outbox, MailWorker mails, TimeProvider time)
{
    /// <summary>What links to an ask are made for.</summary>
    internal const string Link = "ask";

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Puts an ask down, and asks its mailbox.</summary>
    internal async Task<Refusal?> AddAsync(string language, string title, string text, string asker, string address, Visit visit, CancellationToken cancel)
    {
        var (id, now) = (RandomNumberGenerator.GetBytes(16), Now);
        var row = new { ask_id = id, language, title, text, asker, address = keys.Seal(address, id), made_s = now };
        var mail = outbox.Seal(MailOf("mail.ask", language, address, title, id, visit, ""));
        var refusal = (await writes.TransactAsync([], session =>
        {
            session.Execute(Sql.Add, row);
            if (outbox.Count(session, Keys.MailboxOf(address)!, now)) Outbox.Send(session, mail, now);
            return true;
        }, cancel)).Refusal;
        mails.Ring();
        return refusal;
    }

    /// <summary>Those who ask say yes: it is shown.</summary>
    internal Task<Refusal?> ShowAsync(byte[] ask, CancellationToken cancel) => WriteAsync(Sql.Show, new { ask_id = ask }, cancel);

    /// <summary>Closes an ask: as done, or as not helpful. Nobody takes it any more.</summary>
    internal Task<Refusal?> CloseAsync(byte[] ask, bool wasHelpful, CancellationToken cancel) => WriteAsync(Sql.Close, new { ask_id = ask, state = wasHelpful ? "done" : "unhelpful" }, cancel);

    /// <summary>Says whether something was done as they asked.</summary>
    internal Task<Refusal?> ConfirmAsync(byte[] ask, byte[] checkIn, bool wasSo, CancellationToken cancel) =>
        WriteAsync(Sql.Confirm, new { ask_id = ask, check_in_id = checkIn, confirmed = wasSo ? "yes" : "no", now_s = Now }, cancel);

    /// <summary>No more mails of it.</summary>
    internal Task<Refusal?> QuietAsync(byte[] ask, CancellationToken cancel) => WriteAsync(Sql.Quiet, new { ask_id = ask }, cancel);

    /// <summary>Writes to those who ask when the first is there to look at; not again before they have looked.</summary>
    internal void TellOfClaim(Session session, byte[] ask, Visit visit, long now)
    {
        if (session.QueryOne<Row>(Sql.Waiting, new { ask_id = ask }) is not { Quiet: 0, Waiting: 1 } row || keys.Open(row.Address, ask) is not { } address) return;
        if (Keys.MailboxOf(address) is not { } mailbox || !outbox.Count(session, mailbox, now)) return;
        Outbox.Send(session, outbox.Seal(MailOf("mail.claim", row.Language, address, row.Title, ask, visit, visit.Absolute(PathOf(row.Language, ask)))), now);
    }

    /// <summary>The path of the page of those who ask.</summary>
    internal string PathOf(string language, byte[] ask) => $"/{language}/asks/{keys.LinkTo(ask, Link)}";

    private async Task<Refusal?> WriteAsync(string sql, object row, CancellationToken cancel) => (await writes.TransactAsync([Names.Asks], session => session.Execute(sql, row), cancel)).Refusal;

    private Mail MailOf(string key, string language, string to, string title, byte[] ask, Visit visit, string unsubscribe)
    {
        (string, object)[] gaps = [("title", title), ("link", visit.Absolute(PathOf(language, ask))), ("publication", visit.Publication)];
        return new(to, Catalogue.Say(language, $"{key}.subject", gaps), Catalogue.Say(language, $"{key}.text", gaps), unsubscribe);
    }

    private sealed record Row(byte[] Address, string Language, string Title, long Quiet, long Waiting);

    private static class Sql
    {
        internal const string Add = "INSERT INTO asks (ask_id, language, title, text, asker, address, state, quiet, made_s) VALUES (@ask_id, @language, @title, @text, @asker, @address, 'waiting', 0, @made_s)";

        internal const string Show = "UPDATE asks SET state = 'shown' WHERE ask_id = @ask_id AND state = 'waiting'";

        internal const string Close = "UPDATE asks SET state = @state WHERE ask_id = @ask_id AND state IN ('waiting', 'shown')";

        internal const string Confirm = """
            UPDATE check_ins SET confirmed = @confirmed, confirmed_s = @now_s
            WHERE check_in_id = @check_in_id AND state = 'kept' AND EXISTS (SELECT 1 FROM commitments m WHERE m.commitment_id = check_ins.commitment_id AND m.ask_id = @ask_id)
            """;

        internal const string Quiet = "UPDATE asks SET quiet = 1 WHERE ask_id = @ask_id";

        internal const string Waiting = """
            SELECT a.address, a.language, a.title, a.quiet,
                (SELECT count(*) FROM check_ins i JOIN commitments m ON m.commitment_id = i.commitment_id WHERE m.ask_id = a.ask_id AND i.state = 'kept' AND i.confirmed IS NULL) AS waiting
            FROM asks a WHERE a.ask_id = @ask_id
            """;
    }
}
