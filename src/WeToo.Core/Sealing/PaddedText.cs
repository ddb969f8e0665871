using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Wire;

namespace WeToo.Core.Sealing;

/// <summary>A text under a symmetric key: nonce[24] ‖ XChaCha20-Poly1305 of <c>u32 length ‖ text ‖ zeros</c> up to a size class.</summary>
internal static class PaddedText
{
    /// <returns>The ciphertext, or <see langword="null"/> when the text is longer than the largest class.</returns>
    internal static byte[]? Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> associated, string text, IReadOnlyList<int> classes, RandomBytes random)
    {
        var content = new WireWriter().Vec32(Encoding.UTF8.GetBytes(text)).Written;
        var length = content.Length;
        var size = classes.FirstOrDefault(candidate => candidate >= length);
        if (size == 0) return null;

        var padded = new byte[size];
        content.CopyTo(padded);
        var nonce = new byte[Xchacha.NonceSize];
        random(nonce);
        byte[] ciphertext = [.. nonce, .. Xchacha.Seal(key, nonce, padded, associated)];
        CryptographicOperations.ZeroMemory(padded);
        return ciphertext;
    }

    /// <returns>The text, or <see langword="null"/> when anything differs from what was sealed.</returns>
    internal static string? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.Length < Xchacha.NonceSize) return null;

        var padded = Xchacha.Open(key, ciphertext[..Xchacha.NonceSize], ciphertext[Xchacha.NonceSize..], associated);
        if (padded is null) return null;

        var reader = new WireReader(padded);
        var text = reader.Vec32(padded.Length);
        return reader.Failed ? null : Encoding.UTF8.GetString(text.Span);
    }
}
