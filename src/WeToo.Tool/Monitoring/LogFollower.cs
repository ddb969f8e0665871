using WeToo.Core.Log;

namespace WeToo.Tool.Monitoring;

/// <summary>What may be wrong with a log.</summary>
internal enum LogAlarm
{
    /// <summary>What it serves as its checkpoint is none of its own.</summary>
    NotSigned,

    /// <summary>The policy's witnesses have not seen it, or too few.</summary>
    NotWitnessed,

    /// <summary>It shows an older state than before.</summary>
    RolledBack,

    /// <summary>It shows another log of the same size.</summary>
    Forked,

    /// <summary>What was there before is not the beginning of what is there now.</summary>
    Rewritten,

    /// <summary>Tiles or entries are missing or cut.</summary>
    Missing,

    /// <summary>No witness has seen anything new for too long.</summary>
    Silent,
}

/// <summary>What one look at a log gave.</summary>
/// <param name="Alarm">What is wrong, if anything.</param>
/// <param name="Note">The newest checkpoint that holds; null when none does.</param>
/// <param name="Size">Its size.</param>
/// <param name="Added">How many entries came since the last look, by the first byte of each.</param>
/// <param name="AtSeconds">When its witnesses saw it.</param>
internal sealed record LogLook(LogAlarm? Alarm, SignedNote? Note, ulong Size, IReadOnlyDictionary<byte, int> Added, ulong? AtSeconds);

/// <summary>Follows a log: reads every entry that is new and holds that the old tree with these is the new tree.</summary>
/// <param name="reader">The log.</param>
/// <param name="policy">Whom somebody believes.</param>
/// <param name="time">To tell silence.</param>
internal sealed class LogFollower(LogReader reader, LogPolicy policy, TimeProvider time)
{
    /// <summary>Looks once.</summary>
    /// <param name="seen">The checkpoint of the last look; null to read the log from its beginning.</param>
    /// <param name="patience">How long nothing new may be.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<LogLook> LookAsync(SignedNote? seen, TimeSpan patience, CancellationToken cancel)
    {
        var before = seen is null ? new Checkpoint("", 0, Merkle.EmptyRoot) : Checkpoint.TryParse(seen.Text)!;
        if (await reader.TextAsync("checkpoint", cancel) is not { } text) return new(seen is null ? null : LogAlarm.RolledBack, null, before.Size, Nothing, null);
        if (SignedNote.TryParse(text) is not { } note || Checkpoint.TryParse(note.Text) is not { } now) return Alarm(LogAlarm.NotSigned, before);

        var shown = new LogProof(0, [], note, now).ShownBy(policy);
        if (shown.Fault is { } fault) return Alarm(fault == ProofFault.Witnesses ? LogAlarm.NotWitnessed : LogAlarm.NotSigned, before);
        if (now.Size < before.Size) return Alarm(LogAlarm.RolledBack, before);
        if (now.Size == before.Size && !now.Root.Span.SequenceEqual(before.Root.Span)) return Alarm(LogAlarm.Forked, before);

        var (alarm, added) = await ReadOnAsync(before, now, cancel);
        if (alarm is not null) return Alarm(alarm.Value, before);

        var isSilent = shown.AtSeconds is { } at && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(at, 253_402_300_799)) > patience;
        return new(isSilent ? LogAlarm.Silent : null, note, now.Size, added, shown.AtSeconds);
    }

    private static Dictionary<byte, int> Nothing => [];

    private static LogLook Alarm(LogAlarm alarm, Checkpoint before) => new(alarm, null, before.Size, Nothing, null);

    private async Task<(LogAlarm? Alarm, Dictionary<byte, int> Added)> ReadOnAsync(Checkpoint before, Checkpoint now, CancellationToken cancel)
    {
        Dictionary<Tile, byte[]> tiles = [];
        foreach (var tile in TreeEdge.TilesOf(before.Size))
        {
            if (await reader.TileAsync(tile, cancel) is not { } hashes) return (LogAlarm.Missing, Nothing);
            tiles[tile] = hashes;
        }

        var edge = TreeEdge.TryLoad(before.Size, tile => tiles[tile])!;
        if (!edge.Root().AsSpan().SequenceEqual(before.Root.Span)) return (LogAlarm.Rewritten, Nothing);

        var added = Nothing;
        for (var index = before.Size / Tile.FullWidth; index * Tile.FullWidth < now.Size; index++)
        {
            var tile = new Tile(0, index, (int)Math.Min(Tile.FullWidth, now.Size - (index * Tile.FullWidth)));
            if (await reader.EntriesAsync(tile, cancel) is not { } entries) return (LogAlarm.Missing, Nothing);

            foreach (var entry in entries.Skip((int)(edge.Size - (index * Tile.FullWidth))))
            {
                edge.Append(Merkle.LeafHash(entry.Span), (_, _) => { });
                var kind = entry.IsEmpty ? (byte)0 : entry.Span[0];
                added[kind] = added.GetValueOrDefault(kind) + 1;
            }
        }

        return edge.Root().AsSpan().SequenceEqual(now.Root.Span) ? (null, added) : (LogAlarm.Rewritten, Nothing);
    }
}
