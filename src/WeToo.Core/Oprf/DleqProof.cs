using WeToo.Core.Group;

namespace WeToo.Core.Oprf;

/// <summary>A proof that logarithms are equal: c ‖ s, both reduced modulo ℓ. RFC 9497, section 2.2. Public.</summary>
public sealed class DleqProof
{
    /// <summary>Length of an encoded proof, in bytes.</summary>
    public const int Size = 64;

    private readonly byte[] _bytes;

    private DleqProof(byte[] bytes) => _bytes = bytes;

    internal ReadOnlySpan<byte> C => _bytes.AsSpan(0, Scalar.Size);

    internal ReadOnlySpan<byte> S => _bytes.AsSpan(Scalar.Size);

    /// <summary>Reads a proof.</summary>
    /// <param name="encoded">Exactly <see cref="Size"/> bytes.</param>
    /// <param name="proof">The proof, or a proof of nothing when this method returns <see langword="false"/>.</param>
    /// <returns><see langword="false"/> when the length is wrong or a scalar is not reduced.</returns>
    public static bool TryParse(ReadOnlySpan<byte> encoded, out DleqProof proof)
    {
        var valid = encoded.Length == Size && Sodium.IsReduced(encoded[..Scalar.Size]) && Sodium.IsReduced(encoded[Scalar.Size..]);
        proof = new(valid ? encoded.ToArray() : new byte[Size]);
        return valid;
    }

    /// <summary>The 64 bytes of the encoding.</summary>
    public byte[] ToBytes() => [.. _bytes];

    internal static DleqProof From(ReadOnlySpan<byte> c, ReadOnlySpan<byte> s) => new([.. c, .. s]);
}
