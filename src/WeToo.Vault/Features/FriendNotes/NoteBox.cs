using WeToo.Core.Filings;
using WeToo.Core.Log;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Dates;

namespace WeToo.Vault.Features.FriendNotes;

/// <summary>The notes that others left for authors. Which box is whose nobody else learns: whatever becomes of a note, the same is written. WEP-1, section 19.</summary>
internal static class NoteBox
{
    private const int KeptDates_days = 35;

    /// <summary>Where a note goes that nobody takes: one row, written over each time, with nothing in it.</summary>
    private static readonly byte[] s_nobody = new byte[32];

    private static readonly byte[] s_nothing = new byte[NoteMessage.SealedSize];

    /// <summary>
    /// Keeps a note for whoever takes notes under its key, if they have room and no note with the same entry; dates it in any case. Somebody who was given a code may have said
    /// that it is theirs: both get the note, so that nobody learns by it whether there is another, and only who made the code can open it.
    /// </summary>
    internal static void Leave(Session session, NoteMessage note, uint today)
    {
        var entry = note.Entry.ToBytes();
        var places = session.Query<Place>(Sql.Find, new { note_key = note.NoteKey.ToArray(), entry }).Where(place => place is { Same: 0, Waiting: < NoteBoxMessage.MostNotes });
        var kept = places.Select(place => new { pseudonym = place.Pseudonym, number = place.Last + 1, entry, sealed_note = note.Sealed.ToArray() }).ToList();
        session.Execute(Sql.Keep, kept.Count > 0 ? kept : [new { pseudonym = s_nobody, number = 1L, entry = new byte[entry.Length], sealed_note = s_nothing }]);
        Dated.NoteLeft(session, note.Entry, today);
    }

    /// <summary>Forgets what dated notes that nobody has any more. Who wrote one finds its date in the log.</summary>
    internal static void ForgetDates(Session session, uint today) => session.Execute(Sql.ForgetDates, new { kind = ByteOf(EntryKind.Note), before_day = (long)today - KeptDates_days });

    private static byte[] ByteOf(EntryKind kind) => [(byte)kind];

    /// <summary>Erases an author's box with their last filing that lives: an account that is filed anew, with another name, keeps it.</summary>
    internal static void EraseLast(Session session, byte[] pseudonym)
    {
        var row = new { pseudonym };
        if (session.Query<long>(Sql.Living, row).Count > 0) return;

        session.Execute(Sql.EraseNotes, row);
        session.Execute(Sql.EraseBox, row);
    }

    /// <summary>A box that takes notes. With properties: SQLite gives what is computed no type in an empty result.</summary>
    private sealed class Place
    {
        public byte[] Pseudonym { get; init; } = [];

        /// <summary>How many with the same entry came before.</summary>
        public long Same { get; init; }

        public long Waiting { get; init; }

        public long Last { get; init; }
    }

    private static class Sql
    {
        internal const string Find = """
            SELECT b.pseudonym,
                (SELECT count(*) FROM friend_notes n WHERE n.pseudonym = b.pseudonym AND n.entry = @entry) AS same,
                (SELECT count(*) FROM friend_notes n WHERE n.pseudonym = b.pseudonym) AS waiting,
                coalesce((SELECT max(n.number) FROM friend_notes n WHERE n.pseudonym = b.pseudonym), 0) AS last
            FROM note_boxes b WHERE b.note_key = @note_key AND b.takes = 1
            """;

        internal const string Keep = """
            INSERT INTO friend_notes (pseudonym, number, entry, sealed_note) VALUES (@pseudonym, @number, @entry, @sealed_note)
            ON CONFLICT (pseudonym, number) DO UPDATE SET entry = excluded.entry, sealed_note = excluded.sealed_note
            """;

        internal const string ForgetDates = """
            DELETE FROM dated WHERE substr(entry, 1, 1) = @kind AND came_day < @before_day AND NOT EXISTS (SELECT 1 FROM friend_notes n WHERE n.entry = dated.entry)
            """;

        internal const string Living = """
            SELECT 1 FROM filings f WHERE f.pseudonym = @pseudonym AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = f.filing_id) LIMIT 1
            """;

        internal const string EraseNotes = "DELETE FROM friend_notes WHERE pseudonym = @pseudonym";

        internal const string EraseBox = "DELETE FROM note_boxes WHERE pseudonym = @pseudonym";
    }
}
