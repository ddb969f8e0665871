using WeToo.Core.Sealing;
using WeToo.Core.Signing;

namespace WeToo.Core.Receipts;

/// <summary>What a stop code gives in a deployment: a key that signs, and one that opens what was sealed to the code. WEP-1, section 10.1.</summary>
public sealed class StopKeys : IDisposable
{
    private readonly byte[] _boxKey;

    private StopKeys(SigningKey signing, SecretBytes secret) => (Signing, Secret, _boxKey) = (signing, secret, SealedBox.PublicKey(secret));

    /// <summary>Signs; its public half is the stop key.</summary>
    public SigningKey Signing { get; }

    /// <summary>The X25519 key to which withdrawals are sealed.</summary>
    public ReadOnlyMemory<byte> BoxKey => _boxKey;

    private SecretBytes Secret { get; }

    /// <summary>Opens a withdrawal that was sealed to this code.</summary>
    /// <returns>The signed withdrawal, or <see langword="null"/> when the box is not one for this code.</returns>
    public byte[]? Open(ReadOnlySpan<byte> box) => SealedBox.Open(Secret, _boxKey, box);

    /// <inheritdoc/>
    public void Dispose()
    {
        Signing.Dispose();
        Secret.Dispose();
    }

    internal static StopKeys From(SecretBytes root)
    {
        using var seed = root.Derive("wetoo/v1/stop/signing"u8, SigningKey.SeedSize);
        return new(SigningKey.FromSeed(seed.Span), root.Derive("wetoo/v1/stop/box"u8, SealedBox.KeySize));
    }
}
