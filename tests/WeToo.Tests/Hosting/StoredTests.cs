using WeToo.Hosting.Storage;
using WeToo.Tests.Rules;
using WeToo.Vault.Features.Site;
using Xunit;

namespace WeToo.Tests.Hosting;

/// <summary>The page of what is stored says something of each table and field that a database really has, and of nothing else: row D7.</summary>
public sealed class StoredTests
{
    public static MatrixTheoryData<string, Engine> Databases => new(Stored.Fields.Keys, [Engine.Sqlite, Engine.Postgres]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_field_of_a_database_is_described_and_no_field_that_is_not_there(string host, Engine engine)
    {
        await using var test = await Engines.CreateAsync(engine, Assemblies.Load(Assemblies.Hosts.Single(name => name.EndsWith($".{host}", StringComparison.OrdinalIgnoreCase))));

        var real = await test.Database.ReadAsync(session => session.Query<string>(engine == Engine.Sqlite ? Schema.Sqlite : Schema.Postgres), Cancel);

        Assert.Equal(real.Order(StringComparer.Ordinal), Described(host).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_host_of_the_private_side_is_described() =>
        Assert.Equal(Assemblies.Hosts.Select(name => name.Split('.')[1].ToLowerInvariant()).Where(host => host != "voices"), Stored.Fields.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_host_table_and_kind_has_its_words_in_every_language()
    {
        foreach (var texts in Stored.Languages.Select(Stored.TextsIn))
        {
            foreach (var (host, tables) in Stored.Fields)
            {
                Assert.NotEmpty(texts[$"host.{host}"]);
                foreach (var (table, columns) in tables)
                {
                    Assert.NotEmpty(Stored.TableText(texts, host, table));
                    Assert.All(columns.Keys, column => Assert.NotEmpty(Stored.FieldText(texts, host, table, column)));
                }
            }

            // What is said of a single field is said of one that there is.
            Assert.All(texts.Keys.Where(key => key.StartsWith("field.", StringComparison.Ordinal)), key => Assert.Contains(key, Stored.Fields.Keys.SelectMany(host => Described(host).Select(field => $"field.{host}.{field}"))));
        }
    }

    [Fact]
    public void A_field_that_somebody_added_is_noticed()
    {
        var tables = Stored.Fields["log"].Select(table => new Table(table.Key, [.. table.Value.Keys], null)).ToList();
        Assert.Empty(Stored.Undescribed("log", tables));

        Assert.Equal(["head.seen_by", "visits.at_s"], Stored.Undescribed("log", [.. tables, new("head", ["id", "seen_by"], null), new("visits", ["at_s"], null)]));
    }

    private static IEnumerable<string> Described(string host) => Stored.Fields[host].SelectMany(table => table.Value.Keys.Select(column => $"{table.Key}.{column}"));

    private static class Schema
    {
        internal const string Sqlite = """
            SELECT t.name || '.' || c.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
            """;

        internal const string Postgres = "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'";
    }
}
