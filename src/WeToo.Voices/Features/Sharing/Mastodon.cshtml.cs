using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Sharing;

/// <summary>Mastodon has many servers: whoever shares says which is theirs, here and each time, since we remember nothing.</summary>
internal sealed class MastodonModel(Database database, Visit visit) : ReadingPage(database)
{
    public ShownPiece Piece { get; private set; } = null!;

    public string? Server { get; private set; }

    public string? Target { get; private set; }

    public async Task<IActionResult> OnGetAsync(string language, string folder, string slug, string? server)
    {
        if (await ReadAsync(session => PieceReads.Shown(session, language, PieceLine.KindOf(folder)!, slug)) is not { } piece) return Missing();

        (Piece, Server) = (piece, server);
        Target = server is null ? null : ShareLinks.OnMastodon(server, piece.Title, visit.Absolute(piece.Path));
        return Page();
    }
}
