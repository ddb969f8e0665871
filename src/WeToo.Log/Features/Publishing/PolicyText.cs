using WeToo.Core.Log;

namespace WeToo.Log.Features.Publishing;

/// <summary>The log's policy as its operator wrote it and as everybody gets it, and where its witnesses answer.</summary>
/// <param name="Text">The text.</param>
/// <param name="Policy">What it says.</param>
/// <param name="Addresses">The witnesses that have an address.</param>
internal sealed record PolicyText(string Text, LogPolicy Policy, IReadOnlyList<(NoteKey Witness, Uri Address)> Addresses)
{
    /// <summary>Reads a policy.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read, or does not name this log.</exception>
    internal static PolicyText Of(string text, NoteKey log)
    {
        var policy = LogPolicy.TryParse(text) ?? throw new InvalidOperationException("The policy of the log cannot be read: see docs/operating/log.md.");
        if (!policy.Logs.Any(known => known.ToText() == log.ToText())) throw new InvalidOperationException($"The policy does not name this log. Its line is: log {log.ToText()}");

        var urls = text.Split('\n').Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["witness", _, _, _]).ToDictionary(words => words[1], words => words[3]);
        return new(text, policy, [.. policy.Witnesses.Where(witness => urls.ContainsKey(witness.Name)).Select(witness => (witness.Key, new Uri(urls[witness.Name].TrimEnd('/') + "/")))]);
    }
}
