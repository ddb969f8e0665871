using System.Security.Cryptography;
using CsCheck;
using WeToo.Core.Group;
using WeToo.Core.Sealing;
using Xunit;

namespace WeToo.Tests.Core.Sealing;

public sealed class MixTests
{
    private static readonly byte[] s_binding = Mix.Binding(new byte[16], new byte[32], new byte[16], 2);
    private static readonly Element s_n = Element.HashFrom("n"u8, "tests"u8);
    private readonly Scalar _key = Scalar.Random(RandomNumberGenerator.Fill);

    [Fact]
    public void The_key_of_the_sealing_brings_n_back()
    {
        var mix = Mix.Encrypt(s_n, Element.FromGenerator(_key), s_binding, RandomNumberGenerator.Fill);
        _ = Element.TryParse(mix.AsSpan(0, 32), out var c1);
        _ = Element.TryParse(mix.AsSpan(32, 32), out var c2);

        Assert.True(Mix.Verify(mix, s_binding));
        Assert.Equal(c2, c1.Times(_key).Plus(s_n));
    }

    [Fact]
    public void It_is_bound_to_its_slip_and_to_every_bit() => Gen.Int[0, (Mix.Size * 8) - 1].Sample(bit =>
    {
        var mix = Mix.Encrypt(s_n, Element.FromGenerator(_key), s_binding, RandomNumberGenerator.Fill);
        var altered = mix.ToArray();
        altered[bit / 8] ^= (byte)(1 << (bit % 8));

        Assert.False(Mix.Verify(altered, s_binding));
        Assert.False(Mix.Verify(mix, Mix.Binding(new byte[16], new byte[32], new byte[16], 1)));
        Assert.False(Mix.Verify(mix.AsSpan(1), s_binding));
    });

    [Fact]
    public void Nobody_proves_knowledge_for_anothers_ciphertext_multiplied()
    {
        var mix = Mix.Encrypt(s_n, Element.FromGenerator(_key), s_binding, RandomNumberGenerator.Fill);
        using var two = Scalar.FromIndex(2);
        _ = Element.TryParse(mix.AsSpan(0, 32), out var c1);
        _ = Element.TryParse(mix.AsSpan(32, 32), out var c2);

        Assert.False(Mix.Verify([.. c1.Times(two).ToBytes(), .. c2.Times(two).ToBytes(), .. mix[64..]], s_binding));
    }
}
