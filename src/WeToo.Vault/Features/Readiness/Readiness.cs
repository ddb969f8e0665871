using System.Text.Json;
using WeToo.Core.Keysets;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Readiness;

/// <summary>What is there, of what must be there before anybody may write here.</summary>
/// <param name="Counselors">How many counselors are on the roster and say that they take new cases.</param>
/// <param name="StandIns">How many more could be offered a case when one is away: further counselors, and people outside the team.</param>
/// <param name="Countries">For how many of the operator's countries there are help lines.</param>
/// <param name="MissingCountries">For how many there are none.</param>
public sealed record Staffing(int Counselors, int StandIns, int Countries, int MissingCountries)
{
    /// <summary>How many counselors it takes.</summary>
    public const int LeastCounselors = 2;

    /// <summary>How many stand-ins it takes.</summary>
    public const int LeastStandIns = 1;

    /// <summary>Whether whoever writes will find somebody.</summary>
    public bool IsEnough => Counselors >= LeastCounselors && StandIns >= LeastStandIns && Countries >= 1 && MissingCountries == 0;

    /// <summary>Counts. Whoever is away counts for nobody; how many cases somebody has plays no part, or a page that closes would tell of them.</summary>
    internal static Staffing Of(Roster? roster, IReadOnlySet<string> away, IReadOnlyList<string> countries, IReadOnlySet<string> withHelpLines)
    {
        int Count(TeamRole role) => roster?.Counselors.Count(one => one.Role == role && !away.Contains(Convert.ToHexStringLower(one.Signing.Span))) ?? 0;
        var (inside, outside) = (Count(TeamRole.Counselor), Count(TeamRole.Ombuds));
        var known = countries.Count(withHelpLines.Contains);
        return new(inside, Math.Max(0, inside - LeastCounselors) + outside, known, countries.Count - known);
    }
}

/// <summary>Whether intake is open: row O3. A place where nobody answers must not take what people write.</summary>
public sealed class Gate
{
    private static readonly HashSet<string> s_withHelpLines = Read();

    private readonly KeysetBoard _board;
    private readonly VaultOptions _options;

    internal Gate(KeysetBoard board, VaultOptions options) => (_board, _options) = (board, options);

    /// <summary>What is there now.</summary>
    public Staffing Staffing => Staffing.Of(_board.Current?.Roster, Away, _options.HelpCountries, s_withHelpLines);

    /// <summary>Who of the team takes nobody for now, by signing key in hex.</summary>
    internal IReadOnlySet<string> Away { get; set; } = new HashSet<string>();

    /// <summary>Whether the operator decided how long things stay: never a silent default.</summary>
    public bool HasRetention { get; internal set; }

    /// <summary>Whether everything is there.</summary>
    public bool IsReady => Staffing.IsEnough && HasRetention;

    /// <summary>Whether filings and new people are taken.</summary>
    public bool IsOpen => _options.OpenUnready || IsReady;

    /// <summary>The countries for which the pages have help lines.</summary>
    internal static IReadOnlySet<string> WithHelpLines => s_withHelpLines;

    private static HashSet<string> Read()
    {
        using var stream = typeof(Gate).Assembly.GetManifestResourceStream("helplines.json")!;
        using var lines = JsonDocument.Parse(stream);
        return [.. lines.RootElement.EnumerateArray().Select(line => line.GetProperty("country").GetString()!)];
    }
}
