using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Pieces;

/// <summary>One article, story or letter.</summary>
internal sealed class ReadModel(Database database) : ReadingPage(database)
{
    public ShownPiece Piece { get; private set; } = null!;

    public IReadOnlyList<Translation> Translations { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string language, string folder, string slug)
    {
        var kind = PieceLine.KindOf(folder)!;
        Show(Names.Pieces); // What is shown at an address changes with it, and so do its translations.
        if (await ReadAsync(session => PieceReads.Shown(session, language, kind, slug)) is not { } piece) return Missing();

        Show(Names.Piece(piece.PieceId));
        Piece = piece;
        Translations = await ReadAsync(session => PieceReads.Translations(session, piece.WorkId).Where(other => other.Language != language).ToList());
        return Page();
    }
}
