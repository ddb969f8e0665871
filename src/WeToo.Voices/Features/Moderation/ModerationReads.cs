using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;

namespace WeToo.Voices.Features.Moderation;

/// <summary>A decision, as its writer and those who gave notice see it.</summary>
internal sealed record Decision(string Act, string Ground, string Reason, long MadeS, string Appeal, long? AppealedS, string? AppealEnd, string AppealReason, long? AppealEndS);

/// <summary>A line of the log that everybody may read: which rule, on which day, under what; no words and no names.</summary>
internal sealed record LogLine(string Ground, long MadeS, string? AppealEnd, string Language, string Kind, string Slug, string Title)
{
    /// <summary>Where the piece is.</summary>
    internal string Path => PieceLine.PathOf(Language, Kind, Slug);
}

/// <summary>A notice, for who holds its link.</summary>
internal sealed record OwnNotice(byte[] CommentId, string Ground, string Text, long MadeS, string? Act, string? Reason, long? DecidedS);

/// <summary>An answer in the queue.</summary>
internal sealed record QueueLine(
    byte[] CommentId, string Said, string State, string Name, string Html, string Quote, long MadeS, string Language, string Kind, string Slug, string Title, string? Ground, string? Reason, string? Appeal, byte[]? StaffId, long? EditedS, string? Canonical, string? Via)
{
    internal string Id => Convert.ToHexStringLower(CommentId);

    /// <summary>These words of it: what is shown is what was read.</summary>
    internal string Words => $"{Id}.{EditedS ?? 0}";

    /// <summary>What else it is called elsewhere: who sends an annotation writes that too.</summary>
    internal IEnumerable<string> OtherNames => ((string?[])[Canonical, Via]).OfType<string>();

    /// <summary>Where the piece is.</summary>
    internal string Path => PieceLine.PathOf(Language, Kind, Slug);
}

/// <summary>A notice in the queue.</summary>
internal sealed record NoticeLine(byte[] CommentId, string Ground, string Text, long MadeS);

/// <summary>Reads decisions, notices and the queue.</summary>
internal static class ModerationReads
{
    /// <summary>How many lines of the queue stand on one page.</summary>
    internal const int PageSize = 50;

    /// <summary>The decision about an answer that counts: the last by which it was not shown.</summary>
    internal static Decision? Of(Session session, byte[] comment) => session.QueryOne<Decision>(Sql.Of, new { comment_id = comment });

    /// <summary>The log, newest first.</summary>
    internal static IReadOnlyList<LogLine> Log(Session session, int most) => session.Query<LogLine>(Sql.Log, new { most = (long)most });

    /// <summary>A notice by its id.</summary>
    internal static OwnNotice? Notice(Session session, byte[] notice) => session.QueryOne<OwnNotice>(Sql.Notice, new { notice_id = notice });

    /// <summary>How many wait in a part of the queue.</summary>
    internal static long Count(Session session, string part) => session.QueryOne<long>(part switch { "notices" => Sql.CountNoticed, "appeals" => Sql.CountAppealed, _ => Sql.CountHeld });

    /// <summary>Some lines of a part of the queue, those that wait longest first.</summary>
    internal static IReadOnlyList<QueueLine> Queue(Session session, string part, long skip) =>
        session.Query<QueueLine>(part switch { "notices" => Sql.Noticed, "appeals" => Sql.Appealed, _ => Sql.Held }, new { skip, most = (long)PageSize });

    /// <summary>The open notices about an answer.</summary>
    internal static IReadOnlyList<NoticeLine> NoticesOf(Session session, byte[] comment) => session.Query<NoticeLine>(Sql.NoticesOf, new { comment_id = comment });

    private static class Sql
    {
        internal const string Of = """
            SELECT act, ground, reason, made_s, appeal, appealed_s, appeal_end, appeal_reason, appeal_end_s FROM decisions
            WHERE comment_id = @comment_id AND act = 'refuse' ORDER BY made_s DESC, decision_id LIMIT 1
            """;

        internal const string Log = """
            SELECT d.ground, d.made_s, d.appeal_end, p.language, p.kind, p.slug, r.title
            FROM decisions d JOIN comments c ON c.comment_id = d.comment_id JOIN pieces p ON p.piece_id = c.piece_id JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = p.published
            WHERE d.act = 'refuse' ORDER BY d.made_s DESC, d.decision_id LIMIT @most
            """;

        internal const string Notice = """
            SELECT n.comment_id, n.ground, n.text, n.made_s, d.act, d.reason, d.made_s AS decided_s FROM notices n LEFT JOIN decisions d ON d.decision_id = n.decision_id WHERE n.notice_id = @notice_id
            """;

        internal const string NoticesOf = "SELECT comment_id, ground, text, made_s FROM notices WHERE comment_id = @comment_id AND decision_id IS NULL ORDER BY made_s, notice_id LIMIT 50";

        private const string IsHeld = "c.state = 'held'";

        private const string IsNoticed = "c.state = 'shown' AND EXISTS (SELECT 1 FROM notices n WHERE n.comment_id = c.comment_id AND n.decision_id IS NULL)";

        private const string IsAppealed = "d.appealed_s IS NOT NULL AND d.appeal_end IS NULL AND c.state = 'refused'";

        private const string Lines = """
            SELECT c.comment_id, c.kind AS said, c.state, c.name, c.html, c.quote, c.made_s, p.language, p.kind, p.slug, r.title, d.ground, d.reason, d.appeal, d.staff_id, c.edited_s, n.canonical, n.via
            FROM comments c JOIN pieces p ON p.piece_id = c.piece_id JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = COALESCE(p.published, p.revision)
            LEFT JOIN decisions d ON d.comment_id = c.comment_id AND d.appealed_s IS NOT NULL AND d.appeal_end IS NULL
            LEFT JOIN annotations n ON n.comment_id = c.comment_id
            """;

        private const string Paged = "ORDER BY c.made_s, c.comment_id LIMIT @most OFFSET @skip";

        internal const string Held = $"{Lines} WHERE {IsHeld} {Paged}";

        internal const string Noticed = $"{Lines} WHERE {IsNoticed} {Paged}";

        internal const string Appealed = $"{Lines} WHERE {IsAppealed} {Paged}";

        internal const string CountHeld = $"SELECT count(*) FROM comments c WHERE {IsHeld}";

        internal const string CountNoticed = $"SELECT count(*) FROM comments c WHERE {IsNoticed}";

        internal const string CountAppealed = $"SELECT count(*) FROM comments c JOIN decisions d ON d.comment_id = c.comment_id WHERE {IsAppealed}";
    }
}
