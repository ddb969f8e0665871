namespace WeToo.Vault.Features.Retention;

/// <summary>What is deleted after a time. The names stand in certificates.</summary>
public enum RetentionKind
{
    /// <summary>What both sides said to each other, and their files, some time after a case has ended.</summary>
    Mail,

    /// <summary>All the rest of a case that has ended: contact, account, additions, files, findings, who had it.</summary>
    Cases,

    /// <summary>People who asked to join the team and are not on it.</summary>
    Candidates,

    /// <summary>The register of requests from outside.</summary>
    Requests,
}

/// <summary>How long things stay after they have ended, in months of the calendar: what an operator decides, and must decide before intake opens.</summary>
/// <param name="Mail">After a case has ended.</param>
/// <param name="Cases">After a case has ended.</param>
/// <param name="Candidates">After somebody asked to join the team.</param>
/// <param name="Requests">After a request from outside.</param>
public sealed record RetentionPeriods(int Mail, int Cases, int Candidates, int Requests)
{
    /// <summary>What is right nearly everywhere for candidates, and for requests.</summary>
    public const int UsualCandidates = 3, UsualRequests = 36;

    /// <summary>The most for what was said, unless an operator decides otherwise.</summary>
    public const int UsualMail = 12;

    private const int LeastMail = 2, LeastCases = 6, Most = 120;

    /// <summary>
    /// After closing, by the laws of some countries on reports of wrongdoing, as one overview has them. No advice: such a law may not be meant for a place like this,
    /// and an operator's counsel knows. There is no period for a country that is not here, and none is guessed.
    /// </summary>
    private static readonly Dictionary<string, int> s_cases = new()
    {
        ["AT"] = 60, ["BE"] = 60, ["DE"] = 36, ["DK"] = 60, ["FI"] = 60, ["IT"] = 60, ["PL"] = 15, ["PT"] = 60, ["SE"] = 24,
    };

    /// <summary>The countries that a period for cases is known of.</summary>
    public static IEnumerable<string> Countries => s_cases.Keys.Order(StringComparer.Ordinal);

    /// <summary>Usual periods around one for cases.</summary>
    public static RetentionPeriods Around(int cases) => new(Math.Min(cases, UsualMail), cases, UsualCandidates, UsualRequests);

    /// <summary>What one country's law suggests.</summary>
    /// <returns>Null when nothing is known of it.</returns>
    public static int? CasesIn(string country)
    {
        ArgumentNullException.ThrowIfNull(country);
        return s_cases.TryGetValue(country.ToUpperInvariant(), out var months) ? months : null;
    }

    /// <summary>Whether they can be meant.</summary>
    /// <exception cref="ArgumentException">They cannot; the message says which.</exception>
    public void Validate()
    {
        Between(Cases, LeastCases, Most, "cases");
        Between(Mail, LeastMail, Cases, "mail");
        Between(Candidates, 1, Most, "candidates");
        Between(Requests, 1, Most, "requests");
    }

    /// <summary>How long one kind stays.</summary>
    public int Of(RetentionKind kind) => kind switch
    {
        RetentionKind.Mail => Mail,
        RetentionKind.Cases => Cases,
        RetentionKind.Candidates => Candidates,
        _ => Requests,
    };

    /// <summary>Whether anything stays shorter than before.</summary>
    internal bool IsShorterThan(RetentionPeriods before) => Enum.GetValues<RetentionKind>().Any(kind => Of(kind) < before.Of(kind));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Enum.GetValues<RetentionKind>().Select(kind => $"{kind} {Of(kind)} months"));

    private static void Between(int months, int least, int most, string what)
    {
        if (months < least || months > most) throw new ArgumentException($"The period for {what} is {months} months: it can be {least} to {most}.");
    }
}
