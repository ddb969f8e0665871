using System.Security.Cryptography;

namespace WeToo.Core.Credentials;

/// <summary>EMSA-PSS-ENCODE of RFC 8017, section 9.1.1, with SHA-384, MGF1 and a salt as long as the hash.</summary>
internal static class Pss
{
    private const int HashSize = SHA384.HashSizeInBytes;

    /// <param name="message">What is to be signed.</param>
    /// <param name="salt">48 random bytes.</param>
    /// <param name="bits">emBits: one less than the modulus has.</param>
    internal static byte[] Encode(ReadOnlySpan<byte> message, ReadOnlySpan<byte> salt, int bits)
    {
        var size = (bits + 7) / 8;
        var h = SHA384.HashData([.. new byte[8], .. SHA384.HashData(message), .. salt]);
        byte[] db = [.. new byte[size - salt.Length - HashSize - 2], 1, .. salt];
        var mask = Mgf1(h, db.Length);
        for (var i = 0; i < db.Length; i++) db[i] ^= mask[i];
        db[0] &= (byte)(0xFF >> ((8 * size) - bits));
        return [.. db, .. h, 0xBC];
    }

    private static byte[] Mgf1(byte[] seed, int length)
    {
        var mask = new byte[length];
        for (var (written, counter) = (0, 0); written < length; written += HashSize, counter++)
        {
            var block = SHA384.HashData([.. seed, (byte)(counter >> 24), (byte)(counter >> 16), (byte)(counter >> 8), (byte)counter]);
            block.AsSpan(0, Math.Min(HashSize, length - written)).CopyTo(mask.AsSpan(written));
        }

        return mask;
    }
}
