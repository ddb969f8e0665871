using System.ComponentModel.DataAnnotations;
using WeToo.Voices.Mails;

namespace WeToo.Voices;

/// <summary>What the operator of a publication decides: the section <c>Voices</c> of the settings.</summary>
public sealed class VoicesOptions
{
    /// <summary>Where it listens, such as <c>http://127.0.0.1:8090</c>; port 0 takes a free one. TLS is for the proxy in front.</summary>
    [Required]
    public string Urls { get; set; } = "";

    /// <summary><c>Data Source=…</c> for SQLite (a file), <c>Host=…</c> for PostgreSQL. Nobody else's.</summary>
    [Required]
    public string Database { get; set; } = "";

    /// <summary>Its address as readers know it, such as <c>https://voices.example.org</c>: for links in mails, feeds and share pictures, and needed where mails are sent. Not the private side's.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>What the publication is called.</summary>
    [Required, StringLength(60)]
    public string Name { get; set; } = "Voices";

    /// <summary>The languages that people can read it in, the first for those who ask for none of them.</summary>
    [MinLength(1)]
    public IReadOnlyList<string> Languages { get; set; } = [.. Texts.Languages.All];

    /// <summary>The file of the secret under which mail addresses are stored and links are made; made at the first start. Keep it apart from the database, and for ever.</summary>
    [Required]
    public string KeyFile { get; set; } = "";

    /// <summary>How mails are sent, if at all.</summary>
    public VoicesMailOptions Mail { get; set; } = new();

    /// <summary>How many writes may wait at once; who comes after that is asked to try again.</summary>
    [Range(1, 1_000_000)]
    public int MostWaitingWrites { get; set; } = 2_000;

    /// <summary>How much may be written without an account in a minute, about one piece; four times as much in a burst, and about all together. Whoever comes then waits, or has their device do a sum. 0 for no bound.</summary>
    [Range(0, 100_000)]
    public int FreeWritesPerMinute { get; set; } = 30;

    /// <summary>How many may have the counters of a page told to them at once; the pages of others stay as they were loaded.</summary>
    [Range(0, 100_000)]
    public int MostLiveReaders { get; set; } = 2_000;

    /// <summary>How often counters are told, in seconds: what happened in between is told together.</summary>
    [Range(1, 3600)]
    public int LiveEverySeconds { get; set; } = 5;

    /// <summary>A place where somebody can write down for themselves what happened: a plain link above the form of a note to an author. None unless you say so, and without anything that is carried along.</summary>
    public Uri? WriteForYourselfUrl { get; set; }

    /// <summary>How much memory finished pages may take, in bytes.</summary>
    [Range(0, long.MaxValue)]
    public long PageCacheBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The log of dates, when letters and how many signed them are to be dated; none unless you say so.</summary>
    public Uri? LogUrl { get; set; }

    /// <summary>The file of the secret by which letters may be added: the log's <c>LettersKeyFile</c>.</summary>
    public string LogKeyFile { get; set; } = "";

    /// <summary>How often the log is told, in seconds.</summary>
    [Range(1, 86_400)]
    public int LogEverySeconds { get; set; } = 600;
}
