using System.CommandLine;
using WeToo.Tool.Up;

namespace WeToo.Tool.Demo;

/// <summary><c>wetoo demo</c>: the whole story, in a terminal, in under a minute.</summary>
internal static class DemoCommand
{
    internal static Command Create()
    {
        var command = new Command("demo", "Tell the whole story in this terminal: three people, three keepers, one counselor, and what each of them can see.");
        command.SetAction(async (parsed, cancel) =>
        {
            var folder = Directory.CreateTempSubdirectory("wetoo-demo-").FullName;
            try
            {
                var plan = new UpPlan(new DataFolder(folder, null), 0, (0, 0), "invitation");
                await using var deployment = await Deployment.StartAsync(plan, TimeProvider.System, LogToError, cancel);
                using var story = new Story(deployment, new Stores(plan.Folder), new Narrator(parsed.InvocationConfiguration.Output));
                await story.TellAsync(cancel);
                return ExitCodes.Done;
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    /// <summary>That intake is open although nobody may answer is no news here: everybody in the story is there.</summary>
    private static void LogToError(ILoggingBuilder logging)
    {
        UpCommand.LogToError(logging);
        logging.AddFilter("WeToo.Vault.Features.Readiness", LogLevel.Error);
    }
}
