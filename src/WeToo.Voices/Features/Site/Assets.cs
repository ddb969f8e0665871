using System.Security.Cryptography;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Site;

/// <summary>Style sheets, scripts and pictures of the pages, each under an address that names what is in it.</summary>
internal sealed class Assets
{
    private readonly Dictionary<string, Asset> _all;

    private Assets(Dictionary<string, Asset> all) => _all = all;

    internal IEnumerable<Asset> All => _all.Values;

    /// <summary>The address of a file, such as <c>voices.css</c>.</summary>
    internal string this[string name] => _all[name].Path;

    /// <summary>A file by its name.</summary>
    internal Asset Find(string name) => _all[name];

    /// <summary>What an element that loads it says of its bytes.</summary>
    internal string IntegrityOf(string name) => _all[name].Integrity;

    internal static Assets Load()
    {
        const string folder = "wwwroot/";
        var assembly = typeof(Assets).Assembly;
        return new(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => Read(name[folder.Length..], assembly.GetManifestResourceStream(name)!))
            .ToDictionary(asset => asset.Name));
    }

    private static Asset Read(string name, Stream file)
    {
        using var memory = new MemoryStream();
        using (file) file.CopyTo(memory);
        var bytes = memory.ToArray();
        var type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".txt" => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        };
        return new(name, $"/assets/{Convert.ToHexStringLower(SHA256.HashData(bytes)[..8])}/{name}", $"sha256-{Convert.ToBase64String(SHA256.HashData(bytes))}", new(bytes, type, []));
    }

    internal sealed record Asset(string Name, string Path, string Integrity, PageCache.Page Page);
}
