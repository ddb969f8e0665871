using System.Text;
using WeToo.Hosting.Storage;
using WeToo.Tool.Up;

namespace WeToo.Tool.Demo;

/// <summary>Looks into what each host of the demonstration really stores, as a thief of its disk would.</summary>
internal sealed class Stores(DataFolder folder)
{
    /// <summary>Counts rows in a host's database.</summary>
    internal async Task<long> CountAsync(string host, string sql, CancellationToken cancel)
    {
        using var database = Database.Open(folder.Database(host));
        return await database.ReadAsync(session => session.QueryOne<long>(sql), cancel);
    }

    /// <summary>Reads one value in a host's database.</summary>
    internal async Task<string?> ReadAsync(string host, string sql, CancellationToken cancel)
    {
        using var database = Database.Open(folder.Database(host));
        return await database.ReadAsync(session => session.QueryOne<string>(sql), cancel);
    }

    /// <summary>Whether some text is anywhere in a host's files: database, journal and keys.</summary>
    internal bool Holds(string host, string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        return Directory.EnumerateFiles(Path.Combine(folder.Root, host)).Any(path => ReadShared(path).AsSpan().IndexOf(wanted) >= 0);
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The questions.</summary>
    internal static class Sql
    {
        internal const string Standings = "SELECT count(*) FROM standings";

        internal const string SharedTags = "SELECT count(*) FROM (SELECT tag FROM standings GROUP BY tag HAVING count(*) > 1) AS shared";

        internal const string Evaluations = "SELECT count(*) FROM evaluations";

        internal const string Tombstones = "SELECT count(*) FROM tombstones";

        internal const string Audit = "SELECT count(*) FROM audit";

        internal const string Head = "SELECT lower(hex(head)) FROM audit ORDER BY seq DESC LIMIT 1";

        internal const string Due = "SELECT count(*) FROM filings WHERE due_s IS NOT NULL";

        internal const string Outbox = "SELECT count(*) FROM outbox";
    }
}
