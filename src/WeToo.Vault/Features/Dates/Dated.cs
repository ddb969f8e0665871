using System.Security.Cryptography;
using WeToo.Core.Keysets;
using WeToo.Core.Log;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Dates;

/// <summary>Writes down, in the transaction that stores a thing, the entry that will date it. The log gets it later: nobody waits for it. spec/log.md.</summary>
internal static class Dated
{
    /// <summary>What an author's device made, and sent with the author's own copy.</summary>
    internal static void NoteOwn(Session session, LogEntry entry, byte[] pseudonym, uint today) => Note(session, entry, pseudonym, null, null, today);

    /// <summary>A note that came, whether anybody takes it or nobody: whoever wrote it can show its date, and learns nothing by it.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="entry">What the device of who wrote it made.</param>
    /// <param name="today">Today.</param>
    internal static void NoteLeft(Session session, LogEntry entry, uint today) => Note(session, entry, null, null, null, today);

    /// <summary>A filing, as it was taken.</summary>
    internal static void NoteFiling(Session session, byte[] message, byte[] filingId, byte[] pseudonym, uint today) =>
        NoteSalted(session, EntryKind.Filing, message, filingId, pseudonym, today);

    /// <summary>That the author of a filing may know of a match from now on.</summary>
    internal static void NoteMatch(Session session, ReadOnlySpan<byte> deployment, byte[] filingId, uint today)
    {
        var pseudonym = session.QueryOne<byte[]>(Sql.Author, new { filing_id = filingId })!;
        NoteSalted(session, EntryKind.MatchNotice, LogEntry.MatchNotice(deployment, filingId, today), filingId, pseudonym, today);
    }

    /// <summary>A keyset and its roster, as published.</summary>
    internal static void NoteKeyset(Session session, SignedKeyset keyset, uint today)
    {
        foreach (var entry in OfKeyset(keyset)) Note(session, entry, null, null, null, today);
    }

    /// <summary>The list of the files that this vault serves.</summary>
    internal static void NoteRelease(Session session, ReadOnlySpan<byte> files, uint today) => Note(session, OfRelease(files), null, null, null, today);

    internal static IReadOnlyList<LogEntry> OfKeyset(SignedKeyset keyset) =>
        [Public(EntryKind.Keyset, System.Text.Encoding.UTF8.GetBytes(keyset.Keyset.Text)), Public(EntryKind.Roster, System.Text.Encoding.UTF8.GetBytes(keyset.Roster.Text))];

    internal static LogEntry OfRelease(ReadOnlySpan<byte> files) => Public(EntryKind.Release, files);

    /// <summary>Forgets what was dated of a filing, and the salts by which it could be told.</summary>
    internal static void Forget(Session session, byte[] filingId) => session.Execute(Sql.Forget, new { filing_id = filingId });

    private static LogEntry Public(EntryKind kind, ReadOnlySpan<byte> thing) => LogEntry.Of(kind, LogEntry.PublicSalt.Span, thing);

    private static void NoteSalted(Session session, EntryKind kind, byte[] thing, byte[] filingId, byte[] pseudonym, uint today)
    {
        var salt = RandomNumberGenerator.GetBytes(LogEntry.SaltSize);
        Note(session, LogEntry.Of(kind, salt, thing), pseudonym, filingId, salt, today);
    }

    private static void Note(Session session, LogEntry entry, byte[]? pseudonym, byte[]? filingId, byte[]? salt, uint today) =>
        session.Execute(Sql.Note, new { entry = entry.ToBytes(), pseudonym, filing_id = filingId, salt, came_day = (long)today });

    private static class Sql
    {
        internal const string Author = "SELECT pseudonym FROM filings WHERE filing_id = @filing_id";

        internal const string Note = """
            INSERT INTO dated (entry, pseudonym, filing_id, salt, came_day) VALUES (@entry, @pseudonym, @filing_id, @salt, @came_day) ON CONFLICT (entry) DO NOTHING
            """;

        internal const string Forget = "DELETE FROM dated WHERE filing_id = @filing_id";
    }
}
