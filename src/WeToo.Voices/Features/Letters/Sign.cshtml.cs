using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Letters;

/// <summary>The form alone, for those whose first try had something missing; and where every form is sent.</summary>
internal sealed class SignModel(Database database, Signing signing, Visit visit) : ReadingPage(database)
{
    public ShownPiece Letter { get; private set; } = null!;

    public SignerList Signers { get; private set; } = null!;

    public SignForm Form { get; private set; } = new();

    public IReadOnlyDictionary<string, string> Wrong { get; private set; } = new Dictionary<string, string>();

    /// <summary>Whether other words stand there now than those that were on the screen.</summary>
    public bool IsChanged { get; private set; }

    public bool IsFull { get; private set; }

    public async Task<IActionResult> OnGetAsync(string language, string slug)
    {
        if (!await FindAsync(language, slug)) return Missing();
        Form.Revision = Letter.Revision;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string language, string slug, [FromForm] SignForm form)
    {
        if (!await FindAsync(language, slug)) return Missing();

        (Form, Wrong, IsChanged) = (form, form.Wrong, form.Revision != Letter.Revision);
        form.Revision = Letter.Revision;
        if (IsChanged || Wrong.Count > 0) return Unsent(StatusCodes.Status422UnprocessableEntity);
        if (await signing.AskAsync(Letter, form, visit, HttpContext.RequestAborted) is null) return Redirect($"{Letter.Path}/signed");

        IsFull = true;
        return Unsent(StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<bool> FindAsync(string language, string slug)
    {
        if (await ReadAsync(session => PieceReads.Shown(session, language, "letter", slug)) is not { } letter) return false;
        (Letter, Signers) = (letter, await ReadAsync(session => LetterReads.Signers(session, letter.WorkId, 0)));
        return !Signers.IsClosed;
    }
}
