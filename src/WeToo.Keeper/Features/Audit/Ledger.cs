using WeToo.Hosting.Audit;
using WeToo.Hosting.Storage;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Audit;

/// <summary>
/// The only way in which a keeper writes: what it does and the record that it did are one transaction, and nothing is answered
/// before that is on disk.
/// </summary>
internal sealed class Ledger(Database database, KeeperKeys keys, TimeProvider time) : IDisposable
{
    // Every write adds to one chain. SQLite has one writer anyway; on PostgreSQL those at once would conflict, and all but one
    // would run again. The keeper is the only process that writes.
    private readonly SemaphoreSlim _turn = new(1);

    internal Database Database => database;

    /// <summary>Whole days since 1970-01-01 UTC, by this keeper's clock.</summary>
    internal uint Today => checked((uint)(time.GetUtcNow().ToUnixTimeSeconds() / 86_400));

    /// <summary>Runs a unit of work that adds to the log, or not, by <see cref="Append"/>.</summary>
    internal async Task<T> TransactAsync<T>(Func<Session, T> work, CancellationToken cancel)
    {
        if (database.Engine == Engine.Sqlite) return await database.TransactAsync(work, cancel);

        await _turn.WaitAsync(cancel);
        try
        {
            return await database.TransactAsync(work, cancel);
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    /// <summary>Adds a record, within the transaction of what it records.</summary>
    /// <param name="session">That transaction.</param>
    /// <param name="kind">What is done.</param>
    /// <param name="digest">SHA-256 of the message that asked for it.</param>
    internal void Append(Session session, AuditKind kind, byte[] digest)
    {
        var last = session.QueryOne<Last>(Sql.Last);
        var (seq, day) = ((last?.Seq ?? 0) + 1, (long)Today);
        var head = KeeperAudit.Chain.Next(last?.Head ?? KeeperAudit.Chain.Start(keys.Signing.PublicKey.Span), seq, day, kind, digest);
        session.Execute(Sql.Append, new { seq, day, kind = (long)kind, digest, head });
    }

    /// <summary>How many records there are, and the last head.</summary>
    internal Task<(long Seq, byte[] Head)> HeadAsync(CancellationToken cancel) => database.ReadAsync(
        session => session.QueryOne<Last>(Sql.Last) is { } last ? (last.Seq, last.Head) : (0L, KeeperAudit.Chain.Start(keys.Signing.PublicKey.Span)),
        cancel);

    /// <summary>Reads some records, in order.</summary>
    internal Task<IReadOnlyList<AuditRecord>> PageAsync(long after, int most, CancellationToken cancel) =>
        database.ReadAsync(session => session.Query<AuditRecord>(Sql.Page, new { after, most = (long)most }), cancel);

    public void Dispose() => _turn.Dispose();

    private sealed record Last(long Seq, byte[] Head);

    private static class Sql
    {
        internal const string Last = "SELECT seq, head FROM audit ORDER BY seq DESC LIMIT 1";

        internal const string Append = "INSERT INTO audit (seq, day, kind, digest, head) VALUES (@seq, @day, @kind, @digest, @head)";

        internal const string Page = "SELECT seq, day, kind, digest, head FROM audit WHERE seq > @after ORDER BY seq LIMIT @most";
    }
}
