using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Group;

namespace WeToo.Core.Oprf;

/// <summary>The context strings under which WeToo proves equal logarithms. WEP-1, section 1.2.</summary>
public static class DleqContext
{
    /// <summary>Partial evaluations.</summary>
    public const string Evaluate = "wetoo/v1/dleq/evaluate";

    /// <summary>Shares of seeds.</summary>
    public const string Drop = "wetoo/v1/dleq/drop";

    /// <summary>Shares of contact parts.</summary>
    public const string Open = "wetoo/v1/dleq/open";

    /// <summary>Shares of accounts.</summary>
    public const string Release = "wetoo/v1/dleq/release";
}

/// <summary>One proof that D[j] = k·C[j] for every j under the key that kG = k·G names. RFC 9497, section 2.2, with A = G.</summary>
public static class Dleq
{
    /// <summary>Proves.</summary>
    /// <param name="context">One of <see cref="DleqContext"/>.</param>
    /// <param name="k">The secret share.</param>
    /// <param name="kG">k·G, as published.</param>
    /// <param name="c">The elements C, at least one.</param>
    /// <param name="d">k·C, in the same order.</param>
    /// <param name="random">For the nonce, used once.</param>
    /// <remarks>Cost: one multiplication for each element and three more. Constant-time in <paramref name="k"/>.</remarks>
    public static DleqProof Prove(string context, Scalar k, Element kG, ReadOnlySpan<Element> c, ReadOnlySpan<Element> d, RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(k);
        ArgumentOutOfRangeException.ThrowIfZero(c.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(d.Length, c.Length);
        var contextBytes = Encoding.UTF8.GetBytes(context);
        Span<byte> m = stackalloc byte[Element.Size];
        Span<byte> z = stackalloc byte[Element.Size];
        Span<byte> t2 = stackalloc byte[Element.Size];
        Span<byte> t3 = stackalloc byte[Element.Size];
        Composite(contextBytes, kG, c, d, m, default);
        Sodium.Multiply(z, k.Bytes, m);

        using var nonce = Scalar.Random(random);
        Sodium.MultiplyGenerator(t2, nonce.Bytes);
        Sodium.Multiply(t3, nonce.Bytes, m);

        Span<byte> challenge = stackalloc byte[Scalar.Size];
        Span<byte> s = stackalloc byte[Scalar.Size];
        Challenge(contextBytes, kG, m, z, t2, t3, challenge);
        Sodium.crypto_core_ristretto255_scalar_mul(s, challenge, k.Bytes);
        Sodium.crypto_core_ristretto255_scalar_sub(s, nonce.Bytes, s);
        return DleqProof.From(challenge, s);
    }

    /// <summary>Verifies.</summary>
    /// <returns><see langword="false"/> when the lists are empty or of unequal length, or the proof is not one of these elements in this order.</returns>
    /// <remarks>Cost: two multiplications for each element and four more. Everything here is public.</remarks>
    public static bool Verify(string context, Element kG, ReadOnlySpan<Element> c, ReadOnlySpan<Element> d, DleqProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (c.IsEmpty || c.Length != d.Length) return false;

        var contextBytes = Encoding.UTF8.GetBytes(context);
        Span<byte> m = stackalloc byte[Element.Size];
        Span<byte> z = stackalloc byte[Element.Size];
        Span<byte> t2 = stackalloc byte[Element.Size];
        Span<byte> t3 = stackalloc byte[Element.Size];
        Span<byte> term = stackalloc byte[Element.Size];
        Composite(contextBytes, kG, c, d, m, z);

        Sodium.MultiplyGenerator(t2, proof.S);
        Sodium.Multiply(term, proof.C, kG.Bytes);
        _ = Sodium.crypto_core_ristretto255_add(t2, t2, term);
        Sodium.Multiply(t3, proof.S, m);
        Sodium.Multiply(term, proof.C, z);
        _ = Sodium.crypto_core_ristretto255_add(t3, t3, term);

        Span<byte> expected = stackalloc byte[Scalar.Size];
        Challenge(contextBytes, kG, m, z, t2, t3, expected);
        return Sodium.Equal(expected, proof.C);
    }

    /// <summary>ComputeComposites of RFC 9497, section 2.2.1; ComputeCompositesFast when <paramref name="z"/> is empty.</summary>
    private static void Composite(byte[] context, Element kG, ReadOnlySpan<Element> c, ReadOnlySpan<Element> d, Span<byte> m, Span<byte> z)
    {
        byte[] seedDst = [.. "Seed-"u8, .. context];
        var seed = SHA512.HashData([.. Framed(kG.Bytes), .. Framed(seedDst)]);
        Span<byte> weight = stackalloc byte[Scalar.Size];
        Span<byte> term = stackalloc byte[Element.Size];
        m.Clear();
        z.Clear();
        for (var i = 0; i < c.Length; i++)
        {
            Scalar.Hash([.. Framed(seed), .. U16(i), .. Framed(c[i].Bytes), .. Framed(d[i].Bytes), .. "Composite"u8], context, weight);
            Sodium.Multiply(term, weight, c[i].Bytes);
            _ = Sodium.crypto_core_ristretto255_add(m, m, term);
            if (z.IsEmpty) continue;
            Sodium.Multiply(term, weight, d[i].Bytes);
            _ = Sodium.crypto_core_ristretto255_add(z, z, term);
        }
    }

    private static void Challenge(
        byte[] context, Element kG, ReadOnlySpan<byte> m, ReadOnlySpan<byte> z, ReadOnlySpan<byte> t2, ReadOnlySpan<byte> t3, Span<byte> challenge) =>
        Scalar.Hash([.. Framed(kG.Bytes), .. Framed(m), .. Framed(z), .. Framed(t2), .. Framed(t3), .. "Challenge"u8], context, challenge);

    private static byte[] Framed(ReadOnlySpan<byte> part) => [.. U16(part.Length), .. part];

    private static byte[] U16(int number)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, checked((ushort)number));
        return bytes;
    }
}
