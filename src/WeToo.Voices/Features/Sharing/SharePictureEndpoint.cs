using Microsoft.AspNetCore.Http.Features;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Sharing;

/// <summary><c>…/share.png</c> beside each piece: drawn once for each version, then kept.</summary>
internal static class SharePictureEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapMethods(
        "/{language:language}/{folder:regex(^(articles|stories|letters)$)}/{slug}/share.png", [HttpMethods.Get, HttpMethods.Head],
        async (string language, string folder, string slug, HttpContext http, Database database, Visit visit) =>
        {
            http.Features.GetRequiredFeature<PageCache.Dependencies>().Show(Names.Pieces);
            var piece = await database.ReadAsync(session => PieceReads.Shown(session, language, PieceLine.KindOf(folder)!, slug), http.RequestAborted);
            if (piece is null) return Results.NotFound();

            http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // It is made to be shown elsewhere.
            var below = piece.Byline.Length > 0 ? $"{visit.Publication} · {piece.Byline}" : visit.Publication;
            return Results.Bytes(SharePicture.Draw(piece.Title, below, Languages.DirectionOf(language) == "rtl"), "image/png");
        }).WithMetadata(Kept.Mark);
}
