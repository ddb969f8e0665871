using System.Buffers.Binary;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Core.Log;
using WeToo.Hosting.Storage;
using WeToo.Tests.Log;
using WeToo.Tests.Story;
using WeToo.Tool.Authoring;
using WeToo.Tool.Up;
using Xunit;

namespace WeToo.Tests.Tool.Backups;

/// <summary>A whole deployment that runs is saved by <c>wetoo backup</c>, lost, put back by <c>wetoo restore</c>, and goes on.</summary>
[Collection(Engines.Named)]
public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-backup-").FullName;

    public static TheoryData<Engine, Engine> Ways => new() { { Engine.Sqlite, Engine.Sqlite }, { Engine.Postgres, Engine.Postgres }, { Engine.Sqlite, Engine.Postgres } };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_deployment_comes_back_on_either_database_and_people_go_on_with_it(Engine before, Engine after)
    {
        await Engines.DropNamedAsync();
        var keys = new BackupKeys(_folder);
        await using (var world = await World.BeginAsync(Server(before)))
        {
            using var ines = await world.JoinAsync("Inès");
            var ana = await world.FileAsync("Ana's account", 2, "tel:+33612345678");
            await world.SettleAsync();
            var dated = RunningLog.NewEntry();
            var at = await AppendAsync(world, dated);
            await SucceedsAsync(["backup", "--data", world.Folder, .. On(before), "--recipient", keys.Recipient, "--out", Saved]);

            await world.InterruptAsync(() => RestoreAsync(keys, after), Server(after));

            await LogGoesOnAsync(world, dated, at);
            var ben = await world.FileAsync("Ben's account", 2, "tel:+33612345678");
            var cases = await world.SettledCasesAsync(ines);
            Assert.Equal(((string[])[ana.FilingId, ben.FilingId]).Order(StringComparer.Ordinal), cases.Select(one => one.Case.FilingId).Order(StringComparer.Ordinal));
            var anas = cases.Single(one => one.Case.FilingId == ana.FilingId).Case;
            Assert.Null(await ines.VerifyAsync((await ines.OpenAsync(anas.CaseId, Cancel)).Case!, Cancel));
            Assert.Null(await ana.Client.ConsentAsync(ana.Visit, ana.FilingId, Cancel));
            await Eventually.HoldsAsync(async () => (await ines.OpenAsync(anas.CaseId, Cancel)).Case!.State == "released", "the account is released");
            Assert.Equal("Ana's account", ines.Read<AccountContent>((await ines.OpenRoomAsync(anas.CaseId, 0, Cancel)).Reading!.Account)!.Text);
        }

        await Engines.DropNamedAsync();
    }

    [Fact]
    public async Task What_was_withdrawn_after_a_backup_does_not_come_back_with_it()
    {
        var keys = new BackupKeys(_folder);
        await using var world = await World.BeginAsync();
        using var ines = await world.JoinAsync("Inès");
        var ana = await world.FileAsync("Ana's account", 2, "tel:+33612345678");
        _ = await world.FileAsync("Ben's account", 2, "tel:+33612345678");
        var anas = (await world.SettledCasesAsync(ines)).Single(one => one.Case.FilingId == ana.FilingId).Case;
        await SucceedsAsync("backup", "--data", world.Folder, "--recipient", keys.Recipient, "--out", Saved);
        Assert.Null(await ana.Client.WithdrawAsync(ana.Visit, ana.FilingId, Cancel));
        await world.SettleAsync();

        var comeBack = 0L;
        await world.InterruptAsync(async () =>
        {
            Directory.Delete(Path.Combine(world.Folder, UpPlan.Vault), recursive: true);
            await SucceedsAsync("restore", Saved, "--data", world.Folder, "--host", UpPlan.Vault, "--identity", keys.IdentityFile);
            comeBack = await SealedBytesAsync(world, ana.FilingId);
            return world.Folder;
        });

        Assert.True(comeBack > 0, "without asking the keepers it would be there again");
        Assert.Equal(0, await SealedBytesAsync(world, ana.FilingId));
        Assert.Equal("withdrawn", Assert.Single((await ana.Client.ReturnAsync(ana.Visit, Cancel)).Filings!).State);
        Assert.Empty((await ines.OpenAsync(anas.CaseId, Cancel)).Case?.Contact ?? []);
        var vault = world.Deployment.Vault.Services.GetRequiredService<Database>();
        await Eventually.HoldsAsync(async () => await vault.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM replays"), Cancel) == 0, "every keeper was asked");
    }

    [Fact]
    public async Task Reminders_and_their_addresses_are_in_no_backup()
    {
        var keys = new BackupKeys(_folder);
        await using var world = await World.BeginAsync();
        var vault = world.Deployment.Vault.Services.GetRequiredService<Database>();
        _ = await vault.TransactAsync(
            session => session.Execute(
                "INSERT INTO nudges (nudge_key, revision, sealed, confirmed, tries, due_s, put_day) VALUES (@key, 1, @sealed_, 1, 0, 1, 1)", new { key = new byte[32], sealed_ = new byte[100] }),
            Cancel);
        await SucceedsAsync("backup", "--data", world.Folder, "--recipient", keys.Recipient, "--out", Saved);

        await world.InterruptAsync(() => RestoreAsync(keys, Engine.Sqlite));

        var restored = world.Deployment.Vault.Services.GetRequiredService<Database>();
        Assert.Equal(0, await restored.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM nudges"), Cancel));
    }

    private string Saved => Path.Combine(_folder, "saved.age");

    private static string? Server(Engine engine) => engine == Engine.Postgres ? Engines.Cluster() : null;

    private static string[] On(Engine engine) => Server(engine) is { } server ? ["--postgres", server] : [];

    private static Task<long> SealedBytesAsync(World world, string filingId)
    {
        var id = new { id = Convert.FromHexString(filingId) };
        using var vault = Database.Open($"Data Source={Path.Combine(world.Folder, UpPlan.Vault, "vault.db")}");
        return vault.ReadAsync(
            session => session.QueryOne<long>("SELECT length(f.contact) + length(f.account) + length(c.contact) FROM filings f JOIN cases c ON c.filing_id = f.filing_id WHERE f.filing_id = @id", id), Cancel);
    }

    /// <summary>Its folder holds, what was in it has its place and a proof, and what comes stands behind it.</summary>
    private static async Task LogGoesOnAsync(World world, byte[] dated, ulong at)
    {
        Assert.Equal(at, await AppendAsync(world, dated));
        Assert.True(await AppendAsync(world, RunningLog.NewEntry()) > at);
        using var client = new HttpClient { BaseAddress = world.Deployment.Ports.Log };
        Assert.True(LogProof.TryParse(await client.GetStringAsync(new Uri($"v1/proofs/{at}", UriKind.Relative), Cancel))!.Includes(dated));
        var folder = Path.Combine(world.Folder, UpPlan.Log);
        await SucceedsAsync("log", "verify", Path.Combine(folder, "public"), "--policy", Path.Combine(folder, "policy.txt"));
    }

    /// <summary>Adds an entry, as the vault does, and waits until enough keepers have seen it.</summary>
    private static async Task<ulong> AppendAsync(World world, byte[] entry)
    {
        using var client = new HttpClient { BaseAddress = world.Deployment.Ports.Log };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Convert.ToHexStringLower(await File.ReadAllBytesAsync(Path.Combine(world.Folder, "shared", "log-vault.key"), Cancel)));
        using var body = new ByteArrayContent(entry);
        using var answer = await client.PostAsync(new Uri("v1/entries", UriKind.Relative), body, Cancel);
        answer.EnsureSuccessStatusCode();
        var at = BinaryPrimitives.ReadUInt64BigEndian(await answer.Content.ReadAsByteArrayAsync(Cancel));
        await Eventually.HoldsAsync(async () => (await client.GetAsync(new Uri($"v1/proofs/{at}", UriKind.Relative), Cancel)).IsSuccessStatusCode, "the entry has a proof");
        return at;
    }

    private async Task<string> RestoreAsync(BackupKeys keys, Engine engine)
    {
        var folder = Path.Combine(_folder, "again");
        if (engine == Engine.Postgres) await Engines.DropNamedAsync();
        await SucceedsAsync(["restore", Saved, "--data", folder, .. On(engine), "--identity", keys.IdentityFile]);
        return folder;
    }

    private static async Task SucceedsAsync(params string[] command)
    {
        var ran = await Terminal.RunAsync("", command);
        Assert.True(ran.Code == 0, ran.Error);
    }
}
