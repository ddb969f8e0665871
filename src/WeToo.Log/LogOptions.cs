using System.ComponentModel.DataAnnotations;

namespace WeToo.Log;

/// <summary>What the log's operator decides: the section <c>Log</c> of its settings.</summary>
public sealed class LogOptions
{
    /// <summary>Where it listens, such as <c>http://127.0.0.1:8095</c>; port 0 takes a free one. TLS is for the proxy in front.</summary>
    [Required]
    public string Urls { get; set; } = "";

    /// <summary><c>Data Source=…</c> for SQLite (a file), <c>Host=…</c> for PostgreSQL. It holds the newest checkpoint: back it up together with the folder, and before it.</summary>
    [Required]
    public string Database { get; set; } = "";

    /// <summary>Where tiles lie. Everything in it may be served by any web server, as it is.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The log's name in every checkpoint: its address without the scheme, such as <c>log.example.org</c>. It never changes.</summary>
    [Required, RegularExpression(@"^[^\s+]+$")]
    public string Origin { get; set; } = "";

    /// <summary>The file of the key that signs checkpoints. It is drawn at the first start, and never changes.</summary>
    [Required]
    public string KeyFile { get; set; } = "";

    /// <summary>A C2SP tlog-policy: this log, its witnesses and where they answer, and the quorum without which no date is given.</summary>
    [Required]
    public string PolicyFile { get; set; } = "";

    /// <summary>The file of the secret by which the vault may add entries.</summary>
    [Required]
    public string AppendKeyFile { get; set; } = "";

    /// <summary>The file of the secret by which a publication may add what is of letters, and nothing else; empty for none.</summary>
    public string LettersKeyFile { get; set; } = "";

    /// <summary>A timestamp authority (RFC 3161) that dates each checkpoint beside the witnesses; none unless you say so.</summary>
    public Uri? TimestampUrl { get; set; }

    /// <summary>The certificates, in PEM, of the roots that its tokens must lead to.</summary>
    public string TimestampRootsFile { get; set; } = "";

    /// <summary>How long after a checkpoint witnesses are asked for the next one, at least, in milliseconds.</summary>
    [Range(0, 3_600_000)]
    public int WitnessEveryMilliseconds { get; set; } = 1000;
}
