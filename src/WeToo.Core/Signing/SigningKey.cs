using System.Diagnostics;
using System.Security.Cryptography;

namespace WeToo.Core.Signing;

/// <summary>An Ed25519 key pair (RFC 8032), its secret half in pinned memory that is cleared on <see cref="Dispose"/>.</summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>Length of a seed, in bytes.</summary>
    public const int SeedSize = 32;

    private readonly byte[] _secret = GC.AllocateArray<byte>(64, pinned: true);
    private readonly byte[] _publicKey = new byte[Ed25519.PublicKeySize];

    private SigningKey()
    {
    }

    /// <summary>The public key, 32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>Derives the pair from a seed.</summary>
    /// <param name="seed">Exactly <see cref="SeedSize"/> secret bytes.</param>
    /// <remarks>RFC 8032, section 5.1.5. Constant-time.</remarks>
    public static SigningKey FromSeed(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedSize);
        var key = new SigningKey();
        var status = SodiumSign.crypto_sign_ed25519_seed_keypair(key._publicKey, key._secret, seed);
        return status == 0 ? key : throw new UnreachableException("Deriving a pair from a seed of 32 bytes cannot fail.");
    }

    /// <summary>Signs a message for one purpose.</summary>
    /// <typeparam name="TPurpose">What the signature is for.</typeparam>
    /// <returns>64 bytes, R ‖ S.</returns>
    /// <remarks>RFC 8032, section 5.1.6, over <see cref="Ed25519.Preimage{TPurpose}"/>. Constant-time.</remarks>
    public byte[] Sign<TPurpose>(ReadOnlySpan<byte> message)
        where TPurpose : IPurpose
    {
        var signature = new byte[Ed25519.SignatureSize];
        var preimage = Ed25519.Preimage<TPurpose>(message);
        _ = SodiumSign.crypto_sign_ed25519_detached(signature, 0, preimage, (ulong)preimage.Length, _secret);
        return signature;
    }

    /// <summary>Signs the text of a signed note. A key that does this signs nothing else.</summary>
    internal byte[] SignNote(byte[] text)
    {
        var signature = new byte[Ed25519.SignatureSize];
        _ = SodiumSign.crypto_sign_ed25519_detached(signature, 0, text, (ulong)text.Length, _secret);
        return signature;
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);

    /// <summary>Never the secret.</summary>
    public override string ToString() => "SigningKey(secret)";
}
