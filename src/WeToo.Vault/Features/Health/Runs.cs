using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Health;

/// <summary>What an operator runs now and then. The names stand in the database.</summary>
internal static class Runs
{
    internal const string Backup = "backup";
    internal const string Restore = "restore";
    internal const string Retention = "retention";
    internal const string Dates = "dates";

    /// <summary>Notes that a run ended well.</summary>
    internal static void Note(Session session, string kind, TimeProvider time) =>
        session.Execute(Sql.Note, new { kind, at_s = time.GetUtcNow().ToUnixTimeSeconds() });

    private static class Sql
    {
        internal const string Note = "INSERT INTO runs (kind, at_s) VALUES (@kind, @at_s) ON CONFLICT (kind) DO UPDATE SET at_s = excluded.at_s";
    }
}
