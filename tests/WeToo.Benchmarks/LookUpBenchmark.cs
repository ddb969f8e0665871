using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using WeToo.Hosting.Storage;
using WeToo.Matcher;
using WeToo.Matcher.Store;

namespace WeToo.Benchmarks;

/// <summary>The matcher's look-up for one filing, four slips, among ever more stored filings. Slips are stored with a short stand-in for their message.</summary>
internal static class LookUpBenchmark
{
    private const int LookUps = 4000;

    internal static async Task RunAsync(string[] sizes)
    {
        long[] filings = sizes.Length > 0 ? [.. sizes.Select(size => long.Parse(size, CultureInfo.InvariantCulture))] : [10_000, 100_000, 1_000_000, 10_000_000];
        Console.WriteLine("| stored filings | µs for a filing's four look-ups, median | growth |");
        Console.WriteLine("|---|---|---|");
        double? first = null;
        foreach (var count in filings)
        {
            var took = await MeasureAsync(count);
            first ??= took;
            Console.WriteLine($"| {count:N0} | {took:N1} | {took / first:N2} |");
        }
    }

    private static async Task<double> MeasureAsync(long count)
    {
        var folder = Directory.CreateTempSubdirectory("wetoo-look-up-").FullName;
        var took = await TimesAsync(folder, count);
        Directory.Delete(folder, recursive: true);
        return took.Order().ElementAt(took.Count / 2);
    }

    private static async Task<List<double>> TimesAsync(string folder, long count)
    {
        using var keys = new MatcherKeys(Path.Combine(folder, "matcher.key"));
        using var database = Database.Open($"Data Source={Path.Combine(folder, "matcher.db")}");
        await Migrations.ApplyAsync(database, typeof(MatcherHost).Assembly, TimeProvider.System, CancellationToken.None);
        await database.TransactAsync(session => session.Execute(Sql.FillFilings, new { count }), CancellationToken.None);
        await database.TransactAsync(session => session.Execute(Sql.DropIndex), CancellationToken.None);
        await database.TransactAsync(session => session.Execute(Sql.FillStandings, new { count }), CancellationToken.None);
        await database.TransactAsync(session => session.Execute(Sql.MakeIndex), CancellationToken.None);
        var standings = new Standings(database, keys);
        _ = await TimesAsync(database, standings, count); // Warms code and caches.
        return await TimesAsync(database, standings, count);
    }

    private static async Task<List<double>> TimesAsync(Database database, Standings standings, long count)
    {
        var times = new List<double>();
        for (var i = 0; i < LookUps; i++)
        {
            var filing = 1 + (long)(RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue * (count - 1));
            var tags = await database.ReadAsync(session => session.Query<byte[]>(Sql.Tags, new { filing }), CancellationToken.None);
            var start = Stopwatch.GetTimestamp();
            foreach (var tag in tags) _ = await standings.SharingAsync(tag, long.MaxValue, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return times;
    }

    private static class Sql
    {
        internal const string FillFilings = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)
            INSERT INTO filings (filing, name, message, counts_from_s, due_s) SELECT i, randomblob(16), zeroblob(64), 0, NULL FROM n
            """;

        internal const string FillStandings = """
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4 * @count - 1)
            INSERT INTO standings (tag, filing, slip, rung) SELECT randomblob(16), i / 4 + 1, i % 4, 1 FROM n ORDER BY 1
            """;

        /// <summary>Made again afterwards in one pass: filling it row by row would take an hour for ten million filings.</summary>
        internal const string DropIndex = "DROP INDEX standings_of_filing";

        internal const string MakeIndex = "CREATE INDEX standings_of_filing ON standings (filing, slip, rung)";

        internal const string Tags = "SELECT tag FROM standings WHERE filing = @filing";
    }
}
