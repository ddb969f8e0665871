using System.CommandLine;
using WeToo.Core.Log;

namespace WeToo.Tool.Verifying;

/// <summary><c>wetoo verify-site</c>: anybody may hold a live site to its release.</summary>
internal static class VerifySiteCommand
{
    internal static Command Create()
    {
        var site = new Argument<Uri>("address")
        {
            Description = "The site, such as https://notes.example.org.",
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/") return uri;
                result.AddError("A site is an address without a path, such as https://notes.example.org.");
                return null;
            },
        };
        var list = new Option<FileInfo?>("--release") { Description = "The files.json of another release, instead of the files in this program.", HelpName = "file" };
        var policy = new Option<FileInfo>("--policy") { Description = "Ask too whether the release stands in the log of dates, by the log and witnesses that you believe (C2SP tlog-policy).", HelpName = "file" };
        policy.AcceptExistingOnly();
        var command = new Command("verify-site", "Compare a live site with a release: each file's bytes and headers, as several visitors get them.") { site, list, policy };
        command.SetAction(async (parsed, cancel) =>
        {
            var release = parsed.GetValue(list) is { } file ? SiteRelease.Read(file) : SiteRelease.OfThisProgram();
            var believed = parsed.GetValue(policy) is { } rules ? LogPolicy.TryParse(await File.ReadAllTextAsync(rules.FullName, cancel)) ?? throw new InvalidDataException($"{rules.Name} is no policy.") : null;
            return await RunAsync(parsed.GetRequiredValue(site), release, believed, parsed.InvocationConfiguration.Output, cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(Uri site, SiteRelease release, LogPolicy? policy, TextWriter output, CancellationToken cancel)
    {
        await output.WriteLineAsync($"{site} against {release.Source}: {release.Files.Count} files, as {string.Join("; ", SiteVisitor.All.Select(visitor => visitor.Name))}.");
        SiteVerdict verdict;
        LoggedRelease? logged;
        try
        {
            verdict = await new SiteVerification(site, release).RunAsync(cancel);
            logged = policy is null ? null : await LoggedRelease.AskAsync(site, release.List, policy, cancel);
        }
        catch (Exception why) when (why is HttpRequestException || (why is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            await output.WriteLineAsync($"Not compared: the site did not answer every question. {why.Message}");
            return ExitCodes.Unreachable;
        }

        foreach (var deviation in verdict.Deviations) await output.WriteLineAsync($"  {deviation}");
        await output.WriteLineAsync(verdict.Deviations.Count == 0
            ? $"The same: {verdict.AnswerCount} answers, byte for byte, with the headers they must have. It shows what this computer was given today, and no more."
            : $"NOT THE SAME. Differences: {verdict.Deviations.Count}, in {verdict.AnswerCount} answers. Do not write anything there until somebody has explained them.");
        if (logged is not null) await output.WriteLineAsync(logged.Saying);
        return verdict.Deviations.Count == 0 && logged?.IsThere is not false ? ExitCodes.Done : ExitCodes.Refused;
    }
}
