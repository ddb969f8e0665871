using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Logging.Console;
using WeToo.Hosting.Storage;
using WeToo.Registrar.Features.Invitations;
using WeToo.Tool.Running;
using WeToo.Vault.Features.Desk;

namespace WeToo.Tool.Up;

/// <summary><c>wetoo up</c>: a whole deployment on this machine.</summary>
internal static class UpCommand
{
    private const int FirstInvitations = 5;
    private const int DefaultPort = 8080;

    internal static Command Create()
    {
        var data = DataOption();
        var port = new Option<int>("--port") { Description = "The vault's port; the other hosts take the five after it. 0 takes free ones.", DefaultValueFactory = _ => DefaultPort };
        var postgres = PostgresOption();
        var delay = new Option<int?>("--demo-delay") { Description = "Hours until a filing is looked at, instead of a random time between 6 and 72. Counts at the first start only.", HelpName = "hours" };
        var credential = new Option<string>("--credential") { Description = "How people get a credential. Counts at the first start only.", DefaultValueFactory = _ => "invitation" };
        credential.AcceptOnlyFromAmong("invitation", "work");
        var style = new Option<bool>("--style") { Description = "Serve /style too: every part of the pages in each of its states, for those who work on them." };
        var ready = new Option<bool>("--ready-json") { Description = "Print one line READY {json} when everything listens." };

        var command = new Command("up", "Run a whole deployment on this machine: vault, matcher, registrar and three keepers.") { data, port, postgres, delay, credential, style, ready };
        command.SetAction((parsed, cancel) =>
        {
            var hours = parsed.GetValue(delay) is { } fixedHours ? (fixedHours, fixedHours) : (6, 72);
            var folder = new DataFolder(parsed.GetRequiredValue(data), parsed.GetValue(postgres));
            return RunAsync(new(folder, parsed.GetValue(port), hours, parsed.GetRequiredValue(credential), parsed.GetValue(style)), parsed.GetValue(ready), parsed.InvocationConfiguration.Output, cancel);
        });
        return command;
    }

    internal static Option<string> DataOption() => new("--data")
    {
        Description = "The folder that everything is kept in.",
        DefaultValueFactory = _ => "data",
        HelpName = "folder",
    };

    internal static Option<string?> PostgresOption() => new("--postgres")
    {
        Description = "Keep the databases on this PostgreSQL server instead, such as \"Host=127.0.0.1;Username=wetoo\". One database for each host is made.",
        HelpName = "connection",
    };

    private static async Task<int> RunAsync(UpPlan plan, bool ready, TextWriter output, CancellationToken cancel)
    {
        await using var deployment = await Deployment.StartAsync(plan, TimeProvider.System, LogToError, cancel);
        var (invitations, counselor) = deployment.IsNew ? await InviteAsync(deployment, cancel) : ([], null);
        await output.WriteAsync(Banner.Write(plan, deployment, invitations, counselor));
        if (ready) await output.WriteLineAsync("READY " + ReadyLine(plan, deployment, invitations, counselor));
        await output.FlushAsync(cancel);

        await HostCommands.WaitAsync(cancel);
        await output.WriteLineAsync("Stopping …");
        return ExitCodes.Done;
    }

    internal static void LogToError(ILoggingBuilder logging) =>
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    private static async Task<(IReadOnlyList<string> Invitations, string? Counselor)> InviteAsync(Deployment deployment, CancellationToken cancel)
    {
        var forAuthors = deployment.FirstKeyset.Keyset.Policy.Credential == "invitation"
            ? await deployment.Registrar.Services.GetRequiredService<InvitationList>().IssueAsync(FirstInvitations, cancel)
            : [];
        return (forAuthors, await InvitationCodes.IssueAsync(deployment.Vault.Services.GetRequiredService<Database>(), cancel));
    }

    private static string ReadyLine(UpPlan plan, Deployment deployment, IReadOnlyList<string> invitations, string? counselor) => JsonSerializer.Serialize(new
    {
        vault = deployment.Ports.Vault,
        matcher = deployment.Ports.Matcher,
        registrar = deployment.Ports.Registrar,
        keepers = deployment.Ports.Keepers,
        data = plan.Folder.Root,
        @new = deployment.IsNew,
        deployment = Convert.ToHexStringLower(deployment.FirstKeyset.Keyset.Deployment.Span),
        invitations,
        counselor_invitation = counselor,
        counselor_link = counselor is null ? null : Banner.CounselorLink(deployment.Ports.Vault, counselor),
    });
}
