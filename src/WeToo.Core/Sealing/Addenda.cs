using System.Security.Cryptography;

namespace WeToo.Core.Sealing;

/// <summary>
/// What is added to a sealed account. The key stands inside the account, so whoever may read the account may read the additions, and nobody else:
/// they open with its release and not before. WEP-1, section 6.1.
/// </summary>
public static class Addenda
{
    /// <summary>Derives the key for additions to one filing, the same each time.</summary>
    /// <param name="boxKey">The key of the author's own copy, which this key does not tell.</param>
    /// <param name="filingId">The filing, 16 bytes.</param>
    /// <returns>32 bytes: HKDF of the box key with <c>"wetoo/v1/addenda" ‖ filing_id</c>.</returns>
    public static SecretBytes KeyFor(SecretBytes boxKey, ReadOnlySpan<byte> filingId)
    {
        ArgumentNullException.ThrowIfNull(boxKey);
        return boxKey.Derive([.. "wetoo/v1/addenda"u8, .. filingId], Xchacha.KeySize);
    }

    /// <summary>Seals an addition into the smallest size class that holds it.</summary>
    /// <param name="key">From <see cref="KeyFor"/>, or out of the account.</param>
    /// <param name="label">From <see cref="Labels.Addendum"/>.</param>
    /// <param name="json">What is added.</param>
    /// <param name="random">For the nonce.</param>
    /// <returns>The ciphertext, or <see langword="null"/> when the text is longer than the largest class.</returns>
    public static byte[]? Seal(SecretBytes key, ReadOnlySpan<byte> label, string json, RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(random);
        return PaddedText.Seal(key.Span, label, json, SizeClass.Addendum, random);
    }

    /// <summary>Opens an addition.</summary>
    /// <returns>The text, or <see langword="null"/> when the key, the label or the ciphertext is another one.</returns>
    public static string? Open(SecretBytes key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> ciphertext)
    {
        ArgumentNullException.ThrowIfNull(key);
        return PaddedText.Open(key.Span, label, ciphertext);
    }

    /// <summary>SHA-256 of what was sealed, in hex: what the next addition says it follows.</summary>
    /// <param name="json">The JSON of the account, or of the addition before, as it was sealed.</param>
    public static string Fingerprint(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json));
}
