using System.Text;

namespace WeToo.Core.Age;

/// <summary>One stanza of an age header.</summary>
/// <param name="Arguments">At least one.</param>
/// <param name="Body">Decoded.</param>
internal sealed record AgeStanza(IReadOnlyList<string> Arguments, byte[] Body);

/// <summary>The header of an age file, read as strictly as the format asks. C2SP age, "Header".</summary>
internal sealed class AgeHeader
{
    internal const string Version = "age-encryption.org/v1";
    private const int ColumnCount = 64;
    private const int MacSize = 32;

    private AgeHeader(IReadOnlyList<AgeStanza> stanzas, ReadOnlyMemory<byte> authenticated, byte[] mac, ReadOnlyMemory<byte> payload) =>
        (Stanzas, Authenticated, Mac, Payload) = (stanzas, authenticated, mac, payload);

    internal IReadOnlyList<AgeStanza> Stanzas { get; }

    /// <summary>What the MAC covers: up to and with the three hyphens.</summary>
    internal ReadOnlyMemory<byte> Authenticated { get; }

    internal byte[] Mac { get; }

    internal ReadOnlyMemory<byte> Payload { get; }

    internal static AgeHeader? TryParse(ReadOnlyMemory<byte> file)
    {
        var at = 0;
        if (Line(file, ref at) != Version) return null;

        var stanzas = new List<AgeStanza>();
        while (true)
        {
            var start = at;
            var line = Line(file, ref at);
            if (line is null) return null;
            if (line.StartsWith("---", StringComparison.Ordinal))
            {
                var mac = line.StartsWith("--- ", StringComparison.Ordinal) ? TryDecode(line[4..]) : null;
                return mac is { Length: MacSize } && stanzas.Count > 0 ? new(stanzas, file[..(start + 3)], mac, file[at..]) : null;
            }

            if (ReadStanza(line, file, ref at) is not { } stanza) return null;
            stanzas.Add(stanza);
        }
    }

    /// <summary>Canonical base64 without padding, or null.</summary>
    internal static byte[]? TryDecode(string text)
    {
        if (text.Length % 4 == 1 || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/')) return null;

        var bytes = Convert.FromBase64String(text + new string('=', (4 - (text.Length % 4)) % 4));
        return Encode(bytes) == text ? bytes : null;
    }

    internal static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    internal static void Write(StringBuilder header, AgeStanza stanza)
    {
        var body = Encode(stanza.Body);
        header.Append("-> ").AppendJoin(' ', stanza.Arguments).Append('\n');
        for (var i = 0; i <= body.Length; i += ColumnCount) header.Append(body.AsSpan(i, Math.Min(ColumnCount, body.Length - i))).Append('\n');
    }

    private static AgeStanza? ReadStanza(string first, ReadOnlyMemory<byte> file, ref int at)
    {
        if (!first.StartsWith("-> ", StringComparison.Ordinal)) return null;

        var arguments = first[3..].Split(' ');
        if (arguments.Any(argument => argument.Length == 0 || !argument.All(c => c is > ' ' and <= '~'))) return null;

        var body = new StringBuilder();
        while (true)
        {
            var line = Line(file, ref at);
            if (line is null || line.Length > ColumnCount) return null;
            body.Append(line);
            if (line.Length == ColumnCount) continue;

            return TryDecode(body.ToString()) is { } bytes ? new(arguments, bytes) : null;
        }
    }

    /// <summary>The next line without its line feed; null at the end of the file, or when it is longer than any header's line.</summary>
    private static string? Line(ReadOnlyMemory<byte> file, ref int at)
    {
        var rest = file.Span[at..];
        var length = rest.IndexOf((byte)'\n');
        if (length is < 0 or > 4096) return null;

        at += length + 1;
        return Encoding.Latin1.GetString(rest[..length]);
    }
}
