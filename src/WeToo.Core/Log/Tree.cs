using System.Numerics;

namespace WeToo.Core.Log;

/// <summary>Reads the hash of a whole subtree: the leaves <c>index · 2^level</c> to <c>(index + 1) · 2^level − 1</c>, all of which the tree has.</summary>
/// <param name="level">The height of the subtree, 0 for a leaf.</param>
/// <param name="index">Which of its height, from 0.</param>
/// <returns>32 bytes.</returns>
public delegate byte[] SubtreeHash(int level, ulong index);

/// <summary>Roots and proofs of a tree of a given size, from the hashes of its whole subtrees. RFC 6962, section 2.1; O(log size) hashes read, no memory kept.</summary>
/// <param name="size">How many leaves.</param>
/// <param name="read">Reads a hash.</param>
public sealed class Tree(ulong size, SubtreeHash read)
{
    /// <summary>How many leaves.</summary>
    public ulong Size => size;

    /// <summary>The tree's hash.</summary>
    public byte[] Root() => size == 0 ? Merkle.EmptyRoot.ToArray() : HashOf(0, size);

    /// <summary>The proof that a leaf is at its place: PATH of RFC 6962, section 2.1.1.</summary>
    /// <param name="index">The leaf's place, below <see cref="Size"/>.</param>
    /// <returns>The hashes beside its way up, lowest first.</returns>
    public IReadOnlyList<byte[]> Inclusion(ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        List<byte[]> proof = [];
        var (from, to) = (0UL, size);
        while (to - from > 1)
        {
            var middle = from + Split(to - from);
            if (index < middle)
            {
                proof.Add(HashOf(middle, to));
                to = middle;
            }
            else
            {
                proof.Add(HashOf(from, middle));
                from = middle;
            }
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>The proof that this tree continues a smaller one: PROOF of RFC 6962, section 2.1.2.</summary>
    /// <param name="smaller">The smaller tree's size, 1 to <see cref="Size"/>.</param>
    /// <returns>The hashes; none when the sizes are equal.</returns>
    public IReadOnlyList<byte[]> Consistency(ulong smaller)
    {
        ArgumentOutOfRangeException.ThrowIfZero(smaller);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(smaller, size);
        List<byte[]> proof = [];
        var (from, to) = (0UL, size);
        // Down to where the smaller tree ends with a subtree.
        while (smaller < to)
        {
            var middle = from + Split(to - from);
            if (smaller <= middle)
            {
                proof.Add(HashOf(middle, to));
                to = middle;
            }
            else
            {
                proof.Add(HashOf(from, middle));
                from = middle;
            }
        }

        if (from > 0) proof.Add(HashOf(from, to));
        proof.Reverse();
        return proof;
    }

    /// <summary>The hash of leaves, of which the first stands where a subtree of their size may begin.</summary>
    private byte[] HashOf(ulong from, ulong to)
    {
        var count = to - from;
        if (BitOperations.IsPow2(count)) return read(BitOperations.Log2(count), from / count);

        var middle = from + Split(count);
        return Merkle.NodeHash(HashOf(from, middle), HashOf(middle, to));
    }

    /// <summary>The largest power of two below a count of two or more.</summary>
    private static ulong Split(ulong count) => 1UL << BitOperations.Log2(count - 1);
}
