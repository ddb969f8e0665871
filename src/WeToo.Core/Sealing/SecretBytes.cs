using System.Security.Cryptography;

namespace WeToo.Core.Sealing;

/// <summary>Secret bytes in pinned memory that is cleared on <see cref="Dispose"/>.</summary>
public sealed class SecretBytes : IDisposable
{
    private readonly byte[] _bytes;

    /// <summary>Takes a copy; the caller clears the original.</summary>
    public SecretBytes(ReadOnlySpan<byte> bytes)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(_bytes);
    }

    /// <summary>The secret. Not to be copied into anything that outlives the call.</summary>
    public ReadOnlySpan<byte> Span => _bytes;

    /// <summary>Derives a secret by HKDF-SHA-512 (RFC 5869) with empty salt.</summary>
    /// <param name="info">What it is for.</param>
    /// <param name="size">Its length, in 1..255·64 bytes.</param>
    public SecretBytes Derive(ReadOnlySpan<byte> info, int size)
    {
        var derived = new SecretBytes(size);
        HKDF.DeriveKey(HashAlgorithmName.SHA512, _bytes, derived._bytes, salt: default, info);
        return derived;
    }

    /// <summary>Takes bytes over: they are cleared where they were.</summary>
    public static SecretBytes Take(Span<byte> bytes)
    {
        var secret = new SecretBytes(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return secret;
    }

    /// <summary>Draws a secret.</summary>
    public static SecretBytes Random(int size, RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var secret = new SecretBytes(size);
        random(secret._bytes);
        return secret;
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    /// <summary>Never the value.</summary>
    public override string ToString() => "SecretBytes(secret)";

    private SecretBytes(int size) => _bytes = GC.AllocateArray<byte>(size, pinned: true);
}
