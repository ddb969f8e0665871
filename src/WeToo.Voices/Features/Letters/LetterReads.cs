using WeToo.Hosting.Storage;

namespace WeToo.Voices.Features.Letters;

/// <summary>What everybody may know of who signed a letter.</summary>
/// <param name="Count">How many are shown or counted.</param>
/// <param name="Together">How many must sign before any is shown; 0 for at once.</param>
/// <param name="IsClosed">Whether nobody signs any more.</param>
/// <param name="First">The first names in the order of the letter.</param>
/// <param name="Removals">What was taken out, and why.</param>
internal sealed record SignerList(long Count, long Together, bool IsClosed, IReadOnlyList<Signer> First, IReadOnlyList<Removal> Removals);

/// <summary>Somebody who signed, as they want to be named.</summary>
/// <param name="Name">The name; empty for those who only want to be counted.</param>
/// <param name="About">Trade or place; may be empty.</param>
/// <param name="ShownAs"><c>name</c>, <c>pen</c> or <c>nobody</c>.</param>
/// <param name="IsOfNow">Whether they signed the words that stand there now, in whichever language.</param>
internal sealed record Signer(string Name, string About, string ShownAs, bool IsOfNow);

/// <summary>Signatures that were taken out: how many and why, never whose.</summary>
internal sealed record Removal(long Count, string Reason, long Day);

/// <summary>Reads who signed.</summary>
internal static class LetterReads
{
    /// <summary>How many names stand on one page of signers.</summary>
    internal const int PageSize = 500;

    /// <summary>The first signers, for the letter itself.</summary>
    internal static SignerList Signers(Session session, byte[] work, int most)
    {
        var (together, closed) = session.QueryOne<(long, long?)>(Sql.Letter, new { work_id = work });
        return new(
            session.QueryOne<long>(Sql.Count, new { work_id = work }), together, closed is not null, Names(session, work, 0, most),
            session.Query<Removal>(Sql.Removals, new { work_id = work }));
    }

    /// <summary>Those with a name, some at a time.</summary>
    internal static IReadOnlyList<Signer> Names(Session session, byte[] work, int skip, int most) =>
        [.. session.Query<Row>(Sql.Names, new { work_id = work, skip = (long)skip, most = (long)most }).Select(row => new Signer(row.Name, row.About, row.ShownAs, row.Revision >= (row.Published ?? 0)))];

    private sealed record Row(string Name, string About, string ShownAs, long Revision, long? Published);

    private static class Sql
    {
        internal const string Letter = "SELECT together, closed_s FROM letters WHERE work_id = @work_id";

        internal const string Count = "SELECT count(*) FROM signatures WHERE work_id = @work_id AND appeared = 1 AND state = 'verified'";

        internal const string Names = """
            SELECT s.name, s.about, s.shown_as, s.revision, p.published
            FROM signatures s JOIN pieces p ON p.piece_id = s.piece_id
            WHERE s.work_id = @work_id AND s.appeared = 1 AND s.state = 'verified' AND s.shown_as <> 'nobody'
            ORDER BY s.place, s.signature_id LIMIT @most OFFSET @skip
            """;

        internal const string Removals = "SELECT count, reason, day FROM signature_removals WHERE work_id = @work_id ORDER BY entry DESC";
    }
}
