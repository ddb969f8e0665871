using System.Security.Cryptography;
using WeToo.Core.Log;
using WeToo.Hosting.Storage;

namespace WeToo.Log.Store;

/// <summary>
/// Writes the log, as the one writer of a cluster. The new checkpoint takes the place of the old one in the database together with the entries it adds; only then are their tiles written, so a crash at any moment leaves a
/// checkpoint whose tiles are there or can be written again, to the same bytes. One call at a time.
/// </summary>
/// <param name="database">The head and where each entry is.</param>
/// <param name="folder">The tiles.</param>
/// <param name="key">Signs.</param>
/// <param name="time">For the lease.</param>
internal sealed class LogWriter(Database database, TileFolder folder, LogKey key, TimeProvider time)
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(6);

    private readonly byte[] _me = RandomNumberGenerator.GetBytes(16);
    private Growth? _end;
    private string _note = "";
    private long _fence = -1;
    private long _until;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Takes the pen and finishes what a writer before left unfinished.</summary>
    /// <returns>The newest checkpoint, empty when there is no entry; null when another process has the pen.</returns>
    internal async Task<string?> TakeAsync(CancellationToken cancel)
    {
        var (now, until) = (Now, Now + (long)s_lease.TotalMilliseconds);
        if (_end is not null && now < _until - (s_lease.TotalMilliseconds / 2)) return _note; // Should it have been taken all the same, the fence holds.

        var head = await database.TransactAsync(session => Take(session, new { me = _me, now, until, root = Merkle.EmptyRoot.ToArray(), nothing = Array.Empty<byte>() }), cancel);
        if (head is null) return null;

        if (_end is null || head.Fence != _fence || (ulong)head.Size != _end.Edge.Size) _end = Recover(head);
        (_fence, _note, _until) = (head.Fence, head.Note, until);
        return head.Note;
    }

    /// <summary>Adds entries, each once, and returns when they are on the disk with their tiles.</summary>
    /// <returns>Where each is and the newest checkpoint; null when another process has the pen.</returns>
    internal async Task<(IReadOnlyList<ulong> Positions, string Note)?> AppendAsync(IReadOnlyList<byte[]> entries, CancellationToken cancel)
    {
        if (await TakeAsync(cancel) is null) return null;

        var known = await KnownAsync(entries, cancel);
        List<byte[]> added = [];
        foreach (var entry in entries)
            if (known.TryAdd(Convert.ToHexString(entry), _end!.Edge.Size + (ulong)added.Count)) added.Add(entry);
        if (added.Count > 0 && !await CommitAsync(added, cancel)) return null;

        return ([.. entries.Select(entry => known[Convert.ToHexString(entry)])], _note);
    }

    /// <summary>Lays the pen down, so that another process need not wait for the lease.</summary>
    internal Task ReleaseAsync(CancellationToken cancel)
    {
        _end = null;
        return database.TransactAsync(session => session.Execute(Sql.Release, new { me = _me }), cancel);
    }

    private async Task<bool> CommitAsync(List<byte[]> added, CancellationToken cancel)
    {
        var before = _end!.Edge.Size;
        var (next, files, whole) = _end.Add(added);
        var root = next.Edge.Root();
        var note = key.Sign(next.Edge.Size, root).ToText();
        _end = null; // Until all of it is done, nobody knows what is: whoever comes next reads it.
        var row = new
        {
            before = (long)before, size = (long)next.Edge.Size, root, note, staged = added.SelectMany(entry => entry).ToArray(), me = _me, fence = _fence,
            until = Now + (long)s_lease.TotalMilliseconds,
        };
        var isOurs = await database.TransactAsync(
            session =>
            {
                if (session.Execute(Sql.Advance, row) == 0) return false;
                session.Execute(Sql.Place, added.Select((entry, i) => new { entry, position = row.before + i }));
                return true;
            },
            cancel);
        if (!isOurs) return false;

        folder.Write(files, whole);
        (_end, _note, _until) = (next, note, row.until);
        return true;
    }

    private static Head? Take(Session session, object row)
    {
        session.Execute(Sql.Begin, row);
        session.Execute(Sql.Take, row);
        session.Execute(Sql.Keep, row);
        return session.QueryOne<Head>(Sql.Own, row);
    }

    /// <summary>Reads the end of the log, and writes the tiles that the head has and the folder may lack.</summary>
    private Growth Recover(Head head)
    {
        var end = Growth.TryLoad((ulong)head.Tiled, folder) ?? throw new InvalidDataException("Tiles are missing in the folder of the log. Restore it from the same backup as the database.");
        if (head.Staged.Length > 0)
        {
            (end, var files, var whole) = end.Add([.. head.Staged.Chunk(LogEntry.Size)]);
            folder.Write(files, whole);
        }

        var isWhole = end.Edge.Size == (ulong)head.Size && end.Edge.Root().AsSpan().SequenceEqual(head.Root);
        return isWhole ? end : throw new InvalidDataException("The folder of the log does not fit its newest checkpoint. Restore both from the same backup.");
    }

    private async Task<Dictionary<string, ulong>> KnownAsync(IReadOnlyList<byte[]> entries, CancellationToken cancel)
    {
        Dictionary<string, ulong> known = [];
        var positions = await database.ReadAsync(session => entries.Select(entry => session.QueryOne<long?>(Sql.Known, new { entry })).ToList(), cancel);
        foreach (var (entry, position) in entries.Zip(positions))
            if (position is { } at) known[Convert.ToHexString(entry)] = (ulong)at;
        return known;
    }

    private sealed record Head(long Size, byte[] Root, string Note, long Tiled, byte[] Staged, long Fence);

    private static class Sql
    {
        internal const string Begin = """
            INSERT INTO head (id, size, root, note, tiled, staged, writer, fence, until_ms) VALUES (1, 0, @root, '', 0, @nothing, @me, 0, @until)
            ON CONFLICT (id) DO NOTHING
            """;

        internal const string Take = "UPDATE head SET writer = @me, fence = fence + 1, until_ms = @until WHERE id = 1 AND writer <> @me AND until_ms < @now";

        internal const string Keep = "UPDATE head SET until_ms = @until WHERE id = 1 AND writer = @me";

        internal const string Release = "UPDATE head SET until_ms = 0 WHERE id = 1 AND writer = @me";

        internal const string Own = "SELECT size, root, note, tiled, staged, fence FROM head WHERE id = 1 AND writer = @me";

        /// <summary>The fence: whoever lost the pen changes nothing.</summary>
        internal const string Advance = """
            UPDATE head SET size = @size, root = @root, note = @note, tiled = @before, staged = @staged, until_ms = @until
            WHERE id = 1 AND size = @before AND writer = @me AND fence = @fence
            """;

        internal const string Place = "INSERT INTO entries (entry, position) VALUES (@entry, @position)";

        internal const string Known = "SELECT position FROM entries WHERE entry = @entry";
    }
}
