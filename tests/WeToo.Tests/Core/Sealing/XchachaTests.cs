using CsCheck;
using WeToo.Core.Sealing;
using Xunit;

namespace WeToo.Tests.Core.Sealing;

public sealed class XchachaTests
{
    private static readonly byte[] s_key = [.. Enumerable.Range(0x80, 32).Select(i => (byte)i)];

    /// <summary>The example of draft-irtf-cfrg-xchacha-03, appendix A.3.1.</summary>
    [Fact]
    public void The_published_example_comes_out()
    {
        byte[] nonce = [.. Enumerable.Range(0x40, 24).Select(i => (byte)i)];
        var associated = Convert.FromHexString("50515253c0c1c2c3c4c5c6c7");
        var plaintext = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."u8;
        var published = Convert.FromHexString(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
            + "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49");

        Assert.Equal(published, Xchacha.Seal(s_key, nonce, plaintext, associated));
        Assert.Equal(plaintext.ToArray(), Xchacha.Open(s_key, nonce, published, associated));
    }

    [Fact]
    public void Nothing_opens_that_differs_in_one_bit() => Gen.Select(Gen.Byte.Array[0, 100], Gen.Int[0, 127]).Sample((plaintext, bit) =>
    {
        var sealed1 = Xchacha.Seal(s_key, default, plaintext, "label"u8);
        var altered = sealed1.ToArray();
        altered[bit / 8] ^= (byte)(1 << (bit % 8));

        Assert.Equal(plaintext, Xchacha.Open(s_key, default, sealed1, "label"u8));
        Assert.Null(Xchacha.Open(s_key, default, altered, "label"u8));
        Assert.Null(Xchacha.Open(s_key, default, sealed1, "another"u8));
        Assert.Null(Xchacha.Open(s_key, default, sealed1.AsSpan(0, 15), "label"u8));
    });

    [Fact]
    public void A_short_nonce_is_a_mistake_and_not_a_nonce() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Xchacha.Seal(s_key, new byte[12], [1], default));
}
