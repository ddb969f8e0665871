using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Keysets;
using WeToo.Keeper.Features.Ceremonies;

namespace WeToo.Tool.Ceremonies;

/// <summary><c>wetoo ceremony create | refresh | reshare</c>: making keys, giving fresh shares, handing keys on, between keepers in other places.</summary>
internal static class CeremonyCommands
{
    internal static Command Create() => new("ceremony", "Make keys among keepers, give them fresh shares, or hand keys on. Run it again whenever it was cut off.")
    {
        CreateKeys(), Refresh(), Reshare(),
    };

    private static Command CreateKeys()
    {
        var (keepers, quorum, plan, keyset) = (Keepers("--keepers", "The keepers' addresses, in the order of their indices."), Quorum(), Plan(), Out());
        var registrar = new Option<string>("--registrar-key") { Description = "What \"wetoo registrar key\" prints.", Required = true, HelpName = "base64" };
        var matcher = new Option<string>("--matcher-key") { Description = "What \"wetoo matcher key\" prints.", Required = true, HelpName = "hex" };
        var credential = new Option<string>("--credential") { Description = "How people get a credential.", DefaultValueFactory = _ => "invitation" };
        credential.AcceptOnlyFromAmong("invitation", "work");
        var least = new Option<int>("--delay-least") { Description = "Shortest delay of the matcher, in hours.", DefaultValueFactory = _ => 6 };
        var most = new Option<int>("--delay-most") { Description = "Longest delay of the matcher, in hours.", DefaultValueFactory = _ => 72 };
        var command = new Command("create", "Make the keys of a new deployment.") { keepers, quorum, registrar, matcher, credential, least, most, plan, keyset };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed,
            parsed.GetRequiredValue(plan),
            parsed.GetRequiredValue(keyset),
            parsed.GetRequiredValue(keepers),
            parties => new PlannedDeploymentTerms(
                parsed.GetRequiredValue(matcher), parsed.GetRequiredValue(registrar), parsed.GetRequiredValue(credential), parsed.GetValue(least), parsed.GetValue(most))
                .ToPlan(parties, parsed.GetRequiredValue(quorum), TimeProvider.System),
            cancel));
        return command;
    }

    private static Command Refresh()
    {
        var (keepers, plan, from, keyset) = (Keepers("--keepers", "The addresses of all keepers, in the order of their indices."), Plan(), From(), Out());
        var command = new Command("refresh", "Give the same keepers fresh shares of the same keys. Old shares are worth nothing afterwards.") { keepers, from, plan, keyset };
        command.SetAction((parsed, cancel) =>
        {
            var old = ReadKeyset(parsed.GetRequiredValue(from));
            return RunAsync(
                parsed, parsed.GetRequiredValue(plan), parsed.GetRequiredValue(keyset), parsed.GetRequiredValue(keepers), parties => ReshareTo(old, parties, parties, old.Keyset.Quorum), cancel);
        });
        return command;
    }

    private static Command Reshare()
    {
        var (keepers, to, quorum, plan, from, keyset) = (
            Keepers("--keepers", "The addresses of at least a quorum of the old keepers."), Keepers("--to", "The addresses of the new keepers, in the order of their new indices."), Quorum(), Plan(), From(), Out());
        var command = new Command("reshare", "Hand the keys to another set of keepers. Everything sealed and every tag stays.") { keepers, to, quorum, from, plan, keyset };
        command.SetAction((parsed, cancel) =>
        {
            var old = ReadKeyset(parsed.GetRequiredValue(from));
            var receiving = parsed.GetRequiredValue(to);
            return RunAsync(
                parsed,
                parsed.GetRequiredValue(plan),
                parsed.GetRequiredValue(keyset),
                [.. parsed.GetRequiredValue(keepers), .. receiving],
                parties => ReshareTo(old, [.. parties.SkipLast(receiving.Length)], [.. parties.TakeLast(receiving.Length)], parsed.GetRequiredValue(quorum)),
                cancel);
        });
        return command;
    }

    /// <summary>Writes the plan if there is none yet, then runs it to its end.</summary>
    private static async Task<int> RunAsync(
        ParseResult parsed, FileInfo planFile, FileInfo keysetFile, Uri[] addresses, Func<IReadOnlyList<KeeperParty>, CeremonyPlan> makePlan, CancellationToken cancel)
    {
        var output = parsed.InvocationConfiguration.Output;
        var parties = await KeeperParty.MeetAsync(addresses, cancel);
        if (!planFile.Exists)
        {
            await File.WriteAllTextAsync(planFile.FullName, makePlan(parties).ToText(), cancel);
            await output.WriteLineAsync($"The plan is in {planFile.Name}. Every operator reads it and approves it.");
        }

        var text = await File.ReadAllTextAsync(planFile.FullName, cancel);
        var ceremony = KeyCeremony.TryParse(text) ?? throw new InvalidDataException("The plan cannot be read.");
        await output.WriteLineAsync($"Plan {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}");
        var coordinator = new Coordinator(ceremony, parties.DistinctBy(party => party.Static).ToDictionary(party => party.Static), line => output.WriteLine("  " + line));
        if (!keysetFile.Exists) await File.WriteAllTextAsync(keysetFile.FullName, (await coordinator.CreateAsync(cancel)).ToJson(), cancel);

        var signed = ReadKeyset(keysetFile);
        await coordinator.CommitAsync(signed, cancel);
        await output.WriteLineAsync($"The keyset of epoch {signed.Keyset.Epoch} is in force at every keeper. Give {keysetFile.Name} to the vault's operator.");
        return ExitCodes.Done;
    }

    private static CeremonyPlan ReshareTo(SignedKeyset from, IReadOnlyList<KeeperParty> old, IReadOnlyList<KeeperParty> receiving, int quorum)
    {
        var dealers = old
            .Select(party => (Party: party, Entry: from.Keyset.Keepers.FirstOrDefault(keeper => Convert.ToHexStringLower(keeper.Signing.Span) == party.Signing)))
            .Where(dealer => dealer.Entry is not null)
            .Take(from.Keyset.Quorum)
            .Select(dealer => new PlannedDealer(dealer.Entry!.Index, dealer.Party.StaticHex));
        return new("ceremony/1", NewId(), quorum, [.. receiving.Select(PlannedDeploymentTerms.ReceiverOf)], Create: null, new PlannedReshare(from.ToJson(), [.. dealers]));
    }

    internal static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static SignedKeyset ReadKeyset(FileInfo file) =>
        SignedKeyset.TryParse(File.ReadAllText(file.FullName)) ?? throw new InvalidDataException($"{file.Name} is no keyset that all its keepers signed.");

    private static Option<Uri[]> Keepers(string name, string description) =>
        new(name)
        {
            Description = description,
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "url",
            CustomParser = result =>
            {
                var addresses = result.Tokens.Select(token => Uri.TryCreate(token.Value, UriKind.Absolute, out var address) ? address : null).ToList();
                if (addresses.Contains(null)) result.AddError($"{name} takes addresses such as https://keeper.example.org/.");
                return [.. addresses.OfType<Uri>()];
            },
        };

    private static Option<int> Quorum() => new("--quorum") { Description = "How many keepers it takes: more than half.", Required = true };

    private static Option<FileInfo> Plan() => new("--plan") { Description = "The plan: written if it is not there, and kept until the ceremony has ended.", DefaultValueFactory = _ => new("ceremony.json") };

    private static Option<FileInfo> From() => new("--keyset") { Description = "The keyset in force.", Required = true, HelpName = "file" };

    private static Option<FileInfo> Out() => new("--out") { Description = "Where to write the new keyset.", DefaultValueFactory = _ => new("keyset.new.json") };
}

/// <summary>The terms of a new deployment, as given on the command line.</summary>
internal sealed record PlannedDeploymentTerms(string Matcher, string Registrar, string Credential, int DelayLeast, int DelayMost)
{
    private const int RegistrarKeyDays = 3 * 365;
    private const int WorkBits = 20;

    internal CeremonyPlan ToPlan(IReadOnlyList<KeeperParty> parties, int quorum, TimeProvider time)
    {
        var today = (int)(time.GetUtcNow().ToUnixTimeSeconds() / 86400);
        var policy = new PlannedPolicy(Credential, WorkBits, [DelayLeast, DelayMost], Embedded: false);
        var deployment = new PlannedDeployment(
            CeremonyCommands.NewId(), Matcher, [new PlannedRegistrar(Registrar, today + RegistrarKeyDays)], KeysetText.WriteRoster([]), policy);
        return new("ceremony/1", CeremonyCommands.NewId(), quorum, [.. parties.Select(ReceiverOf)], deployment, Reshare: null);
    }

    internal static PlannedReceiver ReceiverOf(KeeperParty party) => new(party.Name, party.StaticHex, party.Signing);
}
