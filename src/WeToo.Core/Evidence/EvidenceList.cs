using System.Text.Json;
using System.Text.RegularExpressions;
using WeToo.Core.Log;
using WeToo.Core.Signing;

namespace WeToo.Core.Evidence;

/// <summary>Holds every file of a package to the list, and the list to who sealed the account.</summary>
internal static partial class EvidenceList
{
    private const string ListName = "manifest.sha256";
    private const string SignatureName = "manifest.sig";
    private const string AccountName = "account.json";

    internal static IReadOnlyList<EvidenceFinding> Check(EvidencePackage package)
    {
        var listed = Parse(package.TextOf(ListName));
        var differing = listed is null ? [] : Differences(package, listed).ToList();
        if (IsSigned(package)) return listed is null ? [new(ListName, EvidenceFault.List)] : differing;

        // Either the list and its signature were altered, or the account that says by whose key they must be.
        if (IsProven(package)) return listed is null || differing.Count > 0 ? [new(ListName, EvidenceFault.List)] : [new(SignatureName, EvidenceFault.Signature)];
        return listed?.GetValueOrDefault(AccountName) == package.HashOf(AccountName)
            ? [new(AccountName, EvidenceFault.NotProven), new(SignatureName, EvidenceFault.Signature)]
            : [new(AccountName, EvidenceFault.Altered)];
    }

    private static bool IsSigned(EvidencePackage package) =>
        SignerOf(package) is { } signer && Ed25519.Verify<ManifestPurpose>(signer, package.BytesOf(ListName).Span, package.BytesOf(SignatureName).Span);

    private static byte[]? SignerOf(EvidencePackage package)
    {
        using var account = EvidenceJson.TryParse(package.BytesOf(AccountName));
        return account?.RootElement.TryGetProperty("signer", out var signer) is true && signer.ValueKind == JsonValueKind.String && Key().IsMatch(signer.GetString()!)
            ? Convert.FromHexString(signer.GetString()!) : null;
    }

    private static bool IsProven(EvidencePackage package) =>
        package.SaltOf("salt.hex") is { } salt && LogProof.TryParse(package.TextOf("proof.tlog")) is { } proof
        && proof.Includes(LogEntry.Of(EntryKind.Account, salt, package.BytesOf(AccountName).Span).ToBytes());

    /// <summary>The lines of <c>sha256sum</c>; null when one is none, or names what another names.</summary>
    private static Dictionary<string, string>? Parse(string text)
    {
        if (!text.EndsWith('\n')) return null;

        var listed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text[..^1].Split('\n'))
        {
            var match = Line().Match(line);
            if (!match.Success || match.Groups[2].Value is ListName or SignatureName || !listed.TryAdd(match.Groups[2].Value, match.Groups[1].Value)) return null;
        }

        return listed;
    }

    private static IEnumerable<EvidenceFinding> Differences(EvidencePackage package, Dictionary<string, string> listed) =>
        from name in package.Names.Union(listed.Keys, StringComparer.Ordinal)
        where name is not (ListName or SignatureName)
        let here = package.HashOf(name)
        let said = listed.GetValueOrDefault(name)
        where here != said
        select new EvidenceFinding(name, here is null ? EvidenceFault.Missing : said is null ? EvidenceFault.Unlisted : EvidenceFault.Altered);

    [GeneratedRegex(@"^([0-9a-f]{64})  ([^ \n]+)\z")]
    private static partial Regex Line();

    [GeneratedRegex(@"^[0-9a-fA-F]{64}\z")]
    private static partial Regex Key();
}
