using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Hashtags;
using WeToo.Voices.Features.Letters;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Pieces;

/// <summary>One article, story or letter.</summary>
internal sealed class ReadModel(Database database, VoicesOptions options) : ReadingPage(database)
{
    private const int FirstNames = 60;

    public ShownPiece Piece { get; private set; } = null!;

    public IReadOnlyList<Translation> Translations { get; private set; } = [];

    public IReadOnlyList<Hashtag> Hashtags { get; private set; } = [];

    /// <summary>Who signed, when it is a letter.</summary>
    public SignerList? Signers { get; private set; }

    /// <summary>Whether it can be signed here and now.</summary>
    public bool CanSign => Signers is { IsClosed: false } && options.Mail.Server is not null;

    public async Task<IActionResult> OnGetAsync(string language, string folder, string slug)
    {
        var kind = PieceLine.KindOf(folder)!;
        Show(Names.Pieces); // What is shown at an address changes with it, and so do its translations.
        if (await ReadAsync(session => PieceReads.Shown(session, language, kind, slug)) is not { } piece) return Missing();

        Show(Names.Piece(piece.PieceId), Names.Hashtags, Names.Signers(piece.WorkId));
        Piece = piece;
        (Translations, Hashtags, Signers) = await ReadAsync<(IReadOnlyList<Translation>, IReadOnlyList<Hashtag>, SignerList?)>(session => (
            [.. PieceReads.Translations(session, piece.WorkId).Where(other => other.Language != language)],
            HashtagReads.Of(session, piece.WorkId, language),
            kind == "letter" ? LetterReads.Signers(session, piece.WorkId, FirstNames) : null));
        return Page();
    }
}
