using WeToo.Core.Log;
using WeToo.Keeper.Keys;
using WeToo.Log;
using WeToo.Log.Store;

namespace WeToo.Tool.Up;

/// <summary>The log of dates of a deployment on one machine, with its keepers as witnesses, of which a quorum must have seen what is to have a date.</summary>
/// <param name="Options">The log's settings.</param>
/// <param name="Key">Its public key.</param>
/// <param name="WitnessNames">Under which name each keeper is its witness.</param>
internal sealed record LocalLog(LogOptions Options, NoteKey Key, IReadOnlyList<string> WitnessNames)
{
    /// <summary>Makes the key the first time, and writes the policy: where everything listens may be another port each time.</summary>
    internal static async Task<LocalLog> PrepareAsync(DataFolder folder, Ports ports, CancellationToken cancel)
    {
        var keyFile = folder.File(UpPlan.Log, "log.key");
        var origin = OriginOf(keyFile);
        using var key = new LogKey(origin, keyFile);
        string[] names = [.. UpPlan.Keepers.Select(keeper => $"{origin}/{keeper}")];
        var options = new LogOptions
        {
            Urls = ports.Log.ToString(),
            Database = folder.Database(UpPlan.Log),
            Folder = folder.File(UpPlan.Log, "public"),
            Origin = origin,
            KeyFile = keyFile,
            PolicyFile = folder.File(UpPlan.Log, "policy.txt"),
            AppendKeyFile = folder.LogAppendKey,
            LettersKeyFile = folder.LogLettersKey,
        };
        await File.WriteAllTextAsync(options.PolicyFile, PolicyOf(folder, ports, key.Public, names), cancel);
        return new(options, key.Public, names);
    }

    /// <summary>No two deployments have the same.</summary>
    private static string OriginOf(string keyFile)
    {
        using var key = new LogKey("any", keyFile);
        return $"wetoo.localhost/{Convert.ToHexStringLower(key.Public.PublicKey.Span[..4])}";
    }

    private static string PolicyOf(DataFolder folder, Ports ports, NoteKey log, string[] names)
    {
        var witnesses = UpPlan.Keepers.Select((keeper, i) =>
        {
            using var keys = KeyFile.Read(folder.File(keeper, "keeper.key"));
            return $"witness {keeper} {new NoteKey(names[i], NoteKeyKind.Witness, keys.Witness.PublicKey).ToText()} {new Uri(ports.Keepers[i], "witness/")}\n";
        });
        return $"log {log.ToText()} {ports.Log}\n{string.Concat(witnesses)}group keepers {UpPlan.Quorum} {string.Join(' ', UpPlan.Keepers)}\nquorum keepers\n";
    }
}
