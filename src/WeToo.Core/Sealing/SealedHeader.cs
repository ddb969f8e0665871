using WeToo.Core.Group;

namespace WeToo.Core.Sealing;

/// <summary>What keepers see of something sealed to them: TDH2's u, ū, e, f and the SHA-256 of the ciphertext. WEP-1, section 6. Public.</summary>
public sealed class SealedHeader
{
    /// <summary>Length of the encoding, in bytes.</summary>
    public const int Size = 160;

    private readonly byte[] _bytes;

    private SealedHeader(byte[] bytes, Element u, Element uBar) => (_bytes, U, UBar) = (bytes, u, uBar);

    /// <summary>u = r·G: what keepers multiply.</summary>
    public Element U { get; }

    /// <summary>SHA-256 of the ciphertext, 32 bytes.</summary>
    public ReadOnlyMemory<byte> CiphertextSha256 => _bytes.AsMemory(128, 32);

    internal Element UBar { get; }

    internal ReadOnlySpan<byte> E => _bytes.AsSpan(64, Scalar.Size);

    internal ReadOnlySpan<byte> F => _bytes.AsSpan(96, Scalar.Size);

    /// <summary>Reads a header. Its proof is not checked here: see <see cref="Tdh2.Verify"/>.</summary>
    /// <param name="encoded">Exactly <see cref="Size"/> bytes.</param>
    /// <param name="header">The header, or <see langword="null"/>.</param>
    /// <returns><see langword="false"/> when the length is wrong, an element is not canonical or is the identity, or a scalar is not reduced.</returns>
    public static bool TryParse(ReadOnlySpan<byte> encoded, out SealedHeader? header)
    {
        header = null;
        if (encoded.Length != Size
            || !Element.TryParse(encoded[..32], out var u)
            || !Element.TryParse(encoded[32..64], out var uBar)
            || !Sodium.IsReduced(encoded[64..96])
            || !Sodium.IsReduced(encoded[96..128]))
            return false;

        header = new(encoded.ToArray(), u, uBar);
        return true;
    }

    /// <summary>The 160 bytes of the encoding.</summary>
    public byte[] ToBytes() => [.. _bytes];

    internal static SealedHeader From(Element u, Element uBar, ReadOnlySpan<byte> e, ReadOnlySpan<byte> f, ReadOnlySpan<byte> ciphertextSha256) =>
        new([.. u.Bytes, .. uBar.Bytes, .. e, .. f, .. ciphertextSha256], u, uBar);
}
