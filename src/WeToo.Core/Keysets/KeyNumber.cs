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
        return InDigits([.. "wetoo/v1/key-number"u8, .. signing, .. Encoding.UTF8.GetBytes(recipient)]);
    }

    /// <summary>What an author and their counselor compare, so that nobody stands between them: the same on both sides when each has the other's keys. WEP-1, section 17.1.</summary>
    /// <param name="deployment">The deployment, 16 bytes.</param>
    /// <param name="filingId">Whose mailbox it is, 16 bytes.</param>
    /// <param name="pseudonym">What the author signs with, 32 bytes.</param>
    /// <param name="recipient">What the author is first sealed to, <c>age1…</c>.</param>
    /// <param name="counselor">What the counselor signs with, 32 bytes.</param>
    /// <returns>Thirty digits, as <see cref="Of"/>.</returns>
    public static string OfMailbox(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> filingId, ReadOnlySpan<byte> pseudonym, string recipient, ReadOnlySpan<byte> counselor)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return InDigits([.. "wetoo/v1/mail-number"u8, .. deployment, .. filingId, .. pseudonym, .. counselor, .. Encoding.UTF8.GetBytes(recipient)]);
    }

    private static string InDigits(byte[] compared)
    {
        var hash = SHA256.HashData(compared);
        return string.Join(' ', Enumerable.Range(0, Groups).Select(i => $"{Group(hash.AsSpan(i * GroupBytes, GroupBytes)):D5}"));
    }

    private static ulong Group(ReadOnlySpan<byte> bytes) => (((ulong)bytes[0] << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[1..])) % GroupValues;
}
