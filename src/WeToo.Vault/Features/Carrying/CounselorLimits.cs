using NodaTime;
using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Carrying;

/// <summary>What a counselor takes on, as they said it. WEP-1, section 12.6.</summary>
/// <param name="Most">How many open cases at once; 0 when they take none.</param>
/// <param name="Weekly">How many new ones in seven days; null for as many as there are.</param>
/// <param name="QuietFrom">From this hour of their day nothing new reaches them; null when at any time it does.</param>
/// <param name="QuietUntil">Until this one; null like the first.</param>
/// <param name="Zone">Whose hours these are, by the tz database.</param>
/// <param name="NotBefore">Nothing new before this day, in days since 1970; null for any day.</param>
internal sealed record CounselorLimits(long Most, long? Weekly, long? QuietFrom, long? QuietUntil, string Zone, long? NotBefore)
{
    /// <summary>For somebody who said nothing: what one person can carry.</summary>
    internal static readonly CounselorLimits Unsaid = new(12, null, null, null, "UTC", null);

    private const long Most_cases = 99;
    private const long LastHour = 23;
    private const long LongestPause_days = 400;

    /// <summary>Whether this can be meant.</summary>
    /// <param name="today">Days since 1970.</param>
    internal bool CanBeMeant(long today) =>
        Most is >= 0 and <= Most_cases && Weekly is null or (>= 0 and <= Most_cases)
        && (QuietFrom is null) == (QuietUntil is null) && (QuietFrom is null || (QuietFrom != QuietUntil && IsHour(QuietFrom) && IsHour(QuietUntil)))
        && DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is not null
        && (NotBefore is null || (NotBefore > today && NotBefore <= today + LongestPause_days));

    /// <summary>How many more they take today.</summary>
    /// <param name="open">How many they have that have not ended.</param>
    /// <param name="lately">How many they were given in the last seven days.</param>
    /// <param name="today">Days since 1970.</param>
    internal long Room(long open, long lately, long today) => NotBefore > today ? 0 : Math.Max(0, Math.Min(Most - open, (Weekly ?? long.MaxValue) - lately));

    /// <summary>Whether they take anybody by some day, whatever they have now.</summary>
    internal bool TakesBy(long day) => Most > 0 && Weekly is not 0 && !(NotBefore > day);

    /// <summary>Whether these are their quiet hours.</summary>
    internal bool IsQuietAt(Instant now)
    {
        if (QuietFrom is not { } from || QuietUntil is not { } until) return false;

        var hour = now.InZone(DateTimeZoneProviders.Tzdb[Zone]).Hour;
        return from < until ? hour >= from && hour < until : hour >= from || hour < until;
    }

    /// <summary>What a counselor said; <see cref="Unsaid"/> when they said nothing.</summary>
    internal static CounselorLimits Of(Session session, byte[] counselor) => session.QueryOne<Row>(Sql.One, new { counselor })?.Limits ?? Unsaid;

    /// <summary>What everybody said who said anything, by signing key in hex.</summary>
    internal static Dictionary<string, CounselorLimits> All(Session session) =>
        session.Query<Row>(Sql.Every).ToDictionary(row => Convert.ToHexStringLower(row.Counselor), row => row.Limits);

    /// <summary>Forgets what those said who are on the team no more.</summary>
    internal static bool Settle(Session session, Roster roster)
    {
        session.Execute(Sql.Forget, session.Query<Row>(Sql.Every).Where(row => roster.Counselor(row.Counselor) is null).Select(row => new { row.Counselor }));
        return true;
    }

    /// <summary>Says it, in the place of what was said before.</summary>
    internal void Put(Session session, byte[] counselor) =>
        session.Execute(Sql.Put, new { counselor, most = Most, weekly = Weekly, quiet_from = QuietFrom, quiet_until = QuietUntil, zone = Zone, not_before = NotBefore });

    private static bool IsHour(long? hour) => hour is >= 0 and <= LastHour;

    private sealed record Row(byte[] Counselor, long Most, long? Weekly, long? QuietFrom, long? QuietUntil, string Zone, long? NotBefore)
    {
        internal CounselorLimits Limits => new(Most, Weekly, QuietFrom, QuietUntil, Zone, NotBefore);
    }

    private static class Sql
    {
        internal const string One = "SELECT counselor, most, weekly, quiet_from, quiet_until, zone, not_before FROM limits WHERE counselor = @counselor";

        internal const string Every = "SELECT counselor, most, weekly, quiet_from, quiet_until, zone, not_before FROM limits ORDER BY counselor";

        internal const string Forget = "DELETE FROM limits WHERE counselor = @Counselor";

        internal const string Put = """
            INSERT INTO limits (counselor, most, weekly, quiet_from, quiet_until, zone, not_before)
            VALUES (@counselor, @most, @weekly, @quiet_from, @quiet_until, @zone, @not_before)
            ON CONFLICT (counselor) DO UPDATE SET most = excluded.most, weekly = excluded.weekly, quiet_from = excluded.quiet_from,
                quiet_until = excluded.quiet_until, zone = excluded.zone, not_before = excluded.not_before
            """;
    }
}
