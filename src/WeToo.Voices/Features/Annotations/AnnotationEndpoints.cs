using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using WeToo.Core;
using WeToo.Core.Letters;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Voices.Content;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Annotations;

/// <summary>
/// What readers said of a piece through the Web Annotation protocol: read by anybody, written by the same rules as by the form of the page, and changed and deleted by
/// who holds the link that writing gave. spec/annotations.md.
/// </summary>
internal static class AnnotationEndpoints
{
    private const int MostBytes = 64 * 1024;
    private const string ContainerAllows = "GET, HEAD, OPTIONS, POST";
    private const string OneAllows = "GET, HEAD, OPTIONS, PUT, DELETE";
    private const string ContainerLink = "<http://www.w3.org/ns/ldp#BasicContainer>; rel=\"type\", <http://www.w3.org/TR/annotation-protocol/>; rel=\"http://www.w3.org/ns/ldp#constrainedBy\"";
    private const string PageLink = "<http://www.w3.org/ns/oa#AnnotationPage>; rel=\"type\"";
    private const string OneLink = "<http://www.w3.org/ns/ldp#Resource>; rel=\"type\", <http://www.w3.org/ns/oa#Annotation>; rel=\"type\"";

    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/{language:language}/{folder:regex(^(articles|stories|letters)$)}/{slug}/annotations");
        all.MapMethods("/", s_reading, ReadAllAsync);
        all.MapMethods("/", [HttpMethods.Options], () => new JsonLd(null) { Allow = ContainerAllows, Link = ContainerLink, TakesPosts = true });
        all.MapPost("/", AddAsync);
        all.MapMethods("/{id}", s_reading, ReadOneAsync);
        all.MapMethods("/{id}", [HttpMethods.Options], () => new JsonLd(null) { Allow = OneAllows, Link = OneLink });
        all.MapPut("/{id}", ChangeAsync);
        all.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<IResult> ReadAllAsync([AsParameters] Address address, Database database, Visit visit, HttpContext http, CancellationToken cancel)
    {
        if (!http.Request.Path.Value!.EndsWith('/')) return Results.Redirect($"{http.Request.Path}/{http.Request.QueryString}", permanent: true, preserveMethod: true);
        if (!JsonLd.IsReadBy(http.Request)) return Results.StatusCode(StatusCodes.Status406NotAcceptable);
        var wish = Wish.Of(http.Request);
        if (wish is null) return Problems.From(Refusal.MalformedMessage);

        return await database.ReadAsync(session =>
        {
            if (address.Find(session, visit) is not var (piece, writer, _)) return Problems.From(Refusal.NotFound);
            var sum = AnnotationReads.Sum(session, piece.PieceId);
            if (wish.IsMinimal) return ContainerOf(writer.Collection(sum, writer.Container, null, addresses: false), writer.Container);

            var number = wish.Page ?? 0;
            if (number > sum.LastPage) return Problems.From(Refusal.NotFound);
            var rows = AnnotationReads.Some(session, piece.PieceId, piece.Revision, number * AnnotationSum.PageSize, AnnotationSum.PageSize);
            var page = writer.Page(sum, number, rows, wish.Addresses, alone: wish.Page is not null);
            return wish.Page is not null
                ? new JsonLd(page) { Allow = "GET, HEAD, OPTIONS", Link = PageLink, ContentLocation = writer.With(wish.Addresses, number) }
                : ContainerOf(writer.Collection(sum, writer.With(wish.Addresses), page, wish.Addresses), writer.With(wish.Addresses));
        }, cancel);
    }

    private static JsonLd ContainerOf(JsonObject body, string id) =>
        new(body) { Allow = ContainerAllows, Link = ContainerLink, Vary = "Accept, Prefer", ContentLocation = id, TakesPosts = true };

    private static async Task<IResult> AddAsync([AsParameters] Address address, Database database, Commenting commenting, Throttle throttle, Keys keys, Visit visit, HttpContext http, CancellationToken cancel)
    {
        var (incoming, refusal) = await ReadBodyAsync(http.Request);
        if (incoming is null) return Problems.From(refusal!.Value);
        var (found, about) = await database.ReadAsync(session => address.Find(session, visit) is { } one ? (one, AboutOf(session, one, incoming)) : default, cancel);
        if (found is null) return Problems.From(Refusal.NotFound);
        if (about is null || incoming.Form.Wrong(about.IsFeedback).Count > 0) return Problems.From(Refusal.MalformedMessage);

        if (throttle.Take(found.Piece.Path, null) is { } busy)
        {
            http.Response.Headers.RetryAfter = busy.Seconds.ToString(CultureInfo.InvariantCulture);
            return Problems.From(Refusal.WritesLimit);
        }

        var (id, full) = await commenting.AddAsync(found.Piece, incoming.Form, about, visit, cancel, (session, comment) =>
        {
            if (incoming.Canonical is not null || incoming.Via is not null) session.Execute(Sql.AddNames, new { comment_id = comment, canonical = incoming.Canonical, via = incoming.Via });
        });
        if (id is null) return Problems.From(full ?? Refusal.NotAllowed);

        var row = await database.ReadAsync(session => AnnotationReads.One(session, found.Piece.PieceId, found.Piece.Revision, id), cancel);
        var own = visit.Absolute($"/{found.Piece.Language}/comments/{keys.LinkTo(id, Commenting.Link)}");
        return new JsonLd(found.Writer.Annotation(row!), StatusCodes.Status201Created) { Allow = OneAllows, Link = $"{OneLink}, <{own}>; rel=\"edit\"", Location = found.Writer.AddressOf(id) };
    }

    private static async Task<IResult> ReadOneAsync([AsParameters] Address address, string id, Database database, Keys keys, Visit visit, HttpContext http, CancellationToken cancel)
    {
        if (!JsonLd.IsReadBy(http.Request)) return Results.StatusCode(StatusCodes.Status406NotAcceptable);
        return await database.ReadAsync(session => FindOne(session, address, id, visit, IsHolder(http.Request, keys, id)) switch
        {
            null => Problems.From(Refusal.NotFound),
            ({ State: "deleted" }, _) => Results.StatusCode(StatusCodes.Status410Gone),
            var (row, writer) => new JsonLd(writer.Annotation(row)) { Allow = OneAllows, Link = OneLink, Vary = "Accept, Authorization" },
        }, cancel);
    }

    private static async Task<IResult> ChangeAsync([AsParameters] Address address, string id, Database database, Commenting commenting, Keys keys, Visit visit, TimeProvider time, HttpContext http, CancellationToken cancel)
    {
        var (incoming, refusal) = await ReadBodyAsync(http.Request);
        if (incoming is null) return Problems.From(refusal!.Value);
        var (own, not) = await OwnAsync(address, id, database, keys, visit, http.Request, cancel);
        if (own is null) return not!;
        if (!CommentForm.IsText(incoming.Form.Text) || !JsonNode.DeepEquals(incoming.Target, own.Writer.TargetOf(own.Row))) return Problems.From(Refusal.MalformedMessage);
        if (own.Row.State is not ("held" or "shown") || own.Row.MadeS <= time.GetUtcNow().ToUnixTimeSeconds() - Commenting.EditSeconds) return Problems.From(Refusal.NotAllowed);

        if (await commenting.EditAsync(own.Row.CommentId, own.Piece.PieceId, incoming.Form.Text!.Trim(), cancel) is { } full) return Problems.From(full);
        var changed = await database.ReadAsync(session => AnnotationReads.One(session, own.Piece.PieceId, own.Piece.Revision, own.Row.CommentId), cancel);
        return new JsonLd(own.Writer.Annotation(changed!)) { Allow = OneAllows, Link = OneLink };
    }

    private static async Task<IResult> DeleteAsync([AsParameters] Address address, string id, Database database, Commenting commenting, Keys keys, Visit visit, HttpContext http, CancellationToken cancel)
    {
        var (own, not) = await OwnAsync(address, id, database, keys, visit, http.Request, cancel);
        if (own is null) return not!;
        return await commenting.DeleteAsync(own.Row.CommentId, own.Piece.PieceId, cancel) is { } full ? Problems.From(full) : Results.NoContent();
    }

    private static async Task<(IncomingAnnotation? Incoming, Refusal? Refusal)> ReadBodyAsync(HttpRequest request)
    {
        if (request.GetTypedHeaders().ContentType?.MediaType.Value is not ("application/ld+json" or "application/json")) return (null, Refusal.MalformedMessage);
        var (bytes, refusal) = await request.ReadBodyAsync(MostBytes);
        if (refusal is not null) return (null, refusal);
        return IncomingAnnotation.TryRead(bytes) is { } incoming ? (incoming, null) : (null, Refusal.MalformedMessage);
    }

    private static About? AboutOf(Session session, Found found, IncomingAnnotation incoming)
    {
        if (incoming.Source.StartsWith(found.Writer.Container, StringComparison.Ordinal))
            return CommentId.TryRead(incoming.Source[found.Writer.Container.Length..], out var other) && incoming.Words is null && AnnotationReads.One(session, found.Piece.PieceId, found.Piece.Revision, other) is { } answered
                ? new(answered.ThreadId, found.Piece.Revision, null, "")
                : null;
        if (incoming.Source != found.Writer.Source) return null;
        if (incoming.Words is not { } words) return new(null, found.Piece.Revision, null, "");
        return Passage.TryFind(found.Text, words.Exact, words.Prefix, words.Suffix) is { } passage ? new(null, found.Piece.Revision, passage, passage.QuoteOf(found.Text)) : null;
    }

    /// <summary>An annotation that readers see, or whoever holds its link; deleted ones too, since they are gone and not merely unknown.</summary>
    private static (AnnotationRow Row, AnnotationWriter Writer)? FindOne(Session session, Address address, string id, Visit visit, bool isHolder) =>
        CommentId.TryRead(id, out var comment) && address.Find(session, visit) is { } found && AnnotationReads.One(session, found.Piece.PieceId, found.Piece.Revision, comment) is { } row
        && (row.State == "deleted" || isHolder || AnnotationReads.IsShown(session, comment)) ? (row, found.Writer) : null;

    private static bool IsHolder(HttpRequest request, Keys keys, string id) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.Ordinal)
        && keys.IdOf(header["Bearer ".Length..], Commenting.Link) is { } held && Convert.ToHexStringLower(held) == id;

    /// <summary>An annotation whose link the caller holds, as long as it is the one that they have read.</summary>
    private static async Task<(Own? Own, IResult? Not)> OwnAsync(Address address, string id, Database database, Keys keys, Visit visit, HttpRequest request, CancellationToken cancel)
    {
        if (!IsHolder(request, keys, id) || !CommentId.TryRead(id, out var comment)) return (null, Problems.From(Refusal.NotAllowed));
        var own = await database.ReadAsync(session => address.Find(session, visit) is { } found && AnnotationReads.One(session, found.Piece.PieceId, found.Piece.Revision, comment) is { } row ? new Own(row, found.Piece, found.Writer) : null, cancel);
        if (own is null) return (null, Problems.From(Refusal.NotFound));
        if (own.Row.State == "deleted") return (null, Results.StatusCode(StatusCodes.Status410Gone));

        var tag = JsonLd.ETagOf(JsonLd.BytesOf(own.Writer.Annotation(own.Row)));
        return request.Headers.IfMatch is { Count: > 0 } seen && !seen.ToString().Contains(tag, StringComparison.Ordinal) ? (null, Results.StatusCode(StatusCodes.Status412PreconditionFailed)) : (own, null);
    }

    /// <summary>The address of a container.</summary>
    internal sealed record Address([FromRoute] string Language, [FromRoute] string Folder, [FromRoute] string Slug)
    {
        /// <summary>The piece that is shown there and can have answers.</summary>
        internal Found? Find(Session session, Visit visit)
        {
            if (PieceReads.Shown(session, Language, PieceLine.KindOf(Folder)!, Slug) is not { } piece || piece.Replies == "off") return null;
            var text = new PieceText(PieceReads.Blocks(session, piece.PieceId, piece.Revision)).Text;
            return new(piece, new(visit, piece, text), text);
        }
    }

    internal sealed record Found(ShownPiece Piece, AnnotationWriter Writer, string Text);

    private sealed record Own(AnnotationRow Row, ShownPiece Piece, AnnotationWriter Writer);

    /// <summary>What of a container somebody wants.</summary>
    private sealed record Wish(bool IsMinimal, bool Addresses, long? Page)
    {
        private const long MostPages = 1_000_000;

        internal static Wish? Of(HttpRequest request)
        {
            var prefer = request.Headers["Prefer"].ToString();
            var (addresses, full) = (prefer.Contains("PreferContainedIRIs", StringComparison.Ordinal), prefer.Contains("PreferContainedDescriptions", StringComparison.Ordinal));
            var (iris, page) = (request.Query["iris"].ToString(), request.Query["page"].ToString());
            if ((addresses && full) || iris is not ("" or "0" or "1")) return null;
            if (page.Length > 0 && (!long.TryParse(page, CultureInfo.InvariantCulture, out var number) || number is < 0 or > MostPages)) return null;
            return new(
                page.Length == 0 && iris.Length == 0 && prefer.Contains("PreferMinimalContainer", StringComparison.Ordinal),
                iris.Length > 0 ? iris == "1" : addresses,
                page.Length > 0 ? long.Parse(page, CultureInfo.InvariantCulture) : null);
        }
    }

    private static class Sql
    {
        internal const string AddNames = "INSERT INTO annotations (comment_id, canonical, via) VALUES (@comment_id, @canonical, @via)";
    }
}
