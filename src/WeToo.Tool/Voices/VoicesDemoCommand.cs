using System.CommandLine;
using WeToo.Tool.Running;
using WeToo.Tool.Up;
using WeToo.Voices;
using WeToo.Voices.Demo;
using WeToo.Voices.Features.Desk;

namespace WeToo.Tool.Voices;

/// <summary><c>wetoo voices demo</c>: a publication with something in it, to look at.</summary>
internal static class VoicesDemoCommand
{
    private const int DefaultPort = 8090;

    internal static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The folder that it is kept in.", DefaultValueFactory = _ => "data", HelpName = "folder" };
        var port = new Option<int>("--port") { Description = "Where it listens on this machine.", DefaultValueFactory = _ => DefaultPort };
        var mail = new Option<Uri?>("--mail") { Description = "A mail server, such as smtp://127.0.0.1:25: without one nobody can sign.", HelpName = "server", CustomParser = UpCommand.ReadMailServer };
        var command = new Command("demo", "Run a small made-up publication on this machine: a letter, articles, a story, in four languages.") { data, port, mail };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = OptionsOf(new DataFolder(parsed.GetRequiredValue(data), null), parsed.GetValue(port), parsed.GetValue(mail));
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.KeyFile))!);
            await using var app = await VoicesHost.StartAsync(options, TimeProvider.System, UpCommand.LogToError, cancel);
            var isNew = await DemoPublication.SeedAsync(app.Services, cancel);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{(isNew ? "A made-up publication" : "The publication of this folder")} is at {options.PublicUrl}. Ctrl-C stops.");
            if (isNew) await parsed.InvocationConfiguration.Output.WriteLineAsync($"Whoever moderates it joins at {await InviteAsync(app.Services, options.PublicUrl!)}");
            await HostCommands.WaitAsync(cancel);
            await app.StopAsync(CancellationToken.None);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<Uri> InviteAsync(IServiceProvider services, Uri publication)
    {
        await using var scope = services.CreateAsyncScope();
        return new Uri(publication, $"/desk/en/join/{await scope.ServiceProvider.GetRequiredService<Team>().InviteAsync("Moderator")}");
    }

    private static VoicesOptions OptionsOf(DataFolder folder, int port, Uri? mail) => new()
    {
        Urls = $"http://localhost:{port}",
        PublicUrl = new Uri($"http://localhost:{port}"),
        Name = "The Open Page",
        Database = folder.Database(UpPlan.Voices),
        KeyFile = folder.File(UpPlan.Voices, "voices.key"),
        Mail = new() { Server = mail, From = "letters@localhost.example" },
    };
}
