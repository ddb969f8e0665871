using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
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
