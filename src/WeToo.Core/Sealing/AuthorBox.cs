using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Wire;

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
        var content = new WireWriter().Vec32(Encoding.UTF8.GetBytes(json)).Written;
        var length = content.Length;
        var size = SizeClass.Box.FirstOrDefault(candidate => candidate >= length);
        if (size == 0) return null;

        var padded = new byte[size];
        content.CopyTo(padded);
        var nonce = new byte[Xchacha.NonceSize];
        random(nonce);
        byte[] box = [.. nonce, .. Xchacha.Seal(key.Span, nonce, padded, pseudonym)];
        CryptographicOperations.ZeroMemory(padded);
        return box;
    }

    /// <summary>Decrypts a box.</summary>
    /// <returns>The text, or <see langword="null"/> when the key, the pseudonym or the box is another one.</returns>
    public static string? Open(SecretBytes key, ReadOnlySpan<byte> pseudonym, ReadOnlySpan<byte> box)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (box.Length < Xchacha.NonceSize) return null;

        var padded = Xchacha.Open(key.Span, box[..Xchacha.NonceSize], box[Xchacha.NonceSize..], pseudonym);
        if (padded is null) return null;

        var reader = new WireReader(padded);
        var json = reader.Vec32(padded.Length);
        return reader.Failed ? null : Encoding.UTF8.GetString(json.Span);
    }
}
