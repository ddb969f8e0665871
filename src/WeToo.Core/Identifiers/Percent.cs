using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace WeToo.Core.Identifiers;

/// <summary>Percent-encoding of UTF-8, RFC 3986 §2.1.</summary>
internal static class Percent
{
    /// <summary>The text without percent-encoding; null if a % stands alone or the bytes are no UTF-8.</summary>
    internal static string? Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var utf8 = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] != '%') utf8[length++] = utf8[i];
            else if (i + 2 < utf8.Length && byte.TryParse(utf8.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out utf8[length]))
                (length, i) = (length + 1, i + 2);
            else return null;
        }

        var chars = new char[length];
        return Utf8.ToUtf16(utf8.AsSpan(0, length), chars, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done
            ? new string(chars, 0, written)
            : null;
    }

    /// <summary>The text with every byte encoded but letters, digits and <c>-._~@</c>.</summary>
    internal static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || "-._~@".Contains((char)b, StringComparison.Ordinal)) _ = encoded.Append((char)b);
            else _ = encoded.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }
}
