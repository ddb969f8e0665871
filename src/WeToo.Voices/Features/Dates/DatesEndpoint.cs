using WeToo.Core.Log;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;

namespace WeToo.Voices.Features.Dates;

/// <summary>
/// <c>GET /dates/{work}</c>: what of a letter stands in the log, with the exact text of what readers see now. Of a revision that another took the place of
/// there is the entry alone: who kept its words makes it from them, and what was taken out of a letter is not read here.
/// </summary>
internal static class DatesEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/dates/{work}", HandleAsync);

    private static async Task<IResult> HandleAsync(string work, Database database, CancellationToken cancel)
    {
        if (work.Length != 32 || !work.All(char.IsAsciiHexDigit)) return Results.NotFound();

        var id = Convert.FromHexString(work);
        var (revisions, counts) = await database.ReadAsync(session => (session.Query<RevisionRow>(Sql.Revisions, new { work = id }), session.Query<CountRow>(Sql.Counts, new { work = id })), cancel);
        if (revisions.Count == 0) return Results.NotFound();

        var things = revisions
            .Select(one => ThingOf(EntryKind.LetterRevision, one.Entry, one.Day, one.Position, one.Revision == one.Published ? LetterThings.Revision(PieceLine.PathOf(one.Language, one.Kind, one.Slug), one.Revision, one.Title, one.Source) : null))
            .Concat(counts.Select(one => ThingOf(EntryKind.SignatureCount, one.Entry, one.Day, one.Position, LetterThings.Count(id, one.Day, one.Number))));
        return Results.Json(new { entries = things });
    }

    private static object ThingOf(EntryKind kind, byte[] entry, long day, long? position, string? thing) => new { kind = (int)kind, entry = Convert.ToHexStringLower(entry), day, position, thing };

    private sealed record RevisionRow(byte[] Entry, long Day, long? Position, string Language, string Kind, string Slug, long? Published, long Revision, string Title, string Source);

    private sealed record CountRow(byte[] Entry, long Day, long? Position, long Number);

    private static class Sql
    {
        internal const string Revisions = """
            SELECT d.entry, d.day, d.position, p.language, p.kind, p.slug, p.published, r.revision, r.title, r.source
            FROM dated d JOIN pieces p ON p.piece_id = d.piece_id JOIN revisions r ON r.piece_id = d.piece_id AND r.revision = d.number
            WHERE d.work_id = @work AND p.published IS NOT NULL ORDER BY d.day, p.language, r.revision
            """;

        internal const string Counts = "SELECT entry, day, position, number FROM dated WHERE work_id = @work AND piece_id IS NULL ORDER BY day";
    }
}
