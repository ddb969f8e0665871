using System.ComponentModel.DataAnnotations;

namespace WeToo.Registrar;

/// <summary>How a person shows that they are one person.</summary>
public enum CredentialMode
{
    /// <summary>By an invitation code that somebody handed them.</summary>
    Invitation,

    /// <summary>By work that their device does: open to everybody, and dear to whoever wants many.</summary>
    Work,
}

/// <summary>What the registrar's operator decides: the section <c>Registrar</c> of its settings.</summary>
public sealed class RegistrarOptions
{
    /// <summary>Where it listens, such as <c>http://127.0.0.1:8091</c>; port 0 takes a free one.</summary>
    [Required]
    public string Urls { get; set; } = "";

    /// <summary><c>Data Source=…</c> for SQLite (a file), <c>Host=…</c> for PostgreSQL.</summary>
    [Required]
    public string Database { get; set; } = "";

    /// <summary>The signing key, PKCS #8, readable by this user only; made at the first start.</summary>
    [Required]
    public string SigningKeyFile { get; set; } = "";

    /// <summary>The pepper of codes and challenges; made at the first start. Kept apart from the database and its backups.</summary>
    [Required]
    public string PepperFile { get; set; } = "";

    /// <summary>How credentials are given.</summary>
    public CredentialMode Mode { get; set; } = CredentialMode.Invitation;

    /// <summary>Leading zero bits that work must show. 20 is about a second on a phone.</summary>
    [Range(1, 40)]
    public int WorkBits { get; set; } = 20;
}
