using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;

namespace WeToo.Voices.Features.Desk;

/// <summary>A piece in the list of those who write.</summary>
internal sealed record DeskLine(byte[] PieceId, string Language, string Kind, string Slug, string Title, long Revision, long? Published, long? ScheduledAtS)
{
    internal string Id => Convert.ToHexStringLower(PieceId);

    /// <summary>Where it is once it is published.</summary>
    internal string Path => PieceLine.PathOf(Language, Kind, Slug);
}

/// <summary>The newest revision of a piece, as it is written on.</summary>
internal sealed record DeskPiece(
    byte[] PieceId, byte[] WorkId, string Language, string Kind, string Slug, long Revision, long? Published, long? Scheduled, long? ScheduledAtS, string Replies, byte[] Author, long BoxOpen,
    string Title, string Summary, string Byline, string Note, string Source)
{
    internal string Id => Convert.ToHexStringLower(PieceId);

    /// <summary>Where it is once it is published.</summary>
    internal string Path => PieceLine.PathOf(Language, Kind, Slug);
}

/// <summary>Reads what those who write see.</summary>
internal static class DeskReads
{
    /// <summary>All pieces, the newest first.</summary>
    internal static IReadOnlyList<DeskLine> All(Session session) => session.Query<DeskLine>(Sql.All);

    /// <summary>One piece.</summary>
    internal static DeskPiece? Find(Session session, byte[] piece) => session.QueryOne<DeskPiece>(Sql.One, new { piece_id = piece });

    private static class Sql
    {
        internal const string All = """
            SELECT p.piece_id, p.language, p.kind, p.slug, r.title, p.revision, p.published, p.scheduled_at_s
            FROM pieces p JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = p.revision ORDER BY r.saved_s DESC, p.piece_id LIMIT 500
            """;

        internal const string One = """
            SELECT p.piece_id, p.work_id, p.language, p.kind, p.slug, p.revision, p.published, p.scheduled, p.scheduled_at_s, w.replies, w.author, w.box_open, r.title, r.summary, r.byline, r.note, r.source
            FROM pieces p JOIN works w ON w.work_id = p.work_id JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = p.revision WHERE p.piece_id = @piece_id
            """;
    }
}
