using System.Reflection;
using Npgsql;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests;

/// <summary>An empty database of either engine, for one test.</summary>
internal static class Engines
{
    /// <summary>The collection of tests that use databases by the names of a real deployment: one such test at a time.</summary>
    internal const string Named = "Named databases";

    /// <summary>What a theory runs on both engines takes as its data.</summary>
    public static TheoryData<Engine> Both => [Engine.Sqlite, Engine.Postgres];

    /// <summary>Makes an empty database.</summary>
    internal static async Task<TestDatabase> CreateAsync(Engine engine)
    {
        var name = $"wetoo_{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}";
        if (engine == Engine.Sqlite) return new TestDatabase($"Data Source={Path.Combine(Path.GetTempPath(), name)}.db");

        await AdministerAsync($"CREATE DATABASE {name}");
        return new TestDatabase(new NpgsqlConnectionStringBuilder(Cluster()) { Database = name }.ToString());
    }

    /// <summary>Makes a database with the schema of a host.</summary>
    internal static async Task<TestDatabase> CreateAsync(Engine engine, Assembly host)
    {
        var made = await CreateAsync(engine);
        await Migrations.ApplyAsync(made.Database, host, TimeProvider.System, TestContext.Current.CancellationToken);
        return made;
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

/// <summary>A database that is gone after the test.</summary>
internal sealed class TestDatabase(string connection) : IAsyncDisposable
{
    private readonly Lazy<Database> _database = new(() => Database.Open(connection));

    /// <summary>For a host that opens the database itself.</summary>
    internal string Connection => connection;

    /// <summary>For a test that uses it, or looks into what a host wrote.</summary>
    internal Database Database => _database.Value;

    public async ValueTask DisposeAsync()
    {
        if (_database.IsValueCreated) Database.Dispose();
        if (connection.StartsWith("Data Source=", StringComparison.Ordinal))
            foreach (var suffix in (string[])["", "-wal", "-shm"]) File.Delete(connection["Data Source=".Length..] + suffix);
        else
            await Engines.AdministerAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");
    }
}
