using System.Security.Cryptography;
using WeToo.Vault.Features.Site;

namespace WeToo.Tool.Verifying;

/// <summary>What an answer must be, so that a browser runs this release and nothing else, tells nobody else and keeps nothing. Pure: no network, no clock.</summary>
internal static class SiteRules
{
    /// <summary>Headers that keep something, load something, or tell somebody; or that loosen what another says.</summary>
    private static readonly string[] s_never =
    [
        "set-cookie", "link", "refresh", "location", "report-to", "reporting-endpoints", "nel", "content-security-policy-report-only", "integrity-policy-report-only", "speculation-rules",
        "service-worker-allowed", "sourcemap", "x-sourcemap", "access-control-allow-origin", "origin-trial", "supports-loading-mode", "accept-ch", "critical-ch", "no-vary-search",
    ];

    private static readonly (string Name, string Value)[] s_always =
    [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("cross-origin-resource-policy", "same-origin"),
    ];

    /// <summary>What is wrong with an answer for a file of the release; nothing when it is as it must be.</summary>
    internal static IEnumerable<string> Deviations(ReleasedFile file, Answer answer)
    {
        if (answer.Status != 200) return [$"answers {answer.Status}"];
        if (answer.Bytes is not { } bytes) return ["cannot be read: it is too long, or not compressed as it says"];

        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return hash == file.Hash ? HeaderDeviations(SiteFile.At(file.Path, bytes), answer.Headers) : [$"has other bytes: SHA-256 {hash}, not {file.Hash}"];
    }

    /// <summary>What a site's own list names that the release does not have.</summary>
    internal static IEnumerable<(string Path, string What)> Strangers(IReadOnlyList<ReleasedFile> listed, IReadOnlyList<ReleasedFile> released) =>
        listed.ExceptBy(released.Select(file => file.Path), file => file.Path).Select(file => (file.Path, "is listed by the site, and is not in the release"));

    private static IEnumerable<string> HeaderDeviations(SiteFile file, ILookup<string, string> headers)
    {
        (string Name, string Value)[] expected =
        [
            ("content-security-policy", file.Policy), ("permissions-policy", file.Permissions), ("cache-control", file.Caching), ("content-type", file.ContentType), .. s_always,
            .. file.IsPage ? [("integrity-policy", SiteFile.IntegrityPolicy)] : Array.Empty<(string, string)>(),
        ];
        foreach (var (name, value) in expected)
        {
            // Joined as a browser joins them: two policies are one longer list.
            var found = string.Join(", ", headers[name]);
            if (found != value) yield return found.Length == 0 ? $"has no {name}" : $"has {name}: {found}";
        }

        foreach (var name in s_never.Where(headers.Contains)) yield return $"has {name}: {string.Join(", ", headers[name])}";
    }
}
