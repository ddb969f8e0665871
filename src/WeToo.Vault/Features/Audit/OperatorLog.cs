using WeToo.Hosting.Audit;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Audit;

/// <summary>Writes the log of operator and team, within the transaction of what it records, and reads it.</summary>
public static class OperatorLog
{
    private const int PageSize = 1000;

    private static ReadOnlySpan<byte> Owner => new byte[32];

    /// <summary>The whole log as JSON lines, without content.</summary>
    /// <param name="database">The vault's.</param>
    /// <param name="after">Only records after this number; 0 for all, which alone can be checked from the start.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The first line names the log, each other one a record.</returns>
    public static async Task<IReadOnlyList<string>> ExportAsync(Database database, long after, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        var lines = new List<string> { VaultAudit.Chain.First(Owner).TrimEnd() };
        while (true)
        {
            var page = await database.ReadAsync(session => session.Query<AuditRecord>(Sql.Page, new { after, most = (long)PageSize }), cancel);
            lines.AddRange(page.Select(record => record.ToLine<OperatorAct>().TrimEnd()));
            if (page.Count < PageSize) return lines;
            after = page[^1].Seq;
        }
    }

    /// <summary>Adds a record.</summary>
    /// <param name="session">The transaction of what it records.</param>
    /// <param name="time">The clock.</param>
    /// <param name="act">What is done.</param>
    /// <param name="digest">The SHA-256 that <see cref="OperatorAct"/> names.</param>
    internal static void Append(Session session, TimeProvider time, OperatorAct act, byte[] digest)
    {
        var last = session.QueryOne<Last>(Sql.Last);
        var (seq, day) = ((last?.Seq ?? 0) + 1, time.GetUtcNow().ToUnixTimeSeconds() / 86_400);
        var head = VaultAudit.Chain.Next(last?.Head ?? VaultAudit.Chain.Start(Owner), seq, day, act, digest);
        session.Execute(Sql.Append, new { seq, day, kind = (long)act, digest, head });
    }

    private sealed record Last(long Seq, byte[] Head);

    private static class Sql
    {
        internal const string Last = "SELECT seq, head FROM audit ORDER BY seq DESC LIMIT 1";

        internal const string Append = "INSERT INTO audit (seq, day, kind, digest, head) VALUES (@seq, @day, @kind, @digest, @head)";

        internal const string Page = "SELECT seq, day, kind, digest, head FROM audit WHERE seq > @after ORDER BY seq LIMIT @most";
    }
}
