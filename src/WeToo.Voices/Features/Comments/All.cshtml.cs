using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Comments;

/// <summary>Everything that readers said of a piece, twenty threads on a page.</summary>
internal sealed class AllModel(Database database) : ReadingPage(database)
{
    private const int MostPages = 100_000;

    public ShownPiece Piece { get; private set; } = null!;

    public IReadOnlyList<CommentThread> Threads { get; private set; } = [];

    public ThreadFilter Filter { get; private set; } = new("all", NewestFirst: false);

    public long Count { get; private set; }

    public int Number { get; private set; } = 1;

    public async Task<IActionResult> OnGetAsync(string language, string folder, string slug, string? show, string? sort, [FromQuery(Name = "part")] int number = 1)
    {
        Show(Pages.Names.Pieces);
        if (number is < 1 or > MostPages || await ReadAsync(session => PieceReads.Shown(session, language, PieceLine.KindOf(folder)!, slug)) is not { } piece) return Missing();

        Show(Pages.Names.Piece(piece.PieceId), Pages.Names.Comments(piece.PieceId), Pages.Names.Signers(piece.WorkId));
        (Piece, Number, Filter) = (piece, number, new(show is "inline" or "whole" ? show : "all", sort == "new"));
        (Count, Threads) = await ReadAsync(session => (
            CommentReads.Count(session, piece.PieceId, Filter.Which),
            CommentReads.Threads(session, piece.PieceId, piece.Revision, Filter, (number - 1L) * CommentReads.PageSize, CommentReads.PageSize)));
        return number > 1 && Threads.Count == 0 ? Missing() : Page();
    }

    /// <summary>The same page with another filter, order or number.</summary>
    internal string With(string? which = null, bool? newest = null, int number = 1) =>
        $"?show={which ?? Filter.Which}&sort={((newest ?? Filter.NewestFirst) ? "new" : "old")}&part={number.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
