using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WeToo.Core.Keysets;

/// <summary>
/// Somebody's keys as thirty digits that two people compare aloud, so that who lets a new person in lets in that person's keys and nobody else's. WEP-1, section 2.1.
/// </summary>
public static class KeyNumber
{
    private const int Groups = 6;
    private const int GroupBytes = 5;
    private const int GroupValues = 100_000;

    /// <summary>Six groups of five digits: bytes 5i to 5i + 4 of SHA-256("wetoo/v1/key-number" ‖ signing key ‖ recipient), big-endian, mod 100 000.</summary>
    /// <param name="signing">The Ed25519 public key, 32 bytes.</param>
    /// <param name="recipient">The age recipient, <c>age1…</c>.</param>
    /// <returns>Such as <c>04211 93384 …</c>. About 99 bits: nobody finds other keys with the same one.</returns>
    public static string Of(ReadOnlySpan<byte> signing, string recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        var hash = SHA256.HashData([.. "wetoo/v1/key-number"u8, .. signing, .. Encoding.UTF8.GetBytes(recipient)]);
        return string.Join(' ', Enumerable.Range(0, Groups).Select(i => $"{Group(hash.AsSpan(i * GroupBytes, GroupBytes)):D5}"));
    }

    private static ulong Group(ReadOnlySpan<byte> bytes) => (((ulong)bytes[0] << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[1..])) % GroupValues;
}
