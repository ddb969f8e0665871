using System.Text;
using WeToo.Core.Log;
using WeToo.Log.Store;

namespace WeToo.Tool.Verifying;

/// <summary>What the folder of a log came to.</summary>
/// <param name="Size">How many entries its checkpoint has; 0 when there is none.</param>
/// <param name="Wrong">The files that are not what they must be, the first of them; none when it holds.</param>
/// <param name="Shown">Who has seen the checkpoint, by the policy; null when no policy was given.</param>
internal sealed record LogFolderVerdict(ulong Size, IReadOnlyList<string> Wrong, ShownProof? Shown);

/// <summary>Reads the folder of a log from its first entry to its checkpoint, without a network and in memory that does not grow with it: every hash of every tile is made again from the entries.</summary>
internal static class LogFolder
{
    private const string CheckpointFile = "checkpoint";

    /// <summary>More than these are not named: the rest follows from the first.</summary>
    private const int MostNamed = 10;

    /// <summary>Checks a folder.</summary>
    /// <param name="folder">Where <c>checkpoint</c> and <c>tile</c> lie.</param>
    /// <param name="policy">Whom somebody believes; null to hold the folder to itself.</param>
    internal static LogFolderVerdict Check(string folder, LogPolicy? policy)
    {
        var disk = new Disk(folder);
        if (disk.TryRead(CheckpointFile) is not { } bytes || SignedNote.TryParse(Encoding.UTF8.GetString(bytes)) is not { } note || Checkpoint.TryParse(note.Text) is not { } checkpoint)
            return new(0, [CheckpointFile], null);

        var wrong = Tiles(new TileFolder(disk), checkpoint).Take(MostNamed).ToList();
        var shown = policy is null ? null : new LogProof(0, [], note, checkpoint).ShownBy(policy);
        return new(checkpoint.Size, shown?.Fault is null ? wrong : [.. wrong, CheckpointFile], shown);
    }

    private static IEnumerable<string> Tiles(TileFolder tiles, Checkpoint checkpoint)
    {
        var edge = TreeEdge.Empty;
        List<string> differing = [];
        for (var index = 0UL; edge.Size < checkpoint.Size; index++)
        {
            var tile = new Tile(0, index, (int)Math.Min(Tile.FullWidth, checkpoint.Size - edge.Size));
            if (tiles.TryReadEntries(tile) is not { } bundle || Tile.TryReadEntries(bundle) is not { } entries || entries.Count != tile.Width)
            {
                yield return tile.EntriesPath;
                yield break; // Nothing after it can be made again.
            }

            foreach (var entry in entries)
                edge.Append(Merkle.LeafHash(entry.Span), (whole, hashes) =>
                {
                    if (tiles.TryRead(whole) is not { } there || !there.AsSpan().SequenceEqual(hashes)) differing.Add(whole.Path);
                });
            foreach (var path in differing) yield return path;
            differing.Clear();
        }

        foreach (var tile in TreeEdge.TilesOf(checkpoint.Size).Where(tile => tiles.TryRead(tile) is not { } there || !there.AsSpan().SequenceEqual(edge.Hashes(tile)))) yield return tile.Path;
        if (!edge.Root().AsSpan().SequenceEqual(checkpoint.Root.Span)) yield return CheckpointFile;
    }
}
