using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Content;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Pieces;

namespace WeToo.Voices.Features.Desk;

/// <summary>Begins an article, a story or a letter, or one in another language.</summary>
internal sealed class NewModel(Database database, Editions editions, VoicesOptions options) : DeskPage(database)
{
    public DraftForm Form { get; private set; } = new();

    public string? Wrong { get; private set; }

    public string? Preview { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? of, string? kind)
    {
        Form = new() { Kind = kind ?? "letter", Of = of };
        if (of is null || await OriginalAsync(of) is not { } original) return Page();

        Form = DraftForm.As(original);
        (Form.Of, Form.Language, Form.Slug) = (of, null, "");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string language, [FromForm] DraftForm form, string? act)
    {
        Form = form;
        Wrong = form.WrongBeginning(options.Languages);
        if (act == "preview") Preview = Markup.Render(form.Source ?? "", [], 1).Html;
        if (act == "preview" || Wrong is not null) return Unsaved();

        var original = form.Of is null ? null : await OriginalAsync(form.Of);
        if (await IsTakenAsync(form, original))
        {
            Wrong = "edit.wrong.taken";
            return Unsaved();
        }

        var (piece, refusal) = await editions.BeginAsync(original?.Kind ?? form.Kind!, form.Language!, form.Slug!, original?.WorkId, form.Draft, HttpContext.RequestAborted, form.Together);
        if (refusal is null) return Redirect($"/desk/{language}/pieces/{Convert.ToHexStringLower(piece!)}");
        Wrong = "write.full";
        return Unsaved();
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Unsaved()
    {
        if (Wrong is not null && Preview is null) Response.StatusCode = Wrong == "write.full" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private Task<DeskPiece?> OriginalAsync(string of) => ReadAsync(session => CommentId.TryRead(of, out var id) ? DeskReads.Find(session, id) : null);

    private Task<bool> IsTakenAsync(DraftForm form, DeskPiece? original) => ReadAsync(session =>
        session.QueryOne<long>(Sql.Taken, new { language = form.Language, kind = original?.Kind ?? form.Kind, slug = form.Slug, work_id = original?.WorkId ?? [] }) > 0);

    private static class Sql
    {
        internal const string Taken = "SELECT count(*) FROM pieces WHERE language = @language AND ((kind = @kind AND slug = @slug) OR work_id = @work_id)";
    }
}
