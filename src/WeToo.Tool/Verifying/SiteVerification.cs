namespace WeToo.Tool.Verifying;

/// <summary>What was found at a site.</summary>
/// <param name="AnswerCount">How many answers were compared.</param>
/// <param name="Deviations">What is not as in the release, each with its path; none when all is.</param>
internal sealed record SiteVerdict(int AnswerCount, IReadOnlyList<string> Deviations);

/// <summary>Compares a live site with a release, as several visitors.</summary>
internal sealed class SiteVerification(Uri site, SiteRelease release)
{
    /// <summary>Served by no release: what stands there was added.</summary>
    private const string Nowhere = "/no-such-file.js";
    private const int NotFound = 404;

    private readonly List<(string Path, string What, string Who)> _found = [];
    private int _answerCount;

    /// <summary>Asks for everything.</summary>
    /// <exception cref="HttpRequestException">The site does not answer, or its certificate does not hold.</exception>
    internal async Task<SiteVerdict> RunAsync(CancellationToken cancel)
    {
        foreach (var visitor in SiteVisitor.All)
        {
            using var client = SiteVisitor.NewClient(site);
            foreach (var file in release.Files) await CompareAsync(client, visitor, file, cancel);
            await LookForMoreAsync(client, visitor, cancel);
        }

        return new(_answerCount, [.. _found.GroupBy(found => (found.Path, found.What)).Select(group => Say(group.Key.Path, group.Key.What, [.. group.Select(found => found.Who)]))]);
    }

    private async Task CompareAsync(HttpClient client, SiteVisitor visitor, ReleasedFile file, CancellationToken cancel)
    {
        var answer = await AskAsync(client, visitor, file.Path, cancel);
        _found.AddRange(SiteRules.Deviations(file, answer).Select(what => (file.Path, what, visitor.Name)));
    }

    private async Task LookForMoreAsync(HttpClient client, SiteVisitor visitor, CancellationToken cancel)
    {
        var list = await AskAsync(client, visitor, SiteRelease.ListPath, cancel);
        if (SiteRelease.Parse(list.Bytes) is { } listed) _found.AddRange(SiteRules.Strangers(listed, release.Files).Select(stranger => (stranger.Path, stranger.What, visitor.Name)));
        else _found.Add((SiteRelease.ListPath, "is no list of files", visitor.Name));

        var nothing = await AskAsync(client, visitor, Nowhere, cancel);
        if (nothing.Status != NotFound) _found.Add((Nowhere, $"answers {nothing.Status}, and is in no release", visitor.Name));
    }

    private async Task<Answer> AskAsync(HttpClient client, SiteVisitor visitor, string path, CancellationToken cancel)
    {
        _answerCount++;
        return await visitor.AskAsync(client, path, cancel);
    }

    private static string Say(string path, string what, IReadOnlyList<string> who) =>
        who.Count == SiteVisitor.All.Count ? $"{path} {what}" : $"{path} {what} (only for {string.Join(", ", who)})";
}
