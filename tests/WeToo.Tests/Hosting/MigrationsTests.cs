using System.Reflection;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests.Hosting;

public sealed class MigrationsTests
{
    private const string First = "CREATE TABLE letters (day integer NOT NULL); CREATE INDEX letters_by_day ON letters (day);";
    private const string Second = "ALTER TABLE letters ADD COLUMN word text;";

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Scripts_are_applied_once_and_in_order(Engine engine)
    {
        await using var test = await Engines.CreateAsync(engine);

        await ApplyAsync(test, ("0001-letters", First));
        await ApplyAsync(test, ("0002-words", Second), ("0001-letters", First));
        await ApplyAsync(test, ("0001-letters", First), ("0002-words", Second));

        Assert.Equal(["0001-letters.sql", "0002-words.sql"], await test.Database.ReadAsync(s => s.Query<string>("SELECT name FROM migrations ORDER BY name"), Cancel));
        Assert.Equal(1, await test.Database.TransactAsync(s => s.Execute("INSERT INTO letters (day, word) VALUES (1, 'a')"), Cancel));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_script_that_changed_after_it_was_applied_is_refused(Engine engine)
    {
        await using var test = await Engines.CreateAsync(engine);
        await ApplyAsync(test, ("0001-letters", First));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(test, ("0001-letters", First + " ")));

        Assert.Contains("0001-letters.sql was changed", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_database_of_a_newer_build_is_refused(Engine engine)
    {
        await using var test = await Engines.CreateAsync(engine);
        await ApplyAsync(test, ("0001-letters", First), ("0002-words", Second));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(test, ("0001-letters", First)));

        Assert.Contains("newer build", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_script_that_fails_half_way_leaves_nothing(Engine engine)
    {
        await using var test = await Engines.CreateAsync(engine);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => ApplyAsync(test, ("0001-letters", First + "CREATE TABLE letters (day integer)")));
        await ApplyAsync(test, ("0001-letters", First));

        Assert.Equal(0, await test.Database.ReadAsync(s => s.QueryOne<long>("SELECT count(*) FROM letters"), Cancel));
    }

    private static Task ApplyAsync(TestDatabase test, params (string Name, string Text)[] scripts) =>
        Migrations.ApplyAsync(test.Database, new ScriptsOnly(scripts), TimeProvider.System, Cancel);

    /// <summary>An assembly that embeds these scripts for both engines, and nothing else.</summary>
    private sealed class ScriptsOnly((string Name, string Text)[] scripts) : Assembly
    {
        public override string[] GetManifestResourceNames() =>
            [.. scripts.SelectMany(script => (string[])[$"sqlite/{script.Name}.sql", $"postgres/{script.Name}.sql"])];

        public override Stream GetManifestResourceStream(string name) =>
            new MemoryStream([.. scripts.Single(script => name.EndsWith($"/{script.Name}.sql", StringComparison.Ordinal)).Text.Select(c => (byte)c)]);
    }
}
