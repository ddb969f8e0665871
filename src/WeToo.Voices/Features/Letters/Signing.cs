using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Letters;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Letters;

/// <summary>
/// Signing and its end. Whoever asks on the page hears the same whatever is known of the mailbox; what is known goes to the mailbox itself.
/// </summary>
internal sealed class Signing(Database database, Writes writes, Keys keys, Outbox outbox, MailWorker mails, TimeProvider time)
{
    /// <summary>What links to a signature are made for.</summary>
    internal const string Link = "signature";

    private const int DaySeconds = 24 * 3600;

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Asks the mailbox to confirm; or tells it that it has signed already.</summary>
    /// <param name="letter">The words that are signed.</param>
    /// <param name="form">What was filled in, without anything wrong.</param>
    /// <param name="visit">The language of the mail, and our address.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Only ever that too many write at once, or nothing.</returns>
    internal async Task<Refusal?> AskAsync(ShownPiece letter, SignForm form, Visit visit, CancellationToken cancel)
    {
        var (id, mailbox, address, now) = (RandomNumberGenerator.GetBytes(16), form.Mailbox!, form.Email!.Trim(), Now);
        var mark = keys.MarkOf(mailbox, letter.WorkId);
        var name = form.ShownAs == "nobody" ? "" : form.Name!.Trim();
        var row = new
        {
            signature_id = id, work_id = letter.WorkId, piece_id = letter.PieceId, revision = letter.Revision, mark, address = keys.Seal(address, id), name,
            about = form.ShownAs == "nobody" ? "" : form.About?.Trim() ?? "", shown_as = form.ShownAs, condition = form.Condition, news = form.News ? 1L : 0,
            by_name = Ordering.PlaceOf(name), by_chance = RandomNumberGenerator.GetBytes(8), made_s = now,
        };
        var signed = await database.ReadAsync(session => session.QueryOne<Signed>(Sql.SignedBy, new { work_id = letter.WorkId, mark }), cancel);
        var to = signed is null ? address : keys.Open(signed.Address, signed.SignatureId); // Not to what was typed: another tag may be another mailbox there.
        var mail = outbox.Seal(MailTo(to ?? "", signed is null ? "mail.confirm" : "mail.again", letter, visit, signed?.SignatureId ?? id, signed?.Name ?? name));
        var (_, refusal) = await writes.TransactAsync([], session =>
        {
            var isWelcome = outbox.Count(session, mailbox, now);
            if (signed is null) session.Execute(Sql.Add, row);
            if (isWelcome && to is not null) Outbox.Send(session, mail, now);
            return true;
        }, cancel);
        mails.Ring();
        return refusal;
    }

    /// <summary>The mailbox has confirmed. Nothing else is needed, and doing it twice changes nothing.</summary>
    /// <returns>What became of it; or that too many write at once.</returns>
    internal async Task<(SigningEnd? End, Refusal? Refusal)> ConfirmAsync(byte[] signature, byte[] work, CancellationToken cancel) =>
        await writes.TransactAsync<SigningEnd?>([Names.Signers(work)], session => Confirm(session, signature, Now), cancel);

    /// <summary>Takes a signature back: at once, for ever, and with everything that names the signer.</summary>
    internal async Task<Refusal?> WithdrawAsync(byte[] signature, byte[] work, CancellationToken cancel) =>
        (await writes.TransactAsync([Names.Signers(work)], session => Withdraw(session, new { signature_id = signature, empty = Array.Empty<byte>() }), cancel)).Refusal;

    /// <summary>Signs the words that stand there now, for somebody who signed earlier ones and has read these.</summary>
    internal async Task<Refusal?> RenewAsync(byte[] signature, byte[] work, long revision, CancellationToken cancel) =>
        (await writes.TransactAsync([Names.Signers(work)], session => session.Execute(Sql.Renew, new { signature_id = signature, revision }), cancel)).Refusal;

    /// <summary>No more mails about new words.</summary>
    internal async Task<Refusal?> QuietAsync(byte[] signature, CancellationToken cancel) =>
        (await writes.TransactAsync([], session => session.Execute(Sql.Quiet, new { signature_id = signature }), cancel)).Refusal;

    /// <summary>Takes signatures out that are none, with a reason that everybody may read.</summary>
    internal async Task<Refusal?> InvalidateAsync(byte[] work, IReadOnlyList<byte[]> signatures, string reason, CancellationToken cancel) =>
        (await writes.TransactAsync([Names.Signers(work)], session =>
        {
            var count = signatures.Sum(signature => session.Execute(Sql.Invalidate, new { signature_id = signature, work_id = work, empty = Array.Empty<byte>() }));
            if (count > 0) session.Execute(Sql.LogRemoval, new { work_id = work, count = (long)count, reason, day = Now / DaySeconds });
            return count;
        }, cancel)).Refusal;

    /// <summary>Those too that the same mailbox began and never confirmed: they have its name and address.</summary>
    private static int Withdraw(Session session, object parameters) => session.Execute(Sql.WithdrawOthers, parameters) + session.Execute(Sql.Withdraw, parameters);

    private static SigningEnd? Confirm(Session session, byte[] signature, long now)
    {
        var parameters = new { signature_id = signature, now_s = now, empty = Array.Empty<byte>() };
        if (session.QueryOne<Pending>(Sql.Find, parameters) is not { } found) return null;
        if (found.State != "pending") return found.State == "verified" ? SigningEnd.Signed : SigningEnd.Gone;
        if (found.ClosedS is not null) return SigningEnd.Closed;
        if (session.QueryOne<Signed>(Sql.SignedBy, new { work_id = found.WorkId, mark = found.Mark }) is not null)
        {
            session.Execute(Sql.Withdraw, parameters);
            return SigningEnd.SignedBefore;
        }

        session.Execute(Sql.WithdrawOthers, parameters);
        session.Execute(Sql.Verify, parameters);
        var met = Together.Met(session.Query<long>(Sql.Conditions, new { work_id = found.WorkId }));
        session.Execute(Sql.Appear, new { work_id = found.WorkId, met });
        return SigningEnd.Signed;
    }

    private Mail MailTo(string address, string key, ShownPiece letter, Visit visit, byte[] signature, string name)
    {
        var link = visit.Absolute($"/{visit.Language}/signatures/{keys.LinkTo(signature, Link)}");
        var shown = name.Length > 0 ? name : visit["sign.nobody"];
        return new(address, visit.Say($"{key}.subject", ("title", letter.Title)), visit.Say($"{key}.text", ("title", letter.Title), ("name", shown), ("link", link), ("publication", visit.Publication)));
    }

    private sealed record Signed(byte[] SignatureId, string Name, byte[] Address);

    private sealed record Pending(string State, byte[] WorkId, byte[]? Mark, long? ClosedS);

    private static class Sql
    {
        internal const string SignedBy = "SELECT signature_id, name, address FROM signatures WHERE work_id = @work_id AND mark = @mark AND state = 'verified'";

        /// <summary>There is no third listing: the last column tells PostgreSQL that a place is bytes.</summary>
        internal const string Add = """
            INSERT INTO signatures (signature_id, work_id, piece_id, revision, state, mark, address, name, about, shown_as, condition, appeared, news, place, made_s)
            SELECT @signature_id, @work_id, @piece_id, @revision, 'pending', @mark, @address, @name, @about, @shown_as,
                CASE WHEN l.together > @condition THEN l.together ELSE @condition END, 0, @news, CASE l.listing WHEN 'alphabet' THEN @by_name WHEN 'chance' THEN @by_chance ELSE l.work_id END, @made_s
            FROM letters l WHERE l.work_id = @work_id AND l.closed_s IS NULL
            """;

        internal const string Find = """
            SELECT s.state, s.work_id, s.mark, l.closed_s FROM signatures s JOIN letters l ON l.work_id = s.work_id WHERE s.signature_id = @signature_id
            """;

        internal const string Verify = "UPDATE signatures SET state = 'verified', signed_s = @now_s WHERE signature_id = @signature_id";

        internal const string Conditions = "SELECT condition FROM signatures WHERE work_id = @work_id AND state = 'verified'";

        internal const string Appear = "UPDATE signatures SET appeared = 1 WHERE work_id = @work_id AND state = 'verified' AND appeared = 0 AND condition <= @met";

        internal const string Renew = """
            UPDATE signatures SET revision = @revision
            WHERE signature_id = @signature_id AND state = 'verified' AND EXISTS (SELECT 1 FROM pieces p WHERE p.piece_id = signatures.piece_id AND p.published = @revision)
            """;

        internal const string Quiet = "UPDATE signatures SET news = 0 WHERE signature_id = @signature_id";

        private const string Empty = "UPDATE signatures SET state = 'withdrawn', mark = NULL, address = @empty, name = '', about = '', place = @empty, appeared = 0";

        internal const string Withdraw = $"{Empty} WHERE signature_id = @signature_id AND state <> 'invalidated'";

        internal const string WithdrawOthers = $"""
            {Empty} WHERE state = 'pending' AND signature_id <> @signature_id
                AND EXISTS (SELECT 1 FROM signatures o WHERE o.signature_id = @signature_id AND o.work_id = signatures.work_id AND o.mark = signatures.mark)
            """;

        internal const string Invalidate = """
            UPDATE signatures SET state = 'invalidated', mark = NULL, address = @empty, name = '', about = '', place = @empty, appeared = 0
            WHERE signature_id = @signature_id AND work_id = @work_id AND state = 'verified'
            """;

        internal const string LogRemoval = """
            INSERT INTO signature_removals (work_id, entry, count, reason, day)
            SELECT @work_id, COALESCE((SELECT max(entry) FROM signature_removals WHERE work_id = @work_id), 0) + 1, @count, @reason, @day
            """;
    }
}

/// <summary>What became of a signature when its mailbox confirmed.</summary>
internal enum SigningEnd
{
    /// <summary>It counts.</summary>
    Signed,

    /// <summary>The same mailbox had signed before: that signature counts, this one does not.</summary>
    SignedBefore,

    /// <summary>Nobody signs this letter any more.</summary>
    Closed,

    /// <summary>It was taken back, or taken out.</summary>
    Gone,
}
