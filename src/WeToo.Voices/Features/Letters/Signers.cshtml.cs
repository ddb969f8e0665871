using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Letters;

/// <summary>Everybody who signed with a name, some hundred on a page.</summary>
internal sealed class SignersModel(Database database) : ReadingPage(database)
{
    private const int MostPages = 10_000;

    public ShownPiece Letter { get; private set; } = null!;

    public SignerList Signers { get; private set; } = null!;

    public IReadOnlyList<Signer> Names { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public async Task<IActionResult> OnGetAsync(string language, string slug, [FromQuery(Name = "part")] int number = 1)
    {
        Show(Pages.Names.Pieces);
        if (number is < 1 or > MostPages || await ReadAsync(session => PieceReads.Shown(session, language, "letter", slug)) is not { } letter) return Missing();

        Show(Pages.Names.Signers(letter.WorkId));
        (Letter, Number) = (letter, number);
        (Signers, Names) = await ReadAsync(session => (
            LetterReads.Signers(session, letter.WorkId, 0), LetterReads.Names(session, letter.WorkId, (number - 1) * LetterReads.PageSize, LetterReads.PageSize)));
        return Page();
    }
}
