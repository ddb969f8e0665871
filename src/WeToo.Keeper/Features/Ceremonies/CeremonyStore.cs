using WeToo.Core;
using WeToo.Hosting.Storage;

namespace WeToo.Keeper.Features.Ceremonies;

/// <summary>What a keeper answers in a ceremony, in order. The numbers are in the database.</summary>
public enum CeremonyStep
{
    /// <summary>It accepted the plan, and dealt if it deals.</summary>
    Joined = 1,

    /// <summary>It opened and checked its shares, and certified what it saw.</summary>
    Received = 2,

    /// <summary>It saw that all certified the same, and signed the keyset. From now on it signs no other before this one is in force.</summary>
    Signed = 3,

    /// <summary>It put the keyset in force, and erased what it held before.</summary>
    InForce = 4,
}

/// <summary>Ceremonies in the database.</summary>
internal static class CeremonyStore
{
    /// <summary>Reads a plan and whether its ceremony has ended.</summary>
    internal static (string Plan, bool Ended)? Find(Session session, ReadOnlyMemory<byte> id) =>
        session.QueryOne<PlanRow>(Sql.Find, new { ceremony_id = id.ToArray() }) is { } row ? (row.Plan, row.Ended == 1) : null;

    /// <summary>Reads what was asked and answered in a step.</summary>
    internal static StepRow? Step(Session session, ReadOnlyMemory<byte> id, CeremonyStep step) =>
        session.QueryOne<StepRow>(Sql.Step, new { ceremony_id = id.ToArray(), step = (long)step });

    internal static void Begin(Session session, KeyCeremony ceremony) =>
        session.Execute(Sql.Begin, new { ceremony_id = ceremony.Id.ToArray(), plan = ceremony.Text });

    internal static void Answer(Session session, ReadOnlyMemory<byte> id, CeremonyStep step, byte[] question, byte[] answer) =>
        session.Execute(Sql.Answer, new { ceremony_id = id.ToArray(), step = (long)step, question, answer });

    /// <summary>Whether a keyset was signed that is not in force yet, other than in the given ceremony.</summary>
    internal static bool IsAnyCertified(Session session, ReadOnlyMemory<byte> except = default) =>
        session.QueryOne<long>(Sql.CountSigned, new { ceremony_id = except.ToArray(), step = (long)CeremonyStep.Signed }) > 0;

    /// <summary>Ends a ceremony and forgets the messages of all: none can lead anywhere now, and with the key file they would give old shares again.</summary>
    internal static void End(Session session, ReadOnlyMemory<byte> id)
    {
        session.Execute(Sql.ForgetSteps);
        session.Execute(Sql.End, new { ceremony_id = id.ToArray() });
    }

    /// <summary>Gives up a ceremony that has not ended.</summary>
    internal static bool Abandon(Session session, byte[] id)
    {
        if (Find(session, id) is not (_, Ended: false)) return false;
        session.Execute(Sql.AbandonSteps, new { ceremony_id = id });
        session.Execute(Sql.Abandon, new { ceremony_id = id });
        return true;
    }

    /// <summary>What was asked and answered.</summary>
    internal sealed record StepRow(byte[] Question, byte[] Answer)
    {
        /// <summary>The answer again, or why not.</summary>
        internal (byte[] Answer, Refusal? Refusal) To(ReadOnlySpan<byte> question) =>
            question.SequenceEqual(Question) ? (Answer, null) : ([], Refusal.CeremonyOutOfOrder);
    }

    private sealed record PlanRow(string Plan, long Ended);

    private static class Sql
    {
        internal const string Find = "SELECT plan, ended FROM ceremonies WHERE ceremony_id = @ceremony_id";

        internal const string Step = "SELECT question, answer FROM ceremony_steps WHERE ceremony_id = @ceremony_id AND step = @step";

        internal const string Begin = "INSERT INTO ceremonies (ceremony_id, plan, ended) VALUES (@ceremony_id, @plan, 0) ON CONFLICT (ceremony_id) DO NOTHING";

        internal const string Answer = """
            INSERT INTO ceremony_steps (ceremony_id, step, question, answer) VALUES (@ceremony_id, @step, @question, @answer)
            """;

        internal const string CountSigned = "SELECT count(*) FROM ceremony_steps WHERE step = @step AND ceremony_id <> @ceremony_id";

        internal const string ForgetSteps = "DELETE FROM ceremony_steps";

        internal const string End = "UPDATE ceremonies SET ended = 1 WHERE ceremony_id = @ceremony_id";

        internal const string AbandonSteps = "DELETE FROM ceremony_steps WHERE ceremony_id = @ceremony_id";

        internal const string Abandon = "DELETE FROM ceremonies WHERE ceremony_id = @ceremony_id";
    }
}
