using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;
using WeToo.Core.Credentials;
using Xunit;

namespace WeToo.Tests.Core;

public sealed class BlindRsaTests
{
    private static readonly JsonElement s_vector = Load();

    [Fact]
    public void Blinding_signing_and_finalizing_give_the_published_values()
    {
        var spki = Spki();
        var prepared = Bytes("input_msg");
        var inverse = Number("inv");
        var r = BigInteger.ModPow(inverse, Totient() - 1, Number("n"));

        var blinded = BlindRsa.Blind(spki, prepared, Draws(Bytes("salt"), Fixed(r)), out var blindInverse)!;

        Assert.Equal(Bytes("blinded_msg"), blinded);
        Assert.Equal(Fixed(inverse), blindInverse);
        Assert.Equal(Bytes("blind_sig"), Fixed(BigInteger.ModPow(new(blinded, true, true), Number("d"), Number("n"))));
        Assert.Equal(Bytes("sig"), BlindRsa.Finalize(spki, prepared, Bytes("blind_sig"), blindInverse));
    }

    [Fact]
    public void Preparing_puts_the_prefix_before_the_message() =>
        Assert.Equal(Bytes("input_msg"), BlindRsa.Prepare(Bytes("msg"), prefix => Bytes("msg_prefix").CopyTo(prefix)));

    [Fact]
    public void A_wrong_blind_signature_is_not_finalized()
    {
        var spki = Spki();
        _ = BlindRsa.Blind(spki, Bytes("input_msg"), RandomNumberGenerator.Fill, out var inverse);

        Assert.Null(BlindRsa.Finalize(spki, Bytes("input_msg"), Bytes("blind_sig"), inverse));
        Assert.Null(BlindRsa.Finalize(spki, Bytes("input_msg"), [1], inverse));
    }

    /// <summary>A registrar that could choose a weak key could forge, or tell authors apart.</summary>
    [Fact]
    public void A_key_that_is_too_short_or_not_of_2048_bits_is_refused()
    {
#pragma warning disable CA5385 // Short on purpose.
        using var shortest = RSA.Create(512);
        using var larger = RSA.Create(3072);
#pragma warning restore CA5385
        var message = "message"u8;

        Assert.Null(BlindRsa.Blind(shortest.ExportSubjectPublicKeyInfo(), message, RandomNumberGenerator.Fill, out _));
        var signature = larger.SignData(message, HashAlgorithmName.SHA384, RSASignaturePadding.Pss);
        Assert.False(BlindRsa.Verify(new(larger.ExportSubjectPublicKeyInfo(), 0), message, signature));
    }

    [Fact]
    public void A_signature_with_any_bit_changed_is_refused()
    {
        using var rsa = RSA.Create(2048);
        var key = new RegistrarKey(rsa.ExportSubjectPublicKeyInfo(), 0);
        var signature = rsa.SignData("message"u8, HashAlgorithmName.SHA384, RSASignaturePadding.Pss);
        Assert.True(BlindRsa.Verify(key, "message"u8, signature));

        Gen.Int[0, (signature.Length * 8) - 1].Sample(bit =>
        {
            var altered = signature.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(BlindRsa.Verify(key, "message"u8, altered));
        });
        Assert.False(BlindRsa.Verify(key, "message"u8, signature.AsSpan(1)));
        Assert.False(BlindRsa.Verify(key, "message"u8, [0, .. signature]));
    }

    [Fact]
    public void What_is_no_key_is_refused()
    {
        Assert.Null(BlindRsa.Blind([1, 2, 3], [1], RandomNumberGenerator.Fill, out _));
        Assert.False(BlindRsa.Verify(new RegistrarKey(new byte[] { 1, 2, 3 }, 0), [1], new byte[256]));
    }

    private static BigInteger Totient() => (Number("p") - 1) * (Number("q") - 1);

    private static WeToo.Core.RandomBytes Draws(params byte[][] draws)
    {
        var next = 0;
        return destination => draws[next++].CopyTo(destination);
    }

    private static byte[] Spki()
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = Fixed(Number("n")), Exponent = [1, 0, 1] });
        return rsa.ExportSubjectPublicKeyInfo();
    }

    private static byte[] Fixed(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Number("n").GetByteCount(isUnsigned: true) - bytes.Length], .. bytes];
    }

    private static BigInteger Number(string name) => BigInteger.Parse("0" + s_vector.GetProperty(name).GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static byte[] Bytes(string name) => Convert.FromHexString(s_vector.GetProperty(name).GetString()!);

    private static JsonElement Load()
    {
        using var file = Vectors.Read("blind-rsa-rfc9474.json");
        return file.RootElement.EnumerateArray().Single(vector => vector.GetProperty("name").GetString() == "RSABSSA-SHA384-PSS-Randomized").Clone();
    }
}
