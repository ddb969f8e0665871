using System.Security.Cryptography;
using System.Text;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Audit;

namespace WeToo.Vault.Features.Statistics;

/// <summary>What is said of a year. There is no part of it: no month, no unit, no role.</summary>
public enum Figure
{
    /// <summary>People who told a counselor that they may be counted.</summary>
    People,

    /// <summary>Matches that opened, among people who may be counted. Nothing where too few people are covered.</summary>
    Matches,
}

/// <summary>
/// The figures of whole years, in words, once and for ever. Who may be counted stands in authors' own copies, which we cannot read: so this program counts nobody,
/// and takes what counselors counted among those who told them yes. The numbers themselves are not kept.
/// </summary>
public static class YearBook
{
    /// <summary>Publishes a year that is over; what was published before stays as it was.</summary>
    /// <param name="database">The vault's.</param>
    /// <param name="year">Such as 2026.</param>
    /// <param name="people">What counselors counted.</param>
    /// <param name="matches">Likewise; null when nobody counted.</param>
    /// <param name="covered">How many people could have written here.</param>
    /// <param name="time">The clock: the year must be over, in UTC.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What holds for the year now.</returns>
    /// <exception cref="InvalidOperationException">The year is not over.</exception>
    public static async Task<IReadOnlyDictionary<Figure, string>> PublishAsync(
        Database database, int year, long people, long? matches, long covered, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(time);
        if (year >= time.GetUtcNow().Year) throw new InvalidOperationException($"{year} is not over. Figures are of whole years, and are never live.");

        var said = new Dictionary<Figure, string> { [Figure.People] = SmallNumbers.Words(people) };
        if (matches is { } count && SmallNumbers.Matches(count, covered) is { } words) said[Figure.Matches] = words;
        return await database.TransactAsync(session => Keep(session, year, said, time), cancel);
    }

    /// <summary>What was published of a year.</summary>
    /// <param name="database">The vault's.</param>
    /// <param name="year">Such as 2026.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Empty when nothing was.</returns>
    public static Task<IReadOnlyDictionary<Figure, string>> ReadAsync(Database database, int year, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.ReadAsync(session => Of(session, year), cancel);
    }

    /// <summary>A year is published as a whole: a figure left out then is left out for ever.</summary>
    private static IReadOnlyDictionary<Figure, string> Keep(Session session, int year, Dictionary<Figure, string> said, TimeProvider time)
    {
        if (Of(session, year) is { Count: > 0 } before) return before;

        session.Execute(Sql.Publish, said.Select(one => new { year = (long)year, figure = $"{one.Key}", words = one.Value }));
        OperatorLog.Append(session, time, OperatorAct.StatisticsPublished, SHA256.HashData(Encoding.UTF8.GetBytes($"{year} {string.Join(", ", said)}")));
        return said;
    }

    private static IReadOnlyDictionary<Figure, string> Of(Session session, int year) =>
        session.Query<(string Figure, string Words)>(Sql.Read, new { year = (long)year }).ToDictionary(row => Enum.Parse<Figure>(row.Figure), row => row.Words);

    private static class Sql
    {
        internal const string Publish = "INSERT INTO statistics (year, figure, words) VALUES (@year, @figure, @words)";

        internal const string Read = "SELECT figure, words FROM statistics WHERE year = @year ORDER BY figure";
    }
}
