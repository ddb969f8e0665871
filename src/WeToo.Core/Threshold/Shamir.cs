using WeToo.Core.Group;

namespace WeToo.Core.Threshold;

/// <summary>Shamir's sharing over the scalar field ("How to share a secret", 1979).</summary>
public static class Shamir
{
    /// <summary>Evaluates a₀ + a₁·x + … at a share index.</summary>
    /// <param name="coefficients">a₀, a₁, …; a₀ is the secret. Not disposed here.</param>
    /// <param name="index">x, in 1..255.</param>
    /// <returns>The share, which may be zero with negligible probability.</returns>
    /// <remarks>Horner's scheme. Constant-time in the coefficients.</remarks>
    public static Scalar Evaluate(IReadOnlyList<Scalar> coefficients, byte index)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        using var x = Scalar.FromIndex(index);
        var sum = coefficients[^1].Copy();
        for (var k = coefficients.Count - 2; k >= 0; k--)
        {
            using var previous = sum;
            using var product = previous.Times(x);
            sum = product.Plus(coefficients[k]);
        }

        return sum;
    }

    /// <summary>Splits a secret among the indices 1..<paramref name="count"/>, so that any <paramref name="quorum"/> shares give it back.</summary>
    /// <remarks>For tests, vectors and re-sharing: in service nobody ever holds a whole key.</remarks>
    public static IReadOnlyList<Scalar> Split(Scalar secret, int quorum, int count, RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentOutOfRangeException.ThrowIfLessThan(quorum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, byte.MaxValue);
        Scalar[] coefficients = [secret.Copy(), .. Enumerable.Range(1, quorum - 1).Select(_ => Scalar.Random(random))];
        Scalar[] shares = [.. Enumerable.Range(1, count).Select(i => Evaluate(coefficients, (byte)i))];
        foreach (var coefficient in coefficients) coefficient.Dispose();
        return shares;
    }
}
