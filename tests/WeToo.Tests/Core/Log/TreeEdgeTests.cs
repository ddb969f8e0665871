using CsCheck;
using WeToo.Core.Log;
using Xunit;

namespace WeToo.Tests.Core.Log;

/// <summary>The right edge of a tree: all that is needed to let it grow.</summary>
public sealed class TreeEdgeTests
{
    [Fact]
    public void An_edge_grows_as_the_tree_does_and_is_read_again_from_its_tiles() => Gen.Select(Gen.Int[0, 1500], Gen.Int[0, 700]).Sample((size, more) =>
    {
        Dictionary<Tile, byte[]> tiles = [];
        var edge = TreeEdge.Empty;
        Grow(edge, size, tiles);
        foreach (var tile in TreeEdge.TilesOf((ulong)size)) tiles[tile] = edge.Hashes(tile);
        Assert.Equal(Sorted(Tile.Between(0, (ulong)size)), Sorted(tiles.Keys));
        Assert.Equal(new Tree((ulong)size, HashOf).Root(), edge.Root());

        var again = TreeEdge.TryLoad((ulong)size, tile => tiles[tile])!;
        Grow(again, more, tiles);
        Assert.Equal(new Tree((ulong)(size + more), HashOf).Root(), again.Root());
        Assert.Equal(new Tree((ulong)size, HashOf).Root(), edge.Root());
    });

    [Fact]
    public void Whole_tiles_of_every_level_are_told_of_once()
    {
        List<Tile> whole = [];
        var edge = TreeEdge.Empty;
        for (var i = 0; i < (1 << 16) + 300; i++) edge.Append(new byte[32], (tile, _) => whole.Add(tile));

        Assert.Equal(Sorted(Tile.Between(0, edge.Size).Where(tile => !tile.IsPartial)), Sorted(whole));
    }

    [Fact]
    public void An_edge_with_a_tile_missing_or_cut_is_none()
    {
        Assert.Null(TreeEdge.TryLoad(300, _ => null));
        Assert.Null(TreeEdge.TryLoad(300, tile => new byte[(tile.Width * 32) - 1]));
    }

    private static IEnumerable<Tile> Sorted(IEnumerable<Tile> tiles) => tiles.OrderBy(tile => tile.Level).ThenBy(tile => tile.Index).ThenBy(tile => tile.Width);

    private static void Grow(TreeEdge edge, int count, Dictionary<Tile, byte[]> tiles)
    {
        for (var i = 0; i < count; i++) edge.Append(HashOf(0, edge.Size), (tile, hashes) => tiles[tile] = hashes);
    }

    private static byte[] HashOf(int level, ulong index) =>
        level == 0 ? Merkle.LeafHash(BitConverter.GetBytes(index)) : Merkle.NodeHash(HashOf(level - 1, 2 * index), HashOf(level - 1, (2 * index) + 1));
}
