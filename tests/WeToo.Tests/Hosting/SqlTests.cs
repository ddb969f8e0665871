using System.Data.Common;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;
using WeToo.Hosting.Storage;
using WeToo.Tests.Rules;
using Xunit;

namespace WeToo.Tests.Hosting;

/// <summary>Every statement in the code is understood by both engines, against the real schema.</summary>
public sealed partial class SqlTests
{
    public static TheoryData<string> Hosts => Assemblies.HostNames;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Sqlite_understands_every_statement(string host)
    {
        await using var test = await Engines.CreateAsync(Engine.Sqlite, Assemblies.Load(host));
        await using var connection = new SqliteConnection(test.Connection + ";Pooling=False");
        await connection.OpenAsync(Cancel);

        foreach (var (name, statement) in Statements(host))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statement is one of our own constants.
            command.CommandText = "EXPLAIN " + Lists().Replace(statement, "IN (@${list})");
#pragma warning restore CA2100
            foreach (var parameter in Parameters(statement)) command.Parameters.AddWithValue(parameter, DBNull.Value);
            await UnderstandsAsync(name, () => command.ExecuteScalarAsync(Cancel));
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Postgres_understands_every_statement(string host)
    {
        await using var test = await Engines.CreateAsync(Engine.Postgres, Assemblies.Load(host));
        await using var connection = new NpgsqlConnection(test.Connection + ";Pooling=False");
        await connection.OpenAsync(Cancel);

        foreach (var (name, statement) in Statements(host))
        {
            var parameters = Parameters(statement);
            var numbered = Parameter().Replace(Lists().Replace(statement, "= ANY (@${list})"), match => $"${parameters.IndexOf(match.Value) + 1}");
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statement is one of our own constants.
            command.CommandText = $"PREPARE \"{name}\" AS {numbered}";
#pragma warning restore CA2100
            await UnderstandsAsync(name, () => command.ExecuteNonQueryAsync(Cancel));
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Both_engines_have_the_same_tables(string host)
    {
        await using var sqlite = await Engines.CreateAsync(Engine.Sqlite, Assemblies.Load(host));
        await using var postgres = await Engines.CreateAsync(Engine.Postgres, Assemblies.Load(host));

        var here = await sqlite.Database.ReadAsync(s => s.Query<string>(Schema.Sqlite), Cancel);
        var there = await postgres.Database.ReadAsync(s => s.Query<string>(Schema.Postgres), Cancel);

        Assert.Equal(here, there);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Sqlite_holds_every_column_to_its_type(string host)
    {
        await using var test = await Engines.CreateAsync(Engine.Sqlite, Assemblies.Load(host));

        Assert.Empty(await test.Database.ReadAsync(s => s.Query<string>(Schema.NotStrict), Cancel));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void No_constraint_waits_for_the_commit(string host) => Assert.All(
        Assemblies.Load(host).GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)),
        name =>
        {
            using var script = new StreamReader(Assemblies.Load(host).GetManifestResourceStream(name)!);

            // It would fail the commit of a whole group, and so of callers who did nothing wrong.
            Assert.DoesNotContain("DEFERR", script.ReadToEnd(), StringComparison.OrdinalIgnoreCase);
        });

    private static async Task UnderstandsAsync<T>(string name, Func<Task<T>> prepare)
    {
        try
        {
            _ = await prepare();
        }
        catch (PostgresException why) when (why.SqlState == PostgresErrorCodes.IndeterminateDatatype)
        {
            // A bare parameter has the type that the caller's value gives it.
        }
        catch (DbException why)
        {
            Assert.Fail($"{name}: {why.Message}");
        }
    }

    private static IEnumerable<(string Name, string Statement)> Statements(string host) => Assemblies.Load(host).GetTypes()
        .Where(type => type is { IsNested: true, Name: "Sql" })
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
        .Where(constant => constant is { IsLiteral: true, IsPrivate: false }) // What is private is a part of those that are not.
        .Select(constant => ($"{constant.DeclaringType!.DeclaringType!.Name}.{constant.Name}", (string)constant.GetRawConstantValue()!));

    private static List<string> Parameters(string statement) => [.. Parameter().Matches(statement).Select(match => match.Value).Distinct()];

    [GeneratedRegex("@[A-Za-z_0-9]+")]
    private static partial Regex Parameter();

    [GeneratedRegex("IN @(?<list>[A-Za-z_0-9]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Lists();

    private static class Schema
    {
        internal const string Sqlite = """
            SELECT t.name || '.' || c.name || ' ' || lower(c.type) || CASE WHEN c."notnull" = 1 THEN ' not null' ELSE '' END
            FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> 'migrations'
            ORDER BY 1
            """;

        internal const string Postgres = """
            SELECT table_name || '.' || column_name || ' '
                || CASE data_type WHEN 'bytea' THEN 'blob' WHEN 'bigint' THEN 'integer' ELSE data_type END
                || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
            FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name <> 'migrations'
            ORDER BY 1
            """;

        internal const string NotStrict = """
            SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%' AND name <> 'migrations'
            """;
    }
}
