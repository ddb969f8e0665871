using System.CommandLine;
using WeToo.Tool.Running;
using WeToo.Voices;
using WeToo.Voices.Features.Embedding;

namespace WeToo.Tool.Voices;

/// <summary><c>wetoo voices embed add | remove | list</c>: which other sites may show the answers of readers under their pages.</summary>
internal static class VoicesEmbedCommands
{
    internal static Command Create() => new("embed", "Which other sites may show the answers of readers under their pages.")
    {
        Acting("add", "Let a site show them, and print what it puts into its pages.", async (embeds, origin, site, cancel) =>
        {
            await embeds.AddAsync(origin, cancel);
            return Snippet(origin, site);
        }),
        Acting("remove", "Let a site show them no more, at once.", async (embeds, origin, _, cancel) => await embeds.RemoveAsync(origin, cancel) ? $"{origin} shows them no more." : $"{origin} did not show them."),
        Listing(),
    };

    private static Command Acting(string verb, string description, Func<Embeds, string, Uri, CancellationToken, Task<string>> act)
    {
        var config = ConfigOption();
        var address = new Argument<string>("origin") { Description = "Scheme and host of the site, such as https://news.example. No path: a browser knows none of it." };
        var command = new Command(verb, description) { config, address };
        command.SetAction(async (parsed, cancel) =>
        {
            if (Embeds.OriginOf(parsed.GetRequiredValue(address)) is not { } origin)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync("A site is written https://news.example, without a path.");
                return ExitCodes.Usage;
            }

            var options = HostCommands.Read<VoicesOptions>(parsed.GetRequiredValue(config), "Voices");
            await using var services = await VoicesHost.OpenAsync(options, TimeProvider.System, cancel);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(await act(services.GetRequiredService<Embeds>(), origin, options.PublicUrl ?? new Uri(options.Urls), cancel));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Listing()
    {
        var config = ConfigOption();
        var command = new Command("list", "Name them.") { config };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = await VoicesHost.OpenAsync(HostCommands.Read<VoicesOptions>(parsed.GetRequiredValue(config), "Voices"), TimeProvider.System, cancel);
            foreach (var origin in await services.GetRequiredService<Embeds>().AllAsync(cancel)) await parsed.InvocationConfiguration.Output.WriteLineAsync(origin);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<FileInfo> ConfigOption() => new("--config") { Description = "A JSON file with the section \"Voices\".", Required = true, HelpName = "file" };

    private static string Snippet(string origin, Uri site) => $"""
        {origin} may show them. Where they are to stand, for a piece of yours:

        <p><a data-wetoo data-text="article" href="{new Uri(site, "/en/articles/its-name/comments")}">What readers say</a></p>
        <script src="{new Uri(site, "/embed.js")}" async></script>

        data-text says which element has the same text, so that its words can be answered; leave it out when none has.
        A content policy there needs: script-src {site.GetLeftPart(UriPartial.Authority)}; frame-src {site.GetLeftPart(UriPartial.Authority)}
        """;
}
