using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Matcher.Features.Matching;
using WeToo.Registrar.Features.Invitations;
using WeToo.Tool.Authoring;
using WeToo.Tool.Up;
using WeToo.Vault.Features.Desk;
using Xunit;

namespace WeToo.Tests.Story;

/// <summary>An author who filed.</summary>
internal sealed record Filed(AuthorClient Client, AuthorVisit Visit, string FilingId, string Words);

/// <summary>Every host of <c>wetoo up</c> after a real ceremony, over real HTTP, with real databases; and people who use it.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly List<IDisposable> _clients = [];
    private readonly List<CounselorClient> _team = [];

    private World(string folder, Deployment deployment) => (Folder, Deployment) = (folder, deployment);

    /// <summary>Where each host has its files, in a folder of its own.</summary>
    internal string Folder { get; private set; }

    internal Deployment Deployment { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="postgres">A server to keep the databases on; null for SQLite.</param>
    internal static async Task<World> BeginAsync(string? postgres = null)
    {
        var folder = Directory.CreateTempSubdirectory("wetoo-world-").FullName;
        return new(folder, await StartAsync(folder, postgres));
    }

    /// <summary>Stops everything, lets something happen, and goes on; people find it where it is then.</summary>
    /// <param name="meanwhile">Gives the folder to go on with.</param>
    /// <param name="postgres">As for <see cref="BeginAsync"/>.</param>
    internal async Task InterruptAsync(Func<Task<string>> meanwhile, string? postgres = null)
    {
        await Deployment.DisposeAsync();
        var folder = await meanwhile();
        if (folder != Folder) Directory.Delete(Folder, recursive: true);
        Folder = folder;
        Deployment = await StartAsync(folder, postgres);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await Deployment.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>An author's app, with a fast stand-in for the slow hash of identifiers, which has its own tests.</summary>
    internal AuthorClient Author() => new(Vault(), TimeProvider.System, RandomNumberGenerator.Fill, InputOf);

    internal static byte[] InputOf(string identifier) => SHA256.HashData(Encoding.UTF8.GetBytes(identifier));

    /// <summary>An author with a credential, who has not filed yet.</summary>
    internal async Task<(AuthorClient Client, AuthorVisit Visit, string Words)> EnterAsync()
    {
        var client = Author();
        var (keyset, refused) = await client.LoadKeysetAsync(Cancel);
        Assert.Null(refused);
        var (receipt, visit) = client.Begin(keyset!);
        var codes = await Deployment.Registrar.Services.GetRequiredService<InvitationList>().IssueAsync(1, Cancel);
        Assert.Null(await client.ObtainCredentialAsync(visit, codes[0], Cancel));
        return (client, visit, receipt.ToWords());
    }

    internal async Task<Filed> FileAsync(string text, byte leastNumber, params string[] identifiers)
    {
        var (client, visit, words) = await EnterAsync();
        var account = client.NewAccount(visit.Keyset, leastNumber, new() { CallMe = "A.", How = "mail", Identifiers = identifiers }, text);
        var attempt = await client.AdvanceAsync(visit, account, Cancel);
        Assert.Null(attempt.Refused);
        Assert.True(attempt.Filed);
        return new(client, visit, account.FilingId, words);
    }

    /// <summary>The first comes by the operator's invitation alone; whoever comes later is let in by those who are there.</summary>
    internal async Task<CounselorClient> JoinAsync(string name)
    {
        var code = await InvitationCodes.IssueAsync(Deployment.Vault.Services.GetRequiredService<Database>(), Cancel);
        var counselor = new CounselorClient(Vault(), TimeProvider.System, Deployment.FirstKeyset.Keyset.Deployment);
        Assert.Null(await counselor.JoinAsync(code, name, Cancel));
        foreach (var one in _team.Take(2)) Assert.Null(await one.LetInAsync(counselor.Signing, Cancel));
        _team.Add(counselor);
        return counselor;
    }

    /// <summary>Waits until everything that is due has been carried and looked at.</summary>
    internal async Task SettleAsync()
    {
        var vault = Deployment.Vault.Services.GetRequiredService<Database>();
        await Eventually.HoldsAsync(async () => await vault.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM outbox"), Cancel) == 0, "the outbox is empty");
        await Deployment.Matcher.Services.GetRequiredService<MatchingWorker>().RunDueAsync(Cancel);
    }

    /// <summary>All cases of some counselors, once everything has settled.</summary>
    internal async Task<IReadOnlyList<(CounselorClient Counselor, DeskCase Case)>> SettledCasesAsync(params CounselorClient[] counselors)
    {
        await SettleAsync();
        var all = new List<(CounselorClient, DeskCase)>();
        foreach (var counselor in counselors)
        {
            var (cases, refused) = await counselor.CasesAsync(Cancel);
            Assert.Null(refused);
            all.AddRange(cases.Select(one => (counselor, one)));
        }

        return all;
    }

    /// <summary>Everything that lies in the folders of some hosts, as a thief would have it.</summary>
    internal byte[] BytesOf(params string[] hosts) =>
        [.. hosts.SelectMany(host => Directory.EnumerateFiles(Path.Combine(Folder, host), "*", SearchOption.AllDirectories)).SelectMany(Read)];

    private static Task<Deployment> StartAsync(string folder, string? postgres) =>
        Deployment.StartAsync(new(new(folder, postgres), 0, (0, 0), "invitation"), TimeProvider.System, logging => logging.ClearProviders(), Cancel);

    private VaultClient Vault()
    {
#pragma warning disable CA2000 // The client disposes of its handler.
        var http = new HttpClient(new Follower(this)) { BaseAddress = new Uri("http://vault/") };
#pragma warning restore CA2000
        _clients.Add(http);
        return new VaultClient(http);
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Goes to where the vault listens now.</summary>
    private sealed class Follower(World world) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(Hosts.AddressOf(world.Deployment.Vault), request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
