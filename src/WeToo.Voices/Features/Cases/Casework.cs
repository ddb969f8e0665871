using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Cases;

/// <summary>
/// Notices of pieces, by anybody and without an account. The author hears of it at once, reads the reasons and never who gave them, and says what they want;
/// then somebody of the publication decides with a reason, and somebody else when the author objects.
/// </summary>
internal sealed class Casework(Writes writes, Keys keys, Outbox outbox, MailWorker mails, TimeProvider time)
{
    /// <summary>What links to a notice are made for.</summary>
    internal const string NoticeLink = "piece-notice";

    /// <summary>What the words in a mail are made for that say yes for its mailbox.</summary>
    internal const string NoticeMailbox = "piece-notice-mailbox";

    /// <summary>What the author's links are made for.</summary>
    internal const string AuthorLink = "piece-author";

    /// <summary>The most letters of a notice, an answer, a reason or an objection.</summary>
    internal const int LongestText = 2_000;

    /// <summary>The rules that a piece may break, as everybody can read them.</summary>
    internal static readonly string[] Grounds = ["false", "private", "threat", "hate", "rights", "unlawful"];

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Takes a notice of a piece that is shown. The first opens a case, and its author is written to.</summary>
    /// <returns>Its id; or that too many write at once.</returns>
    internal async Task<(byte[]? Id, Refusal? Refusal)> ReportAsync(ShownPiece piece, NoticeForm form, Visit visit, CancellationToken cancel)
    {
        var (id, now, mailbox, address) = (RandomNumberGenerator.GetBytes(16), Now, form.Mailbox, form.Email?.Trim() ?? "");
        var row = new
        {
            notice_id = id, ground = form.Ground!, text = form.Text!.Trim(), name = form.Name?.Trim() ?? "", address = mailbox is null ? [] : keys.Seal(address, id), language = visit.Language, made_s = now,
        };
        var receipt = mailbox is null ? default : outbox.Seal(MailOf("mail.notice", visit.Language, address, piece.Title, NoticePath(visit.Language, id) + $"?yes={keys.LinkTo(id, NoticeMailbox)}", visit));
        var (taken, refusal) = await writes.TransactAsync<byte[]?>([], session =>
        {
            var opened = CaseReads.OpenOf(session, piece.PieceId) ?? Open(session, piece, visit, now);
            session.Execute(Sql.AddNotice, new { row.notice_id, case_id = opened, row.ground, row.text, row.name, row.address, row.language, row.made_s });
            if (mailbox is not null && outbox.Count(session, mailbox, now)) Outbox.Send(session, receipt, now);
            return id;
        }, cancel);
        mails.Ring();
        return (taken, refusal);
    }

    /// <summary>The mailbox of a notice says yes: the decision goes there.</summary>
    internal async Task<Refusal?> ConfirmAsync(byte[] notice, CancellationToken cancel) =>
        (await writes.TransactAsync([], session => session.Execute(Sql.Confirm, new { notice_id = notice }), cancel)).Refusal;

    /// <summary>Somebody gave the author their link by hand: from now on they can answer.</summary>
    internal async Task<Refusal?> MarkToldAsync(byte[] id, CancellationToken cancel) =>
        (await writes.TransactAsync([], session => session.Execute(Sql.Told, new { case_id = id, now_s = Now }), cancel)).Refusal;

    /// <summary>The author says what they want. Until it is decided they can say it again.</summary>
    internal async Task<Refusal?> AnswerAsync(byte[] id, string answer, string text, CancellationToken cancel) =>
        (await writes.TransactAsync([], session => session.Execute(Sql.Answer, new { case_id = id, answer, answer_text = text, now_s = Now }), cancel)).Refusal;

    /// <summary>Decides: takes the piece down, or leaves it. The reason goes to the author, and to those who gave notice.</summary>
    /// <param name="one">The case.</param>
    /// <param name="act"><c>hide</c>, <c>changed</c> or <c>stand</c>.</param>
    /// <param name="ground">The rule that it breaks; empty but for <c>hide</c>.</param>
    /// <param name="reason">In words.</param>
    /// <param name="staff">Who decides.</param>
    /// <param name="visit">Our address.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<Refusal?> DecideAsync(Case one, string act, string ground, string reason, byte[] staff, Visit visit, CancellationToken cancel)
    {
        var refusal = (await writes.TransactAsync([Names.Decisions, Names.Pieces, Names.Piece(one.PieceId)], session =>
        {
            if (session.Execute(Sql.Decide, new { case_id = one.CaseId, act, ground = act == "hide" ? ground : "", reason, staff_id = staff, now_s = Now }) == 0) return false; // Somebody else was quicker.
            if (act == "hide") session.Execute(Sql.Hide, new { piece_id = one.PieceId });
            TellAuthor(session, one, "mail.case.decided", visit);
            TellOthers(session, one, visit);
            return true;
        }, cancel)).Refusal;
        mails.Ring();
        return refusal;
    }

    /// <summary>The author objects to what was taken down, once.</summary>
    internal async Task<Refusal?> AppealAsync(byte[] id, string text, CancellationToken cancel) =>
        (await writes.TransactAsync([], session => session.Execute(Sql.Appeal, new { case_id = id, appeal = text, now_s = Now }), cancel)).Refusal;

    /// <summary>Decides on an objection: only on that to somebody else's decision.</summary>
    internal async Task<Refusal?> EndAppealAsync(Case one, bool isReversed, string reason, byte[] staff, Visit visit, CancellationToken cancel)
    {
        var row = new { case_id = one.CaseId, appeal_end = isReversed ? "reversed" : "stands", appeal_reason = reason, staff_id = staff, now_s = Now };
        var refusal = (await writes.TransactAsync([Names.Decisions, Names.Pieces, Names.Piece(one.PieceId)], session =>
        {
            if (session.Execute(Sql.EndAppeal, row) == 0) return false;
            if (isReversed) session.Execute(Sql.Restore, new { case_id = one.CaseId, piece_id = one.PieceId });
            TellAuthor(session, one, "mail.case.appeal", visit);
            TellOthers(session, one, visit);
            return true;
        }, cancel)).Refusal;
        mails.Ring();
        return refusal;
    }

    /// <summary>The path of the page on which an author answers.</summary>
    internal string AuthorPath(string language, byte[] id) => $"/{language}/authors/{keys.LinkTo(id, AuthorLink)}";

    private string NoticePath(string language, byte[] id) => $"/{language}/notices/pieces/{keys.LinkTo(id, NoticeLink)}";

    private byte[] Open(Session session, ShownPiece piece, Visit visit, long now)
    {
        var id = RandomNumberGenerator.GetBytes(16);
        session.Execute(Sql.Open, new { case_id = id, piece_id = piece.PieceId, revision = piece.Revision, opened_s = now });
        if (TellAuthor(session, CaseReads.Find(session, id)!, "mail.case", visit)) session.Execute(Sql.Told, new { case_id = id, now_s = now });
        return id;
    }

    /// <summary>Mails the author, if somebody put a mailbox down.</summary>
    private bool TellAuthor(Session session, Case one, string key, Visit visit)
    {
        if (keys.Open(one.Author, WorkOf(session, one)) is not { } address || Keys.MailboxOf(address) is not { } mailbox || !outbox.Count(session, mailbox, Now, isOwed: true)) return false;
        Outbox.Send(session, outbox.Seal(MailOf(key, one.Language, address, one.Title, AuthorPath(one.Language, one.CaseId), visit)), Now);
        return true;
    }

    /// <summary>Mails those who gave notice and whose mailbox said yes.</summary>
    private void TellOthers(Session session, Case one, Visit visit)
    {
        foreach (var notice in session.Query<Giver>(Sql.Givers, new { case_id = one.CaseId }))
        {
            if (keys.Open(notice.Address, notice.NoticeId) is not { } address || Keys.MailboxOf(address) is not { } mailbox || !outbox.Count(session, mailbox, Now, isOwed: true)) continue;
            Outbox.Send(session, outbox.Seal(MailOf("mail.notice.decided", notice.Language, address, one.Title, NoticePath(notice.Language, notice.NoticeId), visit)), Now);
        }
    }

    private static byte[] WorkOf(Session session, Case one) => session.QueryOne<byte[]>(Sql.WorkOf, new { piece_id = one.PieceId })!;

    private static Mail MailOf(string key, string language, string to, string title, string path, Visit visit)
    {
        (string, object)[] gaps = [("title", title), ("link", visit.Absolute(path)), ("publication", visit.Publication)];
        return new(to, Catalogue.Say(language, $"{key}.subject", gaps), Catalogue.Say(language, $"{key}.text", gaps));
    }

    private sealed record Giver(byte[] NoticeId, byte[] Address, string Language);

    private static class Sql
    {
        internal const string WorkOf = "SELECT work_id FROM pieces WHERE piece_id = @piece_id";

        internal const string Open = """
            INSERT INTO cases (case_id, piece_id, revision, opened_s, answer_text, ground, reason, appeal, appeal_reason) VALUES (@case_id, @piece_id, @revision, @opened_s, '', '', '', '', '')
            """;

        internal const string AddNotice = """
            INSERT INTO case_notices (notice_id, case_id, ground, text, name, address, verified, language, made_s) VALUES (@notice_id, @case_id, @ground, @text, @name, @address, 0, @language, @made_s)
            """;

        internal const string Confirm = "UPDATE case_notices SET verified = 1 WHERE notice_id = @notice_id";

        internal const string Told = "UPDATE cases SET told_s = COALESCE(told_s, @now_s) WHERE case_id = @case_id";

        internal const string Answer = "UPDATE cases SET answer = @answer, answer_text = @answer_text, answered_s = @now_s, told_s = COALESCE(told_s, @now_s) WHERE case_id = @case_id AND act IS NULL";

        internal const string Decide = """
            UPDATE cases SET act = @act, ground = @ground, reason = @reason, staff_id = @staff_id, decided_s = @now_s,
                hidden = CASE WHEN @act = 'hide' THEN (SELECT p.published FROM pieces p WHERE p.piece_id = cases.piece_id) END
            WHERE case_id = @case_id AND act IS NULL
            """;

        internal const string Hide = "UPDATE pieces SET published = NULL, scheduled = NULL, scheduled_at_s = NULL WHERE piece_id = @piece_id";

        internal const string Appeal = "UPDATE cases SET appeal = @appeal, appealed_s = @now_s WHERE case_id = @case_id AND act = 'hide' AND appealed_s IS NULL";

        internal const string EndAppeal = """
            UPDATE cases SET appeal_end = @appeal_end, appeal_reason = @appeal_reason, appeal_staff_id = @staff_id, appeal_end_s = @now_s
            WHERE case_id = @case_id AND appealed_s IS NOT NULL AND appeal_end IS NULL AND staff_id <> @staff_id
            """;

        internal const string Restore = """
            UPDATE pieces SET published = (SELECT c.hidden FROM cases c WHERE c.case_id = @case_id) WHERE piece_id = @piece_id AND published IS NULL
            """;

        internal const string Givers = "SELECT notice_id, address, language FROM case_notices WHERE case_id = @case_id AND verified = 1";
    }
}
