using System.Text;
using System.Text.RegularExpressions;

namespace WeToo.Core.Evidence;

/// <summary>One file of a package.</summary>
/// <param name="Size">Its length, in bytes.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hexadecimal.</param>
/// <param name="Bytes">What is in it, where a check reads that; empty for what is held by its hash alone.</param>
/// <param name="IsSumRight">Whether the archive's own sum of it, CRC-32, is right.</param>
public sealed record PackagedFile(long Size, string Sha256, ReadOnlyMemory<byte> Bytes, bool IsSumRight);

/// <summary>What an author took out with its date, opened: its files by their names. spec/evidence.md.</summary>
/// <param name="files">The files, in their order.</param>
public sealed partial class EvidencePackage(IReadOnlyDictionary<string, PackagedFile> files)
{
    /// <summary>A file that a check reads is never longer, in bytes.</summary>
    public const int LongestRead = 4 * 1024 * 1024;

    /// <summary>A package has so many files at most.</summary>
    public const int MostFiles = 2000;

    /// <summary>The files that every package has.</summary>
    public static IReadOnlyList<string> NeededNames { get; } =
    [
        "README.txt", "account.json", "account.txt", "account.age", "salt.hex", "proof.tlog", "policy.txt", "timeline.json", "check.sh", "manifest.sha256", "manifest.sig",
    ];

    /// <summary>The names of its files.</summary>
    public IEnumerable<string> Names => files.Keys;

    /// <summary>Those of the account's own files that are here.</summary>
    internal IEnumerable<string> AttachedNames => files.Keys.Where(name => name.StartsWith("files/", StringComparison.Ordinal));

    /// <summary>Whether a file may stand in a package under this name.</summary>
    public static bool IsName(string name) => MemberName().IsMatch(name);

    /// <summary>Whether no check reads this file: it is held by its hash alone.</summary>
    public static bool IsHeldByHash(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith("files/", StringComparison.Ordinal) || name is "README.txt" or "account.txt" or "account.pdf" or "account.age" or "check.sh";
    }

    internal bool AreSumsRight => files.Values.All(file => file.IsSumRight);

    internal bool Has(string name) => files.ContainsKey(name);

    internal string? HashOf(string name) => files.GetValueOrDefault(name)?.Sha256;

    internal ReadOnlyMemory<byte> BytesOf(string name) => files.TryGetValue(name, out var file) ? file.Bytes : default;

    internal string TextOf(string name) => Encoding.UTF8.GetString(BytesOf(name).Span);

    /// <summary>A salt: 64 digits and a line feed. <see langword="null"/> when the file is none.</summary>
    internal byte[]? SaltOf(string name)
    {
        var text = TextOf(name);
        return Salt().IsMatch(text) ? Convert.FromHexString(text[..^1]) : null;
    }

    [GeneratedRegex(@"^(README\.txt|account\.(json|txt|pdf|age)|salt\.hex|proof\.tlog|match\.(bin|salt\.hex|tlog|tst)|timestamp\.tst|policy\.txt|timeline\.json|check\.sh|manifest\.(sha256|sig)"
        + @"|files/[1-9][0-9]{0,2}(\.[a-z0-9]{1,5})?|addenda/[1-9][0-9]?\.(json|salt\.hex|tlog|tst))\z")]
    private static partial Regex MemberName();

    [GeneratedRegex(@"^[0-9a-f]{64}\n\z")]
    private static partial Regex Salt();
}
