using CsCheck;
using WeToo.Core.Sealing;
using Xunit;

namespace WeToo.Tests.Core;

public sealed class SealedBoxTests
{
    private static readonly Gen<byte[]> s_key = Gen.Byte.Array[SealedBox.KeySize];

    [Fact]
    public void What_is_sealed_is_what_libsodium_opens() => Gen.Select(s_key, s_key, Gen.Byte.Array[0, 300]).Sample((holder, once, message) =>
    {
        using var secret = new SecretBytes(holder);
        var publicKey = SealedBox.PublicKey(secret);

        var box = SealedBox.Seal(publicKey, message, once.CopyTo);

        Assert.Equal(message.Length + SealedBox.Overhead, box!.Length);
        Assert.Equal(message, SealedBox.Open(secret, publicKey, box));
    });

    [Fact]
    public void A_box_with_one_bit_changed_does_not_open() => Gen.Select(s_key, s_key, Gen.Int[0, ((SealedBox.Overhead + 10) * 8) - 1]).Sample((holder, once, bit) =>
    {
        using var secret = new SecretBytes(holder);
        var publicKey = SealedBox.PublicKey(secret);
        var box = SealedBox.Seal(publicKey, new byte[10], once.CopyTo)!;

        box[bit / 8] ^= (byte)(1 << (bit % 8));

        Assert.Null(SealedBox.Open(secret, publicKey, box));
    });

    [Fact]
    public void Nobody_seals_to_a_key_of_small_order_or_of_another_length()
    {
        Assert.Null(SealedBox.Seal(new byte[32], [1], random => random.Fill(7)));
        Assert.Null(SealedBox.Seal(new byte[31], [1], random => random.Fill(7)));
    }
}
