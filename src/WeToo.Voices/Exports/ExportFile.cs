using System.Text;
using System.Text.Json;

namespace WeToo.Voices.Exports;

/// <summary>A row of an export.</summary>
/// <param name="Line">Where it stands, counted from 1.</param>
/// <param name="Table">Of which table.</param>
/// <param name="Values">By column: <see cref="long"/>, <see cref="string"/>, <c>byte[]</c> and null.</param>
internal sealed record ExportRow(long Line, ExportedTable Table, Dictionary<string, object?> Values)
{
    internal byte[] Bytes(string column) => (byte[])Values[column]!;

    internal long Number(string column) => (long)Values[column]!;

    internal string Text(string column) => (string)Values[column]!;

    /// <summary>Bytes as they are written in the file, to look things up by.</summary>
    internal string Id(string column) => Convert.ToHexStringLower(Bytes(column));
}

/// <summary>Reads the lines of an export: exactly the tables and columns that an export has, and nothing that is too long, too large or no text.</summary>
internal sealed class ExportFile
{
    private const int LongestLine = 4 * 1024 * 1024;
    private const long LastSecond = 253_402_300_799; // Of the year 9999.

    private static readonly Dictionary<string, ExportedTable> s_tables = ExportedTables.All.ToDictionary(table => table.Name);

    private readonly List<ExportRow> _rows = [];

    internal IReadOnlyList<ExportRow> Rows => _rows;

    /// <summary>Why it was not read to its end.</summary>
    internal ExportRefusal? Refusal { get; private set; }

    /// <summary>Reads a file.</summary>
    internal static ExportFile Read(Stream stream)
    {
        var file = new ExportFile();
        file.Refusal = file.ReadLines(stream);
        return file;
    }

    private ExportRefusal? ReadLines(Stream stream)
    {
        var (at, isWhole) = (0L, false);
        foreach (var line in Lines(stream))
        {
            at++;
            if (line is null || isWhole) return new(ExportFault.NoRow, at);
            var fault = at == 1 ? FaultOfFirst(line) : TakeRow(line, at, out isWhole);
            if (fault is not null) return new(fault.Value, at);
        }

        return isWhole ? null : at == 0 ? new(ExportFault.AnotherFormat, 1) : new(ExportFault.BreaksOff, at);
    }

    private static ExportFault? FaultOfFirst(byte[] line) =>
        Parse(line) is not { } first || !first.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String || format.GetString() != Exporting.Format ? ExportFault.AnotherFormat
        : first.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt64(out var number) && number == Exporting.Version ? null
        : ExportFault.AnotherVersion;

    private ExportFault? TakeRow(byte[] line, long at, out bool isLast)
    {
        isLast = false;
        if (Parse(line) is not { } json) return ExportFault.NoRow;
        var properties = json.EnumerateObject().ToList();
        if (properties is [{ Name: "rows" } rows])
        {
            isLast = rows.Value.ValueKind == JsonValueKind.Number && rows.Value.TryGetInt64(out var count) && count == _rows.Count;
            return isLast ? null : ExportFault.BreaksOff;
        }

        if (properties is not [{ Name: "table" } name, ..] || name.Value.ValueKind != JsonValueKind.String || !s_tables.TryGetValue(name.Value.GetString()!, out var table)) return ExportFault.NoRow;
        if (!properties.Skip(1).Select(property => property.Name).SequenceEqual(table.Columns.Select(column => column.Name))) return ExportFault.NoRow;

        var values = new Dictionary<string, object?>();
        foreach (var (property, column) in properties.Skip(1).Zip(table.Columns))
            if (!TryRead(property.Value, column, values)) return ExportFault.NoRow;
        _rows.Add(new(at, table, values));
        return null;
    }

    private static bool TryRead(JsonElement json, ExportedColumn column, Dictionary<string, object?> values)
    {
        object? value = (json.ValueKind, column.Kind) switch
        {
            (JsonValueKind.Number, ColumnKind.Number) => json.TryGetInt64(out var number) && number >= 0 && number <= Most(column.Name) ? number : null,
            (JsonValueKind.String, ColumnKind.Text) => json.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null,
            (JsonValueKind.String, ColumnKind.Bytes) => json.GetString() is { } hex && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigitLower) ? Convert.FromHexString(hex) : null,
            _ => null,
        };
        values[column.Name] = value;
        return value is not null || (json.ValueKind == JsonValueKind.Null && column.MayBeNull);
    }

    /// <summary>Nothing that pages would turn into a day is outside of the calendar.</summary>
    private static long Most(string column) => column.EndsWith("day", StringComparison.Ordinal) ? LastSecond / 86_400 : LastSecond;

    private static JsonElement? Parse(byte[] line)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(line);
            using var json = JsonDocument.Parse(line, new() { MaxDepth = 2 });
            foreach (var property in json.RootElement.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.String)) _ = property.Value.GetString();
            return json.RootElement.Clone();
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return null; // No JSON, no object, or half a character in a text.
        }
    }

    /// <summary>The lines, each without its end; a null for one that is too long or has no end.</summary>
    private static IEnumerable<byte[]?> Lines(Stream stream)
    {
        using var line = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int size; (size = stream.Read(buffer)) > 0;)
        {
            var start = 0;
            for (int end; (end = buffer.AsSpan(start, size - start).IndexOf((byte)'\n')) >= 0; start += end + 1)
            {
                line.Write(buffer, start, end);
                yield return line.Length > LongestLine ? null : line.ToArray();
                line.SetLength(0);
            }

            line.Write(buffer, start, size - start);
            if (line.Length > LongestLine) break;
        }

        if (line.Length > 0) yield return null;
    }
}
