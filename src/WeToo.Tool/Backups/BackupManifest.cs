using System.Globalization;
using System.Text.Json;
using WeToo.Hosting.Storage;

namespace WeToo.Tool.Backups;

/// <summary>What a backup holds: its last entry, <c>manifest.json</c>.</summary>
/// <param name="Wetoo"><c>backup/1</c>.</param>
/// <param name="MadeS">When it was made, in seconds since 1970.</param>
/// <param name="Hosts">Whose databases.</param>
/// <param name="Entries">Every entry before this one, in order.</param>
internal sealed record BackupManifest(string Wetoo, long MadeS, IReadOnlyList<SavedHost> Hosts, IReadOnlyList<SavedEntry> Entries)
{
    internal const string Name = "manifest.json";
    internal const string Format = "backup/1";

    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>When it was made, in words.</summary>
    internal string Made => DateTimeOffset.FromUnixTimeSeconds(MadeS).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, s_json);

    /// <exception cref="InvalidDataException">It is no manifest that this build reads.</exception>
    internal static BackupManifest Parse(byte[] bytes)
    {
        try
        {
            if (JsonSerializer.Deserialize<BackupManifest>(bytes, s_json) is { Wetoo: Format } manifest) return manifest;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new InvalidDataException("The backup has another format than this build reads.");
    }
}

/// <summary>One host's database.</summary>
/// <param name="Name">Such as <c>vault</c> or <c>keeper-1</c>.</param>
/// <param name="Engine">What it was kept in. It may be restored to the other.</param>
/// <param name="Migrations">The scripts it has had, by name, and the SHA-256 of each.</param>
/// <param name="Tables">Its tables, in the order in which they must be filled.</param>
internal sealed record SavedHost(string Name, Engine Engine, IReadOnlyDictionary<string, string> Migrations, IReadOnlyList<SavedTable> Tables);

/// <summary>One table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The order of the values in each row.</param>
/// <param name="Rows">How many.</param>
/// <param name="LastNumber">The last number that its counter gave; 0 where nothing counts.</param>
internal sealed record SavedTable(string Name, IReadOnlyList<string> Columns, long Rows, long LastNumber);

/// <summary>One entry of the archive.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">In hex.</param>
internal sealed record SavedEntry(string Name, long Bytes, string Sha256);
