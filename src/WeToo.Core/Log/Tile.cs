using System.Buffers.Binary;
using System.Globalization;

namespace WeToo.Core.Log;

/// <summary>A tile: up to 256 hashes that stand beside each other, 8 levels of the tree above the tile below. C2SP tlog-tiles.</summary>
/// <param name="Level">Its level, 0 to 7; at level 0 its hashes are those of leaves.</param>
/// <param name="Index">Which of its level, from 0.</param>
/// <param name="Width">How many hashes it has, 1 to 256.</param>
public readonly record struct Tile(int Level, ulong Index, int Width)
{
    /// <summary>Levels of the tree in a tile.</summary>
    public const int Height = 8;

    /// <summary>Hashes in a whole tile.</summary>
    public const int FullWidth = 1 << Height;

    /// <summary>The highest level that a tree of 2⁶⁴ leaves has.</summary>
    public const int HighestLevel = 7;

    /// <summary>Whether it has room for more.</summary>
    public bool IsPartial => Width < FullWidth;

    /// <summary>Its path below the log's prefix, such as <c>tile/0/x001/234.p/17</c>.</summary>
    public string Path => PathOf(Level.ToString(CultureInfo.InvariantCulture));

    /// <summary>The path of the entries of a tile of level 0.</summary>
    public string EntriesPath => PathOf("entries");

    /// <summary>The tiles of a tree of some size that a smaller one did not have, or not as wide, lowest level first.</summary>
    /// <param name="before">The smaller size.</param>
    /// <param name="size">The size.</param>
    public static IEnumerable<Tile> Between(ulong before, ulong size)
    {
        for (var level = 0; level <= HighestLevel; level++)
        {
            var (had, has) = (before >> (Height * level), size >> (Height * level));
            if (has == 0) yield break;
            for (var index = had / FullWidth; had < has && index * FullWidth < has; index++)
                yield return new(level, index, (int)Math.Min(FullWidth, has - (index * FullWidth)));
        }
    }

    /// <summary>The tile in which a tree of some size has the hash of a whole subtree, and the place of it there.</summary>
    /// <param name="level">The subtree's height.</param>
    /// <param name="index">Which of its height.</param>
    /// <param name="size">The tree's size, at least all of the subtree.</param>
    /// <returns>The tile, the first of its hashes that the subtree is made of, and how many.</returns>
    public static (Tile Tile, int First, int Count) Holding(int level, ulong index, ulong size)
    {
        var tileLevel = Math.Min(level / Height, HighestLevel);
        var count = 1 << (level - (tileLevel * Height));
        var first = index * (ulong)count;
        var tile = first / FullWidth;
        var width = (int)Math.Min(FullWidth, (size >> (Height * tileLevel)) - (tile * FullWidth));
        return (new(tileLevel, tile, width), (int)(first % FullWidth), count);
    }

    /// <summary>Computes the hash of a whole subtree from the hashes of a tile.</summary>
    /// <param name="hashes">The tile's bytes.</param>
    /// <param name="first">The first hash.</param>
    /// <param name="count">How many, a power of two.</param>
    public static byte[] Hash(ReadOnlySpan<byte> hashes, int first, int count) => count == 1
        ? hashes.Slice(first * Merkle.HashSize, Merkle.HashSize).ToArray()
        : Merkle.NodeHash(Hash(hashes, first, count / 2), Hash(hashes, first + (count / 2), count / 2));

    /// <summary>Writes an entry as it stands in a bundle: a u16 length, big-endian, and its bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has more than 65,535 bytes.</exception>
    public static byte[] WriteEntry(ReadOnlySpan<byte> entry)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entry.Length, ushort.MaxValue);
        var written = new byte[2 + entry.Length];
        BinaryPrimitives.WriteUInt16BigEndian(written, (ushort)entry.Length);
        entry.CopyTo(written.AsSpan(2));
        return written;
    }

    /// <summary>Reads a bundle of entries.</summary>
    /// <returns>The entries, or <see langword="null"/> when the bundle ends within one.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? TryReadEntries(ReadOnlyMemory<byte> bundle)
    {
        List<ReadOnlyMemory<byte>> entries = [];
        while (!bundle.IsEmpty)
        {
            if (bundle.Length < 2) return null;

            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length < 2 + length) return null;

            entries.Add(bundle.Slice(2, length));
            bundle = bundle[(2 + length)..];
        }

        return entries;
    }

    private string PathOf(string kind)
    {
        var digits = Index.ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
        var parts = digits.Chunk(3).Select(part => new string(part)).ToArray();
        var path = string.Concat(parts[..^1].Select(part => $"x{part}/")) + parts[^1];
        return string.Create(CultureInfo.InvariantCulture, $"tile/{kind}/{path}{(IsPartial ? $".p/{Width}" : "")}");
    }
}
