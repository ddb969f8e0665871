using System.Buffers.Binary;
using System.Security.Cryptography;
using WeToo.Core.Group;

namespace WeToo.Core.Oprf;

/// <summary>The author's side of the OPRF: RFC 9497, suite ristretto255-SHA512, mode 0. Keepers' side: <see cref="Threshold.Quorum"/>.</summary>
public static class OprfClient
{
    /// <summary>Length of an output, in bytes.</summary>
    public const int OutputSize = 64;

    private static ReadOnlySpan<byte> Context => "OPRFV1-\0-ristretto255-SHA512"u8;

    /// <summary>Blinds an input: B = blind·HashToGroup(input).</summary>
    /// <param name="input">The input x.</param>
    /// <param name="blind">A fresh random scalar.</param>
    /// <remarks>RFC 9497, section 3.3.1. Constant-time. The error of a zero hash has probability 2⁻²⁵² and is not handled.</remarks>
    public static Element Blind(ReadOnlySpan<byte> input, Scalar blind) => Element.HashFrom(input, Context).Times(blind);

    /// <summary>Removes the blind: N = blind⁻¹·evaluated.</summary>
    /// <param name="blind">The scalar that <see cref="Blind"/> used.</param>
    /// <param name="evaluated">k·B, combined from a quorum.</param>
    public static Element Unblind(Scalar blind, Element evaluated)
    {
        ArgumentNullException.ThrowIfNull(blind);
        using var inverse = blind.Inverse();
        return evaluated.Times(inverse);
    }

    /// <summary>Computes the output from the unblinded element.</summary>
    /// <param name="input">The input x, at most 65,535 bytes.</param>
    /// <param name="n">N = k·HashToGroup(x).</param>
    /// <returns><see cref="OutputSize"/> bytes.</returns>
    /// <remarks>RFC 9497, section 3.3.1, Finalize.</remarks>
    public static byte[] Finalize(ReadOnlySpan<byte> input, Element n) =>
        SHA512.HashData(
        [
            .. LengthOf(input), .. input,
            0, Element.Size, .. n.Bytes,
            .. "Finalize"u8,
        ]);

    private static byte[] LengthOf(ReadOnlySpan<byte> input)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)input.Length));
        return length;
    }
}
