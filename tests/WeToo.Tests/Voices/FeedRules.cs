using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WeToo.Tests.Voices;

/// <summary>What RFC 4287 demands of a feed, and version 1.1 of JSON Feed, rule by rule. What is broken comes back by the name of its rule.</summary>
internal static partial class FeedRules
{
    private static readonly XNamespace s_atom = "http://www.w3.org/2005/Atom";

    private static readonly string[] s_feedOnce = ["id", "title", "updated"];
    private static readonly string[] s_feedAtMostOnce = ["generator", "icon", "logo", "rights", "subtitle"];
    private static readonly string[] s_entryAtMostOnce = ["content", "published", "rights", "source", "summary"];
    private static readonly string[] s_known =
        ["feed", "entry", "author", "category", "content", "contributor", "email", "generator", "icon", "id", "link", "logo", "name", "published", "rights", "source", "subtitle", "summary", "title", "updated", "uri"];

    private static readonly string[] s_texts = ["title", "subtitle", "summary", "rights"];
    private static readonly string[] s_dates = ["updated", "published"];
    private static readonly string[] s_named = ["author", "contributor"];

    /// <summary>What is wrong with an Atom feed that was fetched from an address.</summary>
    internal static IReadOnlyList<string> BrokenInAtom(XElement feed, string address)
    {
        var entries = Of(feed, "entry").ToList();
        var all = feed.DescendantsAndSelf().ToList();
        return
        [
            .. Broken("2: the root is atom:feed", feed.Name == s_atom + "feed"),
            .. Broken("2: only what the standard names stands in its namespace", all.All(one => one.Name.Namespace != s_atom || s_known.Contains(one.Name.LocalName))),
            .. Broken("2: xml:lang is a language tag", all.Attributes(XNamespace.Xml + "lang").All(tag => Tag().IsMatch(tag.Value))),
            .. Broken("3.1.1: a text is text, html or xhtml, and the first two have no elements", Named(all, s_texts).All(IsText)),
            .. Broken("3.2: a person has one name, and at most one address of each kind", Named(all, s_named).All(IsPerson)),
            .. Broken("3.3: a date is one of RFC 3339, with T and Z or an offset", Named(all, s_dates).All(one => IsDate(one.Value))),
            .. Broken("4.1.1: id, title and updated once", s_feedOnce.All(name => Of(feed, name).Count() == 1)),
            .. Broken("4.1.1: generator, icon, logo, rights and subtitle at most once", s_feedAtMostOnce.All(name => Of(feed, name).Count() <= 1)),
            .. Broken("4.1.1: an author, or one in each entry", Of(feed, "author").Any() || entries.All(entry => Of(entry, "author").Any())),
            .. Broken("4.1.1: one alternate of a type and language", HasOneAlternateOfEach(feed) && entries.All(HasOneAlternateOfEach)),
            .. Broken("4.1.1: it links to itself where it was fetched", Of(feed, "link").Count(link => (string?)link.Attribute("rel") == "self" && (string?)link.Attribute("href") == address) == 1),
            .. Broken("4.1.1: entries of one id differ in when they were updated", entries.Select(entry => (Id(entry), (string?)entry.Element(s_atom + "updated"))).Distinct().Count() == entries.Count),
            .. Broken("4.1.2: an entry has id, title and updated once", entries.All(entry => s_feedOnce.All(name => Of(entry, name).Count() == 1))),
            .. Broken("4.1.2: content, published, rights, source and summary at most once", entries.All(entry => s_entryAtMostOnce.All(name => Of(entry, name).Count() <= 1))),
            .. Broken("4.1.2: without content, a link to an alternate", entries.All(entry => Of(entry, "content").Any() || Alternates(entry).Any())),
            .. Broken("4.1.3: content of type html or text has no elements, and none with src has anything", Named(all, ["content"]).All(IsContent)),
            .. Broken("4.2.6: an id is an absolute IRI", Named(all, ["id"]).All(one => Uri.TryCreate(one.Value, UriKind.Absolute, out _))),
            .. Broken("4.2.7: a link has an href, a type with a slash, and a tag as hreflang", Named(all, ["link"]).All(IsLink)),
            .. Broken("3.3: nothing was updated before it was published", entries.All(entry => string.CompareOrdinal((string?)entry.Element(s_atom + "published") ?? "", (string?)entry.Element(s_atom + "updated")) <= 0)),
            .. Broken("4.1.1: it is as new as its newest entry", entries.Count == 0 || (string?)feed.Element(s_atom + "updated") == entries.Max(entry => (string?)entry.Element(s_atom + "updated"))),
            .. Broken("RFC 3987: what content links to is whole, or counts from a base", Named(all, ["content"]).All(one => !Relative().IsMatch(one.Value) || one.Attribute(XNamespace.Xml + "base") is not null)),
        ];
    }

    /// <summary>What is wrong with a JSON Feed that was fetched from an address.</summary>
    internal static IReadOnlyList<string> BrokenInJson(JsonElement feed, string address)
    {
        var items = feed.TryGetProperty("items", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : null;
        var some = items ?? [];
        return
        [
            .. Broken("version is the address of 1.1", Text(feed, "version") == "https://jsonfeed.org/version/1.1"),
            .. Broken("title", Text(feed, "title") is { Length: > 0 }),
            .. Broken("items is an array", items is not null),
            .. Broken("home_page_url and feed_url are whole addresses, the second where it was fetched", IsAddress(Text(feed, "home_page_url")) && Text(feed, "feed_url") == address),
            .. Broken("language is a tag", !feed.TryGetProperty("language", out _) || (Text(feed, "language") is { } tag && Tag().IsMatch(tag))),
            .. Broken("an item has an id, a string, of its own", some.All(item => Text(item, "id") is { Length: > 0 }) && some.Select(item => Text(item, "id")).Distinct().Count() == some.Count),
            .. Broken("an item has content_html or content_text", some.All(item => Text(item, "content_html") is not null || Text(item, "content_text") is not null)),
            .. Broken("url is a whole address", some.All(item => !item.TryGetProperty("url", out _) || IsAddress(Text(item, "url")))),
            .. Broken("dates are those of RFC 3339", some.All(item => ((string[])["date_published", "date_modified"]).All(name => !item.TryGetProperty(name, out _) || IsDate(Text(item, name) ?? "")))),
            .. Broken("authors is an array of people with a name, an address or a picture", some.Append(feed).All(HasAuthors)),
            .. Broken("no null", !feed.GetRawText().Contains(": null", StringComparison.Ordinal)),
        ];
    }

    private static string[] Broken(string rule, bool holds) => holds ? [] : [rule];

    private static IEnumerable<XElement> Of(XElement one, string name) => one.Elements(s_atom + name);

    private static IEnumerable<XElement> Named(IEnumerable<XElement> all, string[] names) => all.Where(one => one.Name.Namespace == s_atom && names.Contains(one.Name.LocalName));

    private static string? Id(XElement entry) => (string?)entry.Element(s_atom + "id");

    private static IEnumerable<XElement> Alternates(XElement one) => Of(one, "link").Where(link => ((string?)link.Attribute("rel") ?? "alternate") == "alternate");

    private static bool HasOneAlternateOfEach(XElement one) => Alternates(one).GroupBy(link => ((string?)link.Attribute("type"), (string?)link.Attribute("hreflang"))).All(same => same.Count() == 1);

    private static bool IsText(XElement text) => ((string?)text.Attribute("type") ?? "text") switch
    {
        "text" or "html" => !text.HasElements,
        "xhtml" => text.Elements().Count() == 1 && text.Elements().Single().Name == "{http://www.w3.org/1999/xhtml}div",
        _ => false,
    };

    private static bool IsPerson(XElement person) =>
        Of(person, "name").Count() == 1 && Of(person, "uri").Count() <= 1 && Of(person, "email").Count() <= 1 && Of(person, "email").All(email => email.Value.Contains('@', StringComparison.Ordinal));

    private static bool IsContent(XElement content) => content.Attribute("src") is not null ? content.IsEmpty : (string?)content.Attribute("type") is not ("html" or "text" or null) || !content.HasElements;

    private static bool IsLink(XElement link) =>
        (string?)link.Attribute("href") is { Length: > 0 } && ((string?)link.Attribute("type"))?.Contains('/', StringComparison.Ordinal) != false && ((string?)link.Attribute("hreflang") is not { } tag || Tag().IsMatch(tag));

    private static bool IsDate(string date) => Rfc3339().IsMatch(date) && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out _);

    private static bool IsAddress(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https";

    private static bool HasAuthors(JsonElement of) => !of.TryGetProperty("authors", out var authors)
        || (authors.ValueKind == JsonValueKind.Array && authors.EnumerateArray().All(author => Text(author, "name") is not null || Text(author, "url") is not null || Text(author, "avatar") is not null));

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex("^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$")]
    private static partial Regex Rfc3339();

    [GeneratedRegex("(href|src)=\"(?![a-z]+:)", RegexOptions.IgnoreCase)]
    private static partial Regex Relative();
}
