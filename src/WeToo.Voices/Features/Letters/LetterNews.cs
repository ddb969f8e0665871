using WeToo.Hosting.Storage;
using WeToo.Voices.Mails;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Letters;

/// <summary>Writes to those who signed and wanted to hear when the words change: once for each version that readers see, some at a time.</summary>
internal sealed class LetterNews(Database database, Keys keys, Outbox outbox, MailWorker mails, VoicesOptions options, TimeProvider time, ILogger<LetterNews> log)
    : RepeatingWorker(TimeSpan.FromMinutes(1), time, log)
{
    private readonly TimeProvider _time = time;

    /// <summary>Writes to some who have not heard yet.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        if (options.Mail.Server is null) return;

        await database.TransactAsync(session => Tell(session, _time.GetUtcNow().ToUnixTimeSeconds()), cancel);
        mails.Ring();
    }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken cancel) => RunDueAsync(cancel);

    private bool Tell(Session session, long now)
    {
        foreach (var one in session.Query<Row>(Sql.Due))
        {
            session.Execute(Sql.Told, new { signature_id = one.SignatureId, told = one.Published });
            if (keys.Open(one.Address, one.SignatureId) is not { } address) continue;

            var link = new Uri(options.PublicUrl!, $"/{one.Language}/signatures/{keys.LinkTo(one.SignatureId, Signing.Link)}").AbsoluteUri;
            (string, object)[] gaps = [("title", one.Title), ("link", link), ("publication", options.Name)];
            Outbox.Send(session, outbox.Seal(new(address, Catalogue.Say(one.Language, "mail.news.subject", gaps), Catalogue.Say(one.Language, "mail.news.text", gaps), link)), now);
        }

        return true;
    }

    private sealed record Row(byte[] SignatureId, byte[] Address, string Language, string Title, long Published);

    private static class Sql
    {
        internal const string Due = """
            SELECT s.signature_id, s.address, p.language, r.title, p.published
            FROM signatures s JOIN pieces p ON p.piece_id = s.piece_id JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = p.published
            WHERE s.news = 1 AND s.state = 'verified' AND p.published > s.revision AND p.published > s.told LIMIT 500
            """;

        internal const string Told = "UPDATE signatures SET told = @told WHERE signature_id = @signature_id";
    }
}
