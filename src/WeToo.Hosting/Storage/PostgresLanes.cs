using System.Collections.Concurrent;
using System.Data;
using System.Security.Cryptography;
using Npgsql;

namespace WeToo.Hosting.Storage;

/// <summary>
/// One PostgreSQL database. A few threads of our own each run one serializable transaction at a time, so that blocking
/// calls never take threads from the web server, and no more transactions compete than can make progress.
/// </summary>
internal sealed class PostgresLanes : Lanes
{
    private const int Threads = 12;
    private const int MostAttempts = 20;
    private const int LongestPause_ms = 100;

    private readonly NpgsqlDataSource _writes;
    private readonly NpgsqlDataSource _reads;
    private readonly BlockingCollection<(Work Work, bool Writes)> _waiting = [];
    private readonly Thread[] _threads;

    internal PostgresLanes(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection)
        {
            MaxPoolSize = Threads,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true, // We change no session state.
        };
        _writes = NpgsqlDataSource.Create(settings);
        settings.Options = $"{settings.Options} -c default_transaction_read_only=on";
        _reads = NpgsqlDataSource.Create(settings);
        _threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(Serve) { IsBackground = true, Name = "PostgreSQL lane" })];
        foreach (var thread in _threads) thread.Start();
    }

    internal override void Write(Work work) => _waiting.Add((work, true));

    internal override void Read(Work work) => _waiting.Add((work, false));

    public override void Dispose()
    {
        _waiting.CompleteAdding();
        foreach (var thread in _threads) thread.Join();
        _waiting.Dispose();
        _writes.Dispose();
        _reads.Dispose();
    }

    private void Serve()
    {
        foreach (var (work, writes) in _waiting.GetConsumingEnumerable())
        {
            try
            {
                if (writes) Transact(work);
                else Look(work);
                work.Succeed();
            }
#pragma warning disable CA1031 // Nothing is swallowed: the caller gets it.
            catch (Exception why)
#pragma warning restore CA1031
            {
                work.Fail(why);
            }
        }
    }

    private void Transact(Work work)
    {
        for (var attempt = 1; ; attempt++)
        {
            work.Cancel.ThrowIfCancellationRequested();
            try
            {
                using var connection = _writes.OpenConnection();
                using var transaction = connection.BeginTransaction(IsolationLevel.Serializable);
                work.Run(new Session(transaction));
                transaction.Commit();
                CountCommit();
                return;
            }
            catch (PostgresException conflict) when (IsConflict(conflict) && attempt < MostAttempts)
            {
                // Jitter, or those who collided once collide again.
                var longest = Math.Min(1 << attempt, LongestPause_ms);
                _ = work.Cancel.WaitHandle.WaitOne(RandomNumberGenerator.GetInt32(longest));
            }
        }
    }

    /// <summary>
    /// Whether the server has surely undone the transaction. A lost connection is not among these: the commit may have
    /// happened, and only the caller can know what that means.
    /// </summary>
    private static bool IsConflict(PostgresException why) =>
        why.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    private void Look(Work work)
    {
        work.Cancel.ThrowIfCancellationRequested();
        using var connection = _reads.OpenConnection();
        using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        work.Run(new Session(transaction));
    }
}
