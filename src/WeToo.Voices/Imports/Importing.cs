using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Letters;
using WeToo.Hosting.Storage;
using WeToo.Voices.Content;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Pieces;

namespace WeToo.Voices.Imports;

/// <summary>What an import came to.</summary>
internal sealed record ImportTally
{
    /// <summary>How many are taken now.</summary>
    public int Taken { get; init; }

    /// <summary>Of those: how many answer another, how many are about words of the piece, and how many wait to be looked at.</summary>
    public int Answers { get; init; }

    public int Feedback { get; init; }

    public int Held { get; init; }

    /// <summary>Deleted ones on which answers hang: a line says that something stood there.</summary>
    public int Emptied { get; init; }

    /// <summary>How many an earlier import has taken.</summary>
    public int Known { get; init; }

    /// <summary>Deleted ones on which nothing hangs.</summary>
    public int Deleted { get; init; }

    /// <summary>How many stand under pages that are not here.</summary>
    public int WithoutPiece { get; init; }

    /// <summary>Those pages.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}

/// <summary>Takes comments from elsewhere under the pieces that are here. Doing it twice takes nothing twice, and what was deleted here since stays deleted.</summary>
internal sealed class Importing(Database database)
{
    private const int Together = 200;

    /// <summary>Takes what a file has.</summary>
    /// <param name="origin">Where it comes from: what has the same number there is another one.</param>
    /// <param name="comments">What it has.</param>
    /// <param name="places">Which page is which piece, as far as it was said; the others are found by the last part of their address.</param>
    /// <param name="isTrial">Only count.</param>
    /// <param name="cancel">Gives up between two batches.</param>
    internal async Task<ImportTally> TakeAsync(string origin, IReadOnlyList<ImportedComment> comments, IReadOnlyDictionary<string, string> places, bool isTrial, CancellationToken cancel)
    {
        var pieces = await database.ReadAsync(session => session.Query<PlaceRow>(Sql.Pieces), cancel);
        var (rows, missing) = (new List<Row>(), new SortedSet<string>(StringComparer.Ordinal));
        var (withoutPiece, deleted) = (0, 0);
        foreach (var thread in comments.GroupBy(comment => comment.Thread))
        {
            if (Find(pieces, places, thread.Key) is not { } place)
            {
                missing.Add(thread.Key);
                withoutPiece += thread.Count(comment => comment.State != ImportedState.Deleted);
                continue;
            }

            await database.ReadAsync(place.Read, cancel);
            var all = RowsOf(origin, place, [.. thread]).ToList();
            deleted += thread.Count(comment => comment.State == ImportedState.Deleted) - all.Count(row => row.State == "deleted");
            rows.AddRange(all);
        }

        var fresh = await FreshAsync(rows, isTrial, cancel);
        return new()
        {
            Taken = fresh.Count(row => row.State != "deleted"), Answers = fresh.Count(row => row.Kind == "answer"), Feedback = fresh.Count(row => row.Quote.Length > 0), Held = fresh.Count(row => row.State == "held"),
            Emptied = fresh.Count(row => row.State == "deleted"), Known = rows.Count - fresh.Count, Deleted = deleted, WithoutPiece = withoutPiece, Missing = [.. missing],
        };
    }

    private async Task<IReadOnlyList<Row>> FreshAsync(IReadOnlyList<Row> rows, bool isTrial, CancellationToken cancel)
    {
        var fresh = new List<Row>();
        foreach (var some in rows.Chunk(Together))
        {
            List<Row> Take(Session session) => [.. some.Where(row => isTrial ? session.QueryOne<long>(Sql.Has, new { comment_id = row.Id }) == 0 : Add(session, row))];
            fresh.AddRange(await (isTrial ? database.ReadAsync(Take, cancel) : database.TransactAsync(Take, cancel)));
        }

        return fresh;
    }

    private static bool Add(Session session, Row row)
    {
        var place = row.Place;
        var isNew = session.Execute(Sql.Add, new
        {
            comment_id = row.Id, piece_id = place.PieceId, thread_id = row.Thread, kind = row.Kind, state = row.State, name = row.Name, source = row.Source, html = row.Html, quote = row.Quote,
            revision = place.Published, address = Array.Empty<byte>(), made_s = row.MadeS,
        }) > 0;
        if (isNew && row.Anchor is { } anchor) Anchoring.Begin(session, place.PieceId, place.Published, anchor, place.Since);
        return isNew;
    }

    /// <summary>Oldest first and what begins a thread before its answers: threads here are flat, so an answer to an answer answers the first.</summary>
    private static IEnumerable<Row> RowsOf(string origin, PlaceRow place, IReadOnlyList<ImportedComment> comments)
    {
        var byId = comments.DistinctBy(comment => comment.Id).ToDictionary(comment => comment.Id);
        var roots = byId.Values.ToDictionary(comment => comment.Id, comment => RootOf(comment, byId));
        var answered = roots.Where(pair => pair.Key != pair.Value && byId[pair.Key].State != ImportedState.Deleted).Select(pair => pair.Value).ToHashSet();
        return byId.Values.Where(comment => comment.State != ImportedState.Deleted || answered.Contains(comment.Id))
            .OrderBy(comment => roots[comment.Id] != comment.Id).ThenBy(comment => comment.MadeS)
            .Select(comment => RowOf(origin, place, comment, byId[roots[comment.Id]]));
    }

    private static string RootOf(ImportedComment comment, Dictionary<string, ImportedComment> byId)
    {
        var seen = new HashSet<string>();
        while (comment.Parent is { } parent && byId.TryGetValue(parent, out var above) && seen.Add(comment.Id)) comment = above;
        return comment.Parent is { } last && seen.Contains(comment.Id) && byId.ContainsKey(last) ? seen.Order(StringComparer.Ordinal).First() : comment.Id; // A ring answers nothing: one of it begins the thread.
    }

    private static Row RowOf(string origin, PlaceRow place, ImportedComment comment, ImportedComment root)
    {
        var isRoot = comment.Id == root.Id;
        var isGone = comment.State == ImportedState.Deleted;
        var quote = isRoot && !isGone ? comment.Quote[..Math.Min(comment.Quote.Length, Passage.MostUnits)] : "";
        return new(
            IdOf(origin, place, comment.Id), place, IdOf(origin, place, root.Id), isRoot ? quote.Length > 0 ? "note" : "comment" : "answer",
            comment.State switch { ImportedState.Shown => "shown", ImportedState.Held => "held", _ => "deleted" },
            isGone ? "" : PlainText.Name(comment.Name), isGone ? "" : PlainText.Source(comment.Html), isGone ? "" : Markup.CleanNote(comment.Html), quote, comment.MadeS,
            quote.Length > 0 ? AnchorOf(IdOf(origin, place, comment.Id), place.Text, quote) : null);
    }

    private static Anchor AnchorOf(byte[] id, string text, string quote) =>
        Passage.TryFind(text, quote, "", "") is { } passage ? new(id, quote, "kept", passage.Start, passage.End) : new(id, quote, "gone", 0, 0);

    /// <summary>The same for the same comment, whenever it is imported.</summary>
    private static byte[] IdOf(string origin, PlaceRow place, string id) => SHA256.HashData(Encoding.UTF8.GetBytes($"wetoo/voices/import/v1\n{origin}\n{Convert.ToHexStringLower(place.PieceId)}\n{id}"))[..16];

    private static PlaceRow? Find(IReadOnlyList<PlaceRow> pieces, IReadOnlyDictionary<string, string> places, string thread)
    {
        if (places.TryGetValue(thread, out var path)) return pieces.FirstOrDefault(piece => PieceLine.PathOf(piece.Language, piece.Kind, piece.Slug) == path);
        var parts = (Uri.TryCreate(thread, UriKind.Absolute, out var address) ? address.AbsolutePath : thread.Split('?', '#')[0]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var last = parts is [.., ("index.html" or "index.php")] ? parts[..^1] : parts;
        var slug = last is [.., var name] ? Path.GetFileNameWithoutExtension(Uri.UnescapeDataString(name)) : "";
        return pieces.Where(piece => piece.Slug == slug).ToList() is [var only] ? only : null;
    }

    /// <summary>A piece that is shown.</summary>
    private sealed record PlaceRow(byte[] PieceId, string Language, string Kind, string Slug, long Published, long Revision)
    {
        /// <summary>The text that readers see.</summary>
        internal string Text { get; private set; } = "";

        /// <summary>What was saved since.</summary>
        internal IReadOnlyList<Step> Since { get; private set; } = [];

        internal bool Read(Session session)
        {
            var texts = Enumerable.Range(0, (int)(Revision - Published) + 1).Select(i => new PieceText(PieceReads.Blocks(session, PieceId, Published + i)).Text).ToList();
            (Text, Since) = (texts[0], [.. texts.Zip(texts.Skip(1), (before, after) => new Step(before, after))]);
            return true;
        }
    }

    /// <summary>A comment as it is stored.</summary>
    private sealed record Row(byte[] Id, PlaceRow Place, byte[] Thread, string Kind, string State, string Name, string Source, string Html, string Quote, long MadeS, Anchor? Anchor);

    private static class Sql
    {
        internal const string Pieces = "SELECT piece_id, language, kind, slug, published, revision FROM pieces WHERE published IS NOT NULL";

        internal const string Has = "SELECT count(*) FROM comments WHERE comment_id = @comment_id";

        internal const string Add = """
            INSERT INTO comments (comment_id, piece_id, thread_id, kind, state, name, source, html, quote, revision, address, verified, answers, made_s)
            VALUES (@comment_id, @piece_id, @thread_id, @kind, @state, @name, @source, @html, @quote, @revision, @address, 0, 0, @made_s)
            ON CONFLICT (comment_id) DO NOTHING
            """;
    }
}
