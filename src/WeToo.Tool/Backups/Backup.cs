using System.Formats.Tar;
using System.Security.Cryptography;
using WeToo.Hosting.Storage;
using WeToo.Vault;

namespace WeToo.Tool.Backups;

/// <summary>
/// Writes a backup: a tar archive of rows as text and of files, sealed with age while it is written. Nothing lies on a disk in clear, and no more than one
/// entry is in memory. Each database is read in one snapshot while its host goes on. The vault's comes first: what it still has to carry to another host is
/// then in its outbox, or there already, and carrying it again does no harm; read later it might be in neither.
/// </summary>
internal sealed class Backup : IDisposable
{
    private const int EntrySize = 8 * 1024 * 1024;

    private readonly SealedStream _sealed;
    private readonly TarWriter _archive;
    private readonly List<SavedEntry> _entries = [];
    private readonly DateTimeOffset _now;

    private Backup(FileStream target, IReadOnlyList<string> recipients, DateTimeOffset now)
    {
        _sealed = new(target, recipients);
        _archive = new(_sealed, TarEntryFormat.Pax, leaveOpen: true);
        _now = now;
    }

    /// <summary>Writes a backup to a new file, which has its name only once it is whole.</summary>
    /// <returns>What it holds, and the SHA-256 of the file in hex.</returns>
    /// <exception cref="IOException">There is such a file already.</exception>
    internal static async Task<(BackupManifest Manifest, string Sha256)> WriteAsync(
        Holdings holdings, IReadOnlyList<string> recipients, string path, TimeProvider time, CancellationToken cancel)
    {
        if (File.Exists(path)) throw new IOException($"{path} is there already. A backup is never overwritten.");

        var draft = path + Restore.Draft;
        BackupManifest manifest;
        using (var backup = new Backup(CreateOwn(draft), recipients, time.GetUtcNow())) manifest = await backup.FillAsync(holdings, cancel);

        string sha256;
        await using (var file = File.OpenRead(draft)) sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
        File.Move(draft, path);
        foreach (var host in holdings.Hosts.Where(host => host.Assembly == typeof(VaultHost).Assembly))
        {
            using var database = Database.Open(host.Connection);
            await VaultHost.NoteBackupAsync(database, Convert.FromHexString(sha256), time, cancel);
        }

        return (manifest, sha256);
    }

    /// <summary>Writes a file that only this user can read.</summary>
    internal static void WriteOwn(string path, byte[] bytes)
    {
        using var file = CreateOwn(path);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Makes a file that only this user can read.</summary>
    internal static FileStream CreateOwn(string path)
    {
        var ours = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) ours.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, ours);
    }

    public void Dispose()
    {
        _archive.Dispose();
        _sealed.Dispose();
    }

    private async Task<BackupManifest> FillAsync(Holdings holdings, CancellationToken cancel)
    {
        var hosts = new List<SavedHost>();
        foreach (var host in holdings.Hosts) hosts.Add(await SaveAsync(host, cancel));
        foreach (var file in holdings.Files())
        {
            var bytes = await File.ReadAllBytesAsync(file.Path, cancel);
            Add(file.Name, bytes);
            CryptographicOperations.ZeroMemory(bytes);
        }

        var manifest = new BackupManifest(BackupManifest.Format, _now.ToUnixTimeSeconds(), hosts, _entries);
        End(manifest);
        return manifest;
    }

    private void End(BackupManifest manifest)
    {
        Write(BackupManifest.Name, manifest.ToBytes());
        _archive.Dispose();
        _sealed.End();
    }

    private async Task<SavedHost> SaveAsync(StoredHost host, CancellationToken cancel)
    {
        if (Database.FileOf(host.Connection) is { } file && !File.Exists(file))
            throw new FileNotFoundException($"There is no database of {host.Name} here. Say where it is with --data or --config.");

        using var database = Database.Open(host.Connection);
        return await database.ReadAsync(
            session => new SavedHost(
                host.Name,
                database.Engine,
                Migrations.JournalOf(session),
                [.. Tables.Of(session, database.Engine).Where(table => !host.Left.Contains(table.Name)).Select(table => Save(session, database.Engine, host, table, cancel))]),
            cancel);
    }

    private SavedTable Save(Session session, Engine engine, StoredHost host, Table table, CancellationToken cancel)
    {
        using var lines = new MemoryStream();
        var (rows, part) = (0L, 0);
        foreach (var row in Tables.Rows(session, table))
        {
            Rows.Write(lines, row);
            rows++;
            if (lines.Length >= EntrySize) Flush();
        }

        if (lines.Length > 0) Flush();
        return new(table.Name, table.Columns, rows, table.Counter is null ? 0 : Tables.LastNumber(session, engine, table));

        void Flush()
        {
            cancel.ThrowIfCancellationRequested();
            Add($"{host.Name}/{table.Name}/{++part:000000}.jsonl", lines.GetBuffer().AsMemory(0, (int)lines.Length));
            lines.SetLength(0);
        }
    }

    private void Add(string name, ReadOnlyMemory<byte> bytes)
    {
        Write(name, bytes);
        _entries.Add(new(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes.Span))));
    }

    private void Write(string name, ReadOnlyMemory<byte> bytes)
    {
        using var content = new MemoryStream(bytes.Length);
        content.Write(bytes.Span);
        content.Position = 0;
        _archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = content,
            ModificationTime = _now,
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }
}
