using System.Text.Json;
using System.Text.Json.Nodes;
using WeToo.Voices.Features.Comments;

namespace WeToo.Voices.Features.Annotations;

/// <summary>An annotation that somebody sends: what the form of the page asks for, and what it is about.</summary>
/// <param name="Form">The words, the kind, and a name.</param>
/// <param name="Source">What it is about: the address of a piece, or of an annotation.</param>
/// <param name="Words">The words of it, if some are.</param>
/// <param name="Target">The same as it was sent.</param>
/// <param name="Canonical">Its one name wherever it is copied to.</param>
/// <param name="Via">What it was called where it comes from.</param>
internal sealed record IncomingAnnotation(CommentForm Form, string Source, QuotedWords? Words, JsonNode Target, string? Canonical, string? Via)
{
    private const string Context = "http://www.w3.org/ns/anno.jsonld";
    private const int LongestAddress = 2_000;

    /// <summary>Of names that we pass on: words that nobody looked at have no room in them.</summary>
    private const int LongestName = 200;

    private static readonly string[] s_schemes = ["https", "http", "urn"];

    private static readonly string[] s_formats = ["text/plain", "text/markdown"];

    /// <summary>Reads one.</summary>
    /// <returns><see langword="null"/> for what is none, or holds what cannot be kept: more than one body of words, words as HTML, several targets.</returns>
    internal static IncomingAnnotation? TryRead(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes, documentOptions: new() { MaxDepth = 16 }) is JsonObject annotation ? Read(annotation) : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or ArgumentException)
        {
            return null; // Not JSON, half a character in a text, or one member twice.
        }
    }

    private static IncomingAnnotation? Read(JsonObject annotation)
    {
        if (!All(annotation["@context"]).Any(one => Text(one) == Context) || !All(annotation["type"]).Any(one => Text(one) == "Annotation")) return null;
        if (All(annotation["target"]) is not [{ } target] || SourceOf(target) is not { Length: <= LongestAddress } source) return null;
        if (WordsOf(annotation) is not { } words || (target is JsonObject { } part && part["selector"] is not null && QuotedWords.TryRead(part["selector"]) is null)) return null;
        if (!TryReadAddress(annotation["canonical"], out var canonical) || !TryReadAddress(annotation["id"] ?? annotation["via"], out var via)) return null;

        var form = new CommentForm { Text = words, Kind = KindOf(annotation), Name = All(annotation["creator"]) is [JsonObject creator] ? Text(creator["name"]) : null };
        return new(form, source, target is JsonObject some ? QuotedWords.TryRead(some["selector"]) : null, target, canonical, via);
    }

    private static string? WordsOf(JsonObject annotation)
    {
        if (annotation["bodyValue"] is { } value) return annotation["body"] is null ? Text(value) : null;
        var bodies = All(annotation["body"]).Where(body => !IsTag(body)).ToList();
        return bodies is [JsonObject body] && Text(body["value"]) is { } words && (body["format"] is null || s_formats.Contains(Text(body["format"]))) ? words : null;
    }

    /// <summary>As it is tagged, or else as its motivation says.</summary>
    private static string KindOf(JsonObject annotation) =>
        All(annotation["body"]).Where(IsTag).Select(tag => Text(tag!["value"])).FirstOrDefault(tag => Comment.Kinds.Contains(tag))
        ?? All(annotation["motivation"]).Select(Text).Select(motivation => motivation switch { "questioning" => "question", "editing" => "suggestion", _ => null }).FirstOrDefault(kind => kind is not null) ?? "note";

    private static bool IsTag(JsonNode? body) => body is JsonObject part && Text(part["purpose"]) == "tagging";

    private static string? SourceOf(JsonNode target) => target is JsonObject part ? Text(part["source"] ?? part["id"]) : Text(target);

    private static bool TryReadAddress(JsonNode? node, out string? address)
    {
        address = All(node) is [var first, ..] ? Text(first) : null;
        return node is null || (address is not null && IsName(address));
    }

    /// <summary>Whether it is an address under which an annotation may be known elsewhere: one that runs nothing.</summary>
    internal static bool IsName(string address) => address.Length <= LongestName && Uri.TryCreate(address, UriKind.Absolute, out var uri) && s_schemes.Contains(uri.Scheme);

    private static IReadOnlyList<JsonNode?> All(JsonNode? node) => node switch { null => [], JsonArray array => [.. array], _ => [node] };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

/// <summary>Words as a TextQuoteSelector names them.</summary>
internal sealed record QuotedWords(string Exact, string Prefix, string Suffix)
{
    /// <summary>Reads the one that says words, among others that say where they are.</summary>
    internal static QuotedWords? TryRead(JsonNode? selector) => (selector is JsonArray array ? array.AsEnumerable() : [selector]).OfType<JsonObject>()
        .Select(one => Text(one["exact"]) is { } exact ? new QuotedWords(exact, Text(one["prefix"]) ?? "", Text(one["suffix"]) ?? "") : null).FirstOrDefault(words => words is not null);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
