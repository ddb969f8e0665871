using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Moderation;

/// <summary>
/// Notices, decisions and appeals. Whoever's words are not shown learns which rule they break and why, and may object once: somebody else decides then.
/// Nothing is hidden from its writer alone.
/// </summary>
internal sealed class Moderating(Database database, Writes writes, Keys keys, Outbox outbox, MailWorker mails, Commenting commenting, TimeProvider time)
{
    /// <summary>What links to a notice are made for.</summary>
    internal const string Link = "notice";

    /// <summary>The most letters of a reason, a notice or an appeal.</summary>
    internal const int LongestReason = 2_000;

    /// <summary>The rules that an answer may break, as everybody can read them.</summary>
    internal static readonly string[] Grounds = ["person", "private", "threat", "hate", "unlawful", "spam", "off"];

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Takes a notice about an answer that is shown, by anybody.</summary>
    /// <returns>Its id; or that too many write at once.</returns>
    internal async Task<(byte[]? Id, Refusal? Refusal)> ReportAsync(byte[] comment, string ground, string text, CancellationToken cancel)
    {
        var id = RandomNumberGenerator.GetBytes(16);
        return await writes.TransactAsync<byte[]?>([], session =>
            session.Execute(Sql.Report, new { notice_id = id, comment_id = comment, ground, text, made_s = Now }) > 0 ? id : null, cancel);
    }

    /// <summary>Shows answers that were held, as long as their words are those that were read: else they stay in the queue.</summary>
    internal Task<Refusal?> ShowAsync(IReadOnlyList<(byte[] Id, long Edited)> read, Visit visit, CancellationToken cancel) => DecideAsync([.. read.Select(one => one.Id)], (session, comment) =>
    {
        if (session.Execute(Sql.Show, new { comment_id = comment, edited_s = read.First(one => one.Id == comment).Edited }) > 0) commenting.Tell(session, comment, visit, Now);
    }, cancel);

    /// <summary>Does not show answers, or no more, for a reason that their writers get.</summary>
    internal Task<Refusal?> RefuseAsync(IReadOnlyList<byte[]> comments, string ground, string reason, byte[] staff, Visit visit, CancellationToken cancel) => DecideAsync(comments, (session, comment) =>
    {
        if (session.Execute(Sql.Refuse, new { comment_id = comment }) == 0) return;
        Record(session, comment, "refuse", ground, reason, staff);
        Tell(session, comment, "mail.refused", visit);
    }, cancel);

    /// <summary>Leaves answers where they are after a notice, for a reason that those who gave notice get.</summary>
    internal Task<Refusal?> LetStandAsync(IReadOnlyList<byte[]> comments, string reason, byte[] staff, CancellationToken cancel) =>
        DecideAsync(comments, (session, comment) => Record(session, comment, "stand", "", reason, staff), cancel);

    /// <summary>Objects to the decision about one's own answer, once.</summary>
    internal async Task<Refusal?> AppealAsync(byte[] comment, string text, CancellationToken cancel) =>
        (await writes.TransactAsync([], session => session.Execute(Sql.Appeal, new { comment_id = comment, appeal = text, now_s = Now }), cancel)).Refusal;

    /// <summary>Decides on appeals: only those of others' decisions.</summary>
    internal Task<Refusal?> EndAppealAsync(IReadOnlyList<byte[]> comments, bool isReversed, string reason, byte[] staff, Visit visit, CancellationToken cancel) => DecideAsync(comments, (session, comment) =>
    {
        if (session.Execute(Sql.EndAppeal, new { comment_id = comment, appeal_end = isReversed ? "reversed" : "stands", appeal_reason = reason, staff_id = staff, now_s = Now }) == 0) return;
        Tell(session, comment, "mail.appeal", visit);
        if (isReversed && session.Execute(Sql.Restore, new { comment_id = comment }) > 0) commenting.Tell(session, comment, visit, Now);
    }, cancel);

    private async Task<Refusal?> DecideAsync(IReadOnlyList<byte[]> comments, Action<Session, byte[]> decide, CancellationToken cancel)
    {
        var pieces = await database.ReadAsync(session => comments.Select(comment => session.QueryOne<byte[]>(Sql.PieceOf, new { comment_id = comment })).OfType<byte[]>().ToList(), cancel);
        var refusal = (await writes.TransactAsync([Names.Decisions, .. pieces.Select(Names.Comments).Distinct()], session =>
        {
            foreach (var comment in comments) decide(session, comment);
            return true;
        }, cancel)).Refusal;
        mails.Ring();
        return refusal;
    }

    private void Record(Session session, byte[] comment, string act, string ground, string reason, byte[] staff)
    {
        var row = new { decision_id = RandomNumberGenerator.GetBytes(16), comment_id = comment, act, ground, reason, staff_id = staff, made_s = Now };
        session.Execute(Sql.Decide, row);
        session.Execute(Sql.AnswerNotices, row);
    }

    /// <summary>Mails the writer where the reason stands, if a mailbox said yes.</summary>
    private void Tell(Session session, byte[] comment, string key, Visit visit)
    {
        if (session.QueryOne<Writer>(Sql.WriterOf, new { comment_id = comment }) is not { } writer || keys.Open(writer.Address, comment) is not { } address) return;
        if (Keys.MailboxOf(address) is not { } mailbox || !outbox.Count(session, mailbox, Now, isOwed: true)) return;

        (string, object)[] gaps = [("title", writer.Title), ("link", visit.Absolute($"/{writer.Language}/comments/{keys.LinkTo(comment, Commenting.Link)}")), ("publication", visit.Publication)];
        Outbox.Send(session, outbox.Seal(new(address, Catalogue.Say(writer.Language, $"{key}.subject", gaps), Catalogue.Say(writer.Language, $"{key}.text", gaps))), Now);
    }

    private sealed record Writer(byte[] Address, string Language, string Title);

    private static class Sql
    {
        internal const string PieceOf = "SELECT piece_id FROM comments WHERE comment_id = @comment_id";

        internal const string Report = """
            INSERT INTO notices (notice_id, comment_id, ground, text, made_s)
            SELECT @notice_id, c.comment_id, @ground, @text, @made_s FROM comments c WHERE c.comment_id = @comment_id AND c.state = 'shown'
            """;

        internal const string Show = "UPDATE comments SET state = 'shown' WHERE comment_id = @comment_id AND state = 'held' AND COALESCE(edited_s, 0) = @edited_s";

        internal const string Refuse = "UPDATE comments SET state = 'refused' WHERE comment_id = @comment_id AND state IN ('held', 'shown')";

        internal const string Restore = "UPDATE comments SET state = 'shown' WHERE comment_id = @comment_id AND state = 'refused'";

        internal const string Decide = """
            INSERT INTO decisions (decision_id, comment_id, act, ground, reason, staff_id, made_s, appeal, appeal_reason)
            VALUES (@decision_id, @comment_id, @act, @ground, @reason, @staff_id, @made_s, '', '')
            """;

        internal const string AnswerNotices = "UPDATE notices SET decision_id = @decision_id WHERE comment_id = @comment_id AND decision_id IS NULL";

        internal const string Appeal = """
            UPDATE decisions SET appeal = @appeal, appealed_s = @now_s
            WHERE comment_id = @comment_id AND act = 'refuse' AND appealed_s IS NULL AND made_s = (SELECT max(d.made_s) FROM decisions d WHERE d.comment_id = @comment_id AND d.act = 'refuse')
                AND EXISTS (SELECT 1 FROM comments c WHERE c.comment_id = @comment_id AND c.state = 'refused')
            """;

        internal const string EndAppeal = """
            UPDATE decisions SET appeal_end = @appeal_end, appeal_reason = @appeal_reason, appeal_staff_id = @staff_id, appeal_end_s = @now_s
            WHERE comment_id = @comment_id AND appealed_s IS NOT NULL AND appeal_end IS NULL AND staff_id <> @staff_id
            """;

        internal const string WriterOf = """
            SELECT c.address, p.language, r.title FROM comments c JOIN pieces p ON p.piece_id = c.piece_id JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = COALESCE(p.published, c.revision)
            WHERE c.comment_id = @comment_id AND c.verified = 1
            """;
    }
}
