using System.CommandLine;
using WeToo.Core.Log;
using WeToo.Hosting;
using WeToo.Keeper;
using WeToo.Keeper.Keys;
using WeToo.Log;
using WeToo.Log.Store;
using WeToo.Matcher;
using WeToo.Registrar;
using WeToo.Vault;
using WeToo.Voices;

namespace WeToo.Tool.Running;

/// <summary><c>wetoo vault | matcher | registrar | keeper | voices --config file</c>: one host alone, for whoever should be trusted with it.</summary>
internal static class HostCommands
{
    internal static Command Vault() =>
        Host<VaultOptions>("vault", "Run the vault: what authors and counselors meet. Holds ciphertext only.", (options, cancel) => VaultHost.StartAsync(options, TimeProvider.System, null, cancel));

    internal static Command Matcher() =>
        Host<MatcherOptions>("matcher", "Run the matcher: tags and rungs, no accounts.", (options, cancel) => MatcherHost.StartAsync(options, TimeProvider.System, null, cancel));

    internal static Command Registrar() =>
        Host<RegistrarOptions>("registrar", "Run the registrar: one blind signature for one person.", (options, cancel) => RegistrarHost.StartAsync(options, TimeProvider.System, null, cancel));

    internal static Command Keeper() =>
        Host<KeeperOptions>("keeper", "Run one keeper: a share of each key.", (options, cancel) => KeeperHost.StartAsync(options, TimeProvider.System, null, cancel));

    internal static Command Voices() =>
        Host<VoicesOptions>("voices", "Run a publication in the open: articles, stories, letters. Knows nothing of the private side.", (options, cancel) => VoicesHost.StartAsync(options, TimeProvider.System, null, cancel));

    internal static Command Log() =>
        Host<LogOptions>("log", "Run the log of dates: commitments that say nothing, in an order that cannot be changed.", (options, cancel) => LogHost.StartAsync(options, TimeProvider.System, null, cancel));

    /// <summary><c>wetoo log key</c>: for its policy and its witnesses.</summary>
    internal static Command LogKey() => Print<LogOptions>("key", "log", "Print the log's public key, for its policy and for its witnesses.", options =>
    {
        using var key = new LogKey(options.Origin, options.KeyFile);
        return key.Public.ToText();
    });

    /// <summary><c>wetoo keeper witness-key</c>: for the log's policy.</summary>
    internal static Command WitnessKey() => Print<KeeperOptions>("witness-key", "keeper", "Print the key under which this keeper cosigns the log's checkpoints, for the log's policy.", options =>
    {
        if (options.WitnessName.Length == 0) throw new InvalidDataException("The keeper has no WitnessName: it is no witness.");
        using var keys = KeyFile.Read(options.KeyFile);
        return new NoteKey(options.WitnessName, NoteKeyKind.Witness, keys.Witness.PublicKey).ToText();
    });

    /// <summary><c>wetoo registrar key</c>: for a key ceremony.</summary>
    internal static Command RegistrarKey() =>
        Print<RegistrarOptions>("key", "registrar", "Print the registrar's public key, for the keyset.", options => Convert.ToBase64String(RegistrarHost.PublicKey(options.SigningKeyFile)));

    /// <summary><c>wetoo matcher key</c>: for a key ceremony.</summary>
    internal static Command MatcherKey() =>
        Print<MatcherOptions>("key", "matcher", "Print the matcher's public key, for the keyset.", options => Convert.ToHexStringLower(MatcherHost.BoxKey(options.KeyFile)));

    private static Command Print<TOptions>(string name, string host, string description, Func<TOptions, string> of)
        where TOptions : class, new()
    {
        var config = new Option<FileInfo>("--config") { Description = $"A JSON file with the section \"{Section(host)}\".", Required = true, HelpName = "file" };
        var command = new Command(name, description) { config };
        command.SetAction(async (parsed, _) =>
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync(of(Read<TOptions>(parsed.GetRequiredValue(config), Section(host))));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Host<TOptions>(string name, string description, Func<TOptions, CancellationToken, Task<WebApplication>> start)
        where TOptions : class, new()
    {
        var config = new Option<FileInfo?>("--config") { Description = $"A JSON file with the section \"{Section(name)}\".", HelpName = "file" };
        var command = new Command(name, description) { config };
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(config) is not { } file)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"wetoo {name} needs --config <file>. See wetoo {name} --help.");
                return ExitCodes.Usage;
            }

            var options = Read<TOptions>(file, Section(name));
            await using var app = await start(options, cancel);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{name} listens on {Hosts.AddressOf(app)}");
            await WaitAsync(cancel);
            await app.StopAsync(CancellationToken.None);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Reads a section of a settings file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It has no such section.</exception>
    internal static TOptions Read<TOptions>(FileInfo file, string section)
        where TOptions : class, new() =>
        new ConfigurationBuilder().AddJsonFile(file.FullName, optional: false, reloadOnChange: false).Build().GetSection(section).Get<TOptions>()
        ?? throw new InvalidDataException($"The settings have no section \"{section}\".");

    internal static async Task WaitAsync(CancellationToken cancel)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancel.Register(stopped.SetResult)) await stopped.Task;
    }

    private static string Section(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
