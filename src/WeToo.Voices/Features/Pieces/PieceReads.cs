using WeToo.Hosting.Storage;
using WeToo.Voices.Content;

namespace WeToo.Voices.Features.Pieces;

/// <summary>What readers see of pieces, from a snapshot.</summary>
internal static class PieceReads
{
    /// <summary>A piece that is shown, by its address.</summary>
    internal static ShownPiece? Shown(Session session, string language, string kind, string slug) => session.QueryOne<ShownPiece>(Sql.Shown, new { language, kind, slug });

    /// <summary>The blocks of a revision, in order.</summary>
    internal static IReadOnlyList<Block> Blocks(Session session, byte[] piece, long revision) =>
        [.. session.Query<BlockRow>(Sql.Blocks, new { piece_id = piece, revision }).Select(row => new Block(row.Block, Enum.Parse<BlockKind>(row.Kind, ignoreCase: true), row.Number, row.Text))];

    /// <summary>Whether readers have ever seen a revision: what was saved and not published is the editors' own.</summary>
    internal static bool WasShown(Session session, byte[] piece, long revision) => session.QueryOne<long>(Sql.WasShown, new { piece_id = piece, revision }) > 0;

    /// <summary>The same work in other languages, as far as it is shown.</summary>
    internal static IReadOnlyList<Translation> Translations(Session session, byte[] work) => session.Query<Translation>(Sql.Translations, new { work_id = work });

    /// <summary>What is shown in a language, newest first.</summary>
    internal static IReadOnlyList<PieceLine> Newest(Session session, string language, string kind, int most) =>
        session.Query<PieceLine>(Sql.Newest, new { language, kind, most = (long)most });

    private sealed record BlockRow(long Block, string Kind, long? Number, string Text);

    private static class Sql
    {
        internal const string Shown = """
            SELECT p.piece_id, p.work_id, p.kind, p.language, p.slug, w.replies, r.revision, p.first_shown_s, p.last_shown_s,
                r.title, r.summary, r.byline, r.note, r.html, r.change
            FROM pieces p JOIN works w ON w.work_id = p.work_id JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = p.published
            WHERE p.language = @language AND p.kind = @kind AND p.slug = @slug
            """;

        internal const string Blocks = "SELECT block, kind, number, text FROM blocks WHERE piece_id = @piece_id AND revision = @revision ORDER BY ordinal";

        internal const string WasShown = "SELECT count(*) FROM revisions WHERE piece_id = @piece_id AND revision = @revision AND shown_s IS NOT NULL";

        internal const string Translations = """
            SELECT p.language, p.kind, p.slug, r.title FROM pieces p JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = p.published
            WHERE p.work_id = @work_id ORDER BY p.language
            """;

        internal const string Newest = """
            SELECT p.piece_id, p.work_id, p.kind, p.language, p.slug, r.title, r.summary, r.byline, r.note, p.first_shown_s, p.last_shown_s
            FROM pieces p JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = p.published
            WHERE p.language = @language AND p.kind = @kind ORDER BY p.first_shown_s DESC, p.piece_id LIMIT @most
            """;
    }
}
