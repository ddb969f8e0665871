using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using WeToo.Core.Identifiers;
using WeToo.Core.Receipts;
using WeToo.Hosting.Storage;
using WeToo.Registrar.Features.Invitations;
using WeToo.Tool.Authoring;
using WeToo.Tool.Backups;
using WeToo.Tool.Up;
using Xunit;

namespace WeToo.Tests.Hosting;

/// <summary>Databases that the first release left behind (<c>tests/fixtures/first-release</c>) are migrated to the present, and people go on with them.</summary>
[Collection(Engines.Named)]
public sealed class UpgradeTests : IDisposable
{
    private static readonly DateTimeOffset s_frozen = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_hosts = [UpPlan.Vault, UpPlan.Matcher, UpPlan.Registrar, .. UpPlan.Keepers];

    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-upgrade-").FullName;

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Fixture => Path.Combine(Vectors.Root(), "tests", "fixtures", "first-release");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Every_row_of_the_first_release_is_there_after_all_migrations(Engine engine)
    {
        var folder = await ThawAsync(engine);
        foreach (var host in s_hosts)
        {
            using var database = Database.Open(folder.Database(host));
            var before = await database.ReadAsync(session => Tables.Of(session, engine).ToDictionary(table => table, table => Describe(session, table)), Cancel);
            Assert.Contains(before, table => table.Value.Count > 0);

            await Migrations.ApplyAsync(database, new StoredHost(host, "").Assembly, TimeProvider.System, Cancel);

            foreach (var (table, rows) in before)
                Assert.Equal(rows, await database.ReadAsync(session => Describe(session, table), Cancel));
        }

        await Engines.DropNamedAsync();
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task People_of_the_first_release_go_on_with_this_build(Engine engine)
    {
        var time = new ClockFrom(s_frozen);
        await using (var deployment = await Deployment.StartAsync(new(await ThawAsync(engine), 0, (0, 0), "invitation"), time, logging => logging.ClearProviders(), Cancel))
        {
            using var http = new HttpClient { BaseAddress = deployment.Ports.Vault };
            var words = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllBytesAsync(Path.Combine(Fixture, "people.json"), Cancel))!;
            var deploymentId = deployment.FirstKeyset.Keyset.Deployment;
            var author = new AuthorClient(
                new VaultClient(http), time, RandomNumberGenerator.Fill, canonical => IdentifierKey.Derive(Identifier.FromCanonical(canonical)!, deploymentId.Span));
            var (keyset, refused) = await author.LoadKeysetAsync(Cancel);
            Assert.Null(refused);

            Assert.Equal("released", await StateAsync("ana"));
            Assert.Equal("withdrawn", await StateAsync("dora"));
            Assert.Equal("sealed", await StateAsync("cleo"));

            var (receipt, visit) = author.Begin(keyset!);
            var codes = await deployment.Registrar.Services.GetRequiredService<InvitationList>().IssueAsync(1, Cancel);
            Assert.Null(await author.ObtainCredentialAsync(visit, codes[0], Cancel));
            var account = author.NewAccount(keyset!, 2, new() { CallMe = "E.", How = "mail", Identifiers = ["email:boss@example.org"] }, "Me too.");
            Assert.True((await author.AdvanceAsync(visit, account, Cancel)).Filed);
            var vault = deployment.Vault.Services.GetRequiredService<Database>();
            await Eventually.HoldsAsync(
                async () => await vault.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM cases WHERE stage = 0"), Cancel) == 2, "what Cleo sealed then has opened now");
            Assert.Equal("sealed", await StateAsync("cleo")); // Nobody has compared yet.
            receipt.Dispose();
            visit.Dispose();

            async Task<string> StateAsync(string name)
            {
                using var here = new AuthorVisit(keyset!, Receipt.TryParse(words[name])!);
                var (filings, why) = await author.ReturnAsync(here, Cancel);
                Assert.Null(why);
                Assert.StartsWith("What ", Assert.Single(here.Box.Accounts).Account.Text, StringComparison.Ordinal);
                return Assert.Single(filings!).State;
            }
        }

        await Engines.DropNamedAsync();
    }

    /// <summary>Puts the databases and key files where <c>wetoo up</c> looks for them.</summary>
    private async Task<DataFolder> ThawAsync(Engine engine)
    {
        await Engines.DropNamedAsync();
        var folder = new DataFolder(_folder, engine == Engine.Postgres ? Engines.Cluster() : null);
        await folder.PrepareAsync(s_hosts, Cancel);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Fixture, "files"), "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(_folder, Path.GetRelativePath(Path.Combine(Fixture, "files"), file));
            File.Copy(file, path, overwrite: true);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        foreach (var host in s_hosts) await LoadAsync(engine, folder.Database(host), host);
        return folder;
    }

    private static async Task LoadAsync(Engine engine, string connection, string host)
    {
        var path = Path.Combine(Fixture, engine == Engine.Sqlite ? "sqlite" : "postgres", $"{host}.sql.gz");
        await using var unpacked = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var text = new StreamReader(unpacked, Encoding.UTF8);
        await using System.Data.Common.DbConnection open = engine == Engine.Sqlite
            ? new SqliteConnection(connection + ";Pooling=False")
            : new NpgsqlConnection(connection + ";Pooling=False");
        await open.OpenAsync(Cancel);
        await using var command = open.CreateCommand();
#pragma warning disable CA2100 // Our own fixture.
        command.CommandText = await text.ReadToEndAsync(Cancel);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>A table's rows as text, in an order that is the same on every run.</summary>
    private static List<string> Describe(Session session, Table table)
    {
        using var line = new MemoryStream();
        return
        [
            .. Tables.Rows(session, table).Select(row =>
            {
                line.SetLength(0);
                Rows.Write(line, row);
                return Encoding.UTF8.GetString(line.ToArray());
            }).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>A clock that goes on from some moment.</summary>
    private sealed class ClockFrom(DateTimeOffset start) : TimeProvider
    {
        private readonly long _began = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_began);
    }
}
