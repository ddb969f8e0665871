using System.Text.Json;

namespace WeToo.Tool.Backups;

/// <summary>
/// Rows as text: one JSON array a line, numbers as numbers, texts as <c>"…"</c>, bytes as <c>["…base64…"]</c>, nothing as <c>null</c>. Whoever has <c>age</c>,
/// <c>tar</c> and a reader of JSON can read a backup without us.
/// </summary>
internal static class Rows
{
    internal static void Write(Stream lines, object?[] row)
    {
        using (var json = new Utf8JsonWriter(lines))
        {
            json.WriteStartArray();
            foreach (var value in row) Write(json, value);
            json.WriteEndArray();
        }

        lines.WriteByte((byte)'\n');
    }

    /// <exception cref="InvalidDataException">A line is no row.</exception>
    internal static IEnumerable<object?[]> Read(ReadOnlyMemory<byte> lines)
    {
        while (lines.Length > 0)
        {
            var end = lines.Span.IndexOf((byte)'\n');
            if (end < 0) throw new InvalidDataException("A row of the backup cannot be read.");
            using var row = JsonDocument.Parse(lines[..end]);
            yield return [.. row.RootElement.EnumerateArray().Select(Value)];
            lines = lines[(end + 1)..];
        }
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case long number: json.WriteNumberValue(number); break;
            case string text: json.WriteStringValue(text); break;
            case byte[] bytes:
                json.WriteStartArray();
                json.WriteBase64StringValue(bytes);
                json.WriteEndArray();
                break;
            default: throw new InvalidDataException("A table holds something else than numbers, texts and bytes.");
        }
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => value.GetInt64(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => value[0].GetBytesFromBase64(),
        _ => throw new InvalidDataException("A row of the backup cannot be read."),
    };
}
