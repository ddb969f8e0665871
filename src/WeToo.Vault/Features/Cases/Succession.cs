using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Carrying;
using WeToo.Vault.Features.Clocks;
using WeToo.Vault.Features.Handover;
using WeToo.Vault.Features.Holds;
using WeToo.Vault.Features.Mailbox;
using WeToo.Vault.Features.Meeting;
using WeToo.Vault.Features.Notes;

namespace WeToo.Vault.Features.Cases;

/// <summary>Who has a case after somebody gave it back or left the team: another whom its author chose, who checks anew. WEP-1, section 12.</summary>
internal static class Succession
{
    /// <summary>Hands a case on. What was promised holds; where nobody takes more it waits, and with nobody left it goes to nobody until the operator finds one.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="one">The case, and who has it until now.</param>
    /// <param name="roster">Who is there.</param>
    /// <param name="clocks">For the checks, which begin again where there is something to compare.</param>
    internal static void HandOn(Session session, ICaseOf one, Roster roster, DeskClocks clocks)
    {
        var row = new { one.CaseId, one.FilingId, one.Counselor };
        var (left, goesOutside) = Left(session, one, roster);
        session.Execute(Sql.Leave, row);
        if (goesOutside)
        {
            session.Execute(Sql.LeaveAll, row);
            session.Execute(Sql.Choose, left.Select(key => new { one.FilingId, counselor = Convert.FromHexString(key) }));
            session.Execute(Sql.ForgetOutside, row);
        }

        Forget(session, one);
        Handovers.Forget(session, one.FilingId);
        _ = Offers.Give(session, one.FilingId, roster, clocks);
    }

    /// <summary>Hands a case to somebody, who begins as after a recusal. Who had it may have it again.</summary>
    internal static void HandTo(Session session, ICaseOf one, byte[] next, DeskClocks clocks)
    {
        Forget(session, one);
        Offers.GiveTo(session, one.FilingId, next, clocks);
    }

    /// <summary>What the one who had it did in it.</summary>
    private static void Forget(Session session, ICaseOf one)
    {
        var row = new { one.CaseId, one.FilingId, one.Counselor };
        session.Execute(Sql.ForgetRest, row);
        Held.KeepSheet(session, one.FilingId);
        Held.KeepMail(session, one.FilingId);
        Held.KeepNotes(session, one.FilingId);
        CaseRegister.Erase(session, one.FilingId);
        Mail.Forget(session, one.FilingId, one.Counselor);
        Meetings.ForgetVouch(session, one.FilingId);
        session.Execute(Sql.ForgetFindings, row);
        session.Execute(Sql.ForgetWork, row);
    }

    /// <summary>Whether anybody is left who may have it.</summary>
    internal static bool HasHeir(Session session, ICaseOf one, Roster roster) => Left(session, one, roster).Of.Length > 0;

    /// <summary>Two who work together know each other, and one of them has left: a single colleague is not enough when somebody stands outside the team.</summary>
    private static (string[] Of, bool GoesOutside) Left(Session session, ICaseOf one, Roster roster)
    {
        var row = new { one.FilingId };
        var present = roster.Counselors.Select(other => Convert.ToHexStringLower(other.Signing.Span)).ToHashSet();
        string[] Present(string sql) => [.. session.Query<byte[]>(sql, row).Where(key => !key.AsSpan().SequenceEqual(one.Counselor)).Select(Convert.ToHexStringLower).Where(present.Contains)];
        string[] left = Present(Sql.Left), outside = Present(Sql.Outside);
        return left.Length > 1 || outside.Length == 0 ? (left, false) : (outside, true);
    }

    private static class Sql
    {
        internal const string Leave = "DELETE FROM candidates WHERE filing_id = @FilingId AND counselor = @Counselor";

        internal const string ForgetRest = "DELETE FROM rests WHERE counselor = @Counselor AND case_id = @CaseId";

        internal const string Left = "SELECT counselor FROM candidates WHERE filing_id = @FilingId ORDER BY counselor";

        internal const string Outside = "SELECT counselor FROM outside WHERE filing_id = @FilingId ORDER BY counselor";

        internal const string LeaveAll = "DELETE FROM candidates WHERE filing_id = @FilingId";

        internal const string Choose = "INSERT INTO candidates (filing_id, counselor) VALUES (@FilingId, @counselor)";

        internal const string ForgetOutside = "DELETE FROM outside WHERE filing_id = @FilingId";

        internal const string ForgetFindings = "DELETE FROM findings WHERE filing_id = @FilingId";

        internal const string ForgetWork = "UPDATE cases SET sheet = NULL, account = NULL WHERE filing_id = @FilingId";
    }
}

/// <summary>A case, and who has it.</summary>
internal interface ICaseOf
{
    /// <summary>The case's id.</summary>
    byte[] CaseId { get; }

    /// <summary>Its filing's id.</summary>
    byte[] FilingId { get; }

    /// <summary>The signing key of who has it.</summary>
    byte[] Counselor { get; }

    /// <summary>Whether its author wrote by themselves: there is nothing to compare.</summary>
    long Direct { get; }
}
