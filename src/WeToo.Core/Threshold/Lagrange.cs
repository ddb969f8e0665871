using WeToo.Core.Group;

namespace WeToo.Core.Threshold;

/// <summary>Lagrange interpolation at zero over share indices. Public values.</summary>
public static class Lagrange
{
    /// <summary>Computes λᵢ = Π_{j≠i} j / (j − i) modulo ℓ.</summary>
    /// <param name="i">The index, one of <paramref name="indices"/>.</param>
    /// <param name="indices">Distinct indices in 1..255.</param>
    public static Scalar AtZero(byte i, ReadOnlySpan<byte> indices)
    {
        Span<byte> denominator = stackalloc byte[Scalar.Size];
        Span<byte> factor = stackalloc byte[Scalar.Size];
        Span<byte> xi = stackalloc byte[Scalar.Size];
        Span<byte> numerator = stackalloc byte[Scalar.Size];
        denominator.Clear();
        numerator.Clear();
        xi.Clear();
        xi[0] = i;
        numerator[0] = 1;
        denominator[0] = 1;
        foreach (var j in indices)
        {
            if (j == i) continue;

            factor.Clear();
            factor[0] = j;
            Sodium.crypto_core_ristretto255_scalar_mul(numerator, numerator, factor);
            Sodium.crypto_core_ristretto255_scalar_sub(factor, factor, xi);
            Sodium.crypto_core_ristretto255_scalar_mul(denominator, denominator, factor);
        }

        _ = Sodium.crypto_core_ristretto255_scalar_invert(denominator, denominator);
        Sodium.crypto_core_ristretto255_scalar_mul(numerator, numerator, denominator);
        return Scalar.TryParse(numerator)!; // Neither a distinct non-zero index nor a quotient of such is zero modulo ℓ.
    }

    /// <summary>Says whether indices are distinct and none is zero, which would be the key itself.</summary>
    public static bool AreDistinct(ReadOnlySpan<byte> indices)
    {
        Span<bool> seen = stackalloc bool[256];
        seen.Clear();
        seen[0] = true;
        foreach (var index in indices)
        {
            if (seen[index]) return false;
            seen[index] = true;
        }

        return true;
    }
}
