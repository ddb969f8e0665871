using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;

namespace WeToo.Voices.Features.Hashtags;

/// <summary>What readers see of hashtags, from a snapshot. There are no counts and no order by how often one is used.</summary>
internal static class HashtagReads
{
    /// <summary>A hashtag by its address, with the reason when it is paused.</summary>
    internal static (Hashtag Tag, string Paused)? Find(Session session, string language, string tag) =>
        session.QueryOne<Row>(Sql.Find, new { language, folded = Hashtag.Folded(tag) }) is { } row ? (new(row.Language, row.Tag, row.TopicId), row.Paused) : null;

    /// <summary>All hashtags of a topic.</summary>
    internal static IReadOnlyList<Hashtag> Counterparts(Session session, byte[] topic) => session.Query<Hashtag>(Sql.Counterparts, new { topic_id = topic });

    /// <summary>The hashtags of a work in a language, without paused ones.</summary>
    internal static IReadOnlyList<Hashtag> Of(Session session, byte[] work, string language) => session.Query<Hashtag>(Sql.OfWork, new { work_id = work, language });

    /// <summary>The hashtags of a language in the order of the alphabet, without paused ones.</summary>
    internal static IReadOnlyList<Hashtag> All(Session session, string language) => session.Query<Hashtag>(Sql.All, new { language });

    /// <summary>What is shown under a topic in a language, newest first.</summary>
    internal static IReadOnlyList<PieceLine> Pieces(Session session, byte[] topic, string language, int most) =>
        session.Query<PieceLine>(Sql.Pieces, new { topic_id = topic, language, most = (long)most });

    private sealed record Row(string Language, string Tag, byte[] TopicId, string Paused);

    private static class Sql
    {
        internal const string Find = """
            SELECT h.language, h.tag, h.topic_id, t.paused FROM hashtags h JOIN topics t ON t.topic_id = h.topic_id WHERE h.language = @language AND h.folded = @folded
            """;

        internal const string Counterparts = "SELECT language, tag, topic_id FROM hashtags WHERE topic_id = @topic_id ORDER BY language, folded";

        internal const string OfWork = """
            SELECT h.language, h.tag, h.topic_id FROM tagged g JOIN hashtags h ON h.topic_id = g.topic_id JOIN topics t ON t.topic_id = g.topic_id
            WHERE g.work_id = @work_id AND h.language = @language AND t.paused = '' ORDER BY h.folded
            """;

        internal const string All = """
            SELECT h.language, h.tag, h.topic_id FROM hashtags h JOIN topics t ON t.topic_id = h.topic_id WHERE h.language = @language AND t.paused = '' ORDER BY h.folded
            """;

        internal const string Pieces = """
            SELECT p.piece_id, p.work_id, p.kind, p.language, p.slug, r.title, r.summary, r.byline, r.note, p.first_shown_s, p.last_shown_s
            FROM tagged g JOIN pieces p ON p.work_id = g.work_id JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = p.published
            WHERE g.topic_id = @topic_id AND p.language = @language ORDER BY p.first_shown_s DESC, p.piece_id LIMIT @most
            """;
    }
}
