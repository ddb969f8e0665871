using System.Security.Cryptography;
using System.Text;

namespace WeToo.Core.Identifiers;

/// <summary>x, the slow hash of an identifier, which the evaluation blinds: spec/identifiers.md §10.</summary>
public static class IdentifierKey
{
    /// <summary>Length of x in bytes.</summary>
    public const int Size = 32;

    private const int MemoryBytes = 64 * 1024 * 1024;
    private const int Passes = 3;
    private const int SaltSize = 16;

    /// <summary>
    /// Computes x = Argon2id(type ":" value, SHA-512(deployment)[0..16], 64 MiB, t = 3, p = 1): RFC 9106.
    /// </summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="deployment">The deployment, 16 bytes: one list of hashes serves against one deployment only.</param>
    /// <returns>x, 32 bytes. It is the accused in other letters, and must not be kept or sent.</returns>
    /// <exception cref="ArgumentException">The deployment is not 16 bytes.</exception>
    /// <exception cref="InsufficientMemoryException">There are not 64 MiB to be had.</exception>
    /// <remarks>About 0.15 s, by design. The second half of the first pass and all later ones read memory by what they hash: not constant-time.</remarks>
    public static byte[] Derive(Identifier identifier, ReadOnlySpan<byte> deployment)
    {
        if (deployment.Length != Limits.IdSize) throw new ArgumentException("A deployment is 16 bytes.", nameof(deployment));
        var canonical = Encoding.UTF8.GetBytes(identifier.Canonical);
        var x = new byte[Size];
        var failed = SodiumPwhash.crypto_pwhash(
            x, Size, canonical, (ulong)canonical.Length, SHA512.HashData(deployment).AsSpan(0, SaltSize), Passes, MemoryBytes, SodiumPwhash.AlgorithmArgon2Id13);
        CryptographicOperations.ZeroMemory(canonical);
        return failed == 0 ? x : throw new InsufficientMemoryException("Argon2id found no 64 MiB.");
    }
}
