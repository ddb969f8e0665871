using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Holds;

/// <summary>
/// What two people keep although its author took it out, or its period is over. What would have been erased is put where nobody at the desk reaches it, so that everything else goes on as if it were gone:
/// nothing counts, nothing is read. WEP-1, section 12.5.
/// </summary>
internal static class Held
{
    /// <summary>True for a filing <c>c</c> that nobody holds: what is not true of is not deleted.</summary>
    internal const string NotOfCase = "NOT EXISTS (SELECT 1 FROM holds h WHERE h.filing_id = c.filing_id)";

    /// <summary>Likewise, of a tombstone <c>t</c>.</summary>
    internal const string NotOfTombstone = "NOT EXISTS (SELECT 1 FROM holds h WHERE h.filing_id = t.filing_id)";

    /// <summary>Puts aside what is about to be erased, if it is held.</summary>
    internal static void KeepAll(Session session, byte[] filing_id)
    {
        if (!Is(session, filing_id)) return;

        var row = new { filing_id };
        session.Execute(Sql.KeepFiling, row);
        session.Execute(Sql.KeepAccount, row);
        session.Execute(Sql.KeepCase, row);
        session.Execute(Sql.KeepReleased, row);
        session.Execute(Sql.KeepSheet, row);
        session.Execute(Sql.KeepAddenda, row);
        session.Execute(Sql.KeepFiles, row);
        KeepMail(session, filing_id);
        KeepNotes(session, filing_id);
    }

    /// <summary>Puts aside what a counselor noted of a check, if it is held.</summary>
    internal static void KeepSheet(Session session, byte[] filing_id)
    {
        if (Is(session, filing_id)) session.Execute(Sql.KeepSheet, new { filing_id });
    }

    /// <summary>Puts aside what was said, if it is held. What an author keeps of it is for them alone, and goes when they say so.</summary>
    internal static void KeepMail(Session session, byte[] filing_id)
    {
        if (!Is(session, filing_id)) return;

        var row = new { filing_id };
        session.Execute(Sql.KeepFromAuthor, row);
        session.Execute(Sql.KeepFromCounselor, row);
        session.Execute(Sql.KeepMailFiles, row);
    }

    /// <summary>Puts aside what a counselor noted of a case, if it is held: under their own key, as it was.</summary>
    internal static void KeepNotes(Session session, byte[] filing_id)
    {
        if (Is(session, filing_id)) session.Execute(Sql.KeepNotes, new { filing_id });
    }

    /// <summary>Ends holds whose last day has passed.</summary>
    internal static void EndDue(Session session, long today)
    {
        foreach (var filing_id in session.Query<byte[]>(Sql.Due, new { today })) End(session, filing_id);
        session.Execute(Sql.ForgetOld, new { oldest = today - Hold.ProposalDays });
    }

    /// <summary>Ends a hold, and deletes what only it had kept.</summary>
    internal static void End(Session session, byte[] filing_id)
    {
        var row = new { filing_id };
        session.Execute(Sql.EraseFileParts, row);
        session.Execute(Sql.Erase, row);
        session.Execute(Sql.Lift, row);
    }

    private static bool Is(Session session, byte[] filing_id) => session.Query<long>(Sql.IsHeld, new { filing_id }).Count > 0;

    private static class Sql
    {
        internal const string IsHeld = "SELECT until_day FROM holds WHERE filing_id = @filing_id";

        internal const string KeepFiling = "INSERT INTO held (filing_id, part, bytes) SELECT filing_id, 'contact', contact FROM filings WHERE filing_id = @filing_id AND length(contact) > 0";

        internal const string KeepAccount = "INSERT INTO held (filing_id, part, bytes) SELECT filing_id, 'account', account FROM filings WHERE filing_id = @filing_id AND length(account) > 0";

        internal const string KeepCase = "INSERT INTO held (filing_id, part, bytes) SELECT filing_id, 'case-contact', contact FROM cases WHERE filing_id = @filing_id AND length(contact) > 0";

        internal const string KeepReleased = "INSERT INTO held (filing_id, part, bytes) SELECT filing_id, 'case-account', account FROM cases WHERE filing_id = @filing_id AND length(account) > 0";

        internal const string KeepSheet = "INSERT INTO held (filing_id, part, bytes) SELECT filing_id, 'sheet', sheet FROM cases WHERE filing_id = @filing_id AND length(sheet) > 0";

        internal const string KeepAddenda = """
            INSERT INTO held (filing_id, part, bytes)
            SELECT filing_id, 'addendum', message FROM addenda WHERE filing_id = @filing_id
            UNION ALL SELECT filing_id, 'addendum-text', sealed_text FROM addenda WHERE filing_id = @filing_id
            """;

        internal const string KeepFiles = """
            INSERT INTO held (filing_id, part, bytes)
            SELECT f.filing_id, 'file', f.file_id FROM files f WHERE f.filing_id = @filing_id
            """;

        internal const string KeepFromAuthor = "INSERT INTO held (filing_id, part, bytes) SELECT filing_id, 'mail-author', from_author FROM mail WHERE filing_id = @filing_id AND length(from_author) > 0";

        internal const string KeepFromCounselor = "INSERT INTO held (filing_id, part, bytes) SELECT filing_id, 'mail-counselor', from_counselor FROM mail WHERE filing_id = @filing_id AND length(from_counselor) > 0";

        internal const string KeepMailFiles = "INSERT INTO held (filing_id, part, bytes) SELECT filing_id, 'mail-file', bytes FROM mail_parts WHERE filing_id = @filing_id";

        /// <summary>With their number, under which alone they open.</summary>
        internal const string KeepNotes = "INSERT INTO held (filing_id, part, bytes) SELECT filing_id, 'notes-' || revision, sealed FROM case_notes WHERE filing_id = @filing_id";

        internal const string Due = "SELECT filing_id FROM holds WHERE until_day < @today";

        internal const string ForgetOld = "DELETE FROM hold_proposals WHERE at_day < @oldest";

        /// <summary>Files that live on elsewhere are nobody's to erase here.</summary>
        internal const string EraseFileParts = """
            DELETE FROM file_parts WHERE file_id IN (SELECT h.bytes FROM held h WHERE h.filing_id = @filing_id AND h.part = 'file')
              AND NOT EXISTS (SELECT 1 FROM files f WHERE f.file_id = file_parts.file_id)
            """;

        internal const string Erase = "DELETE FROM held WHERE filing_id = @filing_id";

        internal const string Lift = "DELETE FROM holds WHERE filing_id = @filing_id";
    }
}
