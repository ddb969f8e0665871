using Npgsql;

namespace WeToo.Tool.Up;

/// <summary>Where everything of a deployment on one machine lies: a folder for each host, as if each were on its own.</summary>
/// <param name="root">The folder.</param>
/// <param name="postgres">A PostgreSQL server to keep the databases on, or null for files in the folder.</param>
internal sealed class DataFolder(string root, string? postgres)
{
    internal string Root { get; } = Path.GetFullPath(root);

    internal string Keyset => Path.Combine(Root, "keyset.json");

    /// <summary>The plan of a ceremony that has not ended.</summary>
    internal string Plan => Path.Combine(Root, "ceremony.json");

    /// <summary>What matcher and vault know of each other.</summary>
    internal string SharedKey => Path.Combine(Root, "shared", "matcher-vault.key");

    /// <summary>What the publication and the log know of each other.</summary>
    internal string LogLettersKey => Path.Combine(Root, "shared", "log-letters.key");

    /// <summary>What vault and log know of each other.</summary>
    internal string LogAppendKey => Path.Combine(Root, "shared", "log-vault.key");

    /// <summary>A file of a host.</summary>
    internal string File(string host, string name) => Path.Combine(Root, host, name);

    /// <summary>The connection to a host's own database. Nobody else uses it.</summary>
    internal string Database(string host) => postgres is null
        ? $"Data Source={File(host, $"{host}.db")}"
        : new NpgsqlConnectionStringBuilder(postgres) { Database = NameOf(host) }.ToString();

    /// <summary>Makes the folders, readable by this user only, and the databases on the server where there is one.</summary>
    internal async Task PrepareAsync(IReadOnlyList<string> hosts, CancellationToken cancel)
    {
        const UnixFileMode ours = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var folder in hosts.Append("shared").Select(name => Path.Combine(Root, name)))
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, ours);
        }

        if (postgres is null) return;

        await using var server = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false });
        foreach (var name in hosts.Select(NameOf))
        {
            await using var find = server.CreateCommand("SELECT count(*) FROM pg_database WHERE datname = $1");
            find.Parameters.AddWithValue(name);
            if ((long)(await find.ExecuteScalarAsync(cancel))! > 0) continue;
#pragma warning disable CA2100 // The name is one of our own.
            await using var create = server.CreateCommand($"CREATE DATABASE {name}");
#pragma warning restore CA2100
            await create.ExecuteNonQueryAsync(cancel);
        }
    }

    private static string NameOf(string host) => $"wetoo_{host.Replace('-', '_')}";
}
