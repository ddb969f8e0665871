using System.ComponentModel.DataAnnotations;
using WeToo.Hosting.Keepers;

namespace WeToo.Vault;

/// <summary>What the vault's operator decides: the section <c>Vault</c> of its settings.</summary>
public sealed class VaultOptions
{
    /// <summary>Where it listens, such as <c>http://127.0.0.1:8080</c>; port 0 takes a free one. TLS is for the proxy in front.</summary>
    [Required]
    public string Urls { get; set; } = "";

    /// <summary><c>Data Source=…</c> for SQLite (a file), <c>Host=…</c> for PostgreSQL. Not the matcher's.</summary>
    [Required]
    public string Database { get; set; } = "";

    /// <summary>The signed keyset that a ceremony wrote; taken over at start when it is newer than the stored one.</summary>
    public string KeysetFile { get; set; } = "";

    /// <summary>The file of the secret that the matcher's operator sets as well.</summary>
    [Required]
    public string MatcherKeyFile { get; set; } = "";

    /// <summary>Where the matcher answers.</summary>
    [Required]
    public Uri? MatcherUrl { get; set; }

    /// <summary>Where the registrar answers.</summary>
    [Required]
    public Uri? RegistrarUrl { get; set; }

    /// <summary>Where the keepers answer.</summary>
    public IReadOnlyList<KeeperAddress> Keepers { get; set; } = [];

    /// <summary>How many days after a withdrawal the vault forgets which counselor had the case; authors are shown the day.</summary>
    [Range(1, 365)]
    public int EraseAfterDays { get; set; } = 30;

    /// <summary>The file of the key that signs what deletions say of themselves; made at the first one. Beside <see cref="MatcherKeyFile"/> unless you say otherwise.</summary>
    public string CertificateKeyFile
    {
        get => field.Length > 0 || MatcherKeyFile.Length == 0 ? field : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(MatcherKeyFile))!, "certificates.key");
        set;
    } = "";

    /// <summary>How much one author may store in sealed files, in bytes: 2 GiB unless you say otherwise.</summary>
    [Range(0, long.MaxValue)]
    public long FilesBytesPerAuthor { get; set; } = 2L * 1024 * 1024 * 1024;

    /// <summary>How much each of an author and their counselor may store in files sent with messages, in bytes: 32 MiB unless you say otherwise.</summary>
    [Range(0, long.MaxValue)]
    public long MailFilesBytesPerSide { get; set; } = 32L * 1024 * 1024;

    /// <summary>How many notes of friends it takes in an hour, from everybody together: so many at least, up to a third more, drawn anew for each hour. No address is looked at.</summary>
    [Range(1, 10_000)]
    public int NotesPerHour { get; set; } = 120;

    /// <summary>Where the log of dates answers; nothing is dated without one.</summary>
    public Uri? LogUrl { get; set; }

    /// <summary>The file of the secret that the log's operator sets as well.</summary>
    public string LogKeyFile { get; set; } = "";

    /// <summary>At which intervals entries go to the log, in seconds: a date is as fine as this. Whoever watches the log sees the interval and nothing else.</summary>
    [Range(1, 86_400)]
    public int LogEverySeconds { get; set; } = 600;

    /// <summary>Where Leave goes: a page that anybody might have open.</summary>
    [Required]
    public Uri LeaveUrl { get; set; } = new("https://www.bbc.com/weather");

    /// <summary>How neutral nudges are sent, if at all.</summary>
    public MailOptions Mail { get; set; } = new();

    /// <summary>The organisation's sign-in before the desk, if there is one.</summary>
    public SignInOptions SignIn { get; set; } = new();

    /// <summary>Where the counselors' days begin and end, such as <c>Europe/Paris</c>.</summary>
    [Required]
    public string DeskTimeZone { get; set; } = "UTC";

    /// <summary>The country whose working days the desk's clocks count, such as <c>FR</c>; <c>weekdays</c> knows no holidays.</summary>
    [Required]
    public string WorkingDays { get; set; } = "weekdays";

    /// <summary>The countries whose people write here, such as <c>FR</c>: each must have help lines in the pages, and there must be one, before intake opens.</summary>
    public IReadOnlyList<string> HelpCountries { get; set; } = [];

    /// <summary>Whether intake is open although there are too few people to answer. For trying out only: it is never right where somebody may mean it.</summary>
    public bool OpenUnready { get; set; }

    /// <summary>Whether it serves <c>/style</c> too, where those who work on the pages see every part of them.</summary>
    public bool ShowStyle { get; set; }
}
