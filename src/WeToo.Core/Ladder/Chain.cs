using System.Security.Cryptography;

namespace WeToo.Core.Ladder;

/// <summary>
/// The chain y_0 → y_1 → … → y_4 that one identifier gives, and the tag τ_b at each rung. Whoever knows y_b knows every
/// higher rung and no lower one. WEP-1, section 5.
/// </summary>
/// <remarks>Every y is 64 bytes and secret from all who stand higher. HMAC-SHA-512 and HKDF (RFC 5869), constant-time.</remarks>
public static class Chain
{
    /// <summary>Length of every y, in bytes.</summary>
    public const int Size = 64;

    /// <summary>Length of a tag, in bytes.</summary>
    public const int TagSize = 32;

    /// <summary>Computes y_0 from the output of the OPRF.</summary>
    /// <param name="output">The output of RFC 9497's Finalize, 64 bytes.</param>
    /// <returns>y_0.</returns>
    public static byte[] Start(ReadOnlySpan<byte> output)
    {
        var y = new byte[Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA512, output, y, salt: [], info: "wetoo/v1/y0"u8);
        return y;
    }

    /// <summary>Computes y_{<paramref name="to"/>} from y_{<paramref name="from"/>}.</summary>
    /// <param name="y">y_{<paramref name="from"/>}, 64 bytes.</param>
    /// <param name="from">The rung of <paramref name="y"/>, in 0..4.</param>
    /// <param name="to">The rung wanted, in <paramref name="from"/>..4. A lower one is out of anybody's reach.</param>
    public static byte[] Climb(ReadOnlySpan<byte> y, int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        var climbed = y.ToArray();
        for (var b = from + 1; b <= to; b++)
            climbed = HMACSHA512.HashData(climbed, (byte[])[.. "wetoo/v1/rung"u8, checked((byte)b)]);
        return climbed;
    }

    /// <summary>Computes the tag τ_b of a rung from its y_b.</summary>
    /// <returns>32 bytes.</returns>
    public static byte[] Tag(ReadOnlySpan<byte> y) => HMACSHA512.HashData(y, "wetoo/v1/tag"u8)[..TagSize];
}
