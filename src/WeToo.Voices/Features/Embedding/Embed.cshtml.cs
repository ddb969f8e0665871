using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Content;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Texts;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Embedding;

/// <summary>What readers say of a piece, and a form, in a frame of another site. By the same form, queue and moderation as on our own page.</summary>
internal sealed class EmbedModel(Database database, Commenting commenting, Throttle throttle, Keys keys, Visit visit, TimeProvider time) : RespondModel(database, commenting, throttle, keys, visit, time)
{
    /// <summary>How many threads there are.</summary>
    public long Count { get; private set; }

    /// <summary>The words that somebody answered, as JSON, for the script of the other site to mark; empty where only some answers are shown.</summary>
    public string Quotes { get; private set; } = "";

    /// <summary>Where the answer is that was just sent, for its writer alone.</summary>
    public string? Own { get; private set; }

    /// <inheritdoc/>
    protected override IReadOnlyList<CommentThread> OfTheWhole(Session session)
    {
        var text = new PieceText(PieceReads.Blocks(session, Piece.PieceId, Piece.Revision)).Text;
        Quotes = JsonSerializer.Serialize(CommentReads.Passages(session, Piece.PieceId, Piece.Revision).Select(passage => text[(int)passage.Start..(int)passage.End]).Distinct());
        Count = CommentReads.Count(session, Piece.PieceId, "all");
        return CommentReads.Threads(session, Piece.PieceId, Piece.Revision, new("all", NewestFirst: true), 0, CommentReads.PageSize);
    }

    /// <inheritdoc/>
    /// <remarks>It stays in the frame: the writer's own page is no page for one.</remarks>
    protected override async Task<IActionResult> TakenAsync(string own)
    {
        (Own, Form) = (own, new());
        return await FindAsync(Piece.Language, PieceLine.FolderOf(Piece.Kind), Piece.Slug) ? Page() : Missing();
    }
}
