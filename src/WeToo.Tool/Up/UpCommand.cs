using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Microsoft.Extensions.Logging.Console;
using WeToo.Hosting.Storage;
using WeToo.Registrar.Features.Invitations;
using WeToo.Tool.Running;
using WeToo.Vault;
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
        var port = new Option<int>("--port") { Description = "The vault's port; the other hosts take the seven after it. 0 takes free ones.", DefaultValueFactory = _ => DefaultPort };
        var postgres = PostgresOption();
        var delay = new Option<int?>("--demo-delay") { Description = "Hours until a filing is looked at, instead of a random time between 6 and 72. Counts at the first start only.", HelpName = "hours" };
        var credential = new Option<string>("--credential") { Description = "How people get a credential. Counts at the first start only.", DefaultValueFactory = _ => "invitation" };
        credential.AcceptOnlyFromAmong("invitation", "work");
        var style = new Option<bool>("--style") { Description = "Serve /style too: every part of the pages in each of its states, for those who work on them." };
        var mail = new Option<Uri?>("--mail") { Description = "The mail server for neutral nudges, such as smtp://127.0.0.1:25. Without one nobody is offered any.", HelpName = "server", CustomParser = ReadMailServer };
        var from = new Option<string>("--mail-from") { Description = "Their sender: its name and domain must say nothing of what this is.", DefaultValueFactory = _ => "", HelpName = "address" };
        var trial = new Option<bool>("--try") { Description = "Take what people write although nobody may be there to answer. For trying out: whoever could mean it must not find it." };
        var countries = new Option<string[]>("--help-countries") { Description = "The countries whose people write here, such as FR: the pages must have help lines for each, or intake stays closed.", HelpName = "code", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var voicesFrom = new Option<string>("--voices-from") { Description = "The sender of the publication's mails, on the same server. Without one nobody can sign letters.", DefaultValueFactory = _ => "", HelpName = "address" };
        var signIn = new Option<Uri?>("--sign-in") { Description = "Where counselors sign in before the desk, by OpenID Connect. Without one the desk asks for their key alone.", HelpName = "authority", CustomParser = said => ReadUrl(said, "--sign-in is written https://login.example.org.") };
        var client = new Option<string>("--sign-in-client") { Description = "What this place is called there: its client id.", DefaultValueFactory = _ => "wetoo", HelpName = "id" };
        var logEvery = new Option<int>("--log-every") { Description = "Seconds between two times that entries go to the log of dates.", DefaultValueFactory = _ => UpPlan.DefaultLogEverySeconds, HelpName = "seconds" };
        var ready = new Option<bool>("--ready-json") { Description = "Print one line READY {json} when everything listens." };

        var command = new Command("up", "Run a whole deployment on this machine: vault, matcher, registrar, log of dates and three keepers, and a publication apart from them.") { data, port, postgres, delay, credential, style, mail, from, voicesFrom, signIn, client, trial, countries, logEvery, ready };
        command.SetAction((parsed, cancel) =>
        {
            var hours = parsed.GetValue(delay) is { } fixedHours ? (fixedHours, fixedHours) : (6, 72);
            var folder = new DataFolder(parsed.GetRequiredValue(data), parsed.GetValue(postgres));
            var nudges = new MailOptions { Server = parsed.GetValue(mail), From = parsed.GetRequiredValue(from), Name = "Reminders", KeyFile = folder.File(UpPlan.Vault, "mail.key") };
            var plan = new UpPlan(folder, parsed.GetValue(port), hours, parsed.GetRequiredValue(credential), parsed.GetValue(style)) { Mail = nudges, SignIn = new() { Authority = parsed.GetValue(signIn), ClientId = parsed.GetRequiredValue(client) }, LogEverySeconds = parsed.GetValue(logEvery), OpenUnready = parsed.GetValue(trial), HelpCountries = parsed.GetRequiredValue(countries), VoicesMail = new() { Server = parsed.GetRequiredValue(voicesFrom).Length > 0 ? nudges.Server : null, From = parsed.GetRequiredValue(voicesFrom) } };
            return RunAsync(plan, parsed.GetValue(ready), parsed.InvocationConfiguration.Output, cancel);
        });
        return command;
    }

    internal static Uri? ReadMailServer(ArgumentResult said) => ReadUrl(said, "--mail is written smtp://host:587 or smtps://host:465.");

    private static Uri? ReadUrl(ArgumentResult said, string form)
    {
        if (Uri.TryCreate(said.Tokens[0].Value, UriKind.Absolute, out var url)) return url;
        said.AddError(form);
        return null;
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
        voices = deployment.Ports.Voices,
        log = deployment.Ports.Log,
        data = plan.Folder.Root,
        @new = deployment.IsNew,
        deployment = Convert.ToHexStringLower(deployment.FirstKeyset.Keyset.Deployment.Span),
        invitations,
        counselor_invitation = counselor,
        counselor_link = counselor is null ? null : Banner.CounselorLink(deployment.Ports.Vault, counselor),
    });
}
