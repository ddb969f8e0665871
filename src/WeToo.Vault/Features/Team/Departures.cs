using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Meeting;

namespace WeToo.Vault.Features.Team;

/// <summary>Hands on the cases of those who are no longer on the roster: nobody's case leaves with a counselor, or with their lost device.</summary>
internal static class Departures
{
    /// <summary>As after a recusal. Without anybody whom the author chose the case stays as it is.</summary>
    internal static bool HandOn(Session session, Roster roster, DeskClocks clocks)
    {
        foreach (var one in session.Query<Row>(Sql.Live).Where(row => roster.Counselor(row.Counselor) is null))
        {
            Meetings.ForgetVouch(session, one.FilingId);
            if (Succession.HasHeir(session, one, roster)) Succession.HandOn(session, one, roster, clocks);
        }

        return true;
    }

    private sealed record Row(byte[] CaseId, byte[] FilingId, byte[] Counselor, long Direct) : ICaseOf;

    private static class Sql
    {
        internal const string Live = """
            SELECT c.case_id, c.filing_id, c.counselor, f.direct FROM cases c JOIN filings f ON f.filing_id = c.filing_id
            WHERE length(c.counselor) > 0 AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = c.filing_id)
            """;
    }
}
