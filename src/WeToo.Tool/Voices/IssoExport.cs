using System.Globalization;
using Microsoft.Data.Sqlite;
using WeToo.Voices.Content;
using WeToo.Voices.Imports;

namespace WeToo.Tool.Voices;

/// <summary>Isso keeps everything in one SQLite file, which is its export too. Read here: a host opens no database but its own.</summary>
internal static class IssoExport
{
    private const long Accepted = 1;
    private const long Pending = 2;

    /// <summary>Reads the file; nothing is written into it.</summary>
    internal static ImportedFile Read(string path)
    {
        var file = new ImportedFile();
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Statements.All;
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                file.FaultAt++;
                var text = rows.IsDBNull(5) ? "" : rows.GetString(5);
                file.Add(new(
                    rows.GetInt64(0).ToString(CultureInfo.InvariantCulture),
                    rows.IsDBNull(1) ? null : rows.GetInt64(1).ToString(CultureInfo.InvariantCulture),
                    rows.GetString(2),
                    rows.IsDBNull(3) ? "" : rows.GetString(3),
                    text.Length > ImportedFile.LongestText ? text : Markup.RenderNote(text),
                    (long)rows.GetDouble(4),
                    rows.GetInt64(6) switch { Accepted => ImportedState.Shown, Pending => ImportedState.Held, _ => ImportedState.Deleted }));
            }
        }
        catch (Exception broken) when (broken is SqliteException or InvalidCastException)
        {
            file.Fault = broken is SqliteException { SqliteErrorCode: 1 or 26 } ? ImportFault.AnotherFormat : ImportFault.Broken; // No such table, or no database.
        }

        return file;
    }

    private static class Statements
    {
        internal const string All = """
            SELECT c.id, c.parent, t.uri, c.author, c.created, c.text, c.mode FROM comments c JOIN threads t ON t.id = c.tid ORDER BY c.id
            """;
    }
}
