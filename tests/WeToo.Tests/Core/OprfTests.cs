using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;
using WeToo.Core.Group;
using WeToo.Core.Oprf;
using WeToo.Core.Threshold;
using Xunit;

namespace WeToo.Tests.Core;

public sealed class OprfTests
{
    private const string Mode1Context = "OPRFV1-\u0001-ristretto255-SHA512";

    public static TheoryData<int, int, int> Mode0ThroughEveryQuorum
    {
        get
        {
            var rows = new TheoryData<int, int, int>();
            var cases = Suite(0).GetProperty("vectors").GetArrayLength();
            for (var index = 0; index < cases; index++)
            {
                rows.Add(index, 2, 3);
                rows.Add(index, 3, 5);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Mode0ThroughEveryQuorum))]
    public void Every_quorum_gives_the_output_of_rfc9497(int index, int quorum, int count)
    {
        var suite = Suite(0);
        var vector = suite.GetProperty("vectors")[index];
        using var key = ScalarOf(suite.GetProperty("skSm"));
        using var blind = ScalarOf(vector.GetProperty("Blind"));
        var input = Bytes(vector.GetProperty("Input"));
        var shares = Shamir.Split(key, quorum, count, RandomNumberGenerator.Fill);

        var blinded = OprfClient.Blind(input, blind);
        Assert.Equal(vector.GetProperty("BlindedElement").GetString(), Hex(blinded));
        foreach (var chosen in Subsets(count, quorum))
        {
            var evaluated = Quorum.Combine([.. chosen.Select(i => new PartialEvaluation((byte)i, blinded.Times(shares[i - 1])))])!.Value;

            Assert.Equal(vector.GetProperty("EvaluationElement").GetString(), Hex(evaluated));
            Assert.Equal(Bytes(vector.GetProperty("Output")), OprfClient.Finalize(input, OprfClient.Unblind(blind, evaluated)));
        }

        foreach (var few in Subsets(count, quorum - 1))
            Assert.NotEqual(vector.GetProperty("EvaluationElement").GetString(), Hex(Quorum.Combine([.. few.Select(i => new PartialEvaluation((byte)i, blinded.Times(shares[i - 1])))])!.Value));
    }

    [Fact]
    public void Proofs_are_those_of_rfc9497()
    {
        var suite = Suite(1);
        using var key = ScalarOf(suite.GetProperty("skSm"));
        foreach (var vector in suite.GetProperty("vectors").EnumerateArray())
        {
            var (blinded, evaluated) = (Elements(vector.GetProperty("BlindedElement")), Elements(vector.GetProperty("EvaluationElement")));
            var r = Bytes(vector.GetProperty("Proof").GetProperty("r"));

            var proof = Dleq.Prove(Mode1Context, key, Element.FromGenerator(key), blinded, evaluated, wide => r.CopyTo(wide));

            Assert.Equal(vector.GetProperty("Proof").GetProperty("proof").GetString(), Convert.ToHexStringLower(proof.ToBytes()));
            Assert.True(Dleq.Verify(Mode1Context, Element.FromGenerator(key), blinded, evaluated, proof));
        }
    }

    [Fact]
    public void A_proof_holds_for_its_elements_in_their_order_and_for_nothing_else() =>
        Gen.Int[0, 63].Sample(
            at =>
            {
                using var key = Scalar.Random(RandomNumberGenerator.Fill);
                var public1 = Element.FromGenerator(key);
                Element[] c = [Element.HashFrom("a"u8, "t"u8), Element.HashFrom("b"u8, "t"u8)];
                Element[] d = [c[0].Times(key), c[1].Times(key)];
                var proof = Dleq.Prove(DleqContext.Drop, key, public1, c, d, RandomNumberGenerator.Fill);
                var altered = proof.ToBytes();
                altered[at] ^= 1;

                Assert.True(Dleq.Verify(DleqContext.Drop, public1, c, d, proof));
                Assert.False(Dleq.Verify(DleqContext.Open, public1, c, d, proof));
                Assert.False(Dleq.Verify(DleqContext.Drop, public1, [c[1], c[0]], [d[1], d[0]], proof));
                Assert.False(Dleq.Verify(DleqContext.Drop, public1, c, [d[1], d[0]], proof));
                Assert.False(Dleq.Verify(DleqContext.Drop, c[0], c, d, proof));
                Assert.False(Dleq.Verify(DleqContext.Drop, public1, [c[0]], [d[0]], proof));
                Assert.False(Dleq.Verify(DleqContext.Drop, public1, [], [], proof));
                Assert.False(DleqProof.TryParse(altered, out var other) && Dleq.Verify(DleqContext.Drop, public1, c, d, other));
            },
            iter: 200);

    [Fact]
    public void The_identity_and_what_is_not_canonical_are_no_elements()
    {
        Assert.False(Element.TryParse(new byte[32], out _));
        Assert.False(Element.TryParse(Convert.FromHexString("00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"), out _));
        Assert.False(Element.TryParse(Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"), out _));
        Gen.Byte.Array[0, 40].Sample(bytes => Assert.True(!Element.TryParse(bytes, out var element) || element.ToBytes().AsSpan().SequenceEqual(bytes)));
    }

    [Fact]
    public void The_generator_and_its_multiples_are_those_of_rfc9496()
    {
        string[] published =
        [
            "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
            "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
            "94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259",
        ];

        for (byte i = 1; i <= published.Length; i++)
        {
            using var scalar = Scalar.FromIndex(i);
            Assert.Equal(published[i - 1], Hex(Element.FromGenerator(scalar)));
        }
    }

    internal static IEnumerable<int[]> Subsets(int count, int size) =>
        Enumerable.Range(1, (1 << count) - 1)
            .Where(set => int.PopCount(set) == size)
            .Select(set => Enumerable.Range(1, count).Where(i => ((set >> (i - 1)) & 1) == 1).ToArray());

    private static JsonElement Suite(int mode)
    {
        using var file = Vectors.Read("oprf-rfc9497.json");
        return file.RootElement.EnumerateArray().Single(suite => suite.GetProperty("mode").GetInt32() == mode).Clone();
    }

    private static Element[] Elements(JsonElement list) => [.. list.GetString()!.Split(',').Select(hex => Element.TryParse(Convert.FromHexString(hex), out var element) ? element : throw new FormatException(hex))];

    private static Scalar ScalarOf(JsonElement hex) => Scalar.TryParse(Bytes(hex)) ?? throw new FormatException(hex.ToString());

    private static byte[] Bytes(JsonElement hex) => Convert.FromHexString(hex.GetString()!);

    private static string Hex(Element element) => Convert.ToHexStringLower(element.ToBytes());
}
