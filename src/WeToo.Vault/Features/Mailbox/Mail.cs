using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Mailbox;

/// <summary>The end of what was said. WEP-1, section 17.</summary>
internal static class Mail
{
    /// <summary>Erases the whole mailbox of a filing, its author's own part too.</summary>
    internal static void Erase(Session session, byte[] filing_id)
    {
        var key = new { filing_id };
        session.Execute(Sql.EraseMailbox, key);
        session.Execute(Sql.EraseMail, key);
        session.Execute(Sql.EraseFiles, key);
    }

    /// <summary>Erases what an author and one counselor said to each other, when that counselor has the case no more. The author's own part stays.</summary>
    internal static void Forget(Session session, byte[] filing_id, byte[] counselor)
    {
        var key = new { filing_id, counselor };
        session.Execute(Sql.ForgetMail, key);
        session.Execute(Sql.ForgetFiles, key);
    }

    /// <summary>Erases what counselors wrote to an author who was never told of them. The author's own part stays, as if nobody had been there.</summary>
    internal static void Unsay(Session session, byte[] filing_id)
    {
        var key = new { filing_id };
        session.Execute(Sql.EraseMail, key);
        session.Execute(Sql.EraseFiles, key);
    }

    private static class Sql
    {
        internal const string EraseMailbox = "DELETE FROM mailboxes WHERE filing_id = @filing_id";

        internal const string EraseMail = "DELETE FROM mail WHERE filing_id = @filing_id";

        internal const string EraseFiles = "DELETE FROM mail_parts WHERE filing_id = @filing_id";

        internal const string ForgetMail = "DELETE FROM mail WHERE filing_id = @filing_id AND counselor = @counselor";

        internal const string ForgetFiles = "DELETE FROM mail_parts WHERE filing_id = @filing_id AND counselor = @counselor";
    }
}
