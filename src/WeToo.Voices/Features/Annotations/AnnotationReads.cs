using WeToo.Hosting.Storage;

namespace WeToo.Voices.Features.Annotations;

/// <summary>What somebody said, with what an annotation tells of it.</summary>
internal sealed record AnnotationRow(
    byte[] CommentId, byte[] ThreadId, string Said, string State, string Name, string Html, string Quote, long MadeS, long? EditedS, string? Anchor, long? StartUnit, long? EndUnit, string? Canonical, string? Via);

/// <summary>Reads what readers said of a piece: what the pages show, in the order in which it was said.</summary>
internal static class AnnotationReads
{
    /// <summary>How many are shown, and when the last of them was written or changed.</summary>
    internal static AnnotationSum Sum(Session session, byte[] piece) =>
        new(session.QueryOne<long>(Sql.Count, new { piece_id = piece }), session.QueryOne<long?>(Sql.Newest, new { piece_id = piece }) ?? 0);

    /// <summary>Some of them.</summary>
    internal static IReadOnlyList<AnnotationRow> Some(Session session, byte[] piece, long revision, long skip, int most) =>
        session.Query<AnnotationRow>(Sql.Some, new { piece_id = piece, revision, skip, most = (long)most });

    /// <summary>One of a piece, shown or not.</summary>
    internal static AnnotationRow? One(Session session, byte[] piece, long revision, byte[] comment) =>
        session.QueryOne<AnnotationRow>(Sql.One, new { piece_id = piece, revision, comment_id = comment });

    /// <summary>Whether readers see it.</summary>
    internal static bool IsShown(Session session, byte[] comment) => session.QueryOne<long>(Sql.IsOneShown, new { comment_id = comment }) > 0;

    private static class Sql
    {
        private const string IsShown = "c.state = 'shown' AND t.state <> 'held'";

        private const string Lines = """
            SELECT c.comment_id, c.thread_id, c.kind AS said, c.state, c.name, c.html, c.quote, c.made_s, c.edited_s, a.state AS anchor, a.start_unit, a.end_unit, n.canonical, n.via
            FROM comments c JOIN comments t ON t.comment_id = c.thread_id LEFT JOIN anchors a ON a.comment_id = c.comment_id AND a.revision = @revision LEFT JOIN annotations n ON n.comment_id = c.comment_id
            """;

        internal const string Some = $"{Lines} WHERE c.piece_id = @piece_id AND {IsShown} ORDER BY c.made_s, c.comment_id LIMIT @most OFFSET @skip";

        internal const string One = $"{Lines} WHERE c.piece_id = @piece_id AND c.comment_id = @comment_id";

        internal const string Count = $"SELECT count(*) FROM comments c JOIN comments t ON t.comment_id = c.thread_id WHERE c.piece_id = @piece_id AND {IsShown}";

        internal const string Newest = $"SELECT max(COALESCE(c.edited_s, c.made_s)) FROM comments c JOIN comments t ON t.comment_id = c.thread_id WHERE c.piece_id = @piece_id AND {IsShown}";

        internal const string IsOneShown = $"SELECT count(*) FROM comments c JOIN comments t ON t.comment_id = c.thread_id WHERE c.comment_id = @comment_id AND {IsShown}";
    }
}
