using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Retention;

namespace WeToo.Vault.Features.Health;

/// <summary>How many messages to other hosts wait. There are no finer steps: a host that is away for a night would tell how many wrote.</summary>
public enum Waiting
{
    /// <summary>Fewer than ten: a few always may.</summary>
    Few,

    /// <summary>Ten or more.</summary>
    Some,

    /// <summary>A hundred or more.</summary>
    Many,
}

/// <summary>What a vault's database says of its health. Nothing of it depends on a case or tells of a filing: days of runs, and one number in steps.</summary>
/// <param name="Outgoing">How many messages to other hosts wait, in steps.</param>
/// <param name="Backup">On which day the last backup was made, in days since 1970; null for never.</param>
/// <param name="Retention">On which day the last run deleted what was due; null for never.</param>
/// <param name="Dates">On which day the log of dates last took what there was, with its cover; null for never.</param>
/// <param name="HasRetention">Whether anybody decided how long things stay.</param>
public sealed record VaultHealth(Waiting Outgoing, long? Backup, long? Retention, long? Dates, bool HasRetention)
{
    private const long Day_s = 86_400;

    /// <summary>Reads it.</summary>
    /// <param name="database">The vault's.</param>
    /// <param name="cancel">Gives up.</param>
    public static Task<VaultHealth> ReadAsync(Database database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.ReadAsync(
            session => new VaultHealth(
                StepOf(session.QueryOne<long>(Sql.Outgoing)), DayOf(session, Runs.Backup), DayOf(session, Runs.Retention), DayOf(session, Runs.Dates), RetentionBook.Read(session) is not null),
            cancel);
    }

    private static Waiting StepOf(long count) => count < 10 ? Waiting.Few : count < 100 ? Waiting.Some : Waiting.Many;

    private static long? DayOf(Session session, string kind) => session.Query<long>(Sql.Run, new { kind }) is [var at_s] ? at_s / Day_s : null;

    private static class Sql
    {
        internal const string Outgoing = "SELECT count(*) FROM outbox";

        internal const string Run = "SELECT at_s FROM runs WHERE kind = @kind";
    }
}
