using System.Collections;
using System.Text;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>Looks for a text in all that a vault left behind.</summary>
internal static class Leaks
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The tables in which a text lies, as bytes, in hex, in base64 or as UTF-16, and the log's lines that hold it.</summary>
    internal static async Task<IReadOnlyList<string>> FindAsync(VaultSet set, string marker)
    {
        var forms = FormsOf(marker);
        var tables = await set.Database.ReadAsync(
            session => session.Query<string>(set.Database.Engine == Engine.Sqlite ? Sql.SqliteTables : Sql.PostgresTables), Cancel);
        Assert.Contains("filings", tables);
        var found = new List<string>();
        foreach (var table in tables)
        {
#pragma warning disable CA2100 // A name from the database itself.
            var rows = await set.Database.ReadAsync(session => session.Query<dynamic>($"SELECT * FROM {table}"), Cancel);
#pragma warning restore CA2100
            found.AddRange(rows.Cast<IDictionary<string, object>>().SelectMany(row => row.Values).Where(value => Holds(value, forms)).Select(_ => table));
        }

        found.AddRange(set.Log.Lines.Where(line => forms.Any(form => Encoding.UTF8.GetBytes(line).AsSpan().IndexOf(form) >= 0)));
        return found;
    }

    /// <summary>Whether a text lies in the database's own files, where they are on this machine.</summary>
    internal static bool InFiles(VaultSet set, string marker)
    {
        if (!set.Connection.StartsWith("Data Source=", StringComparison.Ordinal)) return false;

        var file = set.Connection["Data Source=".Length..];
        return ((string[])[file, file + "-wal"]).Where(File.Exists).Any(name =>
        {
            using var open = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var all = new MemoryStream();
            open.CopyTo(all);
            return FormsOf(marker).Any(form => all.ToArray().AsSpan().IndexOf(form) >= 0);
        });
    }

    private static byte[][] FormsOf(string marker)
    {
        var bytes = Encoding.UTF8.GetBytes(marker);
        return [
            bytes, Encoding.Unicode.GetBytes(marker), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)), Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)),
            .. Enumerable.Range(0, 3).Select(shift => Encoding.ASCII.GetBytes(Convert.ToBase64String([.. new byte[shift], .. bytes])[(shift == 0 ? 0 : 4)..^4])),
        ];
    }

    private static bool Holds(object? value, byte[][] forms) => value switch
    {
        byte[] bytes => forms.Any(form => bytes.AsSpan().IndexOf(form) >= 0),
        string text => forms.Any(form => Encoding.UTF8.GetBytes(text).AsSpan().IndexOf(form) >= 0),
        IEnumerable many => many.Cast<object>().Any(one => Holds(one, forms)),
        _ => false,
    };

    private static class Sql
    {
        internal const string SqliteTables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";

        internal const string PostgresTables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
    }
}
