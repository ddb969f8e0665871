using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;
using WeToo.Core.Group;
using WeToo.Core.Threshold;
using Xunit;

namespace WeToo.Tests.Core;

/// <summary>The group, held to the vectors of RFC 9496, and the arithmetic on which quorums stand.</summary>
public sealed class RistrettoTests
{
    private static readonly Gen<Scalar> s_scalar = Gen.Byte.Array[64].Select(wide => Scalar.Random(wide.CopyTo));

    public static TheoryData<string, string> Refused =>
        [.. Load().GetProperty("refused").EnumerateArray().Select(one => (one.GetProperty("why").GetString()!, one.GetProperty("encoding").GetString()!))];

    public static TheoryData<string, string> FromUniformBytes =>
        [.. Load().GetProperty("from_uniform_bytes").EnumerateArray().Select(one => (one.GetProperty("input").GetString()!, one.GetProperty("output").GetString()!))];

    [Fact]
    public void The_multiples_of_the_generator_are_those_of_rfc9496_by_product_and_by_sum()
    {
        using var one = Scalar.FromIndex(1);
        var generator = Element.FromGenerator(one);
        Element? sum = null;
        byte i = 0;
        foreach (var published in Load().GetProperty("multiples_of_the_generator").EnumerateArray())
        {
            using var scalar = Scalar.FromIndex(++i);
            sum = sum?.Plus(generator) ?? generator;

            Assert.Equal(published.GetString(), Hex(Element.FromGenerator(scalar)));
            Assert.Equal(published.GetString(), Hex(generator.Times(scalar)));
            Assert.Equal(published.GetString(), Hex(sum.Value));
            Assert.True(Element.TryParse(Convert.FromHexString(published.GetString()!), out _));
        }

        Assert.Equal(15, i);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void An_encoding_that_rfc9496_refuses_is_no_element(string why, string encoding) =>
        Assert.False(Element.TryParse(Convert.FromHexString(encoding), out _), why);

    [Theory]
    [MemberData(nameof(FromUniformBytes))]
    public void Uniform_bytes_give_the_element_of_rfc9496(string input, string output)
    {
        var element = new byte[Element.Size];

        _ = Sodium.crypto_core_ristretto255_from_hash(element, Convert.FromHexString(input));

        Assert.Equal(output, Convert.ToHexStringLower(element));
    }

    [Fact]
    public void What_is_not_below_the_order_is_no_scalar()
    {
        var order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        var below = order.ToArray();
        below[0]--;

        Assert.Null(Scalar.TryParse(order));
        Assert.Null(Scalar.TryParse(new byte[Scalar.Size]));
        Assert.Null(Scalar.TryParse(new byte[Scalar.Size - 1]));
        Assert.Null(Scalar.TryParse(Enumerable.Repeat((byte)0xFF, Scalar.Size).ToArray()));
        Assert.NotNull(Scalar.TryParse(below));
    }

    [Fact]
    public void Scalars_form_a_field_that_acts_on_the_group() => Gen.Select(s_scalar, s_scalar).Sample((a, b) =>
    {
        var point = Element.HashFrom("a point"u8, "tests"u8);
        using var sum = a.Plus(b);
        using var product = a.Times(b);
        using var inverse = a.Inverse();
        using var one = a.Times(inverse);

        Assert.Equal(point.Times(sum), point.Times(a).Plus(point.Times(b)));
        Assert.Equal(point.Times(product), point.Times(a).Times(b));
        Assert.Equal(point, point.Times(one));
    });

    [Fact]
    public void Every_quorum_gives_a_shared_secret_back_and_one_share_less_does_not() =>
        Gen.Select(s_scalar, Gen.Int[1, 5], Gen.Int[0, 3]).Sample(
            (secret, quorum, more) =>
            {
                var shares = Shamir.Split(secret, quorum, quorum + more, RandomNumberGenerator.Fill);
                PartialEvaluation Part(int i) => new((byte)i, Element.FromGenerator(shares[i - 1]));

                Assert.All(OprfTests.Subsets(quorum + more, quorum), chosen => Assert.Equal(Element.FromGenerator(secret), Quorum.Combine([.. chosen.Select(Part)])));
                Assert.All(OprfTests.Subsets(quorum + more, quorum - 1), few => Assert.NotEqual(Element.FromGenerator(secret), Quorum.Combine([.. few.Select(Part)])));
            },
            iter: 50);

    [Fact]
    public void Shares_of_two_sharings_of_one_secret_do_not_mix()
    {
        using var secret = Scalar.Random(RandomNumberGenerator.Fill);
        var (old, fresh) = (Shamir.Split(secret, 2, 3, RandomNumberGenerator.Fill), Shamir.Split(secret, 2, 3, RandomNumberGenerator.Fill));

        Assert.NotEqual(Element.FromGenerator(secret), Quorum.Combine(new(1, Element.FromGenerator(old[0])), new(2, Element.FromGenerator(fresh[1]))));
    }

    [Fact]
    public void No_parts_a_part_twice_and_index_zero_are_no_quorum()
    {
        using var one = Scalar.FromIndex(1);
        var part = new PartialEvaluation(1, Element.FromGenerator(one));

        Assert.Null(Quorum.Combine());
        Assert.Null(Quorum.Combine(part, part));
        Assert.Null(Quorum.Combine(part, part with { KeeperIndex = 0 }));
        Assert.Null(Quorum.Combine([.. Enumerable.Repeat(part, 256)]));
    }

    [Fact]
    public void A_secret_says_nothing_when_it_is_written_and_is_gone_when_disposed()
    {
        var scalar = Scalar.Random(RandomNumberGenerator.Fill);
        Assert.Equal("Scalar(secret)", scalar.ToString());

        scalar.Dispose();

        Assert.False(scalar.Bytes.ContainsAnyExcept((byte)0));
    }

    private static string Hex(Element element) => Convert.ToHexStringLower(element.ToBytes());

    private static JsonElement Load()
    {
        using var file = Vectors.Read("ristretto255-rfc9496.json");
        return file.RootElement.Clone();
    }
}
