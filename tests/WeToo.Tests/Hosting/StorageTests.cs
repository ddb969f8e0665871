using System.Data.Common;
using Microsoft.Data.Sqlite;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests.Hosting;

public sealed class StorageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Sixty_four_writers_at_once_lose_no_write(Engine engine)
    {
        await using var test = await WithCounterAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => test.Database.TransactAsync(Increment, Cancel)));

        Assert.Equal(64, await test.Database.ReadAsync(Counter, Cancel));
    }

    [Fact]
    public async Task Many_small_writes_share_few_commits()
    {
        await using var test = await WithCounterAsync(Engine.Sqlite);
        var before = test.Database.Commits;

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(
            async () =>
            {
                for (var i = 0; i < 32; i++) await test.Database.TransactAsync(Increment, Cancel);
            },
            Cancel)));

        Assert.Equal(2048, await test.Database.ReadAsync(Counter, Cancel));
        Assert.InRange(test.Database.Commits - before, 32, 512);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Work_that_throws_leaves_nothing_and_harms_nobody_beside_it(Engine engine)
    {
        await using var test = await WithCounterAsync(engine);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            try
            {
                return await test.Database.TransactAsync(s => Increment(s) && (i % 4 == 0 ? throw new TimeZoneNotFoundException() : true), Cancel);
            }
            catch (TimeZoneNotFoundException)
            {
                return false;
            }
        }));

        Assert.Equal(30, outcomes.Count(kept => kept));
        Assert.Equal(30, await test.Database.ReadAsync(Counter, Cancel));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_statement_that_fails_is_told_to_its_caller_only(Engine engine)
    {
        await using var test = await WithCounterAsync(engine);

        var good = Enumerable.Range(0, 8).Select(_ => test.Database.TransactAsync(Increment, Cancel)).ToList();
        var bad = test.Database.TransactAsync(s => s.Execute("INSERT INTO counter (id, value) VALUES (1, 0)"), Cancel);
        good.AddRange(Enumerable.Range(0, 8).Select(_ => test.Database.TransactAsync(Increment, Cancel)));

        await Assert.ThrowsAnyAsync<DbException>(() => bad);
        await Task.WhenAll(good);
        Assert.Equal(16, await test.Database.ReadAsync(Counter, Cancel));
    }

    [Fact]
    public async Task When_the_engine_ends_the_transaction_the_whole_group_hears_of_it()
    {
        await using var test = await WithCounterAsync(Engine.Sqlite);
        using var begun = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();

        // The first work holds the writer, so that the two others stand in one group.
        var first = test.Database.TransactAsync(
            _ =>
            {
                begun.Set();
                go.Wait(Cancel);
                return true;
            },
            Cancel);
        begun.Wait(Cancel);
        var beside = test.Database.TransactAsync(Increment, Cancel);
        var failing = test.Database.TransactAsync<bool>(_ => throw new TimeZoneNotFoundException(), Cancel);
        var ending = test.Database.TransactAsync(s => s.Execute("INSERT OR ROLLBACK INTO counter (id, value) VALUES (1, 0)"), Cancel);
        go.Set();

        Assert.True(await first);
        await Assert.ThrowsAsync<SqliteException>(() => beside);
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => failing);
        await Assert.ThrowsAsync<SqliteException>(() => ending);
        Assert.True(await test.Database.TransactAsync(Increment, Cancel));
        Assert.Equal(1, await test.Database.ReadAsync(Counter, Cancel));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_rule_checked_in_the_transaction_holds_against_any_number_of_callers(Engine engine)
    {
        await using var test = await WithCounterAsync(engine);

        var allowed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            test.Database.TransactAsync(s => Counter(s) < 2 && Increment(s), Cancel)));

        Assert.Equal(2, allowed.Count(yes => yes));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_read_sees_one_moment_and_may_not_write(Engine engine)
    {
        await using var test = await WithCounterAsync(engine);

        var (earlier, later) = await test.Database.ReadAsync(
            s =>
            {
                var before = Counter(s);
                var written = Task.Run(() => test.Database.TransactAsync(Increment, Cancel));
#pragma warning disable xUnit1031 // The point is to wait inside the snapshot, on the lane's own thread.
                written.Wait(Cancel);
#pragma warning restore xUnit1031
                return (before, Counter(s));
            },
            Cancel);

        Assert.Equal((0, 0), (earlier, later));
        Assert.Equal(1, await test.Database.ReadAsync(Counter, Cancel));
        await Assert.ThrowsAnyAsync<DbException>(() => test.Database.ReadAsync(Increment, Cancel));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Work_that_was_cancelled_before_its_turn_is_not_done(Engine engine)
    {
        await using var test = await WithCounterAsync(engine);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Database.TransactAsync(Increment, new(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Database.ReadAsync(Counter, new(canceled: true)));

        Assert.Equal(0, await test.Database.ReadAsync(Counter, Cancel));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Rows_come_back_as_what_they_were_written(Engine engine)
    {
        await using var test = await Engines.CreateAsync(engine);
        byte[] bytes = [0, 1, 255];
        await test.Database.TransactAsync(
            s => s.Execute(engine == Engine.Sqlite
                ? "CREATE TABLE kept (bytes_sha256 BLOB NOT NULL, day INTEGER NOT NULL, word TEXT, other BLOB) STRICT"
                : "CREATE TABLE kept (bytes_sha256 bytea NOT NULL, day bigint NOT NULL, word text, other bytea)"),
            Cancel);

        await test.Database.TransactAsync(
            s => s.Execute("INSERT INTO kept (bytes_sha256, day, word, other) VALUES (@bytes, @day, @word, @other)", new { bytes, day = 20_000, word = (string?)null, other = (byte[]?)null }),
            Cancel);
        var row = await test.Database.ReadAsync(s => s.QueryOne<Kept>("SELECT bytes_sha256, day, word, other FROM kept"), Cancel);
        var count = await test.Database.ReadAsync(s => s.QueryOne<long>("SELECT count(*) FROM kept WHERE bytes_sha256 = @bytes", new { bytes }), Cancel);

        Assert.NotNull(row);
        Assert.Equal(bytes, row.BytesSha256);
        Assert.Equal((20_000L, null, null), (row.Day, row.Word, row.Other));
        Assert.Equal(1, count);
        Assert.Null(await test.Database.ReadAsync(s => s.QueryOne<Kept>("SELECT bytes_sha256, day, word, other FROM kept WHERE day = 1"), Cancel));
    }

    [Fact]
    public async Task A_database_file_is_readable_by_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights are the folder's there.");
        await using var test = await WithCounterAsync(Engine.Sqlite);
        var path = test.Connection["Data Source=".Length..];

        Assert.All((string[])[path, path + "-wal"], file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Server=somewhere")]
    [InlineData("Data Source=:memory:")]
    public void What_is_neither_a_file_nor_a_server_is_not_opened(string connection) =>
        Assert.Throws<ArgumentException>(() => Database.Open(connection));

    private static async Task<TestDatabase> WithCounterAsync(Engine engine)
    {
        var test = await Engines.CreateAsync(engine);
        await test.Database.TransactAsync(s => s.Execute("CREATE TABLE counter (id bigint PRIMARY KEY, value bigint NOT NULL)"), Cancel);
        await test.Database.TransactAsync(s => s.Execute("INSERT INTO counter (id, value) VALUES (1, 0)"), Cancel);
        return test;
    }

    private static bool Increment(Session session) =>
        session.Execute("UPDATE counter SET value = @value WHERE id = 1", new { value = Counter(session) + 1 }) == 1;

    private static long Counter(Session session) => session.QueryOne<long>("SELECT value FROM counter WHERE id = 1");

    private sealed record Kept(byte[] BytesSha256, long Day, string? Word, byte[]? Other);
}
