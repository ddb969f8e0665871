using System.Security.Cryptography;
using WeToo.Core.Sealing;
using WeToo.Hosting;

namespace WeToo.Matcher.Store;

/// <summary>The matcher's secrets, all from one file: the pepper of tags, the key of what is stored, the key that slips are boxed for.</summary>
internal sealed class MatcherKeys : IDisposable
{
    private readonly SecretBytes _pepper;
    private readonly SecretBytes _atRest;
    private readonly SecretBytes _box;

    internal MatcherKeys(string keyFile)
    {
        using var root = SecretFile.ReadOrCreate(keyFile);
        _pepper = root.Derive("wetoo/v1/matcher/pepper"u8, 32);
        _atRest = root.Derive("wetoo/v1/matcher/at-rest"u8, Xchacha.KeySize);
        _box = root.Derive("wetoo/v1/matcher/box"u8, SealedBox.KeySize);
        BoxKey = SealedBox.PublicKey(_box);
    }

    /// <summary>The public key in the keyset.</summary>
    internal byte[] BoxKey { get; }

    /// <summary>What stands for a tag in the database: useless without the pepper.</summary>
    internal byte[] Pepper(int rung, ReadOnlySpan<byte> tag) => HMACSHA256.HashData(_pepper.Span, [(byte)rung, .. tag])[..16];

    /// <summary>What stands for a filing in the database: who filed, and what, only the pepper's holder can tell.</summary>
    internal byte[] NameOf(ReadOnlyMemory<byte> pseudonym, ReadOnlyMemory<byte> filingId) =>
        HMACSHA256.HashData(_pepper.Span, [.. "filing"u8, .. pseudonym.Span, .. filingId.Span])[..16];

    /// <summary>Names a match for the vault and for nobody else: the tag of rung 0, peppered.</summary>
    internal byte[] MatchId(ReadOnlySpan<byte> tag) => HMACSHA256.HashData(_pepper.Span, [.. "match"u8, .. tag])[..16];

    internal byte[]? Unbox(ReadOnlySpan<byte> box) => SealedBox.Open(_box, BoxKey, box);

    /// <summary>Seals what is stored, bound to where it is stored.</summary>
    internal byte[] Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> place)
    {
        var nonce = RandomNumberGenerator.GetBytes(Xchacha.NonceSize);
        return [.. nonce, .. Xchacha.Seal(_atRest.Span, nonce, plaintext, place)];
    }

    internal byte[] Open(byte[] stored, ReadOnlySpan<byte> place) =>
        Xchacha.Open(_atRest.Span, stored.AsSpan(0, Xchacha.NonceSize), stored.AsSpan(Xchacha.NonceSize), place)
        ?? throw new InvalidOperationException("The key file does not fit the database.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _pepper.Dispose();
        _atRest.Dispose();
        _box.Dispose();
    }
}
