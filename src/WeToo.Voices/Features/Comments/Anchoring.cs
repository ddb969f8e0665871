using WeToo.Core.Letters;
using WeToo.Hosting.Storage;

namespace WeToo.Voices.Features.Comments;

/// <summary>Carries the passages of feedback from revision to revision, in the transaction that saves the revision or the feedback.</summary>
internal static class Anchoring
{
    /// <summary>Carries every passage of a piece over to a revision that was just saved.</summary>
    /// <param name="session">The transaction that saved it.</param>
    /// <param name="piece">The piece.</param>
    /// <param name="from">The revision before.</param>
    /// <param name="step">Both texts compared, made before the transaction.</param>
    internal static void CarryOver(Session session, byte[] piece, long from, Step step)
    {
        var anchors = session.Query<Anchor>(Sql.Of, new { piece_id = piece, revision = from });
        session.Execute(Sql.Add, anchors.Select(anchor => Row(piece, from + 1, step.Over(anchor))));
    }

    /// <summary>Anchors a new feedback where its writer saw the words, and in every revision that was saved since.</summary>
    internal static void Begin(Session session, byte[] piece, long revision, Anchor anchor, IReadOnlyList<Step> since)
    {
        session.Execute(Sql.Add, Row(piece, revision, anchor));
        foreach (var step in since)
        {
            anchor = step.Over(anchor);
            session.Execute(Sql.Add, Row(piece, ++revision, anchor));
        }
    }

    private static object Row(byte[] piece, long revision, Anchor anchor) => new
    {
        comment_id = anchor.CommentId, piece_id = piece, revision, state = anchor.State, start_unit = anchor.StartUnit, end_unit = anchor.EndUnit,
    };

    private static class Sql
    {
        internal const string Of = """
            SELECT a.comment_id, c.quote, a.state, a.start_unit, a.end_unit FROM anchors a JOIN comments c ON c.comment_id = a.comment_id
            WHERE a.piece_id = @piece_id AND a.revision = @revision
            """;

        internal const string Add = """
            INSERT INTO anchors (comment_id, piece_id, revision, state, start_unit, end_unit) VALUES (@comment_id, @piece_id, @revision, @state, @start_unit, @end_unit)
            """;
    }
}

/// <summary>Where the passage of a feedback is in one revision.</summary>
/// <param name="CommentId">The feedback.</param>
/// <param name="Quote">The words that it was written about.</param>
/// <param name="State"><c>kept</c>, <c>edited</c> or <c>gone</c>, against those words.</param>
/// <param name="StartUnit">Where it begins.</param>
/// <param name="EndUnit">Where it ends.</param>
internal sealed record Anchor(byte[] CommentId, string Quote, string State, long StartUnit, long EndUnit);

/// <summary>From one revision to the next.</summary>
internal sealed class Step(string before, string after)
{
    private readonly RevisionMap _map = RevisionMap.Between(before, after);

    /// <summary>An anchor in the next revision. What is gone stays gone: its place is carried on.</summary>
    internal Anchor Over(Anchor anchor)
    {
        var mapped = _map.Map(new((int)anchor.StartUnit, (int)anchor.EndUnit));
        var state = anchor.State == "gone" || mapped.State == AnchorState.Gone ? "gone" : SaysTheSame(mapped.Passage.QuoteOf(after), anchor.Quote) ? "kept" : "edited";
        return anchor with { State = state, StartUnit = mapped.Passage.Start, EndUnit = mapped.Passage.End };
    }

    private static bool SaysTheSame(string one, string other) =>
        one.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SequenceEqual(other.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
