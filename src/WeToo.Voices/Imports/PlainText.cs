using System.Net;
using AngleSharp.Html.Parser;

namespace WeToo.Voices.Imports;

/// <summary>Between the HTML of others and text.</summary>
internal static class PlainText
{
    /// <summary>The text of some HTML, white space collapsed as in spec/anchors.md.</summary>
    internal static string Of(string html)
    {
        using var page = new HtmlParser().ParseDocument($"<body>{html}");
        return string.Join(' ', page.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The paragraphs of a text, for what is shown as a source.</summary>
    internal static string Source(string html)
    {
        using var page = new HtmlParser().ParseDocument($"<body>{html.Replace("<br>", "\n", StringComparison.Ordinal).Replace("</p>", "</p>\n\n", StringComparison.Ordinal)}");
        return page.Body!.TextContent.Trim();
    }

    /// <summary>What WordPress stores and makes paragraphs of only when it shows it.</summary>
    internal static string Paragraphs(string text) => text.Contains("<p", StringComparison.OrdinalIgnoreCase) || text.Length == 0
        ? text
        : string.Concat(text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph => $"<p>{paragraph.Trim('\n').Replace("\n", "<br>", StringComparison.Ordinal)}</p>"));

    /// <summary>A name without what it must not give away or break: no mail address, no line, 80 characters.</summary>
    internal static string Name(string name)
    {
        var plain = string.Concat(WebUtility.HtmlDecode(name).EnumerateRunes().Where(rune => !System.Text.Rune.IsControl(rune)).Take(80)).Trim();
        return plain.Contains('@', StringComparison.Ordinal) ? "" : plain;
    }
}
