using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace WeToo.Hosting.Storage;

/// <summary>Brings a database to the schema this build expects, or refuses to start.</summary>
public static class Migrations
{
    /// <summary>
    /// Applies, in order and in one transaction each, those embedded scripts (<c>sqlite/0001-….sql</c>,
    /// <c>postgres/0001-….sql</c>) that the database has not had.
    /// </summary>
    /// <param name="database">The database of one host: hosts do not share one.</param>
    /// <param name="assembly">The host whose scripts to apply.</param>
    /// <param name="time">Dates the journal.</param>
    /// <param name="cancel">Stops between two scripts.</param>
    /// <returns>When the schema is there.</returns>
    /// <exception cref="InvalidOperationException">
    /// An applied script has since changed, or the database has scripts this build does not know.
    /// </exception>
    public static Task ApplyAsync(Database database, Assembly assembly, TimeProvider time, CancellationToken cancel) =>
        ApplyAsync(database, Scripts(assembly, database.Engine), time, cancel);

    /// <summary>Brings an empty database to the schema that another one had, so that its rows fit.</summary>
    /// <param name="database">The empty database, of either engine.</param>
    /// <param name="assembly">The host.</param>
    /// <param name="had">What <see cref="JournalOf"/> said of the other one.</param>
    /// <param name="origin">The other one's engine.</param>
    /// <param name="time">Dates the journal.</param>
    /// <param name="cancel">Stops between two scripts.</param>
    /// <returns>When the schema is there.</returns>
    /// <exception cref="InvalidOperationException">The other database had scripts that this build does not know, or knows otherwise.</exception>
    public static Task ApplyAsync(
        Database database, Assembly assembly, IReadOnlyDictionary<string, string> had, Engine origin, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(had);
        var known = Scripts(assembly, origin).ToDictionary(script => script.Name, script => script.Sha256);
        foreach (var (name, sha256) in had)
        {
            if (!known.TryGetValue(name, out var ours)) throw new InvalidOperationException("The database was migrated by a newer build of WeToo.");
            if (ours != sha256) throw new InvalidOperationException($"Migration {name} was changed after it had been applied.");
        }

        return ApplyAsync(database, Scripts(assembly, database.Engine).FindAll(script => had.ContainsKey(script.Name)), time, cancel);
    }

    /// <summary>Which scripts a database has had, by name, and the SHA-256 of each.</summary>
    public static Dictionary<string, string> JournalOf(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query<(string Name, string Sha256)>(Sql.Applied).ToDictionary(row => row.Name, row => row.Sha256);
    }

    private static async Task ApplyAsync(Database database, List<Script> scripts, TimeProvider time, CancellationToken cancel)
    {
        var applied = await database.TransactAsync(Journal, cancel);

        if (applied.Keys.Except(scripts.Select(script => script.Name)).Any())
            throw new InvalidOperationException("The database was migrated by a newer build of WeToo.");

        foreach (var script in scripts)
        {
            if (!applied.TryGetValue(script.Name, out var known))
                await database.TransactAsync(session => Apply(session, script, time), cancel);
            else if (known != script.Sha256)
                throw new InvalidOperationException($"Migration {script.Name} was changed after it had been applied.");
        }
    }

    private static Dictionary<string, string> Journal(Session session)
    {
        session.Execute(Sql.CreateJournal);
        return JournalOf(session);
    }

    private static bool Apply(Session session, Script script, TimeProvider time)
    {
        session.Execute(script.Text);
        return session.Execute(
            Sql.Record, new { script.Name, script.Sha256, at_s = time.GetUtcNow().ToUnixTimeSeconds() }) == 1;
    }

    private static List<Script> Scripts(Assembly assembly, Engine engine)
    {
        var folder = engine == Engine.Sqlite ? "sqlite/" : "postgres/";
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => Read(assembly, name, folder.Length)),
        ];
    }

    private static Script Read(Assembly assembly, string resource, int folderLength)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var text = reader.ReadToEnd();
        return new Script(
            resource[folderLength..], text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    private sealed record Script(string Name, string Text, string Sha256);

    private static class Sql
    {
        internal const string CreateJournal = """
            CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, sha256 text NOT NULL, at_s bigint NOT NULL)
            """;

        internal const string Applied = "SELECT name, sha256 FROM migrations";

        internal const string Record = "INSERT INTO migrations (name, sha256, at_s) VALUES (@Name, @Sha256, @at_s)";
    }
}
