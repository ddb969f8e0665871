using WeToo.Core.Group;

namespace WeToo.Core.Threshold;

/// <summary>What a quorum of keepers amounts to.</summary>
public static class Quorum
{
    /// <summary>
    /// Combines the partial evaluations of a quorum into the evaluation under the whole key: Σ λᵢ·Dᵢ, where
    /// λᵢ = Π_{j≠i} j / (j − i) modulo ℓ are the Lagrange coefficients at zero.
    /// </summary>
    /// <param name="parts">
    /// At least s parts, s being the quorum, each already checked against its keeper's proof. Any s or more keepers
    /// give the same result; fewer give a wrong element that nothing here can detect.
    /// </param>
    /// <returns>
    /// The evaluation, or <see langword="null"/> when <paramref name="parts"/> is empty, an index is zero or occurs twice, or the
    /// sum is the identity.
    /// </returns>
    /// <remarks>
    /// Source: Jarecki, Kiayias, Krawczyk and Xu, "TOPPSS", ePrint 2017/363, section 3. Cost: one multiplication and one
    /// inversion for each part. Everything here is public, so nothing needs to be constant-time.
    /// </remarks>
    public static Element? Combine(params ReadOnlySpan<PartialEvaluation> parts)
    {
        Span<byte> indices = stackalloc byte[byte.MaxValue];
        if (parts.IsEmpty || parts.Length > indices.Length) return null;
        for (var j = 0; j < parts.Length; j++) indices[j] = parts[j].KeeperIndex;
        indices = indices[..parts.Length];
        if (!Lagrange.AreDistinct(indices)) return null;

        Span<byte> sum = stackalloc byte[Element.Size];
        Span<byte> term = stackalloc byte[Element.Size];
        sum.Clear(); // The all-zero string encodes the identity.
        foreach (var part in parts)
        {
            using var coefficient = Lagrange.AtZero(part.KeeperIndex, indices);
            Sodium.Multiply(term, coefficient.Bytes, part.Element.Bytes);
            _ = Sodium.crypto_core_ristretto255_add(sum, sum, term);
        }

        return Element.TryParse(sum, out var evaluation) ? evaluation : null;
    }
}
