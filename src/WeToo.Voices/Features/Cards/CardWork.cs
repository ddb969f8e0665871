using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Cards;

/// <summary>Cards of those who have duties: put down by an editor, shown once their holder said yes, and kept up by the holder's link. What is missed shows by itself.</summary>
internal sealed class CardWork(Writes writes, Keys keys, Outbox outbox, MailWorker mails, VoicesOptions options, TimeProvider time)
{
    /// <summary>What links to a card are made for.</summary>
    internal const string Link = "card";

    private const long DaySeconds = 24 * 3600;

    /// <summary>The day it is, in days since 1970.</summary>
    internal long Today => time.GetUtcNow().ToUnixTimeSeconds() / DaySeconds;

    /// <summary>Puts a card down, and asks its holder.</summary>
    /// <returns>Whether its address was free; or that too many write at once.</returns>
    internal async Task<(bool IsFree, Refusal? Refusal)> AddAsync(string language, string slug, string role, string organisation, string place, string address, Visit visit, CancellationToken cancel)
    {
        var (id, now) = (RandomNumberGenerator.GetBytes(16), time.GetUtcNow().ToUnixTimeSeconds());
        var row = new { card_id = id, language, slug, role, organisation, place, address = keys.Seal(address, id), made_s = now };
        var mail = outbox.Seal(MailOf("mail.card", language, address, organisation, visit.Absolute(PathOf(language, id)), ""));
        var (isFree, refusal) = await writes.TransactAsync([], session =>
        {
            if (session.Execute(Sql.Add, row) == 0) return false;
            if (outbox.Count(session, Keys.MailboxOf(address)!, now)) Outbox.Send(session, mail, now);
            return true;
        }, cancel);
        mails.Ring();
        return (isFree, refusal);
    }

    /// <summary>Its holder says yes: it is shown, and the clocks of each year begin.</summary>
    internal async Task<Refusal?> ShowAsync(Card card, CancellationToken cancel) => (await writes.TransactAsync([Names.Cards], session =>
    {
        if (session.Execute(Sql.Show, new { card_id = card.CardId, shown_day = Today }) > 0) AddClocks(session, card.CardId, Duties.Of(card.Role).Where(duty => !duty.IsAfterReport), Today);
        return true;
    }, cancel)).Refusal;

    /// <summary>Takes a card out of sight.</summary>
    internal async Task<Refusal?> CloseAsync(byte[] card, CancellationToken cancel) => (await writes.TransactAsync([Names.Cards], session => session.Execute(Sql.Close, new { card_id = card }), cancel)).Refusal;

    /// <summary>Something was reported: the clocks of those duties begin today.</summary>
    internal async Task<Refusal?> ReportAsync(Card card, CancellationToken cancel) => (await writes.TransactAsync([Names.Cards], session =>
    {
        if (card.State == "shown") AddClocks(session, card.CardId, Duties.Of(card.Role).Where(duty => duty.IsAfterReport), Today);
        return true;
    }, cancel)).Refusal;

    /// <summary>It was no report: takes its clocks back, on the same day and as long as nothing of them is done.</summary>
    internal async Task<Refusal?> TakeBackAsync(Card card, byte[] series, CancellationToken cancel) =>
        (await writes.TransactAsync([Names.Cards], session => session.Execute(Sql.TakeBack, new { card_id = card.CardId, series, today = Today }), cancel)).Refusal;

    /// <summary>A duty is done.</summary>
    internal async Task<Refusal?> DoneAsync(Card card, byte[] duty, CancellationToken cancel) =>
        (await writes.TransactAsync([Names.Cards], session => session.Execute(Sql.Done, new { card_id = card.CardId, duty_id = duty, today = Today }), cancel)).Refusal;

    /// <summary>No more mails of it.</summary>
    internal async Task<Refusal?> QuietAsync(byte[] card, CancellationToken cancel) => (await writes.TransactAsync([], session => session.Execute(Sql.Quiet, new { card_id = card }), cancel)).Refusal;

    /// <summary>The path of a holder's page.</summary>
    internal string PathOf(string language, byte[] card) => $"/{language}/cards/own/{keys.LinkTo(card, Link)}";

    /// <summary>Begins the next year of duties that come each year, once the last was done or its day has passed.</summary>
    internal static bool BeginYears(Session session, long today)
    {
        foreach (var (card, duty, due) in session.Query<(byte[], string, long)>(Sql.EndedYears, new { today }))
            if (Duties.Roles.SelectMany(Duties.Of).First(one => one.Key == duty) is { IsAfterReport: false } each) AddClocks(session, card, [each], due);
        return true;
    }

    /// <summary>Writes to holders of what is due tomorrow or was today, once for each.</summary>
    internal bool Remind(Session session, long today)
    {
        foreach (var card in session.Query<Holder>(Sql.DueSoon, new { soon = today + 1 }))
        {
            session.Execute(Sql.Reminded, new { card_id = card.CardId, soon = today + 1 });
            if (keys.Open(card.Address, card.CardId) is not { } address || Keys.MailboxOf(address) is not { }) continue;
            var link = new Uri(options.PublicUrl!, PathOf(card.Language, card.CardId)).AbsoluteUri;
            Outbox.Send(session, outbox.Seal(MailOf("mail.duty", card.Language, address, card.Organisation, link, link)), time.GetUtcNow().ToUnixTimeSeconds());
        }

        return true;
    }

    private Mail MailOf(string key, string language, string to, string organisation, string link, string unsubscribe)
    {
        (string, object)[] gaps = [("organisation", organisation), ("link", link), ("publication", options.Name)];
        return new(to, Catalogue.Say(language, $"{key}.subject", gaps), Catalogue.Say(language, $"{key}.text", gaps), unsubscribe);
    }

    private static void AddClocks(Session session, byte[] card, IEnumerable<Duty> duties, long begun)
    {
        var series = RandomNumberGenerator.GetBytes(16);
        session.Execute(Sql.AddClock, duties.Select(duty => new { duty_id = RandomNumberGenerator.GetBytes(16), card_id = card, duty = duty.Key, series, opened_day = begun, due_day = Duties.DueDay(duty, begun) }));
    }

    private sealed record Holder(byte[] CardId, string Language, string Organisation, byte[] Address);

    private static class Sql
    {
        internal const string Add = """
            INSERT INTO cards (card_id, language, slug, role, organisation, place, address, state, quiet, made_s)
            VALUES (@card_id, @language, @slug, @role, @organisation, @place, @address, 'waiting', 0, @made_s) ON CONFLICT (language, slug) DO NOTHING
            """;

        internal const string Show = "UPDATE cards SET state = 'shown', shown_day = @shown_day WHERE card_id = @card_id AND state = 'waiting'";

        internal const string Close = "UPDATE cards SET state = 'closed' WHERE card_id = @card_id";

        internal const string AddClock = "INSERT INTO duties (duty_id, card_id, duty, series, opened_day, due_day, reminded) VALUES (@duty_id, @card_id, @duty, @series, @opened_day, @due_day, 0)";

        internal const string TakeBack = """
            DELETE FROM duties WHERE card_id = @card_id AND series = @series AND opened_day = @today
                AND NOT EXISTS (SELECT 1 FROM duties o WHERE o.series = @series AND (o.done_day IS NOT NULL OR o.opened_day <> @today))
            """;

        internal const string Done = "UPDATE duties SET done_day = @today WHERE card_id = @card_id AND duty_id = @duty_id AND done_day IS NULL";

        internal const string Quiet = "UPDATE cards SET quiet = 1 WHERE card_id = @card_id";

        internal const string EndedYears = """
            SELECT d.card_id, d.duty, max(d.due_day) AS due FROM duties d JOIN cards c ON c.card_id = d.card_id
            WHERE c.state = 'shown' AND d.duty IN ('publish', 'talk', 'contact', 'train') GROUP BY d.card_id, d.duty HAVING max(d.due_day) < @today
            """;

        private const string IsDue = "d.card_id = c.card_id AND d.done_day IS NULL AND d.reminded = 0 AND d.due_day <= @soon";

        internal const string DueSoon = $"SELECT c.card_id, c.language, c.organisation, c.address FROM cards c WHERE c.state = 'shown' AND c.quiet = 0 AND EXISTS (SELECT 1 FROM duties d WHERE {IsDue})";

        internal const string Reminded = "UPDATE duties SET reminded = 1 WHERE card_id = @card_id AND done_day IS NULL AND due_day <= @soon";
    }
}
