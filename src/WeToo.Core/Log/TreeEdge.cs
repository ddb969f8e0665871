namespace WeToo.Core.Log;

/// <summary>
/// The right edge of a tree: of each level the tile that is not whole yet. It is all that is needed to add leaves and to know the root, so a tree of any size grows in 64 KiB of memory.
/// </summary>
public sealed class TreeEdge
{
    private readonly byte[][] _tiles;

    private TreeEdge(ulong size, byte[][] tiles) => (Size, _tiles) = (size, tiles);

    /// <summary>How many leaves the tree has.</summary>
    public ulong Size { get; private set; }

    /// <summary>The edge of a tree without leaves.</summary>
    public static TreeEdge Empty => new(0, NewTiles());

    /// <summary>The tiles that make up the edge of a tree of some size, lowest level first.</summary>
    public static IEnumerable<Tile> TilesOf(ulong size)
    {
        for (var level = 0; level <= Tile.HighestLevel && size >> (Tile.Height * level) is > 0 and var has; level++)
            if (has % Tile.FullWidth is > 0 and var width) yield return new(level, has / Tile.FullWidth, (int)width);
    }

    /// <summary>Reads an edge.</summary>
    /// <param name="size">How many leaves the tree has.</param>
    /// <param name="read">Gives the bytes of each of <see cref="TilesOf"/>, or null when it is not there.</param>
    /// <returns>The edge, whose <see cref="Root"/> the caller compares; <see langword="null"/> when a tile is missing or has another length.</returns>
    public static TreeEdge? TryLoad(ulong size, Func<Tile, ReadOnlyMemory<byte>?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var edge = new TreeEdge(size, NewTiles());
        foreach (var tile in TilesOf(size))
        {
            if (read(tile) is not { } hashes || hashes.Length != tile.Width * Merkle.HashSize) return null;
            hashes.Span.CopyTo(edge._tiles[tile.Level]);
        }

        return edge;
    }

    /// <summary>Adds a leaf.</summary>
    /// <param name="leafHash">Its hash, 32 bytes.</param>
    /// <param name="whole">Is told of each tile that it makes whole, with a copy of its bytes.</param>
    public void Append(ReadOnlySpan<byte> leafHash, Action<Tile, byte[]> whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentOutOfRangeException.ThrowIfNotEqual(leafHash.Length, Merkle.HashSize);
        var hash = leafHash.ToArray();
        for (var level = 0; ; level++)
        {
            var place = Size >> (Tile.Height * level);
            var at = (int)(place % Tile.FullWidth);
            hash.CopyTo(_tiles[level], at * Merkle.HashSize);
            if (at < Tile.FullWidth - 1) break;

            whole(new(level, place / Tile.FullWidth, Tile.FullWidth), [.. _tiles[level]]);
            hash = Tile.Hash(_tiles[level], 0, Tile.FullWidth);
        }

        Size++;
    }

    /// <summary>The bytes of one of <see cref="TilesOf"/>.</summary>
    public byte[] Hashes(Tile tile) => _tiles[tile.Level][..(tile.Width * Merkle.HashSize)];

    /// <summary>The tree's hash.</summary>
    public byte[] Root() => new Tree(Size, (level, index) =>
    {
        var (tile, first, count) = Tile.Holding(level, index, Size);
        return Tile.Hash(_tiles[tile.Level], first, count);
    }).Root();

    /// <summary>The same edge, to be grown by itself.</summary>
    public TreeEdge Copy() => new(Size, [.. _tiles.Select(tile => tile.ToArray())]);

    private static byte[][] NewTiles() => [.. Enumerable.Range(0, Tile.HighestLevel + 1).Select(_ => new byte[Tile.FullWidth * Merkle.HashSize])];
}
