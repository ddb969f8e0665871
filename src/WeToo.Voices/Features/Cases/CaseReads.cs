using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;

namespace WeToo.Voices.Features.Cases;

/// <summary>What was said against the words of a piece, and what came of it.</summary>
internal sealed record Case(
    byte[] CaseId, byte[] PieceId, long Revision, long OpenedS, long? ToldS, string? Answer, string AnswerText, long? AnsweredS,
    string? Act, long? Hidden, string Ground, string Reason, byte[]? StaffId, long? DecidedS, string Appeal, long? AppealedS, string? AppealEnd, string AppealReason,
    string Language, string Kind, string Slug, string Title, long? Published, byte[] Author)
{
    internal string Id => Convert.ToHexStringLower(CaseId);

    /// <summary>Where the piece is.</summary>
    internal string Path => PieceLine.PathOf(Language, Kind, Slug);

    /// <summary>Where it stands on its clocks.</summary>
    internal CaseClock Clock => CaseClock.Of(this);

    /// <summary>Whether the author objected and nobody has decided on that.</summary>
    internal bool IsAppealed => AppealedS is not null && AppealEnd is null;
}

/// <summary>A notice, as its author and those who decide read it.</summary>
internal sealed record CaseNotice(string Ground, string Text, string Name, long MadeS);

/// <summary>A notice, for who holds its link.</summary>
internal sealed record OwnCaseNotice(byte[] NoticeId, byte[] CaseId, string Ground, string Text, long MadeS, bool HasMailbox, long Verified);

/// <summary>A line of the log that everybody may read: what was decided, on which day; no words and no names. What is not shown has no title.</summary>
internal sealed record CaseLine(string Act, string Ground, long DecidedS, string? AppealEnd, string Language, string Kind, string Slug, string? Title)
{
    /// <summary>Where the piece is.</summary>
    internal string Path => PieceLine.PathOf(Language, Kind, Slug);
}

/// <summary>Reads cases and their notices.</summary>
internal static class CaseReads
{
    /// <summary>One case.</summary>
    internal static Case? Find(Session session, byte[] id) => session.QueryOne<Case>(Sql.One, new { case_id = id });

    /// <summary>The case of a piece that is open.</summary>
    internal static byte[]? OpenOf(Session session, byte[] piece) => session.QueryOne<byte[]>(Sql.OpenOf, new { piece_id = piece });

    /// <summary>What waits for a decision, the oldest first.</summary>
    internal static IReadOnlyList<Case> Waiting(Session session) => session.Query<Case>(Sql.Waiting);

    /// <summary>How many wait.</summary>
    internal static long CountWaiting(Session session) => session.QueryOne<long>(Sql.CountWaiting);

    /// <summary>The notices of a case: those whose mailbox said yes before others, then the oldest first.</summary>
    internal static IReadOnlyList<CaseNotice> Notices(Session session, byte[] id) => session.Query<CaseNotice>(Sql.Notices, new { case_id = id });

    /// <summary>A notice by its id.</summary>
    internal static OwnCaseNotice? Notice(Session session, byte[] id) => session.QueryOne<OwnRow>(Sql.Notice, new { notice_id = id }) is { } row
        ? new(row.NoticeId, row.CaseId, row.Ground, row.Text, row.MadeS, row.Address.Length > 0, row.Verified)
        : null;

    /// <summary>What was decided, newest first.</summary>
    internal static IReadOnlyList<CaseLine> Log(Session session, int most) => session.Query<CaseLine>(Sql.Log, new { most = (long)most });

    /// <summary>Whether a revision, or a later one, was taken down by a decision that stands: what is older may say the same.</summary>
    internal static bool IsDown(Session session, byte[] piece, long revision) => session.QueryOne<long>(Sql.IsDown, new { piece_id = piece, revision }) > 0;

    private sealed record OwnRow(byte[] NoticeId, byte[] CaseId, string Ground, string Text, long MadeS, byte[] Address, long Verified);

    private static class Sql
    {
        private const string Cases = """
            SELECT c.case_id, c.piece_id, c.revision, c.opened_s, c.told_s, c.answer, c.answer_text, c.answered_s,
                c.act, c.hidden, c.ground, c.reason, c.staff_id, c.decided_s, c.appeal, c.appealed_s, c.appeal_end, c.appeal_reason,
                p.language, p.kind, p.slug, r.title, p.published, w.author
            FROM cases c JOIN pieces p ON p.piece_id = c.piece_id JOIN works w ON w.work_id = p.work_id JOIN revisions r ON r.piece_id = c.piece_id AND r.revision = c.revision
            """;

        private const string IsWaiting = "(c.act IS NULL OR (c.appealed_s IS NOT NULL AND c.appeal_end IS NULL))";

        internal const string One = $"{Cases} WHERE c.case_id = @case_id";

        internal const string Waiting = $"{Cases} WHERE {IsWaiting} ORDER BY c.opened_s, c.case_id LIMIT 500";

        internal const string CountWaiting = $"SELECT count(*) FROM cases c WHERE {IsWaiting}";

        internal const string OpenOf = "SELECT case_id FROM cases WHERE piece_id = @piece_id AND act IS NULL";

        internal const string Notices = "SELECT ground, text, name, made_s FROM case_notices WHERE case_id = @case_id ORDER BY verified DESC, made_s, notice_id LIMIT 200";

        internal const string Notice = "SELECT notice_id, case_id, ground, text, made_s, address, verified FROM case_notices WHERE notice_id = @notice_id";

        internal const string Log = """
            SELECT c.act, c.ground, c.decided_s, c.appeal_end, p.language, p.kind, p.slug, r.title
            FROM cases c JOIN pieces p ON p.piece_id = c.piece_id LEFT JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = p.published
            WHERE c.act IS NOT NULL ORDER BY c.decided_s DESC, c.case_id LIMIT @most
            """;

        internal const string IsDown = """
            SELECT count(*) FROM cases WHERE piece_id = @piece_id AND hidden >= @revision AND act = 'hide' AND (appeal_end IS NULL OR appeal_end <> 'reversed')
            """;
    }
}
