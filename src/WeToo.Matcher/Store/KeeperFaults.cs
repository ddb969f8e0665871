using WeToo.Hosting.Storage;

namespace WeToo.Matcher.Store;

/// <summary>How often each keeper's answer did not verify: for the operator, who asks that keeper what is the matter.</summary>
internal sealed partial class KeeperFaults(Database database, ILogger<KeeperFaults> log)
{
    internal async Task RecordAsync(IReadOnlyList<int> faulty, CancellationToken cancel)
    {
        if (faulty.Count == 0) return;

        foreach (var index in faulty) Lied(log, index);
        _ = await database.TransactAsync(session => session.Execute(Sql.Record, faulty.Select(index => new { keeper_index = (long)index })), cancel);
    }

    [LoggerMessage(1, LogLevel.Warning, "Keeper {Index} gave an answer that does not verify")]
    private static partial void Lied(ILogger logger, int index);

    private static class Sql
    {
        internal const string Record = """
            INSERT INTO keeper_faults (keeper_index, times) VALUES (@keeper_index, 1)
            ON CONFLICT (keeper_index) DO UPDATE SET times = keeper_faults.times + 1
            """;
    }
}
