using System.ComponentModel.DataAnnotations;
using WeToo.Hosting.Keepers;

namespace WeToo.Matcher;

/// <summary>What the matcher's operator decides: the section <c>Matcher</c> of its settings.</summary>
public sealed class MatcherOptions
{
    /// <summary>Where it listens, such as <c>http://127.0.0.1:8090</c>; port 0 takes a free one.</summary>
    [Required]
    public string Urls { get; set; } = "";

    /// <summary><c>Data Source=…</c> for SQLite (a file), <c>Host=…</c> for PostgreSQL. Not the vault's.</summary>
    [Required]
    public string Database { get; set; } = "";

    /// <summary>The file of the pepper and of the key that slips are boxed for, made at the first start. Kept apart from the database and its backups.</summary>
    [Required]
    public string KeyFile { get; set; } = "";

    /// <summary>The vault's address.</summary>
    [Required]
    public Uri? VaultUrl { get; set; }

    /// <summary>The file of the secret that both operators set.</summary>
    [Required]
    public string VaultKeyFile { get; set; } = "";

    /// <summary>Where the keepers answer.</summary>
    public IReadOnlyList<KeeperAddress> Keepers { get; set; } = [];

    /// <summary>Shortest random delay before a filing is looked at, in hours. 0 is for demonstrations.</summary>
    [Range(0, 8760)]
    public int DelayHoursLeast { get; set; } = 6;

    /// <summary>Longest random delay before a filing is looked at, in hours.</summary>
    [Range(0, 8760)]
    public int DelayHoursMost { get; set; } = 72;
}
