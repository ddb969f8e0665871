using WeToo.Hosting.Storage;

namespace WeToo.Voices.Features.Comments;

/// <summary>What readers see of comments and feedback, from a snapshot.</summary>
internal static class CommentReads
{
    /// <summary>How many threads stand on one page.</summary>
    internal const int PageSize = 20;

    /// <summary>Whether a work can be answered now.</summary>
    internal static bool IsOpen(Session session, byte[] work, long now) =>
        session.QueryOne<Setting>(Sql.Setting, new { work_id = work }) is { } setting && setting.Replies != "off" && !(setting.RepliesUntilS <= now);

    /// <summary>How many threads there are.</summary>
    internal static long Count(Session session, byte[] piece, string which) => session.QueryOne<long>(Sql.Count, new { piece_id = piece, which });

    /// <summary>Some threads of a piece, with their answers.</summary>
    internal static IReadOnlyList<CommentThread> Threads(Session session, byte[] piece, long revision, ThreadFilter filter, long skip, int most) =>
        WithAnswers(session, revision, session.Query<Comment>(
            filter.NewestFirst ? Sql.NewestThreads : Sql.OldestThreads, new { piece_id = piece, revision, which = filter.Which, skip, most = (long)most }));

    /// <summary>One thread by its id, as long as readers see it.</summary>
    internal static CommentThread? Thread(Session session, byte[] piece, long revision, byte[] thread) =>
        WithAnswers(session, revision, session.Query<Comment>(Sql.OneThread, new { piece_id = piece, revision, thread_id = thread })).SingleOrDefault();

    /// <summary>The threads about words that a passage of the shown revision shares, in the order of the text.</summary>
    internal static IReadOnlyList<CommentThread> About(Session session, byte[] piece, long revision, long start, long end) =>
        WithAnswers(session, revision, session.Query<Comment>(Sql.About, new { piece_id = piece, revision, start_unit = start, end_unit = end }));

    /// <summary>Where the passages of all feedback are in a revision, without those that are gone.</summary>
    internal static IReadOnlyList<(long Start, long End)> Passages(Session session, byte[] piece, long revision) =>
        session.Query<(long, long)>(Sql.Passages, new { piece_id = piece, revision });

    /// <summary>On which page a thread stands when the oldest come first; 1 for the first.</summary>
    internal static long PageOf(Session session, byte[] piece, CommentThread thread) =>
        1 + (session.QueryOne<long>(Sql.Before, new { piece_id = piece, made_s = thread.First.MadeS, comment_id = thread.First.CommentId }) / PageSize);

    private static IReadOnlyList<CommentThread> WithAnswers(Session session, long revision, IReadOnlyList<Comment> firsts) =>
        [.. firsts.Select(first => new CommentThread(first, session.Query<Comment>(Sql.Answers, new { revision, thread_id = first.CommentId })))];

    private sealed record Setting(string Replies, long? RepliesUntilS);

    private static class Sql
    {
        internal const string Setting = "SELECT replies, replies_until_s FROM works WHERE work_id = @work_id";

        /// <summary>The first of a thread, shown or with answers that are.</summary>
        private const string IsThread = """
            c.piece_id = @piece_id AND c.thread_id = c.comment_id AND (c.state = 'shown'
                OR (c.state IN ('deleted', 'refused') AND EXISTS (SELECT 1 FROM comments o WHERE o.thread_id = c.comment_id AND o.comment_id <> c.comment_id AND o.state = 'shown')))
            """;

        private const string IsWhich = "(@which = 'all' OR (@which = 'whole') = (c.kind = 'comment'))";

        /// <summary>Plain columns only: SQLite gives what is computed no type of its own.</summary>
        private const string Said = """
            SELECT c.comment_id, c.thread_id, c.kind, c.state, c.name, c.html, c.quote, c.verified, c.made_s, c.edited_s, s.state AS signature, s.appeared, a.state AS anchor, a.start_unit
            FROM comments c LEFT JOIN signatures s ON s.signature_id = c.signature_id LEFT JOIN anchors a ON a.comment_id = c.comment_id AND a.revision = @revision
            """;

        private const string Threads = $"{Said} WHERE {IsThread}";

        internal const string Count = $"SELECT count(*) FROM comments c WHERE {IsThread} AND {IsWhich}";

        internal const string OldestThreads = $"{Threads} AND {IsWhich} ORDER BY c.made_s, c.comment_id LIMIT @most OFFSET @skip";

        internal const string NewestThreads = $"{Threads} AND {IsWhich} ORDER BY c.made_s DESC, c.comment_id DESC LIMIT @most OFFSET @skip";

        internal const string OneThread = $"{Threads} AND c.comment_id = @thread_id";

        internal const string About = $"{Threads} AND a.state <> 'gone' AND a.start_unit < @end_unit AND a.end_unit > @start_unit ORDER BY a.start_unit, c.made_s, c.comment_id LIMIT 50"; // All stand on the page of all answers.

        internal const string Answers = $"{Said} WHERE c.thread_id = @thread_id AND c.thread_id <> c.comment_id AND c.state = 'shown' ORDER BY c.made_s, c.comment_id";

        internal const string Passages = $"""
            SELECT a.start_unit, a.end_unit FROM comments c JOIN anchors a ON a.comment_id = c.comment_id AND a.revision = @revision
            WHERE {IsThread} AND a.state <> 'gone' ORDER BY a.start_unit, a.end_unit
            """;

        internal const string Before = $"SELECT count(*) FROM comments c WHERE {IsThread} AND (c.made_s < @made_s OR (c.made_s = @made_s AND c.comment_id < @comment_id))";
    }
}
