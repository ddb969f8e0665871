using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WeToo.Hosting.Storage;

/// <summary>
/// A database and the only two ways into it: <see cref="TransactAsync"/> writes, <see cref="ReadAsync"/> reads.
/// One for the life of the process.
/// </summary>
public sealed class Database : IDisposable
{
    private const int Constraint = 19; // SQLITE_CONSTRAINT.
    private const string ConstraintClass = "23"; // Of SQL's states.

    private readonly Lanes _lanes;

    private Database(Engine engine, string connection)
    {
        Engine = engine;
        _lanes = engine == Engine.Sqlite ? new SqliteLanes(connection) : new PostgresLanes(connection);
    }

    /// <summary>Which engine answers.</summary>
    public Engine Engine { get; }

    /// <inheritdoc cref="Lanes.Commits"/>
    internal long Commits => _lanes.Commits;

    /// <summary>Opens a database. A SQLite file that is not there is made.</summary>
    /// <param name="connection"><c>Data Source=…</c> for SQLite (a file), <c>Host=…</c> for PostgreSQL.</param>
    /// <returns>The database. Dispose of it to let waiting work finish and to close every connection.</returns>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static Database Open(string connection)
    {
        if (connection.StartsWith("Data Source=", StringComparison.OrdinalIgnoreCase)) return new Database(Engine.Sqlite, connection);
        if (connection.StartsWith("Host=", StringComparison.OrdinalIgnoreCase)) return new Database(Engine.Postgres, connection);
        throw new ArgumentException("A database is written Data Source=<file> or Host=<server>;…", nameof(connection));
    }

    /// <summary>The file of a SQLite database.</summary>
    /// <param name="connection">As for <see cref="Open"/>.</param>
    /// <returns>Its path; null for PostgreSQL.</returns>
    public static string? FileOf(string connection) =>
        connection.StartsWith("Data Source=", StringComparison.OrdinalIgnoreCase) ? new SqliteConnectionStringBuilder(connection).DataSource : null;

    /// <summary>Writes: runs <paramref name="work"/> as if it were alone, and commits it to disk.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">
    /// Reads and writes through the session and does nothing else: it may be run again after a conflict. It should
    /// be short, since on SQLite others wait behind it: no cryptography, no other service.
    /// When it throws, nothing of it is kept.
    /// </param>
    /// <param name="cancel">Gives up work that has not begun.</param>
    /// <returns>What <paramref name="work"/> returned in the run that was committed, after the commit.</returns>
    /// <exception cref="DbException">The database failed, or conflicts outlasted every attempt.</exception>
    public Task<T> TransactAsync<T>(Func<Session, T> work, CancellationToken cancel)
    {
        var queued = new Work<T>(work, cancel);
        _lanes.Write(queued);
        return queued.Task;
    }

    /// <summary>Reads from one consistent snapshot. Writing in it fails.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">Reads through the session, and does nothing else.</param>
    /// <param name="cancel">Gives up work that has not begun.</param>
    /// <returns>What <paramref name="work"/> returned.</returns>
    public Task<T> ReadAsync<T>(Func<Session, T> work, CancellationToken cancel)
    {
        var queued = new Work<T>(work, cancel);
        _lanes.Read(queued);
        return queued.Task;
    }

    /// <summary>Writes rows that somebody brought: as <see cref="TransactAsync"/>, but what the schema forbids is an answer and not a failure.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">As for <see cref="TransactAsync"/>.</param>
    /// <param name="cancel">Gives up work that has not begun.</param>
    /// <returns>
    /// What the work returned; or that a row refers to what is not there, is there twice, or holds what cannot stand, and nothing is kept.
    /// </returns>
    public async Task<(bool IsAllowed, T? Value)> TryTransactAsync<T>(Func<Session, T> work, CancellationToken cancel)
    {
        try
        {
            return (true, await TransactAsync(work, cancel));
        }
        catch (DbException refused) when (IsForbidden(refused))
        {
            return (false, default);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lanes.Dispose();

    private static bool IsForbidden(DbException refused) => refused switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == Constraint,
        _ => refused.SqlState?.StartsWith(ConstraintClass, StringComparison.Ordinal) == true,
    };
}
