using System.Text.Encodings.Web;
using System.Text.Json;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Letters;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Live;

/// <summary>The counters of a piece, in the very words of its page: nothing that a reader who loads it again would not see.</summary>
internal static class LiveReads
{
    private static readonly JsonSerializerOptions s_asWritten = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As a line of JSON; empty when the piece is not shown any more.</summary>
    internal static string Say(Session session, ShownPiece piece, VoicesOptions options)
    {
        if (PieceReads.Shown(session, piece.Language, piece.Kind, piece.Slug) is not { } now) return "";
        var visit = new Visit(options) { Language = piece.Language };
        return JsonSerializer.Serialize(
            new
            {
                answers = now.Replies == "off" ? null : CountOf(visit, "comments.count", "comments.heading", CommentReads.Count(session, now.PieceId, "all")),
                signed = now.Kind == "letter" ? CountOf(visit, "signers.count", "signers.heading", LetterReads.Signers(session, now.WorkId, 0).Count) : null,
                marks = now.Replies == "off" ? [] : MarksOf(session, now, visit),
            },
            s_asWritten);
    }

    private static string CountOf(Visit visit, string counted, string none, long count) => count > 0 ? visit.Say(counted, ("count", count)) : visit[none];

    private static IReadOnlyList<Mark> MarksOf(Session session, ShownPiece piece, Visit visit)
    {
        var blocks = PieceReads.Blocks(session, piece.PieceId, piece.Revision);
        return [.. Marks.Counts(blocks, CommentReads.Passages(session, piece.PieceId, piece.Revision)).Select(count => Marks.Of(blocks.First(block => block.Number == count.Key), count.Value, visit)).OrderBy(mark => mark.Block)];
    }
}
