using System.Globalization;
using System.Text.Json.Nodes;
using WeToo.Core.Letters;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Annotations;

/// <summary>How many annotations are on one page.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Newest">When the last was written or changed.</param>
internal sealed record AnnotationSum(long Count, long Newest)
{
    internal const int PageSize = 20;

    internal long LastPage => Math.Max(0, (Count - 1) / PageSize);
}

/// <summary>Annotations of a piece, their pages and their container, as the Web Annotation data model has them: spec/annotations.md.</summary>
internal sealed class AnnotationWriter(Visit visit, ShownPiece piece, string text)
{
    private const string Context = "http://www.w3.org/ns/anno.jsonld";
    private const string LdpContext = "http://www.w3.org/ns/ldp.jsonld";

    /// <summary>Where all of the piece are: its address ends in a slash.</summary>
    internal string Container => visit.Absolute($"{piece.Path}/annotations/");

    /// <summary>Where the piece is.</summary>
    internal string Source => visit.Absolute(piece.Path);

    /// <summary>Where one is.</summary>
    internal string AddressOf(byte[] comment) => Container + Convert.ToHexStringLower(comment);

    /// <summary>The address of the container with its contents as addresses alone or in full.</summary>
    internal string With(bool addresses, long? page = null) => $"{Container}?iris={(addresses ? 1 : 0)}{(page is null ? "" : FormattableString.Invariant($"&page={page}"))}";

    /// <summary>One annotation.</summary>
    internal JsonObject Annotation(AnnotationRow row) => Filled(
        ("@context", Context),
        ("id", AddressOf(row.CommentId)),
        ("type", "Annotation"),
        ("motivation", MotivationOf(row.Said)),
        ("created", Time(row.MadeS)),
        ("modified", row.EditedS is { } edited ? Time(edited) : null),
        ("creator", row.Name.Length > 0 ? Filled(("type", "Person"), ("name", row.Name)) : null),
        ("body", BodyOf(row)),
        ("target", TargetOf(row)),
        ("canonical", row.Canonical),
        ("via", row.Via));

    /// <summary>The container alone: how many there are, and where the first and the last page is.</summary>
    internal JsonObject Collection(AnnotationSum sum, string id, JsonNode? first, bool addresses) => Filled(
        ("@context", new JsonArray(Context, LdpContext)),
        ("id", id),
        ("type", new JsonArray("BasicContainer", "AnnotationCollection")),
        ("label", piece.Title),
        ("total", sum.Count),
        ("modified", sum.Count > 0 ? Time(sum.Newest) : null),
        ("first", sum.Count > 0 ? first ?? With(addresses, 0) : null),
        ("last", sum.Count > 0 ? With(addresses, sum.LastPage) : null));

    /// <summary>A page of it.</summary>
    internal JsonObject Page(AnnotationSum sum, long number, IReadOnlyList<AnnotationRow> rows, bool addresses, bool alone) => Filled(
        ("@context", alone ? Context : null),
        ("id", With(addresses, number)),
        ("type", "AnnotationPage"),
        ("partOf", Filled(("id", With(addresses)), ("type", "AnnotationCollection"), ("label", piece.Title), ("total", sum.Count), ("modified", Time(sum.Newest)))),
        ("startIndex", number * AnnotationSum.PageSize),
        ("prev", number > 0 ? With(addresses, number - 1) : null),
        ("next", number < sum.LastPage ? With(addresses, number + 1) : null),
        ("items", new JsonArray([.. rows.Select(row => addresses ? (JsonNode)AddressOf(row.CommentId) : Annotation(row))])));

    /// <summary>What an annotation is about: the piece, words of it, or the annotation that it answers.</summary>
    internal JsonNode TargetOf(AnnotationRow row)
    {
        if (row.Said == "answer") return AddressOf(row.ThreadId);
        if (row.Quote.Length == 0) return Source;
        return Filled(
            ("type", "SpecificResource"),
            ("source", Source),
            ("selector", SelectorOf(row)),
            ("state", row.Anchor is null or "gone" ? Filled(("type", "TimeState"), ("sourceDate", Time(row.MadeS))) : null));
    }

    /// <summary>Where the words are in the piece as it is now; of words that are gone, what they were.</summary>
    private JsonNode SelectorOf(AnnotationRow row)
    {
        if (row is not { Anchor: not null and not "gone", StartUnit: { } start, EndUnit: { } end }) return Filled(("type", "TextQuoteSelector"), ("exact", row.Quote));

        var passage = new Passage((int)start, (int)end);
        var (first, last) = passage.CodePointsOf(text);
        return new JsonArray(
            Filled(("type", "TextQuoteSelector"), ("exact", passage.QuoteOf(text)), ("prefix", passage.PrefixOf(text)), ("suffix", passage.SuffixOf(text))),
            Filled(("type", "TextPositionSelector"), ("start", first), ("end", last)));
    }

    private static JsonNode BodyOf(AnnotationRow row)
    {
        var words = Filled(("type", "TextualBody"), ("value", row.Html), ("format", "text/html"));
        return Comment.Kinds.Contains(row.Said) ? new JsonArray(words, Filled(("type", "TextualBody"), ("value", row.Said), ("purpose", "tagging"))) : words;
    }

    private static string MotivationOf(string said) => said switch
    {
        "agree" or "disagree" => "assessing",
        "question" => "questioning",
        "suggestion" => "editing",
        "answer" => "replying",
        _ => "commenting",
    };

    private static string Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Filled(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var filled = new JsonObject();
        foreach (var (name, value) in members)
            if (value is not null) filled.Add(name, value);
        return filled;
    }
}
