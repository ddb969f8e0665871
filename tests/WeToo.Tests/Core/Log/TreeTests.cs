using System.Buffers.Binary;
using System.Numerics;
using CsCheck;
using WeToo.Core.Log;
using Xunit;

namespace WeToo.Tests.Core.Log;

/// <summary>Trees of every shape, against the definition of RFC 6962 written down as it stands there.</summary>
public sealed class TreeTests
{
    private const int Most = 700;

    private static readonly byte[][] s_leaves = [.. Enumerable.Range(0, Most).Select(i => Merkle.LeafHash(BitConverter.GetBytes(i)))];

    [Fact]
    public void A_root_is_what_the_definition_says() =>
        Gen.Int[0, Most].Sample(size => Assert.Equal(Defined(0, size), TreeOf(size).Root()));

    [Fact]
    public void Every_proof_of_a_leaf_holds_and_none_that_was_altered() => Gen.Select(Gen.Int[1, Most], Gen.Int[0, Most - 1], Gen.Int[0, 1 << 20]).Sample((size, at, bit) =>
    {
        var (index, tree) = (at % size, TreeOf(size));
        var proof = tree.Inclusion((ulong)index);
        Assert.True(Merkle.VerifyInclusion((ulong)index, (ulong)size, s_leaves[index], proof, tree.Root()));
        Assert.False(Merkle.VerifyInclusion((ulong)index, (ulong)size, s_leaves[index], [.. proof, new byte[32]], tree.Root()));
        if (proof.Count == 0) return;
        proof[bit % proof.Count][bit / 8 % 32] ^= (byte)(1 << (bit % 8));
        Assert.False(Merkle.VerifyInclusion((ulong)index, (ulong)size, s_leaves[index], proof, tree.Root()));
        Assert.False(Merkle.VerifyInclusion((ulong)index, (ulong)size, s_leaves[index], [.. proof.Take(proof.Count - 1)], tree.Root()));
    });

    [Fact]
    public void Every_proof_that_a_tree_continues_another_holds_and_none_for_a_tree_with_other_leaves() =>
        Gen.Select(Gen.Int[1, Most], Gen.Int[1, Most]).Sample((one, other) =>
        {
            var (small, large) = (Math.Min(one, other), Math.Max(one, other));
            var proof = TreeOf(large).Consistency((ulong)small);
            var root = TreeOf(large).Root();
            Assert.True(Merkle.VerifyConsistency((ulong)small, (ulong)large, proof, TreeOf(small).Root(), root));
            var forked = new Tree((ulong)small, (level, index) => index == 0 ? new byte[32] : HashOf(level, index)).Root();
            if (!BitOperations.IsPow2(small)) Assert.False(Merkle.VerifyConsistency((ulong)small, (ulong)large, proof, forked, root));
            if (small < large) Assert.False(Merkle.VerifyConsistency((ulong)small, (ulong)large, [.. proof, new byte[32]], TreeOf(small).Root(), root));
        });

    [Fact]
    public void The_largest_trees_there_can_be_are_read_too()
    {
        static byte[] Made(int level, ulong index)
        {
            var name = new byte[9];
            name[0] = (byte)level;
            BinaryPrimitives.WriteUInt64BigEndian(name.AsSpan(1), index);
            return level == 0 ? Merkle.LeafHash(name) : Merkle.NodeHash(Merkle.LeafHash(name), Merkle.LeafHash(name));
        }

        var tree = new Tree(ulong.MaxValue, Made);
        Assert.True(Merkle.VerifyInclusion(ulong.MaxValue - 1, ulong.MaxValue, Made(0, ulong.MaxValue - 1), tree.Inclusion(ulong.MaxValue - 1), tree.Root()));
    }

    [Fact]
    public void Tiles_hold_every_subtree_and_only_new_ones_are_written() => Gen.Select(Gen.Int[0, 70_000], Gen.Int[1, 70_000]).Sample((one, other) =>
    {
        var (before, size) = ((ulong)Math.Min(one, other), (ulong)Math.Max(one, other));
        var all = Tile.Between(0, size).ToHashSet();
        var added = Tile.Between(before, size).ToList();
        Assert.Subset(all, added.ToHashSet());
        Assert.Empty(all.Except(added).Except(Tile.Between(0, before)));
        foreach (var tile in all) Assert.InRange(tile.Width, 1, Tile.FullWidth);
    });

    [Fact]
    public void A_tree_of_seventy_thousand_has_the_tiles_that_the_specification_counts()
    {
        var tiles = Tile.Between(0, 70_000).ToList();

        Assert.Equal((273, 1, 1), (tiles.Count(tile => tile is { Level: 0, IsPartial: false }), tiles.Count(tile => tile is { Level: 1, IsPartial: false }), tiles.Count(tile => tile.Level == 2)));
        Assert.Equal(["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"], tiles.Where(tile => tile.IsPartial).Select(tile => tile.Path));
    }

    [Theory]
    [InlineData(0, 1234067UL, 256, "tile/0/x001/x234/067", "tile/entries/x001/x234/067")]
    [InlineData(3, 0UL, 1, "tile/3/000.p/1", "tile/entries/000.p/1")]
    [InlineData(0, 1000UL, 255, "tile/0/x001/000.p/255", "tile/entries/x001/000.p/255")]
    public void A_tile_has_the_path_of_the_specification(int level, ulong index, int width, string path, string entries) =>
        Assert.Equal((path, entries), (new Tile(level, index, width).Path, new Tile(level, index, width).EntriesPath));

    [Fact]
    public void Entries_are_read_as_they_were_written_and_what_is_cut_off_is_refused()
    {
        byte[] bundle = [.. Tile.WriteEntry([1, 2, 3]), .. Tile.WriteEntry([]), .. Tile.WriteEntry(new byte[65_535])];
        Assert.Equal([3, 0, 65_535], Tile.TryReadEntries(bundle)!.Select(entry => entry.Length));
        Assert.Null(Tile.TryReadEntries(bundle.AsMemory()[..^1]));
        Assert.Null(Tile.TryReadEntries(new byte[] { 0 }));
    }

    private static Tree TreeOf(int size) => new((ulong)size, HashOf);

    private static byte[] HashOf(int level, ulong index) => Defined((int)index << level, (int)(index + 1) << level);

    /// <summary>MTH of RFC 6962, section 2.1.</summary>
    private static byte[] Defined(int from, int to)
    {
        if (from == to) return Merkle.EmptyRoot.ToArray();
        if (to - from == 1) return [.. s_leaves[from]];

        var k = 1;
        while (k * 2 < to - from) k *= 2;
        return Merkle.NodeHash(Defined(from, from + k), Defined(from + k, to));
    }
}
