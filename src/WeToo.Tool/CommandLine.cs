using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using WeToo.Tool.Authoring;
using WeToo.Tool.Backups;
using WeToo.Tool.Ceremonies;
using WeToo.Tool.Demo;
using WeToo.Tool.Invitations;
using WeToo.Tool.Keepers;
using WeToo.Tool.Monitoring;
using WeToo.Tool.Operating;
using WeToo.Tool.Running;
using WeToo.Tool.Up;
using WeToo.Tool.Verifying;
using WeToo.Tool.Voices;

namespace WeToo.Tool;

/// <summary>Everything that <c>wetoo</c> understands.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan s_timeToStop = TimeSpan.FromSeconds(20);

    internal static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync("See wetoo --help.");
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = s_timeToStop });
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Done;
        }
        catch (Exception why) when (why is IOException or InvalidOperationException or ValidationException or ArgumentException or CeremonyFailedException
            or UnauthorizedAccessException or System.Data.Common.DbException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(why.Message); // What the operator set up does not fit; our texts repeat no secret.
            return ExitCodes.Refused;
        }
    }

    internal static RootCommand Root()
    {
        var registrar = HostCommands.Registrar();
        registrar.Add(InviteCommands.ForAuthors());
        registrar.Add(HostCommands.RegistrarKey());
        var matcher = HostCommands.Matcher();
        matcher.Add(HostCommands.MatcherKey());
        var log = HostCommands.Log();
        log.Add(HostCommands.LogKey());
        log.Add(VerifyLogCommand.Create());
        var keeper = HostCommands.Keeper();
        keeper.Add(HostCommands.WitnessKey());
        foreach (var command in KeeperCommands.All()) keeper.Add(command);
        var voices = HostCommands.Voices();
        voices.Add(VoicesDemoCommand.Create());
        voices.Add(VoicesTeamCommands.Invite());
        voices.Add(VoicesTeamCommands.Dismiss());
        voices.Add(VoicesImportCommand.Create());
        voices.Add(VoicesExportCommands.Export());
        voices.Add(VoicesExportCommands.ImportAll());
        voices.Add(VoicesEmbedCommands.Create());
        var root = new RootCommand("WeToo: accounts of harassment, kept in escrow until as many people as each asked for named the same person.")
        {
            UpCommand.Create(),
            DemoCommand.Create(),
            HostCommands.Vault(),
            matcher,
            log,
            registrar,
            keeper,
            voices,
            CeremonyCommands.Create(),
            InviteCommands.ForCounselors(),
            VerifyCommand.Create(),
            VerifySiteCommand.Create(),
            StoredCommand.Create(),
            HealthCommand.Create(),
            BackupCommands.Backup(),
            BackupCommands.Restore(),
            AuditCommands.Create(),
            RetentionCommands.Create(),
            StatisticsCommands.Create(),
            RequestCommands.Create(),
            DocumentsCommand.Create(),
            MonitorCommand.Create(),
        };
        foreach (var command in AuthorCommands.All()) root.Add(command);
        return root;
    }
}
