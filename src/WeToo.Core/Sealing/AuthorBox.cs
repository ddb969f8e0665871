namespace WeToo.Core.Sealing;

/// <summary>The author's own copy, which only the receipt opens. WEP-1, section 11.</summary>
public static class AuthorBox
{
    /// <summary>Encrypts a text into the smallest size class that holds it.</summary>
    /// <param name="key">The box key, from the receipt.</param>
    /// <param name="pseudonym">The author's pseudonym, 32 bytes.</param>
    /// <param name="json">What to keep.</param>
    /// <param name="random">For the nonce.</param>
    /// <returns>The box, or <see langword="null"/> when the text is longer than the largest class.</returns>
    public static byte[]? Seal(SecretBytes key, ReadOnlySpan<byte> pseudonym, string json, RandomBytes random)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(random);
        return PaddedText.Seal(key.Span, pseudonym, json, SizeClass.Box, random);
    }

    /// <summary>Decrypts a box.</summary>
    /// <returns>The text, or <see langword="null"/> when the key, the pseudonym or the box is another one.</returns>
    public static string? Open(SecretBytes key, ReadOnlySpan<byte> pseudonym, ReadOnlySpan<byte> box)
    {
        ArgumentNullException.ThrowIfNull(key);
        return PaddedText.Open(key.Span, pseudonym, box);
    }
}
