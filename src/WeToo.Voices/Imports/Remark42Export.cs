using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace WeToo.Voices.Imports;

/// <summary>Remark42's own export: a header, then a comment a line, compressed or not.</summary>
internal static class Remark42Export
{
    private const int LongestLine = 1_000_000;

    /// <summary>Reads it.</summary>
    internal static ImportedFile Read(Stream stream)
    {
        var file = new ImportedFile();
        try
        {
            using var lines = new StreamReader(Opened(stream), new UTF8Encoding(false, throwOnInvalidBytes: true));
            if (TakeLine(lines) is not { } header || !IsHeader(header)) file.Fault = ImportFault.AnotherFormat;
            else
                while (TakeLine(lines) is { } line)
                {
                    file.FaultAt++;
                    if (line.Length > 0) AddComment(file, line);
                }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or DecoderFallbackException or InvalidDataException)
        {
            file.Fault ??= ImportFault.Broken;
        }
        catch (FormatException)
        {
            file.Fault = ImportFault.TooLong;
        }

        return file;
    }

    private static Stream Opened(Stream stream)
    {
        var magic = (stream.ReadByte(), stream.ReadByte());
        stream.Position = 0;
        return magic == (0x1f, 0x8b) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>A line, never more of it than a little past the longest: a small file may be packed around a large one.</summary>
    private static string? TakeLine(StreamReader lines)
    {
        var line = new StringBuilder();
        for (var next = lines.Read(); next != '\n'; next = lines.Read())
        {
            if (next < 0) return line.Length > 0 ? line.ToString().Trim() : null;
            if (line.Append((char)next).Length > LongestLine) throw new FormatException();
        }

        return line.ToString().Trim();
    }

    private static bool IsHeader(string line)
    {
        using var header = JsonDocument.Parse(line);
        return header.RootElement.ValueKind == JsonValueKind.Object && header.RootElement.TryGetProperty("version", out var version) && version.TryGetInt32(out var number) && number == 1;
    }

    private static void AddComment(ImportedFile file, string line)
    {
        using var comment = JsonDocument.Parse(line);
        var one = comment.RootElement;
        file.Add(new(
            Text(one, "id"),
            Text(one, "pid") is { Length: > 0 } parent ? parent : null,
            one.TryGetProperty("locator", out var locator) ? Text(locator, "url") : "",
            one.TryGetProperty("user", out var user) ? Text(user, "name") : "",
            Text(one, "text"),
            DateTimeOffset.TryParse(Text(one, "time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeSeconds() : 0,
            one.TryGetProperty("delete", out var deleted) && deleted.ValueKind == JsonValueKind.True ? ImportedState.Deleted : ImportedState.Shown));
    }

    private static string Text(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
