using System.Security.Cryptography;
using WeToo.Core.Keysets;
using WeToo.Keeper;
using WeToo.Keeper.Features.Ceremonies;
using WeToo.Matcher;
using WeToo.Registrar;
using WeToo.Tool.Ceremonies;

namespace WeToo.Tool.Up;

/// <summary>
/// The key ceremony of a deployment on one machine: the same that keepers in different countries run, over the same HTTP. The plan is written
/// down before the first message and the keyset before it is in force, so a start that was cut off goes on where it was.
/// </summary>
internal static class FirstKeyset
{
    /// <summary>The keyset in the folder; made with the running keepers if there is none.</summary>
    internal static async Task<SignedKeyset> EnsureAsync(
        UpPlan plan, IReadOnlyList<KeeperPeer> parties, IReadOnlyList<Uri> keepers, TimeProvider time, CancellationToken cancel)
    {
        var folder = plan.Folder;
        if (File.Exists(folder.Keyset) && !File.Exists(folder.Plan)) return await ReadAsync(folder, cancel);

        if (!File.Exists(folder.Plan)) await WriteAsync(folder.Plan, PlanOf(plan, parties, time).ToText(), cancel);
        var ceremony = KeyCeremony.TryParse(await File.ReadAllTextAsync(folder.Plan, cancel))
            ?? throw new InvalidOperationException("The plan of the key ceremony cannot be read.");
        var met = await KeeperParty.MeetAsync(keepers, cancel);
        var coordinator = new Coordinator(ceremony, met.ToDictionary(party => party.Static));
        if (!File.Exists(folder.Keyset)) await WriteAsync(folder.Keyset, (await coordinator.CreateAsync(cancel)).ToJson(), cancel);

        var signed = await ReadAsync(folder, cancel);
        await coordinator.CommitAsync(signed, cancel);
        File.Delete(folder.Plan);
        foreach (var party in met) party.Peer.Dispose();
        return signed;
    }

    private static CeremonyPlan PlanOf(UpPlan plan, IReadOnlyList<KeeperPeer> parties, TimeProvider time)
    {
        var folder = plan.Folder;
        var today = (int)(time.GetUtcNow().ToUnixTimeSeconds() / 86_400);
        var registrar = RegistrarHost.PublicKey(folder.File(UpPlan.Registrar, "signing.key"));
        return new(
            "ceremony/1",
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            UpPlan.Quorum,
            [.. parties.Select(party => new PlannedReceiver(party.Name, party.StaticKey, party.SigningKey))],
            new PlannedDeployment(
                Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
                Convert.ToHexStringLower(MatcherHost.BoxKey(folder.File(UpPlan.Matcher, "matcher.key"))),
                [new PlannedRegistrar(Convert.ToBase64String(registrar), today + (3 * 365))],
                KeysetText.WriteRoster([]),
                new PlannedPolicy(plan.Credential, UpPlan.WorkBits, [plan.DelayHours.Least, plan.DelayHours.Most], Embedded: true)),
            Reshare: null);
    }

    private static async Task<SignedKeyset> ReadAsync(DataFolder folder, CancellationToken cancel) =>
        SignedKeyset.TryParse(await File.ReadAllTextAsync(folder.Keyset, cancel)) ?? throw new InvalidOperationException("The keyset in the data folder does not verify.");

    /// <summary>All of it or nothing, whenever the process ends.</summary>
    private static async Task WriteAsync(string path, string text, CancellationToken cancel)
    {
        var draft = path + ".draft";
        await File.WriteAllTextAsync(draft, text, cancel);
        File.Move(draft, path, overwrite: true);
    }
}
