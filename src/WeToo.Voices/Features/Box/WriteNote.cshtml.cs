using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Box;

/// <summary>A note to the author, where the author takes some.</summary>
internal sealed class WriteNoteModel(Database database, AuthorBox box, Throttle throttle, Keys keys, VoicesOptions options, Visit visit) : ReadingPage(database)
{
    public ShownPiece Piece { get; private set; } = null!;

    public string Text { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string? Wrong { get; private set; }

    public Busy? Busy { get; private set; }

    /// <summary>Where somebody can write for themselves first; null when the operator names no such place.</summary>
    public Uri? Elsewhere => options.WriteForYourselfUrl;

    public async Task<IActionResult> OnGetAsync(string language, string folder, string slug) => await FindAsync(language, folder, slug) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string language, string folder, string slug, string? text, string? name, string? stamp)
    {
        if (!await FindAsync(language, folder, slug)) return Missing();

        (Text, Name) = (text?.Trim() ?? "", name?.Trim() ?? "");
        Wrong = Text.Length == 0 ? "comment.wrong.empty" : Text.Length > AuthorBox.LongestText ? "comment.wrong.long" : Name.Length > AuthorBox.LongestName || Name.Any(char.IsControl) ? "comment.wrong.name" : null;
        if (Wrong is not null) return Unsent(StatusCodes.Status422UnprocessableEntity);

        Busy = throttle.Take($"{Piece.Path}/note", stamp);
        if (Busy is not null) return TooMany(Busy);

        var (note, refusal) = await box.AddAsync(Piece, new(Text, Name), visit, HttpContext.RequestAborted);
        if (note is not null) return Redirect($"/{language}/note/{keys.LinkTo(note, AuthorBox.NoteLink)}");
        if (refusal is null) return Missing();

        Wrong = "write.full";
        return Unsent(StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<bool> FindAsync(string language, string folder, string slug)
    {
        Show(Names.Pieces);
        if (await ReadAsync(session => PieceReads.Shown(session, language, PieceLine.KindOf(folder)!, slug) is { } piece && AuthorBox.IsOpen(session, piece.WorkId) ? piece : null) is not { } found) return false;
        Piece = found;
        return true;
    }
}
