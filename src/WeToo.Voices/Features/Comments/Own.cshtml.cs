using Microsoft.AspNetCore.Mvc;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Moderation;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Comments;

/// <summary>A comment, for who holds its link: looked at, changed for a while, confirmed and deleted here. Opening it changes nothing.</summary>
internal sealed class OwnModel(Database database, Commenting commenting, Moderating moderating, Keys keys, Visit visit, TimeProvider time) : ReadingPage(database)
{
    public OwnComment Own { get; private set; } = null!;

    /// <summary>Why it is or was not shown, if that was decided.</summary>
    public Decision? Decision { get; private set; }

    public bool IsFull { get; private set; }

    /// <summary>Whether its words can still be changed.</summary>
    public bool CanEdit => Own.State is "held" or "shown" && Own.MadeS > time.GetUtcNow().ToUnixTimeSeconds() - Commenting.EditSeconds;

    /// <summary>Whether it was opened from the mail that asks its mailbox.</summary>
    public bool IsFromMailbox { get; private set; }

    public async Task<IActionResult> OnGetAsync(string link, [FromQuery] string? yes) => await LookAsync(link, yes) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string link, [FromQuery] string? yes, string? act, string? text, [FromForm(Name = "List-Unsubscribe")] string? unsubscribe)
    {
        if (!await LookAsync(link, yes)) return Missing();

        var refusal = await ActAsync(unsubscribe == "One-Click" ? "quiet" : act, text);
        await LookAsync(link, yes);
        IsFull = refusal is not null;
        if (IsFull) Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Page();
    }

    private async Task<Refusal?> ActAsync(string? act, string? text) => act switch
    {
        "confirm" when IsFromMailbox => await commenting.ConfirmAsync(Own, visit, HttpContext.RequestAborted),
        "quiet" => await commenting.QuietAsync(Own, HttpContext.RequestAborted),
        "edit" when CommentForm.IsText(text) => await commenting.EditAsync(Own.CommentId, Own.PieceId, text!.Trim(), HttpContext.RequestAborted),
        "appeal" when text?.Trim() is { Length: > 0 and <= Moderating.LongestReason } why => await moderating.AppealAsync(Own.CommentId, why, HttpContext.RequestAborted),
        "delete" => await commenting.DeleteAsync(Own.CommentId, Own.PieceId, HttpContext.RequestAborted),
        _ => null,
    };

    private async Task<bool> LookAsync(string link, string? yes)
    {
        if (keys.IdOf(link, Commenting.Link) is not { } id || await ReadAsync(session => session.QueryOne<OwnComment>(Sql.Own, new { comment_id = id })) is not { } found) return false;
        IsFromMailbox = yes is not null && keys.IdOf(yes, Commenting.Mailbox) is { } asked && asked.AsSpan().SequenceEqual(id);
        (Own, Decision) = (found, await ReadAsync(session => ModerationReads.Of(session, id)));
        return true;
    }

    private static class Sql
    {
        internal const string Own = """
            SELECT c.comment_id, c.thread_id, c.piece_id, c.kind AS said, c.state, c.source, c.html, c.quote, c.verified, c.answers, c.mark, c.made_s,
                p.language, p.kind, p.slug, r.title
            FROM comments c JOIN pieces p ON p.piece_id = c.piece_id JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = COALESCE(p.published, c.revision)
            WHERE c.comment_id = @comment_id
            """;
    }
}

/// <summary>A comment as its writer sees it.</summary>
internal sealed record OwnComment(
    byte[] CommentId, byte[] ThreadId, byte[] PieceId, string Said, string State, string Source, string Html, string Quote, long Verified, long Answers, byte[]? Mark, long MadeS,
    string Language, string Kind, string Slug, string Title)
{
    /// <summary>Where the piece is.</summary>
    internal string Path => PieceLine.PathOf(Language, Kind, Slug);
}
