using WeToo.Core.Keysets;
using WeToo.Hosting.Keepers;
using WeToo.Keeper;
using WeToo.Keeper.Keys;
using WeToo.Log;
using WeToo.Matcher;
using WeToo.Registrar;
using WeToo.Vault;
using WeToo.Vault.Features.Readiness;
using WeToo.Voices;

namespace WeToo.Tool.Up;

/// <summary>All hosts of a deployment in one process, each on its own port with its own store, talking over HTTP as they would from afar.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly List<WebApplication> _apps = [];

    private Deployment(Ports ports) => Ports = ports;

    /// <summary>Where everything listens.</summary>
    internal Ports Ports { get; }

    /// <summary>The keyset of the first ceremony. The vault knows whether a newer revision is in force.</summary>
    internal required SignedKeyset FirstKeyset { get; init; }

    /// <summary>Whether this start made the deployment.</summary>
    internal required bool IsNew { get; init; }

    /// <summary>The vault, for what its operator does on this machine.</summary>
    internal required WebApplication Vault { get; init; }

    /// <summary>The registrar, likewise.</summary>
    internal required WebApplication Registrar { get; init; }

    /// <summary>The matcher, likewise.</summary>
    internal required WebApplication Matcher { get; init; }

    /// <summary>Whether what people write is taken now.</summary>
    internal bool IsOpen => Vault.Services.GetRequiredService<Gate>().IsOpen;

    /// <summary>Who is there to answer, of who must be, in words.</summary>
    internal string Staffing
    {
        get
        {
            var (counselors, standIns, countries, missing) = Vault.Services.GetRequiredService<Gate>().Staffing;
            var periods = Vault.Services.GetRequiredService<Gate>().HasRetention ? "" : ", nobody decided how long things stay (wetoo retention set)";
            var lines = missing > 0 ? $"no help lines for {missing} of your countries" : countries > 0 ? "help lines are there" : "no country with help lines yet (--help-countries)";
            return $"{counselors} of 2 counselors, {standIns} of 1 stand-in, {lines}{periods}";
        }
    }

    /// <summary>Starts everything, and runs the key ceremony the first time.</summary>
    internal static async Task<Deployment> StartAsync(UpPlan plan, TimeProvider time, Action<ILoggingBuilder>? logging, CancellationToken cancel)
    {
        await plan.Folder.PrepareAsync([UpPlan.Vault, UpPlan.Matcher, UpPlan.Registrar, UpPlan.Voices, UpPlan.Log, .. UpPlan.Keepers], cancel);
        var ports = Ports.Take(plan.Port);
        var started = new List<WebApplication>();
        try
        {
            var isNew = !File.Exists(plan.Folder.Keyset);
            var parties = UpPlan.Keepers.Select((name, i) => PartyOf(plan.Folder, name, i + 1)).ToList();
            var dates = await LocalLog.PrepareAsync(plan.Folder, ports, cancel);
            for (var i = 0; i < parties.Count; i++)
                started.Add(await KeeperHost.StartAsync(KeeperOptionsOf(plan.Folder, i, parties, ports, dates), time, logging, cancel));
            started.Add(await LogHost.StartAsync(dates.Options, time, logging, cancel));

            var keyset = await Up.FirstKeyset.EnsureAsync(plan, parties, ports.Keepers, time, cancel);
            started.Add(await VoicesHost.StartAsync(VoicesOptionsOf(plan, ports), time, logging, cancel));
            var (registrar, matcher, vault) = (
                await RegistrarHost.StartAsync(RegistrarOptionsOf(plan.Folder, ports, keyset.Keyset.Policy), time, logging, cancel),
                await MatcherHost.StartAsync(MatcherOptionsOf(plan.Folder, ports, keyset.Keyset.Policy), time, logging, cancel),
                await VaultHost.StartAsync(VaultOptionsOf(plan, ports), time, logging, cancel));
            var deployment = new Deployment(ports) { FirstKeyset = keyset, IsNew = isNew, Vault = vault, Matcher = matcher, Registrar = registrar };
            deployment._apps.AddRange([vault, matcher, registrar, .. started]);
            return deployment;
        }
        catch
        {
            foreach (var app in started) await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops everything: first what people meet, last the keepers.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    private static KeeperPeer PartyOf(DataFolder folder, string host, int index)
    {
        var path = folder.File(host, "keeper.key");
        if (!File.Exists(path)) KeyFile.Create(path);
        using var keys = KeyFile.Read(path);
        return new()
        {
            Name = $"Keeper {index} on this machine",
            StaticKey = Convert.ToHexStringLower(keys.StaticPublic.ToBytes()),
            SigningKey = Convert.ToHexStringLower(keys.Signing.PublicKey.Span),
        };
    }

    private static KeeperOptions KeeperOptionsOf(DataFolder folder, int position, List<KeeperPeer> parties, Ports ports, LocalLog dates) => new()
    {
        Urls = ports.Keepers[position].ToString(),
        Database = folder.Database(UpPlan.Keepers[position]),
        KeyFile = folder.File(UpPlan.Keepers[position], "keeper.key"),
        Name = parties[position].Name,
        ApproveKeysets = Approval.Automatic,
        Peers = [.. parties.Where((_, i) => i != position)],
        WitnessName = dates.WitnessNames[position],
        WitnessLogs = [dates.Key.ToText()],
    };

    private static RegistrarOptions RegistrarOptionsOf(DataFolder folder, Ports ports, Policy policy) => new()
    {
        Urls = ports.Registrar.ToString(),
        Database = folder.Database(UpPlan.Registrar),
        SigningKeyFile = folder.File(UpPlan.Registrar, "signing.key"),
        PepperFile = folder.File(UpPlan.Registrar, "pepper.key"),
        Mode = policy.Credential == "work" ? CredentialMode.Work : CredentialMode.Invitation,
        WorkBits = Math.Max(1, policy.WorkBits),
    };

    private static MatcherOptions MatcherOptionsOf(DataFolder folder, Ports ports, Policy policy) => new()
    {
        Urls = ports.Matcher.ToString(),
        Database = folder.Database(UpPlan.Matcher),
        KeyFile = folder.File(UpPlan.Matcher, "matcher.key"),
        VaultUrl = ports.Vault,
        VaultKeyFile = folder.SharedKey,
        Keepers = AddressesOf(ports),
        DelayHoursLeast = policy.DelayHoursLeast,
        DelayHoursMost = policy.DelayHoursMost,
    };

    private static VoicesOptions VoicesOptionsOf(UpPlan plan, Ports ports) => new()
    {
        Urls = ports.Voices.ToString(),
        Database = plan.Folder.Database(UpPlan.Voices),
        PublicUrl = ports.Voices,
        KeyFile = plan.Folder.File(UpPlan.Voices, "voices.key"),
        Mail = plan.VoicesMail,
        LogUrl = ports.Log,
        LogKeyFile = plan.Folder.LogLettersKey,
        LogEverySeconds = plan.LogEverySeconds,
    };

    private static VaultOptions VaultOptionsOf(UpPlan plan, Ports ports) => new()
    {
        Urls = ports.Vault.ToString(),
        Database = plan.Folder.Database(UpPlan.Vault),
        KeysetFile = plan.Folder.Keyset,
        MatcherKeyFile = plan.Folder.SharedKey,
        MatcherUrl = ports.Matcher,
        RegistrarUrl = ports.Registrar,
        Keepers = AddressesOf(ports),
        Mail = plan.Mail,
        SignIn = new() { Authority = plan.SignIn.Authority, ClientId = plan.SignIn.ClientId, PublicUrl = ports.Vault },
        LogUrl = ports.Log,
        LogKeyFile = plan.Folder.LogAppendKey,
        LogEverySeconds = plan.LogEverySeconds,
        ShowStyle = plan.ShowStyle,
        OpenUnready = plan.OpenUnready,
        HelpCountries = plan.HelpCountries,
    };

    private static KeeperAddress[] AddressesOf(Ports ports) => [.. ports.Keepers.Select((url, i) => new KeeperAddress { Index = i + 1, Url = url })];
}
