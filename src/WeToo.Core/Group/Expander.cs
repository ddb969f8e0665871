using System.Security.Cryptography;

namespace WeToo.Core.Group;

/// <summary>expand_message_xmd of RFC 9380, section 5.3.1, with SHA-512 and 64 bytes of output: one block.</summary>
internal static class Expander
{
    private const int BlockSize = 128;

    internal static void Expand(ReadOnlySpan<byte> input, ReadOnlySpan<byte> dst, Span<byte> uniform)
    {
        byte[] dstPrime = [.. dst, checked((byte)dst.Length)];
        Span<byte> b0 = stackalloc byte[SHA512.HashSizeInBytes];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(new byte[BlockSize]);
        hash.AppendData(input);
        hash.AppendData([0, 64, 0]);
        hash.AppendData(dstPrime);
        _ = hash.GetHashAndReset(b0);
        hash.AppendData(b0);
        hash.AppendData([1]);
        hash.AppendData(dstPrime);
        _ = hash.GetHashAndReset(uniform);
    }
}
