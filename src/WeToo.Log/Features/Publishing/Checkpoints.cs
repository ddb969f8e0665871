using WeToo.Core.Log;
using WeToo.Hosting.Storage;
using WeToo.Log.Store;

namespace WeToo.Log.Features.Publishing;

/// <summary>The checkpoints that the policy's witnesses saw: nothing else is shown to anybody.</summary>
internal sealed class Checkpoints(Database database, Disk disk)
{
    private const string File = "checkpoint";

    /// <summary>The newest, as it is served; null when there is none.</summary>
    internal Task<string?> NewestAsync(CancellationToken cancel) => database.ReadAsync(session => session.QueryOne<string>(Sql.Newest), cancel);

    /// <summary>The first that has an entry: what dates it. Null when there is none yet.</summary>
    internal Task<string?> FirstWithAsync(ulong position, CancellationToken cancel) =>
        database.ReadAsync(session => session.QueryOne<string>(Sql.FirstWith, new { position = (long)position }), cancel);

    /// <summary>The token of a timestamp authority for the checkpoint of a size; null when there is none.</summary>
    internal Task<byte[]?> TokenAsync(ulong size, CancellationToken cancel) => database.ReadAsync(session => session.QueryOne<byte[]>(Sql.Token, new { size = (long)size }), cancel);

    /// <summary>Publishes a checkpoint. One that is there stays as it is.</summary>
    internal async Task PublishAsync(ulong size, SignedNote note, byte[]? token, CancellationToken cancel)
    {
        var text = note.ToText();
        _ = await database.TransactAsync(session => session.Execute(Sql.Publish, new { size = (long)size, note = text, token }), cancel);
        if (await NewestAsync(cancel) == text) disk.Write([(File, System.Text.Encoding.UTF8.GetBytes(text))]);
    }

    private static class Sql
    {
        internal const string Newest = "SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1";

        internal const string FirstWith = "SELECT note FROM checkpoints WHERE size > @position ORDER BY size LIMIT 1";

        internal const string Token = "SELECT token FROM checkpoints WHERE size = @size AND token IS NOT NULL";

        internal const string Publish = "INSERT INTO checkpoints (size, note, token) VALUES (@size, @note, @token) ON CONFLICT (size) DO NOTHING";
    }
}
