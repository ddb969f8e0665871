using System.Globalization;

namespace WeToo.Core.Log;

/// <summary>Which logs and witnesses somebody believes, and how many witnesses are enough. C2SP tlog-policy.</summary>
public sealed class LogPolicy
{
    /// <summary>The longest policy that is read, in characters.</summary>
    public const int LongestPolicy = 64 * 1024;

    private const string Nobody = "none";

    private readonly List<NoteKey> _logs = [];
    private readonly List<(string Name, NoteKey Key)> _witnesses = [];
    private readonly List<(string Name, int Least, IReadOnlyList<string> Members)> _groups = [];
    private readonly HashSet<string> _grouped = [];
    private string? _quorum;

    private LogPolicy()
    {
    }

    /// <summary>The logs, any of which may sign.</summary>
    public IReadOnlyList<NoteKey> Logs => _logs;

    /// <summary>The witnesses, by the names that the policy gives them.</summary>
    public IReadOnlyList<(string Name, NoteKey Key)> Witnesses => _witnesses;

    /// <summary>Whether no witness is asked for, so that nobody says when.</summary>
    public bool AsksNobody => _quorum == Nobody;

    /// <summary>Reads a policy.</summary>
    /// <param name="text">Its text, already decoded as UTF-8.</param>
    /// <returns>The policy, or <see langword="null"/> when a line has no meaning, a name or key comes twice, or there is not exactly one quorum.</returns>
    public static LogPolicy? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestPolicy || text.Any(sign => sign is (< ' ' and not ('\t' or '\n')) or '\u007f' or '\ufffd')) return null;

        var policy = new LogPolicy();
        var lines = text.Split('\n').Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0 && words[0][0] != '#');
        return lines.All(policy.Take) && policy._quorum is not null ? policy : null;
    }

    /// <summary>Whether these witnesses are enough.</summary>
    /// <param name="cosigned">The names of those who cosigned.</param>
    public bool IsQuorum(IEnumerable<string> cosigned)
    {
        var seen = new HashSet<string>(cosigned, StringComparer.Ordinal);
        // A group names only what stands before it.
        foreach (var (name, least, members) in _groups)
        {
            if (members.Count(seen.Contains) >= least) seen.Add(name);
        }

        return AsksNobody || seen.Contains(_quorum!);
    }

    /// <summary>The earliest time at which those who had seen a checkpoint were enough.</summary>
    /// <param name="seen">When each witness that cosigned did so, in seconds since 1970.</param>
    /// <returns><see langword="null"/> when they are not enough; 0 when the policy asks for none.</returns>
    public ulong? DateBy(IReadOnlyCollection<KeyValuePair<string, ulong>> seen) =>
        AsksNobody ? 0 : seen.Select(one => (ulong?)one.Value).Order().FirstOrDefault(at => IsQuorum(seen.Where(one => one.Value <= at).Select(one => one.Key)));

    private bool Take(string[] words) => words switch
    {
        ["log", var key, .. { Length: < 2 }] => TakeLog(NoteKey.TryParse(key)),
        ["witness", var name, var key, .. { Length: < 2 }] => TakeWitness(name, NoteKey.TryParse(key)),
        ["group", var name, var least, .. { Length: > 0 } members] => TakeGroup(name, least, members),
        ["quorum", var name] when _quorum is null && (name == Nobody || IsKnown(name)) => (_quorum = name) is not null,
        _ => false,
    };

    private bool TakeLog(NoteKey? key)
    {
        if (key is not { Kind: NoteKeyKind.Log } || _logs.Any(other => IsSame(other, key))) return false;

        _logs.Add(key);
        return true;
    }

    private bool TakeWitness(string name, NoteKey? key)
    {
        if (key is not { Kind: NoteKeyKind.Witness } || IsTaken(name) || _witnesses.Any(other => IsSame(other.Key, key))) return false;

        _witnesses.Add((name, key));
        return true;
    }

    private bool TakeGroup(string name, string least, string[] members)
    {
        var count = least switch
        {
            "any" => 1,
            "all" => members.Length,
            _ => int.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && least[0] != '0' ? number : 0,
        };
        // Nobody counts twice: each name is a member once.
        if (IsTaken(name) || count < 1 || count > members.Length || !members.All(each => IsKnown(each) && _grouped.Add(each))) return false;

        _groups.Add((name, count, members));
        return true;
    }

    private bool IsTaken(string name) => name == Nobody || IsKnown(name);

    private bool IsKnown(string name) => _witnesses.Any(one => one.Name == name) || _groups.Any(one => one.Name == name);

    private static bool IsSame(NoteKey one, NoteKey other) => one.PublicKey.Span.SequenceEqual(other.PublicKey.Span);
}
