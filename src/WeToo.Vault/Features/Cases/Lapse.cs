using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Cases;

/// <summary>
/// The end of a case whose period is over. All that a withdrawal erases goes, and who had it too. What its author never took out is not taken out for them: no keeper and no matcher hears of it,
/// since an operator who could silence accounts would be trusted with more than their deletion. WEP-1, section 12.3.
/// </summary>
internal static class Lapse
{
    /// <summary>Where a withdrawal stands, for what lapsed.</summary>
    private static readonly byte[] s_nothing = [];

    /// <summary>Deletes a case.</summary>
    internal static void Of(Session session, byte[] filingId, byte[] pseudonym, uint today)
    {
        var row = new { filing_id = filingId, pseudonym, message = s_nothing, at_day = (long)today, nothing = s_nothing };
        session.Execute(Sql.Bury, row);
        Erasure.Of(session, filingId, pseudonym, today);
        session.Execute(Sql.ForgetOpenings, row);
        session.Execute(Sql.ForgetFindings, row);
        session.Execute(Sql.ForgetReadings, row);
        session.Execute(Sql.ForgetWho, row);
    }

    /// <summary>1 for a filing <c>f</c> that lapsed.</summary>
    internal const string IsOfFiling = "(SELECT count(*) FROM tombstones t WHERE t.filing_id = f.filing_id AND length(t.message) = 0)";

    private static class Sql
    {
        internal const string Bury = "INSERT INTO tombstones (filing_id, pseudonym, message, at_day) VALUES (@filing_id, @pseudonym, @message, @at_day)";

        internal const string ForgetOpenings = "DELETE FROM opening_signatures WHERE filing_id = @filing_id";

        internal const string ForgetFindings = "DELETE FROM findings WHERE filing_id = @filing_id OR other_id = @filing_id";

        internal const string ForgetReadings = "DELETE FROM readings WHERE filing_id = @filing_id";

        internal const string ForgetWho = "UPDATE cases SET counselor = @nothing WHERE filing_id = @filing_id";
    }
}
