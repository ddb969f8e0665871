using System.CommandLine;
using WeToo.Tool.Running;
using WeToo.Voices;
using WeToo.Voices.Features.Desk;

namespace WeToo.Tool.Voices;

/// <summary><c>wetoo voices invite | dismiss</c>: who works for a publication.</summary>
internal static class VoicesTeamCommands
{
    internal static Command Invite() => Create("invite", "Print the link by which somebody joins, within seven days.", async (team, options, name) =>
        await team.InviteAsync(name) is { } link ? new Uri(options.PublicUrl ?? new Uri(options.Urls), $"/desk/{options.Languages[0]}/join/{link}").AbsoluteUri : null);

    internal static Command Dismiss() => Create("dismiss", "Let somebody in no more, and end their sessions.", async (team, _, name) => await team.DismissAsync(name) ? $"{name} is let in no more." : null);

    private static Command Create(string verb, string description, Func<Team, VoicesOptions, string, Task<string?>> act)
    {
        var config = new Option<FileInfo>("--config") { Description = "A JSON file with the section \"Voices\".", Required = true, HelpName = "file" };
        var name = new Option<string>("--name") { Description = "As colleagues know them, and as they sign in.", Required = true, HelpName = "name" };
        var command = new Command(verb, description) { config, name };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = HostCommands.Read<VoicesOptions>(parsed.GetRequiredValue(config), "Voices");
            await using var services = await VoicesHost.OpenAsync(options, TimeProvider.System, cancel);
            await using var scope = services.CreateAsyncScope();
            var done = await act(scope.ServiceProvider.GetRequiredService<Team>(), options, parsed.GetRequiredValue(name));
            await (done is null ? parsed.InvocationConfiguration.Error : parsed.InvocationConfiguration.Output).WriteLineAsync(done ?? (verb == "invite" ? "That name is taken." : "Nobody has that name."));
            return done is null ? ExitCodes.Refused : ExitCodes.Done;
        });
        return command;
    }
}
