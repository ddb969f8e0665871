using System.Security.Cryptography;
using WeToo.Core.Group;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;

namespace WeToo.Keeper.Keys;

/// <summary>What a keeper derives from its key file by HKDF: one key for each use, so that none can stand in for another.</summary>
public sealed class KeeperKeys : IDisposable
{
    private readonly SecretBytes _atRest;

    internal KeeperKeys(SecretBytes secret)
    {
        using var seed = secret.Derive("wetoo/v1/keeper/signing"u8, SigningKey.SeedSize);
        Signing = SigningKey.FromSeed(seed.Span);

        using var witness = secret.Derive("wetoo/v1/keeper/witness"u8, SigningKey.SeedSize);
        Witness = SigningKey.FromSeed(witness.Span);

        using var wide = secret.Derive("wetoo/v1/keeper/static"u8, 64);
        Static = Scalar.Random(destination => wide.Span.CopyTo(destination));
        StaticPublic = Element.FromGenerator(Static);

        _atRest = secret.Derive("wetoo/v1/keeper/at-rest"u8, Xchacha.KeySize);
    }

    /// <summary>Signs keysets and openings.</summary>
    public SigningKey Signing { get; }

    /// <summary>Cosigns checkpoints of logs, and signs nothing else: their format has no purpose of ours.</summary>
    public SigningKey Witness { get; }

    /// <summary>The static key of key ceremonies: others seal shares to its public half, and it certifies what was seen.</summary>
    internal Scalar Static { get; }

    /// <summary>The public half of the static key, by which other operators know this keeper.</summary>
    public Element StaticPublic { get; }

    /// <summary>Seals a secret for the database: nonce[24] ‖ XChaCha20-Poly1305.</summary>
    /// <param name="place">Table and column.</param>
    /// <param name="row">What names the row. A secret moved to another place or row does not open.</param>
    /// <param name="secret">What to seal.</param>
    internal byte[] SealAtRest(string place, ReadOnlySpan<byte> row, ReadOnlySpan<byte> secret)
    {
        Span<byte> nonce = stackalloc byte[Xchacha.NonceSize];
        RandomNumberGenerator.Fill(nonce);
        return [.. nonce, .. Xchacha.Seal(_atRest.Span, nonce, secret, Bound(place, row))];
    }

    /// <summary>Opens what <see cref="SealAtRest"/> sealed.</summary>
    /// <exception cref="InvalidOperationException">The key file is another one, or the row was tampered with: this keeper must not run.</exception>
    internal SecretBytes OpenAtRest(string place, ReadOnlySpan<byte> row, ReadOnlySpan<byte> sealedSecret)
    {
        var opened = sealedSecret.Length < Xchacha.NonceSize
            ? null
            : Xchacha.Open(_atRest.Span, sealedSecret[..Xchacha.NonceSize], sealedSecret[Xchacha.NonceSize..], Bound(place, row));
        var secret = new SecretBytes(opened ?? throw new InvalidOperationException("A secret in the database does not open with this key file."));
        CryptographicOperations.ZeroMemory(opened);
        return secret;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Signing.Dispose();
        Witness.Dispose();
        Static.Dispose();
        _atRest.Dispose();
    }

    /// <summary>Never a key.</summary>
    public override string ToString() => "KeeperKeys(secret)";

    private static byte[] Bound(string place, ReadOnlySpan<byte> row) =>
        [.. "wetoo/v1/at-rest"u8, checked((byte)place.Length), .. System.Text.Encoding.ASCII.GetBytes(place), .. row];
}
