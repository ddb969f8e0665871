using System.Security.Cryptography;
using WeToo.Core.Credentials;
using WeToo.Core.Filings;
using WeToo.Core.Signing;

namespace WeToo.Tests.Keeper;

/// <summary>A registrar that sees what it signs: what comes out is what the real one's blind signature becomes.</summary>
internal sealed class TestRegistrar(int notAfterDay)
{
    private readonly RSA _rsa = RSA.Create(2048);

    /// <summary>One for all tests: a key takes a second to make.</summary>
    internal static TestRegistrar Shared { get; } = new(notAfterDay: 100_000);

    internal RegistrarKey Key => field ??= new(_rsa.ExportSubjectPublicKeyInfo(), notAfterDay);

    internal Credential Issue(SigningKey pseudonym, ReadOnlySpan<byte> deployment)
    {
        var prefix = RandomNumberGenerator.GetBytes(Credential.PrefixSize);
        byte[] prepared = [.. prefix, .. Credential.Message(deployment, pseudonym.PublicKey.Span)];
        return new(pseudonym.PublicKey, Key.KeyId, prefix, _rsa.SignData(prepared, HashAlgorithmName.SHA384, RSASignaturePadding.Pss));
    }
}
