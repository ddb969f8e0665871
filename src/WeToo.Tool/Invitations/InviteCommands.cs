using System.CommandLine;
using WeToo.Hosting.Storage;
using WeToo.Registrar;
using WeToo.Registrar.Features.Invitations;
using WeToo.Tool.Running;
using WeToo.Tool.Up;
using WeToo.Vault;
using WeToo.Vault.Features.Desk;

namespace WeToo.Tool.Invitations;

/// <summary><c>wetoo registrar invite</c> and <c>wetoo counselor invite</c>: on the machine of whoever runs that host.</summary>
internal static class InviteCommands
{
    internal static Command ForAuthors()
    {
        var (data, postgres, config) = (UpCommand.DataOption(), UpCommand.PostgresOption(), ConfigOption("Registrar"));
        var count = new Option<int>("--count") { Description = "How many codes.", DefaultValueFactory = _ => 1 };
        var command = new Command("invite", "Make invitation codes for authors; each gives one credential.") { data, postgres, config, count };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = parsed.GetValue(config) is { } file
                ? HostCommands.Read<RegistrarOptions>(file, "Registrar")
                : RegistrarOf(new(parsed.GetRequiredValue(data), parsed.GetValue(postgres)));
            using var database = Database.Open(Existing(options.Database));
            using var list = new InvitationList(database, options.PepperFile);
            foreach (var code in await list.IssueAsync(parsed.GetValue(count), cancel)) await parsed.InvocationConfiguration.Output.WriteLineAsync(code);
            return ExitCodes.Done;
        });
        return command;
    }

    internal static Command ForCounselors()
    {
        var (data, postgres, config) = (UpCommand.DataOption(), UpCommand.PostgresOption(), ConfigOption("Vault"));
        var site = SiteOption.Create("The vault's public address, to print a link.");
        var command = new Command("invite", "Make an invitation for a counselor.") { data, postgres, config, site };
        command.SetAction(async (parsed, cancel) =>
        {
            var connection = parsed.GetValue(config) is { } file
                ? HostCommands.Read<VaultOptions>(file, "Vault").Database
                : new DataFolder(parsed.GetRequiredValue(data), parsed.GetValue(postgres)).Database(UpPlan.Vault);
            using var database = Database.Open(Existing(connection));
            var code = await InvitationCodes.IssueAsync(database, cancel);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(Banner.CounselorLink(parsed.GetRequiredValue(site), code));
            return ExitCodes.Done;
        });
        return new Command("counselor", "Counselors of this deployment.") { command };
    }

    private static Option<FileInfo?> ConfigOption(string section) =>
        new("--config") { Description = $"The settings of the host, with the section \"{section}\", instead of --data.", HelpName = "file" };

    private static RegistrarOptions RegistrarOf(DataFolder folder) => new()
    {
        Database = folder.Database(UpPlan.Registrar),
        PepperFile = folder.File(UpPlan.Registrar, "pepper.key"),
    };

    /// <summary>Invitations are made where the host has started before: a new empty database would take them to nobody.</summary>
    private static string Existing(string connection)
    {
        const string file = "Data Source=";
        return !connection.StartsWith(file, StringComparison.OrdinalIgnoreCase) || File.Exists(connection[file.Length..])
            ? connection
            : throw new FileNotFoundException("There is no database here yet. Start the host first, or say where with --data or --config.");
    }
}
