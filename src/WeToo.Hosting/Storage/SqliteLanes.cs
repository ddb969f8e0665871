using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WeToo.Hosting.Storage;

/// <summary>
/// One SQLite file. Its single writer commits in groups: whatever waits runs in one transaction, each work in its own
/// savepoint, so that a hundred simultaneous writers cost one fsync and never find the database locked. See ADR 0003.
/// </summary>
internal sealed class SqliteLanes : Lanes
{
    // Bounds how long the first of a group waits for the last.
    private const int LargestGroup = 256;

    private readonly string _connection;
    private readonly SqliteConnection _writer;
    private readonly BlockingCollection<Work> _waiting = [];
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private readonly Thread _thread;

    internal SqliteLanes(string connection)
    {
        var settings = new SqliteConnectionStringBuilder(connection) { Pooling = false, ForeignKeys = true };
        Create(settings.DataSource);
        _writer = Connect(settings, Pragmas.Writer);
        settings.Mode = SqliteOpenMode.ReadOnly;
        _connection = settings.ToString();
        _thread = new Thread(WriteGroups) { IsBackground = true, Name = "SQLite writer" };
        _thread.Start();
    }

    internal override void Write(Work work) => _waiting.Add(work);

    internal override void Read(Work work)
    {
        if (!_readers.TryTake(out var reader)) reader = Connect(new(_connection), Pragmas.Reader);
        try
        {
            work.Cancel.ThrowIfCancellationRequested();
            using (var snapshot = reader.BeginTransaction(deferred: true)) work.Run(new Session(snapshot));
            work.Succeed();
        }
#pragma warning disable CA1031 // Nothing is swallowed: the caller gets it.
        catch (Exception why)
#pragma warning restore CA1031
        {
            work.Fail(why);
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    public override void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();

        // The last to close takes the journal into the file, which a reader may not.
        while (_readers.TryTake(out var reader)) reader.Dispose();
        _writer.Dispose();
    }

    /// <summary>Makes the file readable by this user only; SQLite gives its journal the same rights.</summary>
    private static void Create(string path)
    {
        if (path.Length == 0 || path == ":memory:") throw new ArgumentException("A SQLite database is a file.", nameof(path));
        var ours = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows()) ours.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, ours).Dispose();
    }

    private static SqliteConnection Connect(SqliteConnectionStringBuilder settings, string pragmas)
    {
        var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        _ = connection.Execute(pragmas);
        return connection;
    }

    private void WriteGroups()
    {
        var group = new List<Work>(LargestGroup);
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < LargestGroup && _waiting.TryTake(out var next)) group.Add(next);
            WriteGroup(group);
            group.Clear();
        }
    }

    private void WriteGroup(List<Work> group)
    {
        try
        {
            var done = new List<Work>(group.Count);
            using (var transaction = _writer.BeginTransaction(deferred: false))
            {
                var session = new Session(transaction);
                foreach (var work in group)
                    if (RunAlone(work, session, transaction)) done.Add(work);
                if (done.Count > 0)
                {
                    transaction.Commit();
                    CountCommit();
                }
            }

            foreach (var work in done) work.Succeed();
        }
#pragma warning disable CA1031 // Nothing is swallowed: every caller of the group gets it.
        catch (Exception why)
#pragma warning restore CA1031
        {
            foreach (var work in group) work.Fail(why);
        }
    }

    /// <summary>Runs one work in its savepoint. When it throws, only its caller hears of it.</summary>
    private bool RunAlone(Work work, Session session, SqliteTransaction transaction)
    {
        transaction.Save("work");
        try
        {
            work.Cancel.ThrowIfCancellationRequested();
            work.Run(session);
        }
#pragma warning disable CA1031 // Nothing is swallowed: the caller gets it.
        catch (Exception why)
#pragma warning restore CA1031
        {
            // A full disk, among others, makes SQLite end the whole transaction: then nobody's work is kept.
            if (raw.sqlite3_get_autocommit(_writer.Handle) != 0) throw;
            transaction.Rollback("work");
            transaction.Release("work");
            work.Fail(why);
            return false;
        }

        transaction.Release("work");
        return true;
    }

    private static class Pragmas
    {
        // secure_delete: what was withdrawn is overwritten, not only unlinked.
        internal const string Writer = """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA secure_delete = ON;
            """;

        internal const string Reader = "PRAGMA busy_timeout = 10000; PRAGMA query_only = ON;";
    }
}
