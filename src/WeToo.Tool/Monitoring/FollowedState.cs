using System.Text.Json;
using WeToo.Core.Log;

namespace WeToo.Tool.Monitoring;

/// <summary>What a monitor remembers between two looks: whom it believes, and the newest checkpoint that held.</summary>
/// <param name="Policy">The text of the policy.</param>
/// <param name="Note">The checkpoint with its signatures; null before the first.</param>
internal sealed record FollowedState(string Policy, string? Note)
{
    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    internal static FollowedState? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            var state = JsonSerializer.Deserialize<FollowedState>(File.ReadAllText(path));
            var isWhole = state is { Policy: not null } && LogPolicy.TryParse(state.Policy) is not null && (state.Note is null || SignedNote.TryParse(state.Note) is not null);
            return isWhole ? state : throw new InvalidDataException($"{path} is no state of a monitor.");
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"{path} is no state of a monitor.");
        }
    }

    /// <summary>All of it or nothing, whenever the process ends.</summary>
    internal void Write(string path)
    {
        var draft = path + ".draft";
        File.WriteAllText(draft, JsonSerializer.Serialize(this));
        File.Move(draft, path, overwrite: true);
    }
}
