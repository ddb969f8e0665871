using WeToo.Core.Group;

namespace WeToo.Core.Sealing;

/// <summary>
/// ElGamal encryption of N under Z, with a proof that whoever made it knew the randomness: what a later mixing of the tags needs, in
/// every filing from the first day on. WEP-1, section 6.
/// </summary>
public static class Mix
{
    /// <summary>Length of the encoding c1 ‖ c2 ‖ c ‖ s, in bytes.</summary>
    public const int Size = 128;

    private static ReadOnlySpan<byte> Context => "wetoo/v1/mix"u8;

    /// <summary>Encrypts.</summary>
    /// <param name="n">N, what the OPRF gave for the slip.</param>
    /// <param name="z">The keepers' public key Z.</param>
    /// <param name="binding">deployment ‖ pseudonym ‖ filing_id ‖ u8 slip: see <see cref="Binding"/>.</param>
    /// <param name="random">For ρ and κ.</param>
    /// <returns><see cref="Size"/> bytes.</returns>
    /// <remarks>Cost: three multiplications. Constant-time in ρ and κ.</remarks>
    public static byte[] Encrypt(Element n, Element z, ReadOnlySpan<byte> binding, RandomBytes random)
    {
        while (true)
        {
            using var rho = Scalar.Random(random);
            using var kappa = Scalar.Random(random);
            var c1 = Element.FromGenerator(rho);
            if (z.Times(rho).Plus(n) is not { } c2) continue; // Probability 2⁻²⁵²: the sum would be the identity.

            var commitment = Element.FromGenerator(kappa);
            using var c = Scalar.HashFrom([.. binding, .. c1.Bytes, .. c2.Bytes, .. commitment.Bytes], Context);
            using var product = c.Times(rho);
            using var s = kappa.Minus(product);
            return [.. c1.Bytes, .. c2.Bytes, .. c.Bytes, .. s.Bytes];
        }
    }

    /// <summary>Checks the proof of knowledge.</summary>
    /// <returns><see langword="false"/> when the length or an encoding is wrong, or the proof is not one for this binding.</returns>
    /// <remarks>Cost: two multiplications. Public values only.</remarks>
    public static bool Verify(ReadOnlySpan<byte> mix, ReadOnlySpan<byte> binding)
    {
        if (mix.Length != Size
            || !Element.TryParse(mix[..32], out var c1)
            || !Element.TryParse(mix[32..64], out var c2)
            || !Sodium.IsReduced(mix[64..96])
            || !Sodium.IsReduced(mix[96..]))
            return false;

        Span<byte> commitment = stackalloc byte[Element.Size];
        Span<byte> term = stackalloc byte[Element.Size];
        Sodium.MultiplyGenerator(commitment, mix[96..]);
        Sodium.Multiply(term, mix[64..96], c1.Bytes);
        _ = Sodium.crypto_core_ristretto255_add(commitment, commitment, term);
        Span<byte> expected = stackalloc byte[Scalar.Size];
        Scalar.Hash([.. binding, .. c1.Bytes, .. c2.Bytes, .. commitment], Context, expected);
        return Sodium.Equal(expected, mix[64..96]);
    }

    /// <summary>What the proof is bound to.</summary>
    public static byte[] Binding(ReadOnlySpan<byte> deployment, ReadOnlySpan<byte> pseudonym, ReadOnlySpan<byte> filingId, byte slip) =>
        [.. deployment, .. pseudonym, .. filingId, slip];
}
