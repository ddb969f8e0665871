using System.Numerics;
using System.Security.Cryptography;

namespace WeToo.Core.Log;

/// <summary>
/// The Merkle tree of RFC 6962, section 2.1, over SHA-256: hashes of leaves and nodes, and the verification of proofs as RFC 9162, section 2.1, writes it out.
/// Everything here is public, and nothing is constant-time.
/// </summary>
public static class Merkle
{
    /// <summary>Length of a hash, in bytes.</summary>
    public const int HashSize = 32;

    /// <summary>The longest proof that a tree of 2⁶⁴ leaves has, in hashes.</summary>
    public const int MostHashes = 64;

    /// <summary>The hash of an empty tree: SHA-256 of nothing.</summary>
    public static ReadOnlyMemory<byte> EmptyRoot { get; } = SHA256.HashData([]);

    /// <summary>The hash of a leaf: SHA-256(0x00 ‖ entry).</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> entry) => SHA256.HashData([0, .. entry]);

    /// <summary>The hash of a node: SHA-256(0x01 ‖ left ‖ right).</summary>
    /// <param name="left">32 bytes.</param>
    /// <param name="right">32 bytes.</param>
    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * HashSize)];
        node[0] = 1;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + HashSize)..]);
        return SHA256.HashData(node);
    }

    /// <summary>Checks that a leaf is at its place in a tree. RFC 9162, section 2.1.3.2.</summary>
    /// <param name="index">The leaf's place, from 0.</param>
    /// <param name="size">How many leaves the tree has.</param>
    /// <param name="leafHash">The leaf's hash.</param>
    /// <param name="proof">The hashes beside its way up, lowest first.</param>
    /// <param name="root">The tree's hash.</param>
    /// <returns><see langword="false"/> for any other leaf, place, size or root, and for a proof with a hash too few or too many.</returns>
    public static bool VerifyInclusion(ulong index, ulong size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index >= size || leafHash.Length != HashSize || !AreHashes(proof)) return false;

        var (fn, sn) = (index, size - 1);
        var hash = leafHash.ToArray();
        foreach (var beside in proof)
        {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                hash = NodeHash(beside, hash);
                (fn, sn) = SkipLeftEdge(fn, sn);
            }
            else
            {
                hash = NodeHash(hash, beside);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Checks that a tree continues a smaller one, with every leaf of it at its place. RFC 9162, section 2.1.4.2.</summary>
    /// <param name="size1">How many leaves the smaller tree has, not 0: an empty tree is continued by every other, which says nothing.</param>
    /// <param name="size2">How many leaves the larger tree has.</param>
    /// <param name="proof">The hashes that both are made of; none when the sizes are equal.</param>
    /// <param name="root1">The smaller tree's hash.</param>
    /// <param name="root2">The larger tree's hash.</param>
    /// <returns><see langword="false"/> when it does not, for anything that was altered, and for a proof with a hash too few or too many.</returns>
    public static bool VerifyConsistency(ulong size1, ulong size2, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root1, ReadOnlySpan<byte> root2)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (size1 == 0 || size1 > size2 || !AreHashes(proof)) return false;
        if (size1 == size2) return proof.Count == 0 && root1.SequenceEqual(root2);
        if (proof.Count == 0) return false;

        var (fn, sn) = (size1 - 1, size2 - 1);
        var depth = BitOperations.TrailingZeroCount(~fn);
        (fn, sn) = (fn >> depth, sn >> depth);
        // Where the smaller tree is one whole subtree of the larger, its hash is the first and is not repeated.
        var startsWithRoot1 = BitOperations.IsPow2(size1);
        var (first, second) = startsWithRoot1 ? (root1.ToArray(), root1.ToArray()) : (proof[0], proof[0]);
        foreach (var beside in proof.Skip(startsWithRoot1 ? 0 : 1))
        {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                (first, second) = (NodeHash(beside, first), NodeHash(beside, second));
                (fn, sn) = SkipLeftEdge(fn, sn);
            }
            else
            {
                second = NodeHash(second, beside);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && root1.SequenceEqual(first) && root2.SequenceEqual(second);
    }

    /// <summary>Up to where a node is a right child: between them it has nothing beside it.</summary>
    private static (ulong Fn, ulong Sn) SkipLeftEdge(ulong fn, ulong sn)
    {
        if ((fn & 1) == 1) return (fn, sn);

        var levels = fn == 0 ? 64 : BitOperations.TrailingZeroCount(fn);
        return levels == 64 ? (0, 0) : (fn >> levels, sn >> levels);
    }

    private static bool AreHashes(IReadOnlyList<byte[]> proof) => proof.Count <= MostHashes && proof.All(hash => hash.Length == HashSize);
}
