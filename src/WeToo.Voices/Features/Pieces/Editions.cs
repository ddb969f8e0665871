using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Content;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Pages;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Pieces;

/// <summary>Words for a revision, as an editor wrote them.</summary>
/// <param name="Title">One line.</param>
/// <param name="Source">Markdown.</param>
internal sealed record Draft(string Title, string Source)
{
    /// <summary>One or two sentences for lists and share pictures.</summary>
    public string Summary { get; init; } = "";

    /// <summary>As the author wants to be named.</summary>
    public string Byline { get; init; } = "";

    /// <summary>What a reader may want to know before reading.</summary>
    public string Note { get; init; } = "";

    /// <summary>What changed since the revision before.</summary>
    public string Change { get; init; } = "";
}

/// <summary>Makes pieces and their revisions: the only place that renders.</summary>
internal sealed class Editions(Database database, Writes writes, TimeProvider time)
{
    private const int DaySeconds = 24 * 3600;

    /// <summary>Begins a work in its first language, or a work's next language.</summary>
    /// <param name="kind"><c>article</c>, <c>story</c> or <c>letter</c>.</param>
    /// <param name="language">The language of the piece.</param>
    /// <param name="slug">Its name in its address.</param>
    /// <param name="work">The work that it translates; <see langword="null"/> to begin one.</param>
    /// <param name="draft">Its first revision.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="together">Of a letter: how many must have signed before any is shown.</param>
    /// <returns>The piece, which nobody sees yet; or why not.</returns>
    internal async Task<(byte[]? Piece, Refusal? Refusal)> BeginAsync(string kind, string language, string slug, byte[]? work, Draft draft, CancellationToken cancel, long together = 0)
    {
        var rendered = Markup.Render(draft.Source, [], 1);
        var piece = RandomNumberGenerator.GetBytes(16);
        var parameters = new
        {
            piece_id = piece, work_id = work ?? RandomNumberGenerator.GetBytes(16), kind, language, slug, next_block = rendered.NextBlock,
            replies = kind == "story" ? "off" : "held", made_day = Now / DaySeconds, together,
        };
        return await writes.TransactAsync([], session =>
        {
            if (work is null) session.Execute(Sql.BeginWork, parameters);
            if (work is null && kind == "letter") session.Execute(Sql.BeginLetter, parameters);
            session.Execute(Sql.BeginPiece, parameters);
            Store(session, piece, 1, draft, rendered);
            return piece;
        }, cancel);
    }

    /// <summary>Saves the next revision. Readers see the one before until it is published.</summary>
    /// <returns>Its number; or why not.</returns>
    internal async Task<(long Revision, Refusal? Refusal)> SaveAsync(byte[] piece, Draft draft, CancellationToken cancel)
    {
        while (true)
        {
            var (newest, next, before) = await database.ReadAsync(session => Newest(session, piece), cancel);
            var rendered = Markup.Render(draft.Source, before, next);
            var step = new Step(new PieceText(before).Text, new PieceText(rendered.Blocks).Text);
            var (saved, refusal) = await writes.TransactAsync<bool>([], session =>
            {
                if (session.Execute(Sql.Save, new { piece_id = piece, newest, next_block = rendered.NextBlock }) == 0) return false; // Somebody else saved meanwhile.
                Store(session, piece, newest + 1, draft, rendered);
                Anchoring.CarryOver(session, piece, newest, step);
                return true;
            }, cancel);
            if (refusal is not null || saved) return (newest + 1, refusal);
        }
    }

    /// <summary>Decides whether and how readers may answer a work.</summary>
    /// <param name="work">The work.</param>
    /// <param name="replies"><c>off</c>, <c>held</c> (each is looked at first), <c>first</c> (those of unknown mailboxes are) or <c>open</c>.</param>
    /// <param name="until">Until when; <see langword="null"/> for ever.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<Refusal?> AllowRepliesAsync(byte[] work, string replies, DateTimeOffset? until, CancellationToken cancel) =>
        (await writes.TransactAsync(
            [Names.Pieces], session => session.Execute(Sql.AllowReplies, new { work_id = work, replies, replies_until_s = until?.ToUnixTimeSeconds() }), cancel)).Refusal;

    /// <summary>Shows a revision to readers.</summary>
    internal async Task<Refusal?> PublishAsync(byte[] piece, long revision, CancellationToken cancel) =>
        (await writes.TransactAsync(
            [Names.Pieces, Names.Piece(piece), Names.Comments(piece)],
            session =>
            {
                var row = new { piece_id = piece, revision, now_s = Now };
                session.Execute(Sql.Unquote, row);
                return session.Execute(Sql.Publish, row) > 0 && session.Execute(Sql.Show, row) > 0;
            },
            cancel)).Refusal;

    /// <summary>Shows a revision to readers at a time to come.</summary>
    internal async Task<Refusal?> ScheduleAsync(byte[] piece, long revision, DateTimeOffset at, CancellationToken cancel) =>
        (await writes.TransactAsync([], session => session.Execute(Sql.Schedule, new { piece_id = piece, revision, at_s = at.ToUnixTimeSeconds() }), cancel)).Refusal;

    /// <summary>Puts down where the author of a work is written to. Whoever was it before opens the author's box no more.</summary>
    internal async Task<Refusal?> NameAuthorAsync(byte[] work, byte[] address, CancellationToken cancel) =>
        (await writes.TransactAsync([], session => session.Execute(Sql.NameAuthor, new { work_id = work, author = address, box = RandomNumberGenerator.GetBytes(16) }), cancel)).Refusal;

    /// <summary>Takes a piece down. Its revisions stay, and what readers said.</summary>
    internal async Task<Refusal?> HideAsync(byte[] piece, CancellationToken cancel) =>
        (await writes.TransactAsync([Names.Pieces, Names.Piece(piece)], session => session.Execute(Sql.Hide, new { piece_id = piece }), cancel)).Refusal;

    private static (long Newest, long Next, IReadOnlyList<Block> Blocks) Newest(Session session, byte[] piece)
    {
        var (newest, next) = session.QueryOne<(long, long)>(Sql.NewestRevision, new { piece_id = piece });
        return (newest, next, PieceReads.Blocks(session, piece, newest));
    }

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    private void Store(Session session, byte[] piece, long revision, Draft draft, Rendered rendered)
    {
        session.Execute(Sql.AddRevision, new
        {
            piece_id = piece, revision, title = draft.Title, summary = draft.Summary, byline = draft.Byline, note = draft.Note,
            source = draft.Source, html = rendered.Html, change = draft.Change, saved_s = Now,
        });
        session.Execute(Sql.AddBlock, rendered.Blocks.Select((block, ordinal) => new
        {
            piece_id = piece, revision, ordinal = (long)ordinal, block = block.Number, kind = NameOf(block.Kind), number = block.Point, text = block.Text,
        }));
    }

    private static string NameOf(BlockKind kind) => kind switch { BlockKind.Heading => "heading", BlockKind.Point => "point", BlockKind.Question => "question", _ => "text" };

    private static class Sql
    {
        internal const string BeginWork = "INSERT INTO works (work_id, kind, replies, made_day) VALUES (@work_id, @kind, @replies, @made_day)";

        internal const string BeginLetter = "INSERT INTO letters (work_id, together, listing) VALUES (@work_id, @together, 'alphabet')";

        internal const string BeginPiece = """
            INSERT INTO pieces (piece_id, work_id, kind, language, slug, revision, next_block) VALUES (@piece_id, @work_id, @kind, @language, @slug, 1, @next_block)
            """;

        internal const string NewestRevision = "SELECT revision, next_block FROM pieces WHERE piece_id = @piece_id";

        internal const string Save = "UPDATE pieces SET revision = @newest + 1, next_block = @next_block WHERE piece_id = @piece_id AND revision = @newest";

        internal const string AddRevision = """
            INSERT INTO revisions (piece_id, revision, title, summary, byline, note, source, html, change, saved_s)
            VALUES (@piece_id, @revision, @title, @summary, @byline, @note, @source, @html, @change, @saved_s)
            """;

        internal const string AddBlock = """
            INSERT INTO blocks (piece_id, revision, ordinal, block, kind, number, text) VALUES (@piece_id, @revision, @ordinal, @block, @kind, @number, @text)
            """;

        internal const string AllowReplies = "UPDATE works SET replies = @replies, replies_until_s = @replies_until_s WHERE work_id = @work_id";

        internal const string Schedule = "UPDATE pieces SET scheduled = @revision, scheduled_at_s = @at_s WHERE piece_id = @piece_id AND revision >= @revision";

        internal const string NameAuthor = "UPDATE works SET author = @author, box = CASE WHEN box IS NULL THEN box ELSE @box END WHERE work_id = @work_id";

        internal const string Hide = "UPDATE pieces SET published = NULL, scheduled = NULL, scheduled_at_s = NULL WHERE piece_id = @piece_id";

        internal const string Publish = """
            UPDATE pieces SET published = @revision, first_shown_s = COALESCE(first_shown_s, @now_s), last_shown_s = @now_s, scheduled = NULL, scheduled_at_s = NULL
            WHERE piece_id = @piece_id AND revision >= @revision
            """;

        /// <summary>Once a text was taken down, no answer repeats of it what the new one does not say.</summary>
        internal const string Unquote = """
            UPDATE comments SET quote = '' WHERE piece_id = @piece_id
              AND EXISTS (SELECT 1 FROM cases c WHERE c.piece_id = @piece_id AND c.act = 'hide' AND (c.appeal_end IS NULL OR c.appeal_end <> 'reversed'))
              AND EXISTS (SELECT 1 FROM anchors a WHERE a.comment_id = comments.comment_id AND a.revision = @revision AND a.state <> 'kept')
            """;

        internal const string Show = "UPDATE revisions SET shown_s = COALESCE(shown_s, @now_s) WHERE piece_id = @piece_id AND revision = @revision";
    }
}
