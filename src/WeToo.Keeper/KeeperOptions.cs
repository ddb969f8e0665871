using System.ComponentModel.DataAnnotations;

namespace WeToo.Keeper;

/// <summary>What a keeper's operator decides: the section <c>Keeper</c> of its settings.</summary>
public sealed class KeeperOptions
{
    /// <summary>Where it listens, such as <c>http://127.0.0.1:8101</c>; port 0 takes a free one. TLS is for the proxy in front.</summary>
    [Required]
    public string Urls { get; set; } = "";

    /// <summary><c>Data Source=…</c> for SQLite (a file), <c>Host=…</c> for PostgreSQL. Nobody else may use this database.</summary>
    [Required]
    public string Database { get; set; } = "";

    /// <summary>The file of <c>wetoo keeper init</c>, readable by this user only. Without it the shares in the database cannot be read.</summary>
    [Required]
    public string KeyFile { get; set; } = "";

    /// <summary>The organisation, as people will read it in the keyset.</summary>
    [Required, StringLength(100)]
    public string Name { get; set; } = "";

    /// <summary>Evaluations for one pseudonym in one day.</summary>
    [Range(1, 1000)]
    public int EvaluationsPerDay { get; set; } = 2;

    /// <summary>Evaluations for one pseudonym in 30 days.</summary>
    [Range(1, 1000)]
    public int EvaluationsPer30Days { get; set; } = 5;

    /// <summary>How often one counselor may check codes again in one day.</summary>
    [Range(1, 1000)]
    public int RechecksPerDay { get; set; } = 6;

    /// <summary>How often one counselor may check codes again in 30 days.</summary>
    [Range(1, 1000)]
    public int RechecksPer30Days { get; set; } = 40;

    /// <summary>Who says yes to a new revision of the keyset, and to the plan of a key ceremony.</summary>
    public Approval ApproveKeysets { get; set; } = Approval.Manual;

    /// <summary>Its name as a witness of logs, such as <c>keeper.example.org/witness</c>; empty: it is none.</summary>
    [RegularExpression(@"^[^\s+]*$")]
    public string WitnessName { get; set; } = "";

    /// <summary>The logs that it witnesses: their keys, as <c>wetoo log key</c> prints them.</summary>
    public IReadOnlyList<string> WitnessLogs { get; set; } = [];

    /// <summary>The other keepers this operator accepts in a key ceremony, compared by voice or in person.</summary>
    public IReadOnlyList<KeeperPeer> Peers { get; set; } = [];
}

/// <summary>Who approves what a keeper signs.</summary>
public enum Approval
{
    /// <summary>The operator, by <c>wetoo keeper approve</c> on the keeper's own machine.</summary>
    Manual,

    /// <summary>Nobody: whatever the protocol allows is signed. For the embedded default, where there is one operator.</summary>
    Automatic,
}

/// <summary>Another keeper, as this operator knows it.</summary>
public sealed class KeeperPeer
{
    /// <summary>The organisation.</summary>
    [Required, StringLength(100)]
    public string Name { get; set; } = "";

    /// <summary>Its static ceremony key, 32 bytes in hexadecimal, as its <c>wetoo keeper init</c> printed it.</summary>
    [Required, RegularExpression("^[0-9a-f]{64}$")]
    public string StaticKey { get; set; } = "";

    /// <summary>Its signing key, 32 bytes in hexadecimal.</summary>
    [Required, RegularExpression("^[0-9a-f]{64}$")]
    public string SigningKey { get; set; } = "";

    /// <summary>Where it answers. For people and the coordinator: keepers do not call each other.</summary>
    public string Address { get; set; } = "";
}
