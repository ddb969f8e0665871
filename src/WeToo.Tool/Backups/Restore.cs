using System.Security.Cryptography;
using WeToo.Hosting.Storage;

namespace WeToo.Tool.Backups;

/// <summary>
/// Puts a backup back where nothing is. It was read to its end before; files and SQLite databases are written beside their place and moved there when all of
/// them are whole. Whatever goes wrong, nothing that was there is changed.
/// </summary>
internal sealed class Restore(BackupArchive archive, BackupManifest manifest, Holdings holdings, TimeProvider time)
{
    /// <summary>What is not whole yet ends in this.</summary>
    internal const string Draft = ".unfinished";

    private readonly List<(string Draft, string Path)> _written = [];
    private readonly List<SavedHost> _hosts = [.. manifest.Hosts.Where(saved => holdings.Hosts.Any(host => host.Name == saved.Name))];

    /// <summary>The hosts that come back.</summary>
    internal IReadOnlyList<SavedHost> Hosts => _hosts;

    /// <summary>How many files come back.</summary>
    internal int FileCount { get; private set; }

    /// <exception cref="InvalidOperationException">Something is there already, or the backup holds no such host.</exception>
    internal async Task RunAsync(CancellationToken cancel)
    {
        if (_hosts.Count != holdings.Hosts.Count) throw new InvalidOperationException("The backup does not hold every host that is to come back. Name one with --host.");
        await RefuseLiveAsync(cancel);

        var databases = new Dictionary<string, Database>();
        try
        {
            foreach (var saved in _hosts) databases[saved.Name] = await PrepareAsync(saved, cancel);
            foreach (var (name, bytes) in archive.Read(manifest)) await PutAsync(databases, name, bytes, cancel);
            foreach (var saved in _hosts) await CompleteAsync(databases[saved.Name], saved, cancel);
        }
        finally
        {
            foreach (var database in databases.Values) database.Dispose();
        }

        foreach (var (draft, path) in _written) File.Move(draft, path);
    }

    /// <summary>Nothing that lives is replaced: whoever wants that moves it away first, and so still has it.</summary>
    private async Task RefuseLiveAsync(CancellationToken cancel)
    {
        var files = manifest.Entries.Select(entry => holdings.PathOf(entry.Name)).Concat(holdings.Hosts.Select(host => Database.FileOf(host.Connection)));
        if (files.FirstOrDefault(File.Exists) is { } there)
            throw new InvalidOperationException($"{there} is there already. Nothing was changed: move what is there away, or restore to another place.");

        foreach (var host in holdings.Hosts.Where(host => Database.FileOf(host.Connection) is null))
        {
            using var database = Database.Open(host.Connection);
            if ((await database.ReadAsync(session => Tables.Of(session, database.Engine), cancel)).Count > 0)
                throw new InvalidOperationException($"The database of {host.Name} is not empty. Nothing was changed: restore to a database that was just created.");
        }
    }

    private async Task<Database> PrepareAsync(SavedHost saved, CancellationToken cancel)
    {
        var host = HostOf(saved);
        var database = Database.Open(Database.FileOf(host.Connection) is { } path ? $"Data Source={Write(path)}" : host.Connection);
        try
        {
            await Migrations.ApplyAsync(database, host.Assembly, saved.Migrations, saved.Engine, time, cancel);
            _ = await database.TransactAsync(
                session =>
                {
                    // A script may have put rows there, which the backup has too.
                    foreach (var table in Tables.Of(session, database.Engine).Reverse()) Tables.Clear(session, table);
                    return true;
                },
                cancel);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private async Task PutAsync(Dictionary<string, Database> databases, string name, byte[] bytes, CancellationToken cancel)
    {
        if (name.StartsWith(Holdings.FilesFolder, StringComparison.Ordinal))
        {
            if (holdings.PathOf(name) is not { } path) return;
            Backup.WriteOwn(Write(path), bytes);
            FileCount++;
            return;
        }

        var parts = name.Split('/');
        if (!databases.TryGetValue(parts[0], out var database)) return;

        var columns = _hosts.Single(host => host.Name == parts[0]).Tables.Single(table => table.Name == parts[1]).Columns;
        _ = await database.TransactAsync(
            session => Tables.Add(session, database.Engine, TableOf(session, database, parts[1]), columns, Rows.Read(bytes)), cancel);
    }

    private async Task CompleteAsync(Database database, SavedHost saved, CancellationToken cancel)
    {
        var host = HostOf(saved);
        _ = await database.TransactAsync(
            session =>
            {
                foreach (var table in saved.Tables)
                {
                    var here = TableOf(session, database, table.Name);
                    if (Tables.Count(session, here) != table.Rows) throw new InvalidDataException($"The table {table.Name} of {saved.Name} has other rows than the backup says.");
                    if (here.Counter is not null)
                        Tables.GoOnAfter(session, database.Engine, here, Math.Max(table.LastNumber, Tables.LastNumber(session, database.Engine, here)));
                }

                return true;
            },
            cancel);
        await Migrations.ApplyAsync(database, host.Assembly, time, cancel);
        await host.AfterRestoreAsync(database, SHA256.HashData(manifest.ToBytes()), time, cancel);
    }

    private StoredHost HostOf(SavedHost saved) => holdings.Hosts.Single(host => host.Name == saved.Name);

    private static Table TableOf(Session session, Database database, string name) =>
        Tables.Of(session, database.Engine).SingleOrDefault(table => table.Name == name) ?? throw new InvalidDataException($"There is no table {name}.");

    /// <summary>Where to write what will be moved to a place, once all is whole.</summary>
    private string Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = path + Draft;
        foreach (var suffix in (string[])["", "-wal", "-shm"]) File.Delete(draft + suffix);
        _written.Add((draft, path));
        return draft;
    }
}
