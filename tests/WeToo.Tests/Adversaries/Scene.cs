using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Keeper.Features.Keysets;
using WeToo.Keeper.Keys;
using WeToo.Matcher.Features.Matching;
using WeToo.Matcher.Store;
using WeToo.Registrar.Features.Invitations;
using WeToo.Tool.Authoring;
using WeToo.Tool.Up;
using WeToo.Vault.Features.Desk;
using Xunit;

namespace WeToo.Tests.Adversaries;

/// <summary>
/// A deployment in which four people have filed and nothing has opened, and everything that its parties hold: databases and key files as they
/// lie on disk. Ana and Ben name one man and ask for two and three; Cleo and Dora name another and ask for three both.
/// </summary>
[CollectionDefinition(Name)]
public sealed class Scene : IAsyncLifetime, ICollectionFixture<Scene>
{
    internal const string Name = "Adversaries";
    internal const string NamedByAnaAndBen = "tel:+33612345678";
    internal const string NamedByCleoAndDora = "handle:instagram:somebody";
    internal const string AnasText = "He locked the office door behind us.";

    private readonly DataFolder _folder = new(Directory.CreateTempSubdirectory("wetoo-scene-").FullName, null);
    private readonly List<IDisposable> _owned = [];
    private Deployment _deployment = null!;

    internal Keyset Keyset => _deployment.FirstKeyset.Keyset;

    internal CounselorClient Counselor { get; private set; } = null!;

    internal AuthorVisit Ana { get; private set; } = null!;

    internal AuthorVisit Ben { get; private set; } = null!;

    internal AuthorVisit Cleo { get; private set; } = null!;

    internal AuthorVisit Dora { get; private set; } = null!;

    internal VaultClient Vault { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _deployment = await Deployment.StartAsync(new(_folder, 0, (0, 0), "invitation"), TimeProvider.System, logging => logging.ClearProviders(), Cancel);
        var http = new HttpClient { BaseAddress = _deployment.Ports.Vault };
        Vault = new(http);
        Counselor = new(Vault, TimeProvider.System, Keyset.Deployment);
        _owned.AddRange([http, Counselor]);
        Assert.Null(await Counselor.JoinAsync(await InvitationCodes.IssueAsync(_deployment.Vault.Services.GetRequiredService<Database>(), Cancel), "Inès", Cancel));
        Ana = await FileAsync(2, NamedByAnaAndBen, AnasText);
        Ben = await FileAsync(3, NamedByAnaAndBen, "Every night.");
        Cleo = await FileAsync(3, NamedByCleoAndDora, "On the stairs.");
        Dora = await FileAsync(3, NamedByCleoAndDora, "At the party.");
        using var vault = Open(UpPlan.Vault);
        await Eventually.HoldsAsync(async () => await vault.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM outbox"), Cancel) == 0, "the outbox is empty");
        await _deployment.Matcher.Services.GetRequiredService<MatchingWorker>().RunDueAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned) owned.Dispose();
        await _deployment.DisposeAsync();
        Directory.Delete(_folder.Root, recursive: true);
    }

    /// <summary>An author's app. The slow hash of identifiers is left out: it slows guessing down, and hides nothing by itself.</summary>
    internal AuthorClient NewClient() => new(Vault, TimeProvider.System, RandomNumberGenerator.Fill, InputOf);

    /// <summary>x of an identifier.</summary>
    internal static byte[] InputOf(string canonical) => SHA256.HashData(Encoding.UTF8.GetBytes(canonical));

    /// <summary>A new person with a credential.</summary>
    internal async Task<(AuthorClient Client, AuthorVisit Visit)> ArriveAsync()
    {
        var client = NewClient();
        var (keyset, _) = await client.LoadKeysetAsync(Cancel);
        var (receipt, visit) = client.Begin(keyset!);
        _owned.AddRange([receipt, visit]);
        var codes = await _deployment.Registrar.Services.GetRequiredService<InvitationList>().IssueAsync(1, Cancel);
        Assert.Null(await client.ObtainCredentialAsync(visit, codes[0], Cancel));
        return (client, visit);
    }

    /// <summary>A host's database, as whoever has its file opens it.</summary>
    internal Database Open(string host) => Database.Open(_folder.Database(host));

    /// <summary>Everything in a host's folder but its key files.</summary>
    internal byte[] DatabaseBytes(string host) =>
        [.. Directory.EnumerateFiles(Path.Combine(_folder.Root, host)).Where(path => !path.EndsWith(".key", StringComparison.Ordinal)).SelectMany(ReadShared)];

    internal string KeyFileOf(string host, string name) => _folder.File(host, name);

    internal MatcherKeys MatcherKeys() => new(KeyFileOf(UpPlan.Matcher, "matcher.key"));

    /// <summary>A keeper's shares, from its own database and key file.</summary>
    internal async Task<Holding> StealAsync(string keeper)
    {
        using var keys = KeyFile.Read(KeyFileOf(keeper, "keeper.key"));
        using var database = Open(keeper);
        return (await KeysetStore.LoadAsync(database, keys, Cancel))!;
    }

    /// <summary>The slips that the matcher stores, as it can read them.</summary>
    internal async Task<IReadOnlyList<SlipsMessage>> SlipsAsync()
    {
        using var keys = MatcherKeys();
        using var database = Open(UpPlan.Matcher);
        var rows = await database.ReadAsync(session => session.Query<(byte[] Name, byte[] Message)>("SELECT name, message FROM filings"), Cancel);
        return [.. rows.Select(row => SlipsMessage.TryParse(keys.Open(row.Message, row.Name))!)];
    }

    /// <summary>What the vault stores of each filing.</summary>
    internal async Task<IReadOnlyList<(FilingMessage Filing, byte[] Contact, byte[] Account)>> FilingsAsync()
    {
        using var database = Open(UpPlan.Vault);
        var rows = await database.ReadAsync(session => session.Query<(byte[] Message, byte[] Contact, byte[] Account)>("SELECT message, contact, account FROM filings"), Cancel);
        return [.. rows.Select(row => (FilingMessage.TryParse(row.Message)!, row.Contact, row.Account))];
    }

    /// <summary>The tags in the matcher's database.</summary>
    internal async Task<IReadOnlyList<byte[]>> PepperedTagsAsync()
    {
        using var database = Open(UpPlan.Matcher);
        return await database.ReadAsync(session => session.Query<byte[]>("SELECT tag FROM standings"), Cancel);
    }

    private async Task<AuthorVisit> FileAsync(byte leastNumber, string identifier, string text)
    {
        var (client, visit) = await ArriveAsync();
        var account = client.NewAccount(visit.Keyset, leastNumber, new() { CallMe = "A.", Identifiers = [identifier] }, text);
        Assert.True((await client.AdvanceAsync(visit, account, Cancel)).Filed);
        return visit;
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>What several adversaries try.</summary>
internal static class Attack
{
    /// <summary>Whether some bytes are among others.</summary>
    internal static bool Holds(byte[] haystack, ReadOnlySpan<byte> needle) => haystack.AsSpan().IndexOf(needle) >= 0;
}
