using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Comments;

/// <summary>The address of a thread, for ever: on to the page on which it stands.</summary>
internal sealed class OneThreadModel(Database database) : ReadingPage(database)
{
    public async Task<IActionResult> OnGetAsync(string language, string folder, string slug, string thread)
    {
        if (!CommentId.TryRead(thread, out var id)) return Missing();
        var found = await ReadAsync<(string Path, long Page)?>(session =>
            PieceReads.Shown(session, language, PieceLine.KindOf(folder)!, slug) is { } piece && CommentReads.Thread(session, piece.PieceId, piece.Revision, id) is { } shown
                ? (piece.Path, CommentReads.PageOf(session, piece.PieceId, shown))
                : null);
        return found is { } place ? Redirect(FormattableString.Invariant($"{place.Path}/comments?show=all&sort=old&part={place.Page}#c{thread}")) : Missing();
    }
}
