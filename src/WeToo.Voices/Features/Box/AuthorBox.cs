using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Box;

/// <summary>A note to an author, as it is sealed.</summary>
internal sealed record NoteText(string Text, string Name);

/// <summary>A note, for the author.</summary>
internal sealed record Note(byte[] NoteId, NoteText Words, long Day)
{
    internal string Id => Convert.ToHexStringLower(NoteId);
}

/// <summary>The work whose box somebody's link opens, with the title of one of its pieces.</summary>
internal sealed record OpenedBox(byte[] WorkId, long BoxOpen, string Title);

/// <summary>Notes that only the author of a work reads: sealed in the database, shown at no desk, and opened by a link that is mailed to the author's own mailbox.</summary>
internal sealed class AuthorBox(Database database, Writes writes, Keys keys, Outbox outbox, MailWorker mails, VoicesOptions options, TimeProvider time)
{
    /// <summary>What the link of a note's writer is made for.</summary>
    internal const string NoteLink = "note";

    /// <summary>What the link of the author is made for.</summary>
    internal const string BoxLink = "box";

    internal const int LongestText = 5_000;
    internal const int LongestName = 80;

    private const int DaySeconds = 24 * 3600;

    /// <summary>Whether readers may write into it now.</summary>
    internal static bool IsOpen(Session session, byte[] work) => session.QueryOne<long>(Sql.IsOpen, new { work_id = work }) == 1;

    /// <summary>Opens or closes it. There is none without a mailbox of the author and a way to write to it.</summary>
    /// <returns>Whether it is so now; or that too many write at once.</returns>
    internal async Task<(bool IsDone, Refusal? Refusal)> SetAsync(byte[] work, bool isOpen, CancellationToken cancel)
    {
        if (isOpen && options.Mail.Server is null) return (false, null);
        var row = new { work_id = work, box_open = isOpen ? 1L : 0, box = RandomNumberGenerator.GetBytes(16) };
        return await writes.TransactAsync([Names.Pieces], session => session.Execute(Sql.Set, row) > 0, cancel);
    }

    /// <summary>Puts a note in, and tells the author.</summary>
    /// <returns>The note; nothing when the box is closed; or that too many write at once.</returns>
    internal async Task<(byte[]? Note, Refusal? Refusal)> AddAsync(ShownPiece piece, NoteText words, Visit visit, CancellationToken cancel)
    {
        var (id, now) = (RandomNumberGenerator.GetBytes(16), time.GetUtcNow().ToUnixTimeSeconds());
        var row = new { note_id = id, work_id = piece.WorkId, @sealed = keys.Seal(JsonSerializer.Serialize(words), id), made_day = now / DaySeconds };
        var (isIn, refusal) = await writes.TransactAsync([], session =>
        {
            if (session.Execute(Sql.Add, row) == 0) return false;
            if (session.QueryOne<AuthorRow>(Sql.Author, row) is { } author && keys.Open(author.Author, piece.WorkId) is { } address && Keys.MailboxOf(address) is { } mailbox && outbox.Count(session, mailbox, now))
                Outbox.Send(session, outbox.Seal(MailTo(address, piece, author.Box, visit)), now);
            return true;
        }, cancel);
        mails.Ring();
        return (isIn ? id : null, refusal);
    }

    /// <summary>What a link of the author opens.</summary>
    internal Task<OpenedBox?> FindAsync(string link, CancellationToken cancel) =>
        keys.IdOf(link, BoxLink) is { } box ? database.ReadAsync(session => session.QueryOne<OpenedBox>(Sql.Find, new { box }), cancel) : Task.FromResult<OpenedBox?>(null);

    /// <summary>What is in it, the newest day first.</summary>
    internal async Task<IReadOnlyList<Note>> NotesAsync(byte[] work, CancellationToken cancel) =>
        [.. (await database.ReadAsync(session => session.Query<NoteRow>(Sql.Notes, new { work_id = work }), cancel))
            .Select(row => keys.Open(row.Sealed, row.NoteId) is { } text ? new Note(row.NoteId, JsonSerializer.Deserialize<NoteText>(text)!, row.MadeDay) : null).OfType<Note>()];

    /// <summary>Whether a note is still there.</summary>
    internal Task<bool> HasAsync(byte[] note, CancellationToken cancel) => database.ReadAsync(session => session.QueryOne<long>(Sql.Has, new { note_id = note }) > 0, cancel);

    /// <summary>Deletes a note for ever: its writer at any time.</summary>
    internal async Task<Refusal?> DeleteAsync(byte[] note, CancellationToken cancel) => (await writes.TransactAsync([], session => session.Execute(Sql.Delete, new { note_id = note }), cancel)).Refusal;

    /// <summary>The same for the author, of their own notes alone.</summary>
    internal async Task<Refusal?> DeleteOfAsync(byte[] work, byte[] note, CancellationToken cancel) =>
        (await writes.TransactAsync([], session => session.Execute(Sql.DeleteOf, new { note_id = note, work_id = work }), cancel)).Refusal;

    private Mail MailTo(string address, ShownPiece piece, byte[] box, Visit visit)
    {
        (string, object)[] gaps = [("title", piece.Title), ("link", visit.Absolute($"/{piece.Language}/box/{keys.LinkTo(box, BoxLink)}")), ("publication", visit.Publication)];
        return new(address, Catalogue.Say(piece.Language, "mail.box.subject", gaps), Catalogue.Say(piece.Language, "mail.box.text", gaps));
    }

    private sealed record AuthorRow(byte[] Author, byte[] Box);

    private sealed record NoteRow(byte[] NoteId, byte[] Sealed, long MadeDay);

    private static class Sql
    {
        internal const string IsOpen = "SELECT box_open FROM works WHERE work_id = @work_id";

        internal const string Set = "UPDATE works SET box_open = @box_open, box = COALESCE(box, @box) WHERE work_id = @work_id AND (@box_open = 0 OR length(author) > 0)";

        internal const string Add = "INSERT INTO notes (note_id, work_id, sealed, made_day) SELECT @note_id, w.work_id, @sealed, @made_day FROM works w WHERE w.work_id = @work_id AND w.box_open = 1";

        internal const string Author = "SELECT author, box FROM works WHERE work_id = @work_id";

        internal const string Find = """
            SELECT w.work_id, w.box_open, r.title FROM works w JOIN pieces p ON p.work_id = w.work_id JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = COALESCE(p.published, p.revision)
            WHERE w.box = @box ORDER BY p.language LIMIT 1
            """;

        internal const string Notes = "SELECT note_id, sealed, made_day FROM notes WHERE work_id = @work_id ORDER BY made_day DESC, note_id LIMIT 500";

        internal const string Has = "SELECT count(*) FROM notes WHERE note_id = @note_id";

        internal const string Delete = "DELETE FROM notes WHERE note_id = @note_id";

        internal const string DeleteOf = "DELETE FROM notes WHERE note_id = @note_id AND work_id = @work_id";
    }
}
