using System.Text.Encodings.Web;
using System.Text.Json;
using WeToo.Hosting.Storage;

namespace WeToo.Voices.Exports;

/// <summary>Writes what a publication may give away, as lines of JSON: spec/publication.md.</summary>
internal sealed class Exporting(Database database, TimeProvider time)
{
    /// <summary>What the first line says.</summary>
    internal const string Format = "wetoo publication";

    /// <summary>Which version of it this is.</summary>
    internal const long Version = 1;

    private static readonly JsonWriterOptions s_asWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes all of it from one snapshot.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="history">Also what editors wrote and readers do not see: earlier versions, drafts, what was taken down.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many rows of each table.</returns>
    internal Task<IReadOnlyDictionary<string, int>> WriteAsync(Stream lines, bool history, CancellationToken cancel)
    {
        var parameters = new { history = history ? 1L : 0, now_s = time.GetUtcNow().ToUnixTimeSeconds() };
        return database.ReadAsync(
            session =>
            {
                lines.Write(Line(json =>
                {
                    json.WriteString("format", Format);
                    json.WriteNumber("version", Version);
                    json.WriteBoolean("history", history);
                }));
                var counts = ExportedTables.All.ToDictionary(table => table.Name, table => Write(lines, table, session.Query<dynamic>(table.Select, parameters).Cast<IDictionary<string, object?>>()));
                lines.Write(Line(json => json.WriteNumber("rows", counts.Values.Sum())));
                return (IReadOnlyDictionary<string, int>)counts;
            },
            cancel);
    }

    private static int Write(Stream lines, ExportedTable table, IEnumerable<IDictionary<string, object?>> rows)
    {
        var (written, count) = (rows.Select(row => Line(json => Fill(json, table, row))), 0);
        foreach (var line in table.IsSortedByLine ? written.OrderBy(line => line, Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other))) : written)
        {
            lines.Write(line);
            count++;
        }

        return count;
    }

    private static void Fill(Utf8JsonWriter json, ExportedTable table, IDictionary<string, object?> row)
    {
        json.WriteString("table", table.Name);
        foreach (var column in table.Columns)
        {
            json.WritePropertyName(column.Name);
            switch (row[column.Name])
            {
                case null: json.WriteNullValue(); break;
                case byte[] bytes: json.WriteStringValue(Convert.ToHexStringLower(bytes)); break;
                case string text: json.WriteStringValue(text); break;
                case long number: json.WriteNumberValue(number); break;
                default: throw new InvalidDataException("A table holds something else than numbers, texts and bytes.");
            }
        }
    }

    private static byte[] Line(Action<Utf8JsonWriter> fill)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, s_asWritten))
        {
            json.WriteStartObject();
            fill(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }
}
