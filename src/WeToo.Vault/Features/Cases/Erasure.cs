using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Dates;
using WeToo.Vault.Features.Desk;
using WeToo.Vault.Features.FriendNotes;
using WeToo.Vault.Features.Handover;
using WeToo.Vault.Features.Holds;
using WeToo.Vault.Features.Mailbox;
using WeToo.Vault.Features.Meeting;
using WeToo.Vault.Features.Notes;

namespace WeToo.Vault.Features.Cases;

/// <summary>Erases what a filing holds, and all that came of it. That there was one stays, and so does that an account was released, so that its author is told the truth about it.</summary>
internal static class Erasure
{
    /// <summary>Erases, in the transaction that has just buried it. What is held is put aside.</summary>
    internal static void Of(Session session, byte[] filing_id, byte[] pseudonym, uint today)
    {
        var row = new { filing_id, pseudonym, nothing = Array.Empty<byte>() };
        Held.KeepAll(session, filing_id);
        MatchWork.Settle(session, filing_id, today); // While it is still known with whom it met.
        session.Execute(Sql.Leave, row);
        session.Execute(Sql.EraseFiling, row);
        session.Execute(Sql.EraseCase, row);
        session.Execute(Sql.EraseFileParts, row);
        session.Execute(Sql.EraseFiles, row);
        session.Execute(Sql.EraseAddenda, row);
        Dated.Forget(session, filing_id);
        session.Execute(Sql.EraseClocks, row);
        session.Execute(Sql.EraseRests, row);
        session.Execute(Sql.EraseCandidates, row);
        session.Execute(Sql.EraseOutside, row);
        AskedStops.Forget(session, filing_id);
        Handovers.Forget(session, filing_id);
        CaseRegister.Erase(session, filing_id);
        Meetings.Forget(session, filing_id);
        Mail.Erase(session, filing_id);
        NoteBox.EraseLast(session, pseudonym);
    }

    /// <summary>The same account may have been filed anew, with another name: its files go with the last filing that lives.</summary>
    private const string Orphans = """
        pseudonym = @pseudonym AND filing_id IN (SELECT filing_id FROM filings WHERE pseudonym = @pseudonym)
        AND NOT EXISTS (
            SELECT 1 FROM filings f WHERE f.pseudonym = @pseudonym AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = f.filing_id))
        """;

    private static class Sql
    {
        internal const string EraseFiling = "UPDATE filings SET contact = @nothing, account = @nothing WHERE filing_id = @filing_id";

        internal const string EraseFileParts =
            "DELETE FROM file_parts WHERE file_id IN (SELECT file_id FROM files WHERE " + Orphans + ") AND file_id NOT IN (SELECT bytes FROM held WHERE part = 'file')";

        internal const string EraseFiles = "DELETE FROM files WHERE " + Orphans;

        internal const string EraseCase =
            "UPDATE cases SET contact = @nothing, sheet = NULL, account = (CASE WHEN account IS NULL THEN account ELSE @nothing END) WHERE filing_id = @filing_id";

        internal const string Leave = "DELETE FROM match_members WHERE filing_id = @filing_id";

        internal const string EraseClocks = "DELETE FROM clocks WHERE case_id IN (SELECT case_id FROM cases WHERE filing_id = @filing_id)";

        internal const string EraseRests = "DELETE FROM rests WHERE case_id IN (SELECT case_id FROM cases WHERE filing_id = @filing_id)";

        internal const string EraseCandidates = "DELETE FROM candidates WHERE filing_id = @filing_id";

        internal const string EraseOutside = "DELETE FROM outside WHERE filing_id = @filing_id";

        internal const string EraseAddenda = "DELETE FROM addenda WHERE filing_id = @filing_id";
    }
}
