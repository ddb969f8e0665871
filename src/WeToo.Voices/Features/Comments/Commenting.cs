using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Letters;
using WeToo.Hosting.Storage;
using WeToo.Voices.Content;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Comments;

/// <summary>What an answer is about.</summary>
/// <param name="Thread">The thread that it answers, if any.</param>
/// <param name="Revision">The revision that its writer saw.</param>
/// <param name="Passage">The passage of that revision, if any.</param>
/// <param name="Quote">What stands there.</param>
internal sealed record About(byte[]? Thread, long Revision, Passage? Passage, string Quote)
{
    /// <summary>Whether it begins a thread about words, and says what kind of answer it is.</summary>
    internal bool IsFeedback => Thread is null && Passage is not null;
}

/// <summary>Takes comments and feedback, without an account: their writer holds a link, by which they are changed, confirmed and deleted.</summary>
internal sealed class Commenting(Database database, Writes writes, Keys keys, Outbox outbox, MailWorker mails, TimeProvider time)
{
    /// <summary>What links to a comment are made for.</summary>
    internal const string Link = "comment";

    /// <summary>What the words in a mail are made for that say yes for its mailbox: whoever wrote holds the link, but not these.</summary>
    internal const string Mailbox = "comment-mailbox";

    /// <summary>How long a writer may change the words.</summary>
    internal const long EditSeconds = 30 * 60;

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Takes one.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="form">What was filled in, without anything wrong.</param>
    /// <param name="about">What it is about.</param>
    /// <param name="visit">The language of mails, and our address.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="also">What else is written of it, with it.</param>
    /// <returns>Its id; nothing when it cannot be answered any more; or that too many write at once.</returns>
    internal async Task<(byte[]? Id, Refusal? Refusal)> AddAsync(ShownPiece piece, CommentForm form, About about, Visit visit, CancellationToken cancel, Action<Session, byte[]>? also = null)
    {
        var (id, mailbox, text, now) = (RandomNumberGenerator.GetBytes(16), form.Mailbox, form.Text!.Trim(), Now);
        var row = new
        {
            comment_id = id, piece_id = piece.PieceId, work_id = piece.WorkId, thread_id = about.Thread ?? id, name = form.Name?.Trim() ?? "", source = text, html = Markup.RenderNote(text),
            kind = about.Thread is not null ? "answer" : about.Passage is null ? "comment" : form.Kind!, quote = about.Quote, revision = about.Revision,
            signature_id = form.Signer is null ? null : keys.IdOf(form.Signer, Letters.Signing.Link), mark = mailbox is null ? null : keys.MarkOf(mailbox, "comment"u8),
            address = mailbox is null ? [] : keys.Seal(form.Email!.Trim(), id), answers = mailbox is not null && form.Answers ? 1L : 0, made_s = now,
        };
        var confirm = mailbox is null ? default : outbox.Seal(ConfirmMail(form.Email!.Trim(), piece, visit, id));
        while (true)
        {
            var (newest, since) = await StepsSinceAsync(piece.PieceId, about, cancel);
            var (end, refusal) = await writes.TransactAsync([Names.Comments(piece.PieceId)], session =>
            {
                if (session.QueryOne<long>(Sql.Newest, row) != newest) return End.Again; // Somebody saved a revision meanwhile.
                if (session.Execute(Sql.Add, row) == 0) return End.Closed;
                if (about.Passage is { } passage) Anchoring.Begin(session, piece.PieceId, about.Revision, new(id, about.Quote, "kept", passage.Start, passage.End), since);
                if (mailbox is not null && outbox.Count(session, mailbox, now)) Outbox.Send(session, confirm, now);
                Tell(session, id, visit, now);
                also?.Invoke(session, id);
                return End.Taken;
            }, cancel, adds: true);
            if (refusal is null && end == End.Again) continue;
            mails.Ring();
            return (refusal is null && end == End.Taken ? id : null, refusal);
        }
    }

    /// <summary>The mailbox says yes: it is marked so, and gets the mails that its writer asked for. Whoever is known is shown where only first comments are held.</summary>
    internal async Task<Refusal?> ConfirmAsync(OwnComment own, Visit visit, CancellationToken cancel)
    {
        var refusal = (await writes.TransactAsync([Names.Comments(own.PieceId)], session =>
        {
            session.Execute(Sql.Confirm, new { comment_id = own.CommentId });
            if (session.Execute(Sql.ShowKnown, new { comment_id = own.CommentId }) > 0) Tell(session, own.CommentId, visit, Now);
            return true;
        }, cancel)).Refusal;
        mails.Ring();
        return refusal;
    }

    /// <summary>No more mails about answers.</summary>
    internal async Task<Refusal?> QuietAsync(OwnComment own, CancellationToken cancel) =>
        (await writes.TransactAsync([], session => session.Execute(Sql.Quiet, new { comment_id = own.CommentId }), cancel)).Refusal;

    /// <summary>Other words, within <see cref="EditSeconds"/>; where comments are held they are held again.</summary>
    internal async Task<Refusal?> EditAsync(byte[] comment, byte[] piece, string text, CancellationToken cancel)
    {
        var row = new { comment_id = comment, source = text, html = Markup.RenderNote(text), now_s = Now, since_s = Now - EditSeconds };
        return (await writes.TransactAsync([Names.Comments(piece)], session => session.Execute(Sql.Edit, row), cancel)).Refusal;
    }

    /// <summary>Deletes the words, the name and the mailbox, at any time.</summary>
    internal async Task<Refusal?> DeleteAsync(byte[] comment, byte[] piece, CancellationToken cancel) => (await writes.TransactAsync([Names.Comments(piece)], session =>
    {
        session.Execute(Sql.DeleteNames, new { comment_id = comment });
        return session.Execute(Sql.Delete, new { comment_id = comment, empty = Array.Empty<byte>() });
    }, cancel)).Refusal;

    /// <summary>Mails those of a thread who asked to hear of answers, once one is shown. To be called when something came to be shown.</summary>
    internal void Tell(Session session, byte[] comment, Visit visit, long now)
    {
        foreach (var listener in session.Query<Listener>(Sql.Listeners, new { comment_id = comment }))
        {
            if (keys.Open(listener.Address, listener.CommentId) is not { } address || Keys.MailboxOf(address) is not { } mailbox || !outbox.Count(session, mailbox, now)) continue;
            var piece = PieceLine.PathOf(listener.Language, listener.Kind, listener.Slug);
            var own = visit.Absolute($"/{listener.Language}/comments/{keys.LinkTo(listener.CommentId, Link)}");
            (string, object)[] gaps = [("title", listener.Title), ("link", visit.Absolute($"{piece}/comments/{Convert.ToHexStringLower(listener.ThreadId)}")), ("own", own), ("publication", visit.Publication)];
            Outbox.Send(session, outbox.Seal(new(
                address, Catalogue.Say(listener.Language, "mail.answer.subject", gaps), Catalogue.Say(listener.Language, "mail.answer.text", gaps), own)), now);
        }
    }

    /// <summary>The newest revision, and the comparisons of all that were saved since the one that the writer saw: made here, since a transaction is short.</summary>
    private async Task<(long Newest, IReadOnlyList<Step> Since)> StepsSinceAsync(byte[] piece, About about, CancellationToken cancel)
    {
        var (newest, texts) = await database.ReadAsync(session =>
        {
            var last = session.QueryOne<long>(Sql.Newest, new { piece_id = piece });
            var count = about.Passage is null ? 0 : (int)(last - about.Revision) + 1;
            return (last, Enumerable.Range(0, count).Select(i => new PieceText(PieceReads.Blocks(session, piece, about.Revision + i)).Text).ToList());
        }, cancel);
        return (newest, [.. texts.Zip(texts.Skip(1), (before, after) => new Step(before, after))]);
    }

    private Mail ConfirmMail(string address, ShownPiece piece, Visit visit, byte[] id)
    {
        var link = visit.Absolute($"/{visit.Language}/comments/{keys.LinkTo(id, Link)}?yes={keys.LinkTo(id, Mailbox)}");
        return new(address, visit.Say("mail.comment.subject", ("title", piece.Title)), visit.Say("mail.comment.text", ("title", piece.Title), ("link", link), ("publication", visit.Publication)));
    }

    private enum End
    {
        Taken,
        Closed,
        Again,
    }

    private sealed record Listener(byte[] CommentId, byte[] ThreadId, byte[] Address, string Language, string Kind, string Slug, string Title);

    private static class Sql
    {
        internal const string Newest = "SELECT revision FROM pieces WHERE piece_id = @piece_id";

        internal const string Add = """
            INSERT INTO comments (comment_id, piece_id, thread_id, kind, state, name, source, html, quote, revision, signature_id, mark, address, verified, answers, made_s)
            SELECT @comment_id, @piece_id, @thread_id, @kind, CASE WHEN w.replies = 'open' THEN 'shown' ELSE 'held' END, @name, @source, @html, @quote, @revision,
                (SELECT s.signature_id FROM signatures s WHERE s.signature_id = @signature_id AND s.work_id = w.work_id AND s.state = 'verified'),
                @mark, @address, 0, @answers, @made_s
            FROM works w WHERE w.work_id = @work_id AND w.replies <> 'off' AND (w.replies_until_s IS NULL OR w.replies_until_s > @made_s)
                AND (EXISTS (SELECT 1 FROM comments t WHERE t.comment_id = @thread_id AND t.piece_id = @piece_id AND t.thread_id = t.comment_id AND t.state = 'shown') OR @thread_id = @comment_id)
            """;

        internal const string Confirm = "UPDATE comments SET verified = 1 WHERE comment_id = @comment_id AND mark IS NOT NULL";

        internal const string ShowKnown = """
            UPDATE comments SET state = 'shown' WHERE comment_id = @comment_id AND state = 'held'
                AND EXISTS (SELECT 1 FROM pieces p JOIN works w ON w.work_id = p.work_id WHERE p.piece_id = comments.piece_id AND w.replies = 'first')
                AND EXISTS (SELECT 1 FROM comments o WHERE o.mark = comments.mark AND o.verified = 1 AND o.state = 'shown')
            """;

        internal const string Quiet = "UPDATE comments SET answers = 0 WHERE comment_id = @comment_id";

        internal const string Edit = """
            UPDATE comments SET source = @source, html = @html, edited_s = CASE WHEN edited_s >= @now_s THEN edited_s + 1 ELSE @now_s END, -- other words, another time: what was read is named by it
                state = CASE WHEN EXISTS (SELECT 1 FROM pieces p JOIN works w ON w.work_id = p.work_id WHERE p.piece_id = comments.piece_id AND w.replies = 'open') THEN 'shown' ELSE 'held' END
            WHERE comment_id = @comment_id AND state IN ('held', 'shown') AND made_s > @since_s
            """;

        internal const string Delete = """
            UPDATE comments SET state = 'deleted', name = '', source = '', html = '', signature_id = NULL, mark = NULL, address = @empty, verified = 0, answers = 0 WHERE comment_id = @comment_id
            """;

        internal const string DeleteNames = "DELETE FROM annotations WHERE comment_id = @comment_id";

        internal const string Listeners = """
            SELECT l.comment_id, l.thread_id, l.address, p.language, p.kind, p.slug, r.title
            FROM comments c JOIN comments l ON l.thread_id = c.thread_id JOIN pieces p ON p.piece_id = c.piece_id JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = p.published
            WHERE c.comment_id = @comment_id AND c.kind = 'answer' AND c.state = 'shown' AND l.comment_id <> c.comment_id AND l.verified = 1 AND l.answers = 1 AND l.state = 'shown'
                AND (c.mark IS NULL OR l.mark <> c.mark)
            """;
    }
}
