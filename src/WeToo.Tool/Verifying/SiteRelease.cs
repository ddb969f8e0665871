using System.Text.Json;
using System.Text.Json.Serialization;
using WeToo.Vault.Features.Site;

namespace WeToo.Tool.Verifying;

/// <summary>One file that a site must serve.</summary>
/// <param name="Path">Where.</param>
/// <param name="Hash">SHA-256, in lower-case hexadecimal.</param>
internal sealed record ReleasedFile(string Path, string Hash);

/// <summary>What a site must serve: the files in this very program, or those that a list of another release names.</summary>
internal sealed class SiteRelease
{
    internal const string ListPath = "/files.json";
    private const string Format = "files/1";

    private SiteRelease(IReadOnlyList<ReleasedFile> files, ReadOnlyMemory<byte> list, string source) => (Files, List, Source) = (files, list, source);

    internal IReadOnlyList<ReleasedFile> Files { get; }

    /// <summary>Its <c>files.json</c>, to the byte: what the log has of a release.</summary>
    internal ReadOnlyMemory<byte> List { get; }

    /// <summary>Where the release comes from, for people.</summary>
    internal string Source { get; }

    internal static SiteRelease OfThisProgram()
    {
        var files = SiteFile.Load();
        return new([.. files.Select(file => new ReleasedFile(file.Path, file.Hash))], files.Single(file => file.Path == ListPath).Bytes, "the release in this program");
    }

    /// <summary>Reads the <c>files.json</c> of a release. It does not name itself, so a site's own list is held to the files it names.</summary>
    /// <exception cref="InvalidDataException">It is no such list.</exception>
    internal static SiteRelease Read(FileInfo file)
    {
        var list = File.ReadAllBytes(file.FullName);
        return new(Parse(list) ?? throw new InvalidDataException($"{file.Name} is no list of the files of a release."), list, file.Name);
    }

    /// <summary>The files that a list names; null when it is none.</summary>
    internal static IReadOnlyList<ReleasedFile>? Parse(ReadOnlySpan<byte> list)
    {
        try
        {
            return JsonSerializer.Deserialize<Listed>(list) is { Format: Format, Files: { Count: > 0 } files } && files.All(file => file is { Path: ['/', ..], Hash.Length: 64 })
                ? [.. files.Select(file => new ReleasedFile(file.Path!, file.Hash!))]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Listed([property: JsonPropertyName("format")] string? Format, [property: JsonPropertyName("files")] IReadOnlyList<ListedFile>? Files);

    private sealed record ListedFile([property: JsonPropertyName("path")] string? Path, [property: JsonPropertyName("sha256")] string? Hash);
}
