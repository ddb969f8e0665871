using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Holds;
using WeToo.Vault.Features.Mailbox;

namespace WeToo.Vault.Features.Retention;

/// <summary>What a run finds, and how it deletes it.</summary>
internal static class RetentionDue
{
    /// <summary>How many things of a kind have been due for as long as a run deletes.</summary>
    internal static long Count(Session session, RetentionKind kind, long cutoff, Roster roster) => kind switch
    {
        RetentionKind.Candidates => Strangers(session, cutoff, roster).Count,
        RetentionKind.Requests => session.Query<long>(Sql.CountRequests, new { cutoff })[0],
        _ => (kind == RetentionKind.Mail ? session.Query<Ended>(Sql.EndedMail, new { cutoff }) : session.Query<Ended>(Sql.EndedCases, new { cutoff })).Count,
    };

    /// <summary>Deletes them.</summary>
    /// <returns>How many.</returns>
    internal static long Delete(Session session, RetentionKind kind, long cutoff, Roster roster, uint today)
    {
        switch (kind)
        {
            case RetentionKind.Mail:
                var mails = session.Query<Ended>(Sql.EndedMail, new { cutoff });
                foreach (var one in mails)
                {
                    Mail.Erase(session, one.FilingId);
                    session.Execute(Sql.MailEnded, new { one.FilingId, today = (long)today });
                }

                return mails.Count;
            case RetentionKind.Cases:
                var cases = session.Query<Ended>(Sql.EndedCases, new { cutoff });
                foreach (var one in cases) Lapse.Of(session, one.FilingId, one.Pseudonym, today);
                return cases.Count;
            case RetentionKind.Candidates:
                var strangers = Strangers(session, cutoff, roster);
                session.Execute(Sql.ForgetCandidate, strangers.Select(signing => new { signing }));
                return strangers.Count;
            default:
                return session.Execute(Sql.ForgetRequests, new { cutoff });
        }
    }

    /// <summary>Who asked to join, and is not on the team.</summary>
    private static List<byte[]> Strangers(Session session, long cutoff, Roster roster) =>
        [.. session.Query<byte[]>(Sql.Candidates, new { cutoff }).Where(signing => roster.Member(signing) is null)];

    private sealed record Ended(byte[] FilingId, byte[] Pseudonym);

    private static class Sql
    {
        /// <summary>What was withdrawn, deleted in a run before, or is held, is not among them.</summary>
        internal const string EndedCases = $"""
            SELECT f.filing_id, f.pseudonym FROM cases c JOIN filings f ON f.filing_id = c.filing_id
            WHERE c.closed_day <= @cutoff AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = c.filing_id) AND {Held.NotOfCase}
            ORDER BY f.filing_id
            """;

        internal const string EndedMail = $"""
            SELECT f.filing_id, f.pseudonym FROM cases c JOIN filings f ON f.filing_id = c.filing_id
            WHERE c.closed_day <= @cutoff AND c.mail_ended IS NULL AND {Held.NotOfCase}
              AND (EXISTS (SELECT 1 FROM mailboxes b WHERE b.filing_id = c.filing_id) OR EXISTS (SELECT 1 FROM mail m WHERE m.filing_id = c.filing_id))
            ORDER BY f.filing_id
            """;

        internal const string MailEnded = "UPDATE cases SET mail_ended = @today WHERE filing_id = @FilingId";

        internal const string Candidates = "SELECT signing FROM invitations WHERE signing IS NOT NULL AND accepted_day <= @cutoff ORDER BY signing";

        internal const string ForgetCandidate = "DELETE FROM invitations WHERE signing = @signing";

        internal const string CountRequests = "SELECT count(*) FROM requests WHERE day <= @cutoff";

        internal const string ForgetRequests = "DELETE FROM requests WHERE day <= @cutoff";
    }
}
