using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Mailbox;

namespace WeToo.Vault.Features.Team;

/// <summary>Hands on the cases of those who are no longer on the roster: nobody's case leaves with a counselor, or with their lost device.</summary>
internal static class Departures
{
    /// <summary>To another whom the author chose and who checks anew, as after a recusal. Without one the case stays as it is.</summary>
    internal static bool HandOn(Session session, Roster roster, DeskClocks clocks)
    {
        foreach (var one in session.Query<Row>(Sql.Live).Where(row => roster.Counselor(row.Counselor) is null))
        {
            string[] left = [.. session.Query<byte[]>(Sql.Left, one).Where(key => roster.Counselor(key) is not null).Select(Convert.ToHexStringLower)];
            if (left.Length == 0) continue;

            var next = Assignment.Assign([left], Assignment.Loads(session, one.MatchId))[0];
            session.Execute(Sql.Leave, one);
            Mail.Forget(session, one.FilingId, one.Counselor);
            session.Execute(Sql.ForgetFindings, one);
            session.Execute(Sql.Give, new { one.FilingId, next = Convert.FromHexString(next) });
            clocks.BeginChecks(session, one.CaseId);
        }

        return true;
    }

    private sealed record Row(byte[] CaseId, byte[] MatchId, byte[] FilingId, byte[] Counselor);

    private static class Sql
    {
        internal const string Live = """
            SELECT c.case_id, c.match_id, c.filing_id, c.counselor FROM cases c
            WHERE length(c.counselor) > 0 AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.filing_id = c.filing_id)
            """;

        internal const string Left = "SELECT counselor FROM candidates WHERE filing_id = @FilingId ORDER BY counselor";

        internal const string Leave = "DELETE FROM candidates WHERE filing_id = @FilingId AND counselor = @Counselor";

        internal const string ForgetFindings = "DELETE FROM findings WHERE filing_id = @FilingId";

        internal const string Give = "UPDATE cases SET counselor = @next, sheet = NULL, account = NULL WHERE filing_id = @FilingId";
    }
}
