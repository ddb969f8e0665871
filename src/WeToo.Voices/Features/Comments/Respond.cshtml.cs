using Microsoft.AspNetCore.Mvc;
using WeToo.Core.Letters;
using WeToo.Hosting.Storage;
using WeToo.Voices.Content;
using WeToo.Voices.Features.Cases;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Comments;

/// <summary>
/// Answers to a point, a question, some words, a thread, or the whole: what is there, and a form. It is a page of its own for those without a script, and what
/// the script shows beside the text for the others.
/// </summary>
internal class RespondModel(Database database, Commenting commenting, Throttle throttle, Keys keys, Visit visit, TimeProvider time) : ReadingPage(database)
{
    public ShownPiece Piece { get; private set; } = null!;

    public CommentForm Form { get; protected set; } = new();

    /// <summary>What it is about; <see langword="null"/> when the words were not found.</summary>
    public About? About { get; private set; }

    /// <summary>The block that it is about, when it is a whole one.</summary>
    public Block? Block { get; private set; }

    public bool IsOpen { get; private set; }

    public bool IsFull { get; private set; }

    /// <summary>That more is written here than people look at.</summary>
    public Busy? Busy { get; private set; }

    public IReadOnlyList<CommentThread> Threads { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Wrong { get; private set; } = new Dictionary<string, string>();

    public async Task<IActionResult> OnGetAsync(string language, string folder, string slug, [FromQuery] CommentForm form)
    {
        Form = form;
        if (!await FindAsync(language, folder, slug)) return Missing();
        if (About is null) Response.StatusCode = StatusCodes.Status404NotFound;
        if (Block?.Kind == BlockKind.Question) Form.Kind ??= "note";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string language, string folder, string slug, [FromForm] CommentForm form)
    {
        Form = form;
        if (!await FindAsync(language, folder, slug)) return Missing();
        if (About is null) return Unsent(StatusCodes.Status404NotFound);

        Wrong = form.Wrong(About.IsFeedback);
        if (Wrong.Count > 0) return Unsent(StatusCodes.Status422UnprocessableEntity);

        Busy = throttle.Take(Piece.Path, form.Stamp);
        if (Busy is not null) return TooMany(Busy);

        var (id, refusal) = await commenting.AddAsync(Piece, form, About, visit, HttpContext.RequestAborted);
        if (id is not null) return await TakenAsync($"/{language}/comments/{keys.LinkTo(id, Commenting.Link)}");

        (IsFull, IsOpen) = (refusal is not null, refusal is not null);
        return Unsent(IsFull ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status403Forbidden);
    }

    /// <summary>What is shown beside a form about the whole.</summary>
    protected virtual IReadOnlyList<CommentThread> OfTheWhole(Session session) => [];

    /// <summary>Where its writer goes once it is sent.</summary>
    /// <param name="own">The page of the answer, for who holds its address.</param>
    protected virtual Task<IActionResult> TakenAsync(string own) => Task.FromResult<IActionResult>(Redirect(own));

    protected async Task<bool> FindAsync(string language, string folder, string slug)
    {
        Show(Pages.Names.Pieces);
        if (await ReadAsync(session => PieceReads.Shown(session, language, PieceLine.KindOf(folder)!, slug)) is not { } piece || piece.Replies == "off") return false;

        Show(Pages.Names.Piece(piece.PieceId), Pages.Names.Comments(piece.PieceId), Pages.Names.Signers(piece.WorkId));
        Piece = piece;
        return await ReadAsync(session =>
        {
            IsOpen = CommentReads.IsOpen(session, piece.WorkId, time.GetUtcNow().ToUnixTimeSeconds());
            About = AboutOf(session);
            return true;
        });
    }

    private About? AboutOf(Session session)
    {
        if (Form.Thread is { } thread) return AboutThread(session, thread);
        if (Form is { Block: null, Words: null, Start: null })
        {
            Threads = OfTheWhole(session);
            return new(null, Piece.Revision, null, "");
        }

        var revision = Form.Revision is { } seen && seen < Piece.Revision && PieceReads.WasShown(session, Piece.PieceId, seen) && !CaseReads.IsDown(session, Piece.PieceId, seen) ? seen : Piece.Revision;
        var blocks = PieceReads.Blocks(session, Piece.PieceId, revision);
        var text = new PieceText(blocks);
        Block = Form.Block is { } number ? blocks.FirstOrDefault(block => block.Number == number) : null;
        if (PassageOf(text) is not { } passage) return null;

        if (revision == Piece.Revision) Threads = CommentReads.About(session, Piece.PieceId, revision, passage.Start, passage.End);
        return new(null, revision, passage, passage.QuoteOf(text.Text));
    }

    private About? AboutThread(Session session, string thread)
    {
        if (!CommentId.TryRead(thread, out var id) || CommentReads.Thread(session, Piece.PieceId, Piece.Revision, id) is not { } found) return null;
        Threads = [found];
        return new(id, Piece.Revision, null, "");
    }

    private Passage? PassageOf(PieceText text) =>
        Form.Block is { } block ? text.PassageOf(block)
        : Form.Words is { } words ? Passage.TryFind(text.Text, string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), "", "")
        : Passage.TryMake(text.Text, Form.Start ?? 0, Form.End ?? 0, Form.Quote ?? "");
}
