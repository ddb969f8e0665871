using System.Reflection;
using WeToo.Hosting.Storage;
using WeToo.Keeper;
using WeToo.Log;
using WeToo.Matcher;
using WeToo.Registrar;
using WeToo.Tool.Up;
using WeToo.Vault;

namespace WeToo.Tool.Backups;

/// <summary>A host's database.</summary>
/// <param name="Name">Such as <c>vault</c> or <c>keeper-1</c>.</param>
/// <param name="Connection">Where it is.</param>
internal sealed record StoredHost(string Name, string Connection)
{
    internal const string Keeper = "keeper";

    /// <summary>The host whose scripts made it.</summary>
    internal Assembly Assembly => Kind switch
    {
        UpPlan.Vault => typeof(VaultHost).Assembly,
        UpPlan.Matcher => typeof(MatcherHost).Assembly,
        UpPlan.Registrar => typeof(RegistrarHost).Assembly,
        UpPlan.Log => typeof(LogHost).Assembly,
        _ => typeof(KeeperHost).Assembly,
    };

    /// <summary>
    /// Tables that stay behind. A reminder that somebody has stopped since must not begin again, and no address needs to lie in a backup: whoever wants
    /// reminders asks for them anew.
    /// </summary>
    internal IReadOnlyList<string> Left => Kind == UpPlan.Vault ? ["nudges", "nudge_codes", "desk_nonces"] : [];

    /// <summary>What the host does with rows that are older than the world around it.</summary>
    internal Task AfterRestoreAsync(Database database, byte[] digest, TimeProvider time, CancellationToken cancel) => Kind switch
    {
        UpPlan.Vault => VaultHost.AfterRestoreAsync(database, digest, time, cancel),
        UpPlan.Matcher => MatcherHost.AfterRestoreAsync(database, cancel),
        _ => Task.CompletedTask,
    };

    private string Kind => Name.StartsWith(Keeper, StringComparison.Ordinal) ? Keeper : Name;
}

/// <summary>A file that a host needs besides its database: keys, the keyset, settings.</summary>
/// <param name="Name">What a backup calls it.</param>
/// <param name="Path">Where it is.</param>
internal sealed record StoredFile(string Name, string Path);

/// <summary>What an operator would lose with a machine, and where it lies.</summary>
/// <param name="hosts">Databases. The vault comes first: see <see cref="Backup"/>.</param>
/// <param name="pathOf">Where a file of a backup belongs; null where it has no place here.</param>
/// <param name="files">Files that are there now.</param>
internal sealed class Holdings(IReadOnlyList<StoredHost> hosts, Func<string, string?> pathOf, Func<IReadOnlyList<StoredFile>> files)
{
    internal const string FilesFolder = "files/";
    internal const string Settings = FilesFolder + "settings.json";

    private const string Tiles = FilesFolder + "Folder/";

    internal IReadOnlyList<StoredHost> Hosts { get; } = hosts;

    internal string? PathOf(string entry) => pathOf(entry);

    internal IReadOnlyList<StoredFile> Files() => files();

    /// <summary>A folder of <c>wetoo up</c>, or one host in it.</summary>
    /// <exception cref="ArgumentException">There is no such host.</exception>
    internal static Holdings OfFolder(DataFolder folder, string? only)
    {
        string[] all = [UpPlan.Vault, UpPlan.Matcher, UpPlan.Registrar, UpPlan.Log, .. UpPlan.Keepers];
        if (only is not null && !all.Contains(only)) throw new ArgumentException($"There is no host \"{only}\". The hosts are {string.Join(", ", all)}.");

        var prefix = only is null ? FilesFolder : $"{FilesFolder}{only}/";
        return new(
            [.. all.Where(host => only is null || host == only).Select(host => new StoredHost(host, folder.Database(host)))],
            entry => entry.StartsWith(prefix, StringComparison.Ordinal) ? Inside(folder.Root, entry[FilesFolder.Length..]) : null,
            () => FilesIn(folder.Root, prefix));
    }

    /// <summary>One host by its settings.</summary>
    /// <exception cref="InvalidDataException">The file has the settings of no host.</exception>
    internal static Holdings OfSettings(FileInfo settings, string savedAs)
    {
        var all = new ConfigurationBuilder().AddJsonFile(settings.FullName, optional: false, reloadOnChange: false).Build();
        (string Name, object? Options)[] possible =
        [
            (UpPlan.Vault, all.GetSection("Vault").Get<VaultOptions>()),
            (UpPlan.Matcher, all.GetSection("Matcher").Get<MatcherOptions>()),
            (UpPlan.Registrar, all.GetSection("Registrar").Get<RegistrarOptions>()),
            (UpPlan.Log, all.GetSection("Log").Get<LogOptions>()),
            (StoredHost.Keeper, all.GetSection("Keeper").Get<KeeperOptions>()),
        ];
        var found = possible.Where(host => host.Options is not null).ToList();
        if (found is not [(var name, { } options)]) throw new InvalidDataException("The settings are of no host, or of more than one.");

        var named = FilesOf(options, FilesFolder).Prepend(new(Settings, savedAs)).ToDictionary(file => file.Name, file => file.Path);
        var connection = (string)options.GetType().GetProperty("Database")!.GetValue(options)!;
        return new(
            [new(name, connection)],
            entry => named.GetValueOrDefault(entry) ?? (options is LogOptions log && entry.StartsWith(Tiles, StringComparison.Ordinal) ? Inside(Path.GetFullPath(log.Folder), entry[Tiles.Length..]) : null),
            () => [.. named.Where(file => File.Exists(file.Value)).Select(file => new StoredFile(file.Key, file.Value)), .. options is LogOptions log ? TilesIn(log.Folder) : []]);
    }

    /// <summary>Every setting that names a file, also in sections within.</summary>
    private static IEnumerable<StoredFile> FilesOf(object options, string prefix) => options.GetType().GetProperties().SelectMany<PropertyInfo, StoredFile>(setting => setting.GetValue(options) switch
    {
        string { Length: > 0 } path when setting.Name.EndsWith("File", StringComparison.Ordinal) => [new StoredFile(prefix + setting.Name, path)],
        { } section when setting.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal) => FilesOf(section, $"{prefix}{setting.Name}."),
        _ => [],
    });

    /// <summary>The log's folder: its database comes before, and tiles that are newer than that do no harm.</summary>
    private static IEnumerable<StoredFile> TilesIn(string folder) =>
        Directory.Exists(folder) ? FilesIn(Path.GetFullPath(folder), FilesFolder).Select(file => file with { Name = Tiles + file.Name[FilesFolder.Length..] }) : [];

    /// <summary>All but the databases, which are read through their engine, and what was being written.</summary>
    private static List<StoredFile> FilesIn(string root, string prefix) =>
    [
        .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is not (".db" or ".db-wal" or ".db-shm" or ".draft" or ".new" or Restore.Draft))
            .Select(path => new StoredFile(FilesFolder + Path.GetRelativePath(root, path).Replace('\\', '/'), path))
            .Where(file => file.Name.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    /// <summary>A name in a backup may not lead out of the folder.</summary>
    private static string? Inside(string root, string name)
    {
        var path = Path.GetFullPath(Path.Combine(root, name));
        return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : null;
    }
}
