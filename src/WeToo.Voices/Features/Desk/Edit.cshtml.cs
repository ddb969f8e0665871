using Microsoft.AspNetCore.Mvc;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Content;
using WeToo.Voices.Features.Box;
using WeToo.Voices.Features.Cases;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using TextChanges = WeToo.Voices.Content.Changes;

namespace WeToo.Voices.Features.Desk;

/// <summary>Writes on a piece: saved as a new revision, looked at beside what readers see, published after the check, at once or later.</summary>
internal sealed class EditModel(Database database, Editions editions, AuthorBox box, Keys keys, TimeProvider time) : DeskPage(database)
{
    /// <summary>The questions before a story or anything else comes out: something signed, somebody pointed at, a place.</summary>
    internal static readonly string[] Questions = ["signed", "person", "place"];

    public DeskPiece Piece { get; private set; } = null!;

    public DraftForm Form { get; private set; } = new();

    public string? Wrong { get; private set; }

    public string? Preview { get; private set; }

    /// <summary>The questions of the check to which the answer was yes: each has advice before it can come out.</summary>
    public IReadOnlyList<string> Warned { get; private set; } = [];

    /// <summary>What readers do not see yet.</summary>
    public IReadOnlyList<Change> Changes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string piece) => await FindAsync(piece) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string piece, [FromForm] DraftForm form, string? act, long revision, bool advised, string? replies, string? author, string? at)
    {
        if (!await FindAsync(piece)) return Missing();

        var refusal = act switch
        {
            "preview" => Look(form),
            "save" => await SaveAsync(form),
            "publish" => await PublishAsync(revision, advised, at),
            "hide" => await editions.HideAsync(Piece.PieceId, HttpContext.RequestAborted),
            "replies" when replies is "off" or "held" or "first" or "open" => await editions.AllowRepliesAsync(Piece.WorkId, replies, null, HttpContext.RequestAborted),
            "author" => await NameAuthorAsync(author),
            "box-open" or "box-close" => await SetBoxAsync(act == "box-open"),
            _ => null,
        };
        if (refusal is not null) Wrong = "write.full";
        if (Wrong is null && Preview is null && Warned.Count == 0) return Redirect(HttpContext.Request.Path);
        if (Wrong is not null) Response.StatusCode = refusal is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status503ServiceUnavailable;
        return Page();
    }

    private Refusal? Look(DraftForm form)
    {
        (Form, Preview) = (form, Markup.Render(form.Source ?? "", [], 1).Html);
        return null;
    }

    private async Task<Refusal?> SaveAsync(DraftForm form)
    {
        (Form, Wrong) = (form, form.Wrong);
        return Wrong is not null ? null : (await editions.SaveAsync(Piece.PieceId, form.Draft, HttpContext.RequestAborted)).Refusal;
    }

    private async Task<Refusal?> NameAuthorAsync(string? author)
    {
        if (Keys.MailboxIn(author) is null) Wrong = "sign.wrong.email";
        return Wrong is not null ? null : await editions.NameAuthorAsync(Piece.WorkId, keys.Seal(author!.Trim(), Piece.WorkId), HttpContext.RequestAborted);
    }

    private async Task<Refusal?> SetBoxAsync(bool isOpen)
    {
        var (isDone, refusal) = await box.SetAsync(Piece.WorkId, isOpen, HttpContext.RequestAborted);
        if (!isDone && refusal is null) Wrong = "edit.box.wrong";
        return refusal;
    }

    /// <summary>Each question is answered; a yes leads to the advice first, and only from there on. What comes out is the version that was on the screen.</summary>
    private async Task<Refusal?> PublishAsync(long revision, bool advised, string? at)
    {
        var answers = Questions.ToLookup(question => HttpContext.Request.Form[question].ToString());
        if (revision != Piece.Revision) Wrong = "read.changed";
        else if (await ReadAsync(session => CaseReads.IsDown(session, Piece.PieceId, revision))) Wrong = "check.wrong.down";
        else if (answers["yes"].Count() + answers["no"].Count() < Questions.Length) Wrong = "check.wrong";
        else if (answers["yes"].Any() && !advised) Warned = [.. answers["yes"]];
        else if (string.IsNullOrEmpty(at)) return await editions.PublishAsync(Piece.PieceId, Piece.Revision, HttpContext.RequestAborted);
        else if (!DateTime.TryParseExact(at, "yyyy-MM-dd'T'HH:mm", null, System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal, out var later) || later <= time.GetUtcNow().UtcDateTime) Wrong = "check.wrong.time";
        else return await editions.ScheduleAsync(Piece.PieceId, Piece.Revision, new DateTimeOffset(later, TimeSpan.Zero), HttpContext.RequestAborted);
        return null;
    }

    private async Task<bool> FindAsync(string piece)
    {
        if (!CommentId.TryRead(piece, out var id) || await ReadAsync(session => DeskReads.Find(session, id)) is not { } found) return false;

        (Piece, Form) = (found, DraftForm.As(found));
        if (found.Published is { } shown && shown < found.Revision)
            Changes = await ReadAsync(session => TextChanges.Between(PieceReads.Blocks(session, id, shown), PieceReads.Blocks(session, id, found.Revision)));
        return true;
    }
}
