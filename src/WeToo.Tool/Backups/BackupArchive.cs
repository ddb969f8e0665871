using System.Formats.Tar;
using System.Security.Cryptography;
using WeToo.Core.Age;

namespace WeToo.Tool.Backups;

/// <summary>A backup as it is read again.</summary>
/// <param name="path">The file.</param>
/// <param name="identities">Who may open it.</param>
internal sealed class BackupArchive(string path, IReadOnlyList<AgeIdentity> identities)
{
    /// <summary>Reads identities as <c>age-keygen</c> writes them: one a line, and lines that begin with #.</summary>
    /// <exception cref="InvalidDataException">There is none, or a line is something else.</exception>
    internal static List<AgeIdentity> ReadIdentities(string path)
    {
        var identities = File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => AgeIdentity.TryParse(line) ?? throw new InvalidDataException("The identity file has a line that is no age identity."))
            .ToList();
        return identities.Count > 0 ? identities : throw new InvalidDataException("The identity file holds no identity.");
    }

    /// <summary>Reads all of it, to the end, and holds every byte against the manifest.</summary>
    /// <exception cref="InvalidDataException">It is not whole, or not what its manifest says.</exception>
    internal BackupManifest Verify()
    {
        var seen = new List<SavedEntry>();
        BackupManifest? manifest = null;
        foreach (var (name, bytes) in Entries())
        {
            if (manifest is not null) throw new InvalidDataException("Something follows the manifest of the backup.");
            if (name == BackupManifest.Name) manifest = BackupManifest.Parse(bytes);
            else seen.Add(Describe(name, bytes));
        }

        if (manifest is null || !seen.SequenceEqual(manifest.Entries)) throw new InvalidDataException("The backup does not hold what its manifest says.");
        return manifest;
    }

    /// <summary>Gives each entry in order, once more held against the manifest: the file may have changed since.</summary>
    /// <exception cref="InvalidDataException">It has.</exception>
    internal IEnumerable<(string Name, byte[] Bytes)> Read(BackupManifest manifest)
    {
        var expected = 0;
        foreach (var (name, bytes) in Entries().Where(entry => entry.Name != BackupManifest.Name))
        {
            if (expected == manifest.Entries.Count || Describe(name, bytes) != manifest.Entries[expected++])
                throw new InvalidDataException("The backup has changed since it was checked.");
            yield return (name, bytes);
        }

        if (expected != manifest.Entries.Count) throw new InvalidDataException("The backup has changed since it was checked.");
    }

    /// <summary>Where one host's settings put things. Where there are none, those of the backup come back too.</summary>
    /// <exception cref="InvalidDataException">The backup holds no settings.</exception>
    internal Holdings HoldingsAt(BackupManifest manifest, FileInfo settings)
    {
        if (settings.Exists) return Holdings.OfSettings(settings, $"{settings.FullName}.of-backup");

        var saved = Read(manifest).FirstOrDefault(entry => entry.Name == Holdings.Settings).Bytes
            ?? throw new InvalidDataException("The backup holds no settings of a host: it is of a folder, for --data.");
        var draft = new FileInfo(settings.FullName + Restore.Draft);
        Backup.WriteOwn(draft.FullName, saved);
        return Holdings.OfSettings(draft, settings.FullName);
    }

    /// <summary>Holds the whole file against what its maker noted. Anybody who knows a recipient can make a backup; only this tells whose it is.</summary>
    /// <exception cref="InvalidDataException">It is another file.</exception>
    internal async Task RequireSha256Async(string? noted, CancellationToken cancel)
    {
        if (noted is null) return;

        await using var file = File.OpenRead(path);
        if (!string.Equals(Convert.ToHexString(await SHA256.HashDataAsync(file, cancel)), noted, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException("The file is not the one whose SHA-256 was noted.");
    }

    private static SavedEntry Describe(string name, byte[] bytes) => new(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    private IEnumerable<(string Name, byte[] Bytes)> Entries()
    {
        using var opened = new OpenedStream(File.OpenRead(path), identities);
        using var archive = new TarReader(opened, leaveOpen: true);
        while (archive.GetNextEntry() is { } entry)
        {
            var bytes = new byte[entry.Length];
            entry.DataStream?.ReadExactly(bytes);
            yield return (entry.Name, bytes);
        }

        // The archive ends before the file does: only the last chunk says that nothing was cut off.
        var rest = new byte[4096];
        while (opened.Read(rest) > 0)
        {
            // Zeros.
        }
    }
}
