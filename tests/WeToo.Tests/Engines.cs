using System.Collections.Concurrent;
using System.Reflection;
using Npgsql;
using WeToo.Hosting.Storage;
using Xunit;

[assembly: AssemblyFixture(typeof(WeToo.Tests.MigratedDatabases))]

namespace WeToo.Tests;

/// <summary>An empty database of either engine, for one test.</summary>
internal static class Engines
{
    /// <summary>The collection of tests that use databases by the names of a real deployment: one such test at a time.</summary>
    internal const string Named = "Named databases";

    /// <summary>What a theory runs on both engines takes as its data.</summary>
    public static TheoryData<Engine> Both => [Engine.Sqlite, Engine.Postgres];

    private static readonly ConcurrentDictionary<(Engine, Assembly), Lazy<Task<TestDatabase>>> s_migrated = new();

    /// <summary>Makes an empty database.</summary>
    internal static async Task<TestDatabase> CreateAsync(Engine engine)
    {
        var made = new TestDatabase(engine);
        if (engine == Engine.Postgres) await AdministerAsync($"CREATE DATABASE {made.Name}");
        return made;
    }

    /// <summary>Makes a database with the schema of a host: a copy of one that was migrated once, since a hundred tests want the same.</summary>
    internal static async Task<TestDatabase> CreateAsync(Engine engine, Assembly host)
    {
        var migrated = await s_migrated.GetOrAdd((engine, host), key => new(() => MigrateAsync(engine, host))).Value;
        var made = new TestDatabase(engine);
        if (engine == Engine.Postgres) await AdministerAsync($"CREATE DATABASE {made.Name} TEMPLATE {migrated.Name}");
        else File.Copy(migrated.File, made.File);
        return made;
    }

    private static async Task<TestDatabase> MigrateAsync(Engine engine, Assembly host)
    {
        var made = await CreateAsync(engine);
        using var database = Database.Open(made.Connection); // Nobody may be connected to what is copied.
        await Migrations.ApplyAsync(database, host, TimeProvider.System, CancellationToken.None);
        return made;
    }

    /// <summary>At the end of all tests.</summary>
    internal static async Task DropMigratedAsync()
    {
        foreach (var migrated in s_migrated.Values) await (await migrated.Value).DisposeAsync();
    }

    /// <summary>The databases of <c>wetoo up</c>.</summary>
    internal static IReadOnlyList<string> Names { get; } =
        [.. ((string[])["vault", "matcher", "registrar", "log", "voices", "keeper_1", "keeper_2", "keeper_3"]).Select(host => $"wetoo_{host}")];

    /// <summary>Drops the databases of <c>wetoo up</c> from the server, if they are there.</summary>
    internal static async Task DropNamedAsync()
    {
        foreach (var name in Names) await AdministerAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    internal static async Task AdministerAsync(string statement)
    {
        await using var cluster = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Cluster()) { Pooling = false });
#pragma warning disable CA2100 // A name we have just made up.
        await using var command = cluster.CreateCommand(statement);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    internal static string Cluster() => Environment.GetEnvironmentVariable("WETOO_TEST_POSTGRES")
        ?? throw new InvalidOperationException("WETOO_TEST_POSTGRES names no cluster: run these tests with ./test");
}

/// <summary>Takes away, when all tests are over, the databases that were copied for them.</summary>
public sealed class MigratedDatabases : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await Engines.DropMigratedAsync();
}

/// <summary>A database that is gone after the test.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly Engine _engine;
    private readonly Lazy<Database> _database;

    internal TestDatabase(Engine engine)
    {
        _engine = engine;
        Connection = engine == Engine.Sqlite ? $"Data Source={File}" : new NpgsqlConnectionStringBuilder(Engines.Cluster()) { Database = Name }.ToString();
        _database = new(() => Database.Open(Connection));
    }

    internal string Name { get; } = $"wetoo_{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}";

    /// <summary>Where it is, with SQLite.</summary>
    internal string File => Path.Combine(Path.GetTempPath(), $"{Name}.db");

    /// <summary>For a host that opens the database itself.</summary>
    internal string Connection { get; }

    /// <summary>For a test that uses it, or looks into what a host wrote.</summary>
    internal Database Database => _database.Value;

    public async ValueTask DisposeAsync()
    {
        if (_database.IsValueCreated) Database.Dispose();
        if (_engine == Engine.Sqlite)
            foreach (var suffix in (string[])["", "-wal", "-shm"]) System.IO.File.Delete(File + suffix);
        else
            await Engines.AdministerAsync($"DROP DATABASE {Name} WITH (FORCE)");
    }
}
