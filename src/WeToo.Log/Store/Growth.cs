using WeToo.Core.Log;

namespace WeToo.Log.Store;

/// <summary>The end of the log in memory: the edge of its tree and the entries of the last tile. It grows by a batch, and gives the files that this changes.</summary>
internal sealed class Growth
{
    private readonly List<byte[]> _last;

    private Growth(TreeEdge edge, List<byte[]> last) => (Edge, _last) = (edge, last);

    internal TreeEdge Edge { get; }

    /// <summary>Reads the end of a log of some size.</summary>
    /// <returns>The end; null when a file is missing or cut.</returns>
    internal static Growth? TryLoad(ulong size, TileFolder folder)
    {
        if (TreeEdge.TryLoad(size, tile => folder.TryRead(tile)) is not { } edge) return null;
        if (size % Tile.FullWidth == 0) return new(edge, []);

        var tile = new Tile(0, size / Tile.FullWidth, (int)(size % Tile.FullWidth));
        var entries = folder.TryReadEntries(tile) is { } bundle ? Tile.TryReadEntries(bundle) : null;
        return entries?.Count == tile.Width ? new(edge, [.. entries.Select(entry => entry.ToArray())]) : null;
    }

    /// <summary>The end after a batch. This one stays as it is.</summary>
    internal (Growth Next, List<(string Path, byte[] Bytes)> Files, List<Tile> Whole) Add(IReadOnlyList<byte[]> entries)
    {
        var (before, next) = (Edge.Size, new Growth(Edge.Copy(), [.. _last]));
        List<(string Path, byte[] Bytes)> files = [];
        List<Tile> whole = [];
        foreach (var entry in entries)
        {
            next._last.Add(entry);
            next.Edge.Append(Merkle.LeafHash(entry), (tile, hashes) =>
            {
                files.Add((tile.Path, hashes));
                whole.Add(tile);
                if (tile.Level != 0) return;

                files.Add((tile.EntriesPath, BundleOf(next._last)));
                next._last.Clear();
            });
        }

        foreach (var tile in TreeEdge.TilesOf(next.Edge.Size).Where(tile => next.Edge.Size >> (Tile.Height * tile.Level) > before >> (Tile.Height * tile.Level)))
        {
            files.Add((tile.Path, next.Edge.Hashes(tile)));
            if (tile.Level == 0) files.Add((tile.EntriesPath, BundleOf(next._last)));
        }

        return (next, files, whole);
    }

    private static byte[] BundleOf(List<byte[]> entries) => [.. entries.SelectMany(entry => Tile.WriteEntry(entry))];
}
