using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace WeToo.Vault.Features.Site;

/// <summary>One file of the private site: what a vault serves, and what somebody who checks a vault must get.</summary>
public sealed partial class SiteFile
{
    private const string Start = "index.html";
    private const string Release = "wwwroot/";
    private const string Workbench = "workbench/";

    private SiteFile(string name, byte[] bytes)
    {
        Name = name;
        Bytes = bytes;
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Policy = PolicyOf(IsPage ? Encoding.UTF8.GetString(bytes) : "");
    }

    /// <summary>Its name in the release, such as <c>app.js</c>.</summary>
    public string Name { get; }

    /// <summary>Where people and other files ask for it.</summary>
    public string Path => Name == Start ? "/" : "/" + (IsPage ? System.IO.Path.GetFileNameWithoutExtension(Name) : Name);

    /// <summary>What is in it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256, in lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>Its <c>Content-Type</c>.</summary>
    public string ContentType => System.IO.Path.GetExtension(Name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".txt" => "text/plain; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".wasm" => "application/wasm",
        ".json" => "application/json",
        _ => "application/octet-stream",
    };

    /// <summary>Its <c>Cache-Control</c>. A page leaves nothing behind; what has its hash in its name never changes; the rest is asked for again, by ETag.</summary>
    public string Caching => IsPage ? "no-store" : NameWithHash().IsMatch(Name) ? "public, max-age=31536000, immutable" : "no-cache";

    /// <summary>
    /// Its <c>Content-Security-Policy</c>. What a page says of the integrity of its scripts stands in the page; the policy names its hash, and allows
    /// nothing else in a page to be a script.
    /// </summary>
    public string Policy { get; }

    /// <summary>The <c>Integrity-Policy</c> of a page: a script whose hash it does not name is not run, where browsers know this.</summary>
    public const string IntegrityPolicy = "blocked-destinations=(script)";

    /// <summary>Its <c>Permissions-Policy</c>. An author may tell their account aloud: where they write, a microphone can be asked for, and nowhere else.</summary>
    public string Permissions => $"camera=(), geolocation=(), microphone=({(Path == "/" ? "self" : "")}), payment=(), usb=()";

    /// <summary>Whether people open it.</summary>
    public bool IsPage => Name.EndsWith(".html", StringComparison.Ordinal);

    /// <summary>The files of this release, in the order of their names.</summary>
    public static IReadOnlyList<SiteFile> Load() => Load(Release);

    /// <summary>The page that shows every part of the pages, for those who work on them. No release has it.</summary>
    internal static IReadOnlyList<SiteFile> LoadWorkbench() => Load(Workbench);

    private static IReadOnlyList<SiteFile> Load(string root) =>
    [
        .. typeof(SiteFile).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(root, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => new SiteFile(name[root.Length..], Read(name))),
    ];

    /// <summary>What the build put into the assembly under a name.</summary>
    internal static byte[] Read(string resource)
    {
        using var stream = typeof(SiteFile).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The pages were not built whole: {resource} is missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The file that is asked for at a path, with these bytes.</summary>
    public static SiteFile At(string path, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = path == "/" ? Start : System.IO.Path.HasExtension(path) ? path[1..] : path[1..] + ".html";
        return new(name, bytes.ToArray());
    }

    private static string PolicyOf(string page)
    {
        // A page that has everything in it says itself what it allows: it is saved with that, too.
        if (OwnPolicy().Match(page) is { Success: true } ownPolicy) return $"{ownPolicy.Groups[1].Value}; frame-ancestors 'none'";

        var own = ImportMap().Match(page) is { Success: true } map ? $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map.Groups[1].Value)))}'" : "";
        return $"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{own}; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data:; "
            + "form-action 'none'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types wetoo";
    }

    /// <summary>What the build names chunks: eight symbols of base32 at the end.</summary>
    [GeneratedRegex(@"-[A-Z2-7]{8}\.[a-z]+$")]
    private static partial Regex NameWithHash();

    [GeneratedRegex("<meta http-equiv=\"content-security-policy\" content=\"([^\"]*)\">")]
    private static partial Regex OwnPolicy();

    [GeneratedRegex("<script type=\"importmap\">([^<]*)</script>")]
    private static partial Regex ImportMap();
}
