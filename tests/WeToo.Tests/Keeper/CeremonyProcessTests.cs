using System.Security.Cryptography;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Threshold;
using WeToo.Hosting.Storage;
using WeToo.Keeper.Features.Ceremonies;
using WeToo.Keeper.Features.Keysets;
using WeToo.Keeper.Keys;
using WeToo.Tool;
using WeToo.Tool.Ceremonies;
using Xunit;

namespace WeToo.Tests.Keeper;

/// <summary>Key ceremonies by command between real processes, which are killed with -9 between any two steps and at moments nobody chose.</summary>
public sealed class CeremonyProcessTests : IAsyncLifetime
{
    private static readonly Element s_point = Element.HashFrom("a point"u8, "tests"u8);

    private readonly string _root = Directory.CreateTempSubdirectory("wetoo-ceremony-").FullName;
    private readonly string _registrar = Convert.ToBase64String(RSA.Create(2048).ExportSubjectPublicKeyInfo());
    private readonly string _matcher = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private IReadOnlyList<KeeperProcess> _keepers = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var keeper in _keepers) await keeper.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Keys_are_made_refreshed_and_handed_on_and_the_outputs_stay()
    {
        _keepers = KeeperProcess.Prepare(_root, 5);
        await Task.WhenAll(_keepers.Select(keeper => keeper.StartAsync()));

        Assert.Equal(ExitCodes.Done, await CreateAsync(_keepers.Take(3)));
        var first = await OutputAsync("keyset-1.json", [0, 1]);
        Assert.Equal(first, await OutputAsync("keyset-1.json", [1, 2]));

        Assert.Equal(ExitCodes.Done, await RunAsync(["ceremony", "refresh", "--keyset", In("keyset-1.json"), "--plan", In("plan-2.json"), "--out", In("keyset-2.json"), "--keepers", .. AddressesOf(_keepers.Take(3))]));
        Assert.Equal(first, await OutputAsync("keyset-2.json", [0, 2]));
        Assert.NotEqual(Keyset("keyset-1.json").Keepers[0].Y, Keyset("keyset-2.json").Keepers[0].Y);

        // Handing keys on is never automatic: every operator says so on their own machine.
        string[] reshare = ["ceremony", "reshare", "--quorum", "3", "--keyset", In("keyset-2.json"), "--plan", In("plan-3.json"), "--out", In("keyset-3.json"), "--keepers", .. AddressesOf(_keepers.Take(2)), "--to", .. AddressesOf(_keepers)];
        Assert.Equal(ExitCodes.Refused, await RunAsync(reshare));
        foreach (var keeper in _keepers) Assert.Equal(ExitCodes.Done, await RunAsync(["keeper", "approve", "--config", keeper.Config, "--text", In("plan-3.json")]));
        Assert.Equal(ExitCodes.Done, await RunAsync(reshare));

        Assert.Equal(first, await OutputAsync("keyset-3.json", [0, 1, 2]));
        Assert.Equal(first, await OutputAsync("keyset-3.json", [2, 3, 4]));
        Assert.NotEqual(first, await OutputAsync("keyset-3.json", [3, 4]));
    }

    [Fact]
    public async Task Killed_between_any_two_steps_a_ceremony_comes_to_its_end_when_it_is_run_again()
    {
        const int steps = 12; // Three keepers: accepted, checked, signed, in force.
        _keepers = KeeperProcess.Prepare(_root, 3);
        await Task.WhenAll(_keepers.Select(keeper => keeper.StartAsync()));
        var parties = await KeeperParty.MeetAsync(_keepers.Select(keeper => keeper.Address), Cancel);
        var plan = new PlannedDeploymentTerms(_matcher, _registrar, "invitation", 0, 0).ToPlan(parties, 2, TimeProvider.System).ToText();
        var byKey = parties.ToDictionary(party => party.Static);

        var cutOff = 0;
        for (var step = 1; step <= steps; step++)
        {
            var (done, last, victim) = (0, step, _keepers[step % _keepers.Count]);
            var coordinator = new Coordinator(KeyCeremony.TryParse(plan)!, byKey, _ => victim.KillIf(++done == last));
            try
            {
                var signed = await coordinator.CreateAsync(Cancel);
                await File.WriteAllTextAsync(In("keyset-1.json"), signed.ToJson(), Cancel);
                await coordinator.CommitAsync(signed, Cancel);
            }
            catch (CeremonyFailedException)
            {
                cutOff++;
            }

            await victim.KillAsync();
            await victim.StartAsync();
        }

        var finishing = new Coordinator(KeyCeremony.TryParse(plan)!, byKey);
        await finishing.CommitAsync(SignedKeyset.TryParse(await File.ReadAllTextAsync(In("keyset-1.json"), Cancel))!, Cancel);
        Assert.InRange(cutOff, 6, steps);
        Assert.Equal(await OutputAsync("keyset-1.json", [0, 1]), await OutputAsync("keyset-1.json", [1, 2]));
        foreach (var keeper in _keepers) Assert.Equal(1u, (await keeper.DescribeAsync()).GetProperty("epoch").GetUInt32());
    }

    [Fact]
    public async Task A_missing_party_is_named_and_the_ceremony_waits_for_it()
    {
        _keepers = KeeperProcess.Prepare(_root, 3);
        await Task.WhenAll(_keepers.Select(keeper => keeper.StartAsync()));
        await _keepers[2].KillAsync();

        Assert.Equal(ExitCodes.Refused, await CreateAsync(_keepers));
        await _keepers[2].StartAsync();
        Assert.Equal(ExitCodes.Done, await CreateAsync(_keepers));
    }

    [Fact]
    public async Task A_keepers_log_holds_from_its_first_line_and_one_altered_byte_is_found()
    {
        _keepers = KeeperProcess.Prepare(_root, 3);
        await Task.WhenAll(_keepers.Select(keeper => keeper.StartAsync()));
        Assert.Equal(ExitCodes.Done, await CreateAsync(_keepers));
        using var client = new HttpClient();
        var log = await client.GetStringAsync(new Uri(_keepers[0].Address, "v1/audit"), Cancel);

        await File.WriteAllTextAsync(In("audit.jsonl"), log, Cancel);
        Assert.Equal(ExitCodes.Done, await RunAsync(["keeper", "audit", In("audit.jsonl")]));

        var at = log.IndexOf("\"day\":", StringComparison.Ordinal) + 6;
        await File.WriteAllTextAsync(In("audit.jsonl"), log[..at] + (log[at] == '1' ? '2' : '1') + log[(at + 1)..], Cancel);
        Assert.Equal(ExitCodes.Refused, await RunAsync(["keeper", "audit", In("audit.jsonl")]));
    }

    private Task<int> CreateAsync(IEnumerable<KeeperProcess> keepers) => RunAsync(
        ["ceremony", "create", "--quorum", "2", "--registrar-key", _registrar, "--matcher-key", _matcher, "--plan", In("plan-1.json"), "--out", In("keyset-1.json"), "--keepers", .. AddressesOf(keepers)]);

    private static Task<int> RunAsync(string[] arguments) => CommandLine.RunAsync(arguments);

    private static string[] AddressesOf(IEnumerable<KeeperProcess> keepers) => [.. keepers.Select(keeper => keeper.Address.ToString())];

    private string In(string name) => Path.Combine(_root, name);

    private Keyset Keyset(string name) => SignedKeyset.TryParse(File.ReadAllText(In(name)))!.Keyset;

    /// <summary>What some keepers' stored shares make of a point, as the keyset in force has them.</summary>
    private async Task<Element?> OutputAsync(string keyset, int[] chosen)
    {
        var parts = new List<PartialEvaluation>();
        foreach (var i in chosen)
        {
            using var keys = KeyFile.Read(_keepers[i].KeyPath);
            using var database = Database.Open($"Data Source={_keepers[i].DatabaseFile}");
            using var holding = (await KeysetStore.LoadAsync(database, keys, Cancel))!;
            Assert.Equal(Keyset(keyset).Text, holding.Keyset.Text);
            parts.Add(new(holding.Index, s_point.Times(holding.K)));
        }

        return Quorum.Combine([.. parts]);
    }
}
