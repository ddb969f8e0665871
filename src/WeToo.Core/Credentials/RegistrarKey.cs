using System.Security.Cryptography;

namespace WeToo.Core.Credentials;

/// <summary>A registrar's public key, RSA of 2048 bits. Public.</summary>
public sealed class RegistrarKey
{
    private readonly Lazy<RSA?> _rsa;

    /// <summary>Takes a key as the keyset gives it.</summary>
    /// <param name="spki">SubjectPublicKeyInfo, DER.</param>
    /// <param name="notAfterDay">The last day on which its credentials count for filing.</param>
    public RegistrarKey(ReadOnlyMemory<byte> spki, int notAfterDay)
    {
        Spki = spki;
        NotAfterDay = notAfterDay;
        KeyId = SHA256.HashData(spki.Span).AsMemory(0, 8);
        _rsa = new(() => BlindRsa.TryImport(spki.Span));
    }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public ReadOnlyMemory<byte> Spki { get; }

    /// <summary>The last day on which its credentials count for filing.</summary>
    public int NotAfterDay { get; }

    /// <summary>The first 8 bytes of the SHA-256 of <see cref="Spki"/>.</summary>
    public ReadOnlyMemory<byte> KeyId { get; }

    /// <summary>The key for verifying; <see langword="null"/> when <see cref="Spki"/> is no RSA key of 2048 bits. Verifying is safe from many threads.</summary>
    internal RSA? Rsa => _rsa.Value;
}
