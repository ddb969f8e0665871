using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace WeToo.Voices.Imports;

/// <summary>Exports in XML, entry by entry: WordPress' WXR, with the inline feedback of wpDiscuz, and Disqus'.</summary>
internal static partial class XmlExports
{
    private static readonly XNamespace s_disqus = "http://disqus.com";
    private static readonly XNamespace s_internals = "http://disqus.com/disqus-internals";

    private static readonly XmlReaderSettings s_settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, MaxCharactersInDocument = 4_000_000_000 };

    /// <summary>Reads an export of WordPress.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="forms">wpDiscuz' table of forms: which number is which passage. The export has it not.</param>
    internal static ImportedFile WordPress(Stream stream, IReadOnlyDictionary<string, string> forms) =>
        Read(stream, "rss", ["item"], (file, item) => AddItem(file, item, forms));

    /// <summary>Reads an export of Disqus.</summary>
    internal static ImportedFile Disqus(Stream stream)
    {
        var threads = new Dictionary<string, string>();
        return Read(stream, "disqus", ["thread", "post"], (file, entry) =>
        {
            if (entry.Name == s_disqus + "thread") AddThread(threads, entry);
            else AddPost(file, threads, entry);
        });
    }

    private static ImportedFile Read(Stream stream, string root, string[] entries, Action<ImportedFile, XElement> add)
    {
        var file = new ImportedFile();
        using var xml = XmlReader.Create(stream, s_settings);
        try
        {
            if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != root)
            {
                file.Fault = ImportFault.AnotherFormat;
                return file;
            }

            while (!xml.EOF)
            {
                if (xml.NodeType == XmlNodeType.Element && entries.Contains(xml.LocalName) && xml.Depth <= 2) add(file, (XElement)XNode.ReadFrom(xml));
                else xml.Read();
            }
        }
        catch (XmlException broken)
        {
            (file.Fault, file.FaultAt) = (broken.Message.Contains("DTD", StringComparison.Ordinal) ? ImportFault.DocumentType : ImportFault.Broken, broken.LineNumber);
        }

        return file;
    }

    private static void AddThread(Dictionary<string, string> threads, XElement thread)
    {
        if ((string?)thread.Attribute(s_internals + "id") is { } id && (string?)thread.Element(s_disqus + "link") is { Length: > 0 } link && (string?)thread.Element(s_disqus + "isDeleted") != "true") threads[id] = link;
    }

    private static void AddPost(ImportedFile file, Dictionary<string, string> threads, XElement post)
    {
        if ((string?)post.Element(s_disqus + "isSpam") == "true")
        {
            file.Spam++;
            return;
        }

        var thread = (string?)post.Element(s_disqus + "thread")?.Attribute(s_internals + "id") ?? "";
        file.Add(new(
            (string?)post.Attribute(s_internals + "id") ?? (string?)post.Element(s_disqus + "id") ?? "",
            (string?)post.Element(s_disqus + "parent")?.Attribute(s_internals + "id"),
            threads.GetValueOrDefault(thread, ""),
            (string?)post.Element(s_disqus + "author")?.Element(s_disqus + "name") ?? "",
            ((string?)post.Element(s_disqus + "message") ?? "").Trim(),
            SecondsOf((string?)post.Element(s_disqus + "createdAt")),
            (string?)post.Element(s_disqus + "isDeleted") == "true" ? ImportedState.Deleted : ImportedState.Shown));
    }

    private static void AddItem(ImportedFile file, XElement item, IReadOnlyDictionary<string, string> forms)
    {
        var link = (string?)item.Element("link") ?? "";
        var passages = Feedback().Matches(string.Concat(item.Elements().Where(one => one.Name.LocalName == "encoded").Select(one => one.Value))).Select(match => (Id: FormId().Match(match.Groups[1].Value).Groups[1].Value, Words: PlainText.Of(match.Groups[2].Value))).ToList();
        foreach (var comment in item.Elements().Where(one => one.Name.LocalName == "comment"))
        {
            var state = Text(comment, "comment_approved");
            if (state == "spam")
            {
                file.Spam++;
                continue;
            }

            var form = comment.Elements().Where(one => one.Name.LocalName == "commentmeta" && Text(one, "meta_key") == "wpdiscuz_feedback_form_id").Select(one => Text(one, "meta_value")).FirstOrDefault("");
            var quote = form.Length == 0 ? "" : WordsOf(passages, forms, form);
            if (form.Length > 0 && quote.Length == 0) file.WithoutWords++;
            file.Add(new(
                Text(comment, "comment_id"),
                Text(comment, "comment_parent") is { Length: > 0 } parent && parent != "0" ? parent : null,
                link,
                Text(comment, "comment_author"),
                PlainText.Paragraphs(Text(comment, "comment_content")),
                SecondsOf(Text(comment, "comment_date_gmt") is { Length: > 0 } date ? date : Text(comment, "comment_date")),
                state switch { "1" => ImportedState.Shown, "trash" or "post-trashed" => ImportedState.Deleted, _ => ImportedState.Held },
                quote));
        }
    }

    /// <summary>The words that a form is about: as the table says, or the only ones that the page has. Never a guess.</summary>
    private static string WordsOf(IReadOnlyList<(string Id, string Words)> passages, IReadOnlyDictionary<string, string> forms, string form) =>
        forms.TryGetValue(form, out var unique) ? passages.FirstOrDefault(passage => passage.Id == unique).Words ?? ""
        : passages is [var only] ? only.Words
        : "";

    private static string Text(XElement of, string name) => (of.Elements().FirstOrDefault(one => one.Name.LocalName == name && one.Name.NamespaceName.Length > 0)?.Value ?? "").Trim();

    private static long SecondsOf(string? date) =>
        DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeSeconds() : 0;

    [GeneratedRegex(@"\[wpdiscuz-feedback\s([^\]]*)\](.*?)\[/wpdiscuz-feedback\]", RegexOptions.Singleline)]
    private static partial Regex Feedback();

    [GeneratedRegex("""\bid\s*=\s*["']?([A-Za-z0-9_-]+)""")]
    private static partial Regex FormId();
}
