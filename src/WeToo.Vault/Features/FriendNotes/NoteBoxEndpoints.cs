using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Log;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Authors;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.FriendNotes;

/// <summary>
/// <c>PUT /v1/note-boxes</c>: an author asks others for notes, asks no more, or throws one away. <c>POST /v1/note-boxes</c>: what was left for them. An answer has one size: where no note is, its entry is
/// zeros. WEP-1, section 19.
/// </summary>
internal static class NoteBoxEndpoints
{
    private const int KeySize = 32;
    private const int NoteSize = LogEntry.Size + NoteMessage.SealedSize;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/note-boxes", PutAsync);
        routes.MapPost("/v1/note-boxes", ShowAsync);
    }

    private static async Task<IResult> PutAsync(HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (message, refusal) = await http.AdmitAsync<NoteBoxMessage>(board, Limits.OtherBytes);
        if (message is null) return Problems.From(refusal);

        var row = new { filing_id = message.FilingId.ToArray(), pseudonym = message.Pseudonym.ToArray(), subject = message.Subject.ToArray() };
        var refused = await database.TransactAsync<Refusal?>(
            session =>
            {
                if (OwnFiling.Check(session, row.filing_id, row.pseudonym) is { } notTheirs) return notTheirs;
                if (message.Act == NoteBoxAct.Take) return Take(session, row.pseudonym, row.subject);

                session.Execute(message.Act == NoteBoxAct.Close ? Sql.Close : Sql.Drop, new { row.pseudonym, row.subject, entry = new LogEntry(EntryKind.Note, row.subject).ToBytes() });
                return null;
            },
            cancel);
        return refused is { } said ? Problems.From(said) : Results.NoContent();
    }

    /// <summary>A key that was closed takes no notes again: whoever had its code has it still.</summary>
    private static Refusal? Take(Session session, byte[] pseudonym, byte[] note_key)
    {
        var row = new { pseudonym, note_key };
        if (session.Query<long>(Sql.Spent, row).Count > 0) return Refusal.RequestReplayed;

        session.Execute(Sql.CloseOthers, row);
        session.Execute(Sql.Open, row);
        return null;
    }

    private static async Task<IResult> ShowAsync(HttpRequest http, KeysetBoard board, Database database, CancellationToken cancel)
    {
        var (request, refusal) = await http.AdmitAsync<StatusRequest>(board, Limits.OtherBytes);
        if (request is null) return Problems.From(refusal);

        var row = new { pseudonym = request.Pseudonym.ToArray() };
        var (key, notes) = await database.ReadAsync(session => (session.QueryOne<byte[]>(Sql.Key, row), session.Query<Note>(Sql.Notes, row)), cancel);
        var answer = RandomNumberGenerator.GetBytes(KeySize + (NoteBoxMessage.MostNotes * NoteSize));
        (key ?? new byte[KeySize]).CopyTo(answer, 0);
        for (var i = 0; i < NoteBoxMessage.MostNotes; i++)
        {
            var at = KeySize + (i * NoteSize);
            answer.AsSpan(at, LogEntry.Size).Clear();
            if (i >= notes.Count) continue;

            notes[i].Entry.CopyTo(answer, at);
            notes[i].SealedNote.CopyTo(answer, at + LogEntry.Size);
        }

        return Results.Bytes(answer);
    }

    private sealed record Note(byte[] Entry, byte[] SealedNote);

    private static class Sql
    {
        internal const string Spent = "SELECT 1 FROM note_boxes WHERE pseudonym = @pseudonym AND note_key = @note_key AND takes = 0";

        internal const string CloseOthers = "UPDATE note_boxes SET takes = 0 WHERE pseudonym = @pseudonym AND note_key <> @note_key";

        internal const string Open = "INSERT INTO note_boxes (pseudonym, note_key, takes) VALUES (@pseudonym, @note_key, 1) ON CONFLICT (pseudonym, note_key) DO NOTHING";

        internal const string Close = "UPDATE note_boxes SET takes = 0 WHERE pseudonym = @pseudonym AND note_key = @subject";

        internal const string Drop = "DELETE FROM friend_notes WHERE pseudonym = @pseudonym AND entry = @entry";

        internal const string Key = "SELECT note_key FROM note_boxes WHERE pseudonym = @pseudonym AND takes = 1";

        /// <summary>The limit is <see cref="NoteBoxMessage.MostNotes"/>.</summary>
        internal const string Notes = "SELECT entry, sealed_note FROM friend_notes WHERE pseudonym = @pseudonym ORDER BY number LIMIT 5";
    }
}
