using System.Globalization;
using System.Text;
using WeToo.Core.Log;
using Xunit;

namespace WeToo.Tests.Core.Log;

/// <summary>A log that another implementation wrote: ours reads it and finds the same.</summary>
public sealed class TilesVectorTests
{
    private const string KeyText = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
    internal const ulong Last = 15;

    internal static NoteKey Key { get; } = NoteKey.TryParse(KeyText)!;

    [Fact]
    public void Every_checkpoint_is_signed_by_the_log()
    {
        for (var size = 0UL; size <= Last; size++)
        {
            var note = Note(size);
            var checkpoint = Checkpoint.TryParse(note.Text)!;

            Assert.True(note.IsSignedBy(Key));
            Assert.Equal(("example.com/log/testdata", size), (checkpoint.Origin, checkpoint.Size));
            Assert.Equal(note.Text, checkpoint.ToText());
            Assert.Equal(Read($"checkpoint.{size}"), note.ToText());
        }
    }

    [Fact]
    public void Its_tiles_give_its_roots_and_its_entries_their_leaves()
    {
        for (var size = 1UL; size <= Last; size++)
        {
            var tile = Assert.Single(Tile.Between(0, size));
            var hashes = File.ReadAllBytes(PathOf(tile.Path));
            var entries = Tile.TryReadEntries(File.ReadAllBytes(PathOf(tile.EntriesPath)))!;

            Assert.Equal(RootOf(size), TreeOf(size).Root());
            Assert.Equal(hashes, entries.SelectMany(entry => Merkle.LeafHash(entry.Span)));
            Assert.Equal(File.ReadAllBytes(PathOf(tile.EntriesPath)), entries.SelectMany(entry => Tile.WriteEntry(entry.Span)));
        }
    }

    [Fact]
    public void Each_size_continues_each_before_and_no_other()
    {
        for (var size = 2UL; size <= Last; size++)
            for (var before = 1UL; before < size; before++)
            {
                var proof = TreeOf(size).Consistency(before);
                Assert.True(Merkle.VerifyConsistency(before, size, proof, RootOf(before), RootOf(size)));
                Assert.False(Merkle.VerifyConsistency(before, size, proof, RootOf(before), RootOf(size - 1)));
            }
    }

    [Fact]
    public void Each_leaf_is_at_its_place_and_at_no_other()
    {
        for (var size = 1UL; size <= Last; size++)
            for (var index = 0UL; index < size; index++)
            {
                var (tree, leaf) = (TreeOf(size), LeafAt(index));
                Assert.True(Merkle.VerifyInclusion(index, size, leaf, tree.Inclusion(index), RootOf(size)));
                Assert.False(Merkle.VerifyInclusion((index + 1) % size, size, leaf, tree.Inclusion(index), RootOf(size)) && size > 1);
            }
    }

    internal static SignedNote Note(ulong size) => SignedNote.TryParse(Read($"checkpoint.{size}"))!;

    private static byte[] RootOf(ulong size) => Checkpoint.TryParse(Note(size).Text)!.Root.ToArray();

    internal static Tree TreeOf(ulong size) => new(size, (level, index) =>
    {
        var (tile, first, count) = Tile.Holding(level, index, size);
        return Tile.Hash(File.ReadAllBytes(PathOf(tile.Path)), first, count);
    });

    private static byte[] LeafAt(ulong index) => File.ReadAllBytes(PathOf(Tile.Between(0, Last).Single().Path)).AsSpan((int)index * 32, 32).ToArray();

    private static string Read(string name) => File.ReadAllText(PathOf(name), Encoding.UTF8);

    private static string PathOf(string name) => Path.Combine(Vectors.Root(), "spec", "vectors", "tlog-tiles", name.ToString(CultureInfo.InvariantCulture));
}
