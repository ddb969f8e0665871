using System.Security.Cryptography;
using WeToo.Hosting.Storage;

namespace WeToo.Voices.Exports;

/// <summary>Puts an export into a publication that has nothing in it: all of it or nothing.</summary>
internal sealed class ReadingBack(Database database)
{
    /// <summary>Stands for whoever decided in the other publication, and can never sign in.</summary>
    private static readonly byte[] s_nobody = SHA256.HashData("wetoo/voices/export/v1/staff"u8)[..16];

    /// <summary>Reads a file into the database.</summary>
    /// <returns>Why not, and nothing was written.</returns>
    internal async Task<ExportRefusal?> TakeAsync(ExportFile file, CancellationToken cancel)
    {
        if (file.Refusal is not null) return file.Refusal;
        if (!ExportedWords.TryRender(file.Rows, out var rows, out var line)) return new(ExportFault.Impossible, line);

        var (isAllowed, refusal) = await database.TryTransactAsync(session => Add(session, rows, out line), cancel);
        return isAllowed ? refusal : new(ExportFault.Impossible, line);
    }

    private static ExportRefusal? Add(Session session, IReadOnlyList<ExportRow> rows, out long line)
    {
        line = 0;
        if (session.QueryOne<long>(Sql.Anything) > 0) return new(ExportFault.NotEmpty, 0);
        if (rows.Any(row => row.Table.Name == "decisions")) session.Execute(Sql.AddNobody, new { nobody = s_nobody, empty = Array.Empty<byte>() });
        foreach (var row in rows)
        {
            line = row.Line;
            session.Execute(row.Table.Add, new Dictionary<string, object?>(row.Values) { ["empty"] = Array.Empty<byte>(), ["nobody"] = s_nobody });
        }

        return null;
    }

    private static class Sql
    {
        internal const string Anything = "SELECT (SELECT count(*) FROM works) + (SELECT count(*) FROM topics) + (SELECT count(*) FROM asks)";

        internal const string AddNobody = """
            INSERT INTO staff (staff_id, name, folded, password, stamp, totp, failures) VALUES (@nobody, '?', '?', '', '', @empty, 0) ON CONFLICT DO NOTHING
            """;
    }
}
