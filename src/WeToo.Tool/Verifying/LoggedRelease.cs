using System.Globalization;
using System.Text.Json;
using WeToo.Core.Log;

namespace WeToo.Tool.Verifying;

/// <summary>Whether the list of a release's files stands in the log of dates, by a policy: then the same list is there for everybody.</summary>
/// <param name="IsThere">Whether it does.</param>
/// <param name="Saying">That, in words.</param>
internal sealed record LoggedRelease(bool IsThere, string Saying)
{
    private const string Path = "/v1/proofs";

    /// <summary>Asks a site for its proofs, and believes none of them unverified.</summary>
    /// <exception cref="HttpRequestException">The site does not answer.</exception>
    internal static async Task<LoggedRelease> AskAsync(Uri site, ReadOnlyMemory<byte> list, LogPolicy policy, CancellationToken cancel)
    {
        var entry = LogEntry.Of(EntryKind.Release, LogEntry.PublicSalt.Span, list.Span).ToBytes();
        using var client = SiteVisitor.NewClient(site);
        using var answer = await client.GetAsync(new Uri(Path, UriKind.Relative), cancel);
        var body = answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(cancel) : [];
        if (ProofIn(body, Convert.ToHexStringLower(entry)) is not { } proof) return Not("the site shows no proof of it (a new release takes some minutes)");
        if (!proof.Includes(entry)) return Not("the proof that the site shows is of something else");

        var shown = proof.ShownBy(policy);
        if (shown.Fault is { } fault) return Not($"its checkpoint is not what the policy asks for ({fault})");
        var seen = shown.AtSeconds is { } at && shown.Witnesses.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"seen by {string.Join(", ", shown.Witnesses)}, by enough of them at {DateTimeOffset.FromUnixTimeSeconds((long)at):u}")
            : "which the log alone signed";
        return new(true, $"The release is number {proof.Index} of the log {proof.Checkpoint.Origin}, {seen}.");
    }

    private static LoggedRelease Not(string why) => new(false, $"THE RELEASE IS NOT IN THE LOG: {why}.");

    private static LogProof? ProofIn(byte[] body, string entry)
    {
        try
        {
            return JsonSerializer.Deserialize<Told>(body, JsonSerializerOptions.Web)?.Entries?.FirstOrDefault(one => one.Entry == entry)?.Proof is { } proof ? LogProof.TryParse(proof) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Told(IReadOnlyList<ToldEntry>? Entries);

    private sealed record ToldEntry(string? Entry, string? Proof);
}
