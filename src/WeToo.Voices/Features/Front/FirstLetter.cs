using WeToo.Hosting.Storage;
using WeToo.Voices.Content;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Letters;
using WeToo.Voices.Features.Pieces;

namespace WeToo.Voices.Features.Front;

/// <summary>The newest letter, as it stands on the front page: what it asks, how many stand behind it, and what readers say.</summary>
internal sealed record FirstLetter(ShownPiece Letter, IReadOnlyList<Block> Points, SignerList Signers, IReadOnlyList<CommentThread> Threads)
{
    private const int MostPoints = 4;
    private const int MostThreads = 3;

    internal static FirstLetter Read(Session session, ShownPiece letter) => new(
        letter,
        letter.Note.Length > 0 ? [] : [.. PieceReads.Blocks(session, letter.PieceId, letter.Revision).Where(block => block.Kind == BlockKind.Point).Take(MostPoints)],
        LetterReads.Signers(session, letter.WorkId, 0),
        letter.Replies == "off" ? [] : [.. CommentReads.Threads(session, letter.PieceId, letter.Revision, new("all", NewestFirst: true), 0, MostThreads).Where(thread => thread.First.State == "shown")]);

    /// <summary>A point in short: its first sentence.</summary>
    internal static string FirstSentenceOf(string text) => text.AsSpan().IndexOfAny(".!?؟:") is var end && end > 0 ? text[..end] : text;
}
