using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core.Credentials;
using WeToo.Registrar.Keys;
using Xunit;

namespace WeToo.Tests.Registrar;

public sealed class RegistrarSigningKeyTests
{
    private static readonly byte[] s_pkcs8 = NewKey(2048);

    public static TheoryData<string> Variants =>
        ["RSABSSA-SHA384-PSS-Randomized", "RSABSSA-SHA384-PSSZERO-Randomized", "RSABSSA-SHA384-PSS-Deterministic", "RSABSSA-SHA384-PSSZERO-Deterministic"];

    [Theory]
    [MemberData(nameof(Variants))]
    public void OpenSsl_gives_the_blind_signature_of_rfc9474(string variant)
    {
        using var file = Vectors.Read("blind-rsa-rfc9474.json");
        var vector = file.RootElement.EnumerateArray().Single(one => one.GetProperty("name").GetString() == variant);

        var signature = OpenSsl.PrivateOperation(Pkcs8(vector), Convert.FromHexString(vector.GetProperty("blinded_msg").GetString()!));

        Assert.Equal(vector.GetProperty("blind_sig").GetString(), Convert.ToHexStringLower(signature));
    }

    [Fact]
    public void What_it_signed_blindly_verifies_once_unblinded()
    {
        using var key = new RegistrarSigningKey(s_pkcs8);
        var prepared = BlindRsa.Prepare("a pseudonym's hash"u8, RandomNumberGenerator.Fill);
        var blinded = BlindRsa.Blind(key.Spki, prepared, RandomNumberGenerator.Fill, out var inverse)!;

        var signature = BlindRsa.Finalize(key.Spki, prepared, key.BlindSign(blinded), inverse)!;

        Assert.True(BlindRsa.Verify(new(key.Spki, 0), prepared, signature));
        Assert.False(BlindRsa.Verify(new(key.Spki, 0), "another"u8, signature));
    }

    [Fact]
    public void The_registrar_never_sees_what_the_credential_says()
    {
        using var key = new RegistrarSigningKey(s_pkcs8);
        var prepared = BlindRsa.Prepare("a pseudonym's hash"u8, RandomNumberGenerator.Fill);

        var first = BlindRsa.Blind(key.Spki, prepared, RandomNumberGenerator.Fill, out _)!;
        var second = BlindRsa.Blind(key.Spki, prepared, RandomNumberGenerator.Fill, out _)!;

        Assert.NotEqual(first, second);
    }

    [Fact]
    public void What_is_not_below_the_modulus_or_has_another_length_is_not_accepted()
    {
        using var key = new RegistrarSigningKey(s_pkcs8);
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(s_pkcs8, out _);
        var modulus = rsa.ExportParameters(includePrivateParameters: false).Modulus!;

        var below = modulus.ToArray();
        below[^1]--;

        Assert.True(key.Accepts(below));
        Assert.False(key.Accepts(modulus));
        Assert.False(key.Accepts(Enumerable.Repeat((byte)0xFF, RegistrarSigningKey.Size).ToArray()));
        Assert.False(key.Accepts(new byte[RegistrarSigningKey.Size - 1]));
        Assert.False(key.Accepts(new byte[RegistrarSigningKey.Size + 1]));
        Assert.False(key.Accepts([]));
    }

    [Fact]
    public void A_key_of_another_size_is_none() => Assert.Throws<InvalidOperationException>(() => new RegistrarSigningKey(NewKey(1024)));

    private static byte[] NewKey(int bits)
    {
#pragma warning disable CA5385 // The small one is here to be refused.
        using var rsa = RSA.Create(bits);
#pragma warning restore CA5385
        return rsa.ExportPkcs8PrivateKey();
    }

    private static byte[] Pkcs8(JsonElement vector)
    {
        var (p, q, d) = (Number(vector, "p"), Number(vector, "q"), Number(vector, "d"));
        var (n, size) = (p * q, Number(vector, "n").GetByteCount(isUnsigned: true));
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Fixed(n, size),
            Exponent = [1, 0, 1],
            D = Fixed(d, size),
            P = Fixed(p, size / 2),
            Q = Fixed(q, size / 2),
            DP = Fixed(d % (p - 1), size / 2),
            DQ = Fixed(d % (q - 1), size / 2),
            InverseQ = Fixed(BigInteger.ModPow(q, p - 2, p), size / 2),
        });
        return rsa.ExportPkcs8PrivateKey();
    }

    private static byte[] Fixed(BigInteger number, int size)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[size - bytes.Length], .. bytes];
    }

    private static BigInteger Number(JsonElement vector, string name) =>
        BigInteger.Parse("0" + vector.GetProperty(name).GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
