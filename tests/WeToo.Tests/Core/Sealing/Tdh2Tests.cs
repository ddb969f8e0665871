using System.Security.Cryptography;
using CsCheck;
using WeToo.Core.Group;
using WeToo.Core.Oprf;
using WeToo.Core.Sealing;
using WeToo.Core.Threshold;
using Xunit;

namespace WeToo.Tests.Core.Sealing;

/// <summary>What is sealed to a quorum: who opens it, and what keepers can tell before they help.</summary>
public sealed class Tdh2Tests
{
    private static readonly byte[] s_label = Labels.Package(new byte[16], new byte[32], new byte[16], 1);
    private readonly Scalar _key = Scalar.Random(RandomNumberGenerator.Fill);

    private Element Public => Element.FromGenerator(_key);

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    public void Every_quorum_opens_and_one_keeper_less_does_not(int quorum, int count)
    {
        var shares = Shamir.Split(_key, quorum, count, RandomNumberGenerator.Fill);
        var (header, ciphertext) = Tdh2.Seal(Public, s_label, "what happened"u8, RandomNumberGenerator.Fill);
        Element? Combined(int[] keepers) => Quorum.Combine([.. keepers.Select(i => new PartialEvaluation((byte)i, header.U.Times(shares[i - 1])))]);

        Assert.All(OprfTests.Subsets(count, quorum), chosen => Assert.Equal("what happened"u8.ToArray(), Tdh2.Open(Combined(chosen)!.Value, header, s_label, ciphertext)));
        Assert.All(OprfTests.Subsets(count, quorum - 1), few => Assert.Null(Tdh2.Open(Combined(few)!.Value, header, s_label, ciphertext)));
    }

    [Fact]
    public void Any_plaintext_comes_back_sixteen_bytes_shorter() => Gen.Byte.Array[0, 2000].Sample(plaintext =>
    {
        var (header, ciphertext) = Tdh2.Seal(Public, s_label, plaintext, RandomNumberGenerator.Fill);

        Assert.True(Tdh2.Verify(header, s_label));
        Assert.Equal(plaintext.Length + 16, ciphertext.Length);
        Assert.Equal(plaintext, Tdh2.Open(header.U.Times(_key), header, s_label, ciphertext));
    });

    [Fact]
    public void A_header_with_any_bit_changed_is_refused_by_keepers() => Gen.Int[0, (SealedHeader.Size * 8) - 1].Sample(bit =>
    {
        var (header, _) = Tdh2.Seal(Public, s_label, "x"u8, RandomNumberGenerator.Fill);
        var altered = header.ToBytes();
        altered[bit / 8] ^= (byte)(1 << (bit % 8));

        Assert.False(SealedHeader.TryParse(altered, out var other) && Tdh2.Verify(other!, s_label));
    });

    [Fact]
    public void A_ciphertext_with_any_bit_changed_does_not_open()
    {
        var (header, ciphertext) = Tdh2.Seal(Public, s_label, "forty bytes or so, more or less, of text"u8, RandomNumberGenerator.Fill);
        var point = header.U.Times(_key);
        Gen.Int[0, (ciphertext.Length * 8) - 1].Sample(bit =>
        {
            var altered = ciphertext.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Null(Tdh2.Open(point, header, s_label, altered));
        });
        Assert.Null(Tdh2.Open(point, header, s_label, ciphertext.AsSpan(1)));
        Assert.Null(Tdh2.Open(point, header, s_label, []));
    }

    [Fact]
    public void What_was_sealed_under_one_label_is_refused_under_every_other()
    {
        var (header, ciphertext) = Tdh2.Seal(Public, s_label, "x"u8, RandomNumberGenerator.Fill);
        byte[][] others =
        [
            [],
            Labels.Package(new byte[16], new byte[32], new byte[16], 2),
            Labels.Package([1, .. new byte[15]], new byte[32], new byte[16], 1),
            Labels.Package(new byte[16], [1, .. new byte[31]], new byte[16], 1),
            Labels.Package(new byte[16], new byte[32], [1, .. new byte[15]], 1),
            Labels.Seed(new byte[16], new byte[32], new byte[16], 0, 1),
            [.. s_label, 0],
        ];

        Assert.All(others, label => Assert.False(Tdh2.Verify(header, label)));
        Assert.All(others, label => Assert.Null(Tdh2.Open(header.U.Times(_key), header, label, ciphertext)));
    }

    /// <summary>The attack that the second generator is for: somebody else's u, multiplied or taken as it is, under a label of one's own.</summary>
    [Fact]
    public void Nobody_gets_anothers_header_decrypted_under_their_own_label()
    {
        var (header, ciphertext) = Tdh2.Seal(Public, s_label, "x"u8, RandomNumberGenerator.Fill);
        var own = Labels.Package(new byte[16], [7, .. new byte[31]], new byte[16], 1);
        var (mine, _) = Tdh2.Seal(Public, own, "x"u8, RandomNumberGenerator.Fill);
        using var two = Scalar.FromIndex(2);
        var proof = mine.ToBytes()[64..128];
        byte[][] forged =
        [
            [.. header.ToBytes()[..64], .. proof, .. SHA256.HashData(ciphertext)],
            [.. header.U.Times(two).ToBytes(), .. header.UBar.Times(two).ToBytes(), .. proof, .. SHA256.HashData(ciphertext)],
            [.. mine.ToBytes()[..32], .. header.UBar.ToBytes(), .. proof, .. mine.CiphertextSha256.Span],
        ];

        Assert.All(forged, bytes => Assert.False(SealedHeader.TryParse(bytes, out var other) && Tdh2.Verify(other!, own)));
    }

    [Fact]
    public void A_keeper_that_answers_wrongly_is_found_by_its_proof()
    {
        var shares = Shamir.Split(_key, 2, 3, RandomNumberGenerator.Fill);
        Element[] public1 = [.. shares.Select(Element.FromGenerator)];
        Element[] u = [.. Enumerable.Range(0, 3).Select(_ => Tdh2.Seal(Public, s_label, "x"u8, RandomNumberGenerator.Fill).Header.U)];
        Element[] answer = [.. u.Select(one => one.Times(shares[0]))];
        var proof = Dleq.Prove(DleqContext.Open, shares[0], public1[0], u, answer, RandomNumberGenerator.Fill);

        Assert.True(Dleq.Verify(DleqContext.Open, public1[0], u, answer, proof));
        Assert.False(Dleq.Verify(DleqContext.Open, public1[1], u, answer, proof));
        Assert.False(Dleq.Verify(DleqContext.Open, public1[0], u, [answer[0], answer[1], u[2].Times(shares[1])], proof));
        Assert.False(Dleq.Verify(DleqContext.Release, public1[0], u, answer, proof));
    }

    [Fact]
    public void Two_sealings_of_the_same_have_nothing_in_common()
    {
        var (first, a) = Tdh2.Seal(Public, s_label, "the same"u8, RandomNumberGenerator.Fill);
        var (second, b) = Tdh2.Seal(Public, s_label, "the same"u8, RandomNumberGenerator.Fill);

        Assert.NotEqual(first.U, second.U);
        Assert.NotEqual(a, b);
    }
}
