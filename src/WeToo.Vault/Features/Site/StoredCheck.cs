using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Site;

/// <summary>Tells the operator at the start when the database has what the page <c>/stored</c> does not describe: somebody has added it.</summary>
internal sealed partial class StoredCheck(Database database, ILogger<StoredCheck> log)
{
    internal async Task LookAsync(CancellationToken cancel)
    {
        var tables = await database.ReadAsync(session => Tables.Of(session, database.Engine), cancel);
        if (Stored.Undescribed("vault", tables) is { Count: > 0 } undescribed) Undescribed(log, undescribed.Count);
    }

    [LoggerMessage(1, LogLevel.Warning, "The database has {Count} fields that the page of what is stored does not describe")]
    private static partial void Undescribed(ILogger logger, int count);
}
