using WeToo.Hosting.Storage;

namespace WeToo.Voices.Features.Allies;

/// <summary>What people who are affected ask of allies, as everybody sees it.</summary>
internal sealed record Ask
{
    public byte[] AskId { get; init; } = [];

    public string Language { get; init; } = "";

    public string Title { get; init; } = "";

    public string Text { get; init; } = "";

    /// <summary>As those who ask want to be named.</summary>
    public string Asker { get; init; } = "";

    public string State { get; init; } = "";

    /// <summary>In how many plans it was kept, as they say.</summary>
    public long Kept { get; init; }

    internal string Id => Convert.ToHexStringLower(AskId);
}

/// <summary>A plan, for who holds its link.</summary>
internal sealed record OwnCommitment(byte[] CommitmentId, byte[]? AskId, string Language, byte[] Plan, byte[] Address, long UntilDay, string State, long Quiet, long MadeS, long? BegunS);

/// <summary>A day on which somebody is asked what became of it.</summary>
internal sealed record CheckIn(byte[] CheckInId, long Day, long DueS, string State, byte[] Note, long? SaidS, string? Confirmed)
{
    internal string Id => Convert.ToHexStringLower(CheckInId);
}

/// <summary>What an ally says was kept, for those who asked.</summary>
internal sealed record Claim(byte[] CheckInId, byte[] CommitmentId, byte[] Plan, byte[] Note, long SaidS, string? Confirmed)
{
    internal string Id => Convert.ToHexStringLower(CheckInId);
}

/// <summary>Reads asks, plans and what became of them.</summary>
internal static class AllyReads
{
    private const long LeastShown = 10;
    private const long Step = 5;

    /// <summary>What is asked in a language, newest first.</summary>
    internal static IReadOnlyList<Ask> Shown(Session session, string language) => session.Query<Ask>(Sql.Shown, new { language });

    /// <summary>All asks, for the desk.</summary>
    internal static IReadOnlyList<Ask> All(Session session) => session.Query<Ask>(Sql.All);

    /// <summary>One ask, whatever its state.</summary>
    internal static Ask? FindAsk(Session session, byte[] ask) => session.QueryOne<Ask>(Sql.OneAsk, new { ask_id = ask });

    /// <summary>One plan.</summary>
    internal static OwnCommitment? Find(Session session, byte[] id) => session.QueryOne<OwnCommitment>(Sql.One, new { commitment_id = id });

    /// <summary>The days of a plan, the first first.</summary>
    internal static IReadOnlyList<CheckIn> CheckIns(Session session, byte[] id) => session.Query<CheckIn>(Sql.CheckIns, new { commitment_id = id });

    /// <summary>What allies who took an ask say they kept, what waits first.</summary>
    internal static IReadOnlyList<Claim> Claims(Session session, byte[] ask) => session.Query<Claim>(Sql.Claims, new { ask_id = ask });

    /// <summary>In how many plans something was kept; of those that take an ask only where who asked says so too.</summary>
    internal static long CountKept(Session session) => session.QueryOne<long>(Sql.CountKept);

    /// <summary>A number that may be shown: of ten or more, in fives; <see langword="null"/> for fewer.</summary>
    internal static long? Rounded(long count) => count < LeastShown ? null : (count + (Step / 2)) / Step * Step;

    private static class Sql
    {
        private const string IsKept = "i.state = 'kept' AND (m.ask_id IS NULL OR i.confirmed = 'yes')";

        private const string Asks = $"""
            SELECT a.ask_id, a.language, a.title, a.text, a.asker, a.state,
                (SELECT count(DISTINCT m.commitment_id) FROM commitments m JOIN check_ins i ON i.commitment_id = m.commitment_id WHERE m.ask_id = a.ask_id AND {IsKept}) AS kept
            FROM asks a
            """;

        internal const string Shown = $"{Asks} WHERE a.language = @language AND a.state = 'shown' ORDER BY a.made_s DESC, a.ask_id LIMIT 100";

        internal const string All = $"{Asks} ORDER BY a.made_s DESC, a.ask_id LIMIT 500";

        internal const string OneAsk = $"{Asks} WHERE a.ask_id = @ask_id";

        internal const string One = "SELECT commitment_id, ask_id, language, plan, address, until_day, state, quiet, made_s, begun_s FROM commitments WHERE commitment_id = @commitment_id";

        internal const string CheckIns = "SELECT check_in_id, day, due_s, state, note, said_s, confirmed FROM check_ins WHERE commitment_id = @commitment_id ORDER BY due_s, day";

        internal const string Claims = """
            SELECT i.check_in_id, m.commitment_id, m.plan, i.note, i.said_s, i.confirmed
            FROM check_ins i JOIN commitments m ON m.commitment_id = i.commitment_id
            WHERE m.ask_id = @ask_id AND i.state = 'kept' AND m.state <> 'deleted' ORDER BY CASE WHEN i.confirmed IS NULL THEN 0 ELSE 1 END, i.said_s DESC, i.check_in_id LIMIT 200
            """;

        internal const string CountKept = $"SELECT count(DISTINCT m.commitment_id) FROM commitments m JOIN check_ins i ON i.commitment_id = m.commitment_id WHERE {IsKept}";
    }
}
