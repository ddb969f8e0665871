using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Cases;

/// <summary>A notice of a piece: by anybody, without an account.</summary>
internal sealed class ReportPieceModel(Database database, Casework casework, Throttle throttle, Keys keys, Visit visit) : ReadingPage(database)
{
    public ShownPiece Piece { get; private set; } = null!;

    public NoticeForm Form { get; private set; } = new();

    public string? Wrong { get; private set; }

    public Busy? Busy { get; private set; }

    public async Task<IActionResult> OnGetAsync(string language, string folder, string slug) => await FindAsync(language, folder, slug) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string language, string folder, string slug, [FromForm] NoticeForm form)
    {
        if (!await FindAsync(language, folder, slug)) return Missing();

        (Form, Wrong) = (form, form.Wrong);
        Busy = Wrong is null ? throttle.Take($"{Piece.Path}/notice", form.Stamp) : null;
        if (Busy is not null) return TooMany(Busy);

        if (Wrong is null)
        {
            var (notice, _) = await casework.ReportAsync(Piece, form, visit, HttpContext.RequestAborted);
            if (notice is not null) return Redirect($"/{language}/notices/pieces/{keys.LinkTo(notice, Casework.NoticeLink)}");
            Wrong = "write.full";
        }

        Response.StatusCode = Wrong == "write.full" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> FindAsync(string language, string folder, string slug)
    {
        if (await ReadAsync(session => PieceReads.Shown(session, language, PieceLine.KindOf(folder)!, slug)) is not { } piece) return false;
        Piece = piece;
        return true;
    }
}
