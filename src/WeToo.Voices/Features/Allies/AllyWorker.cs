using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Cards;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Allies;

/// <summary>
/// Writes to allies on the days on which they wanted to be asked, and to who holds a card before a duty is due; forgets plans that no mailbox said yes to; and
/// has cards shown anew each day, since a duty is missed by nothing but the day.
/// </summary>
internal sealed class AllyWorker(Database database, Keys keys, Outbox outbox, MailWorker mails, CardWork cards, PageCache pages, VoicesOptions options, TimeProvider time, ILogger<AllyWorker> log)
    : RepeatingWorker(TimeSpan.FromMinutes(1), time, log)
{
    private const long DaySeconds = 24 * 3600;

    private readonly TimeProvider _time = time;
    private long _day = -1;

    /// <summary>Does what is due.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var today = now / DaySeconds;
        await database.TransactAsync(session => session.Execute(Sql.ForgetPending, new { week_ago = now - (7 * DaySeconds) }), cancel);
        await database.TransactAsync(session => CardWork.BeginYears(session, today), cancel);
        if (today != _day) pages.Changed([Names.Cards]);
        _day = today;
        if (options.Mail.Server is null) return;

        await database.TransactAsync(session => AskAllies(session, now), cancel);
        await database.TransactAsync(session => cards.Remind(session, today), cancel);
        mails.Ring();
    }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken cancel) => RunDueAsync(cancel);

    /// <summary>The mail says nothing of the plan: others may see it.</summary>
    private bool AskAllies(Session session, long now)
    {
        foreach (var one in session.Query<Row>(Sql.Due, new { now_s = now }))
        {
            session.Execute(Sql.Sent, new { check_in_id = one.CheckInId });
            if (keys.Open(one.Address, one.CommitmentId) is not { } address) continue;

            var link = new Uri(options.PublicUrl!, $"/{one.Language}/commitments/{keys.LinkTo(one.CommitmentId, Commitments.Link)}").AbsoluteUri;
            (string, object)[] gaps = [("link", link), ("publication", options.Name)];
            Outbox.Send(session, outbox.Seal(new(address, Catalogue.Say(one.Language, "mail.check.subject", gaps), Catalogue.Say(one.Language, "mail.check.text", gaps), link)), now);
        }

        return true;
    }

    private sealed record Row(byte[] CheckInId, byte[] CommitmentId, byte[] Address, string Language);

    private static class Sql
    {
        internal const string ForgetPending = "DELETE FROM commitments WHERE state = 'pending' AND made_s <= @week_ago";

        internal const string Due = """
            SELECT i.check_in_id, m.commitment_id, m.address, m.language FROM check_ins i JOIN commitments m ON m.commitment_id = i.commitment_id
            WHERE i.state = 'open' AND i.sent = 0 AND i.due_s <= @now_s AND m.state = 'open' AND m.quiet = 0 LIMIT 500
            """;

        internal const string Sent = "UPDATE check_ins SET sent = 1 WHERE check_in_id = @check_in_id";
    }
}
