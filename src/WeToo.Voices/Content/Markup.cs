using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.EmphasisExtras;

namespace WeToo.Voices.Content;

/// <summary>
/// From Markdown to HTML that may stand in a page: the only way in. Pure, and called when something is written, never when it is read. Raw HTML is off in
/// Markdig, and what comes out of it passes a list of our own besides: each alone would let something through.
/// </summary>
public static class Markup
{
    /// <summary>What begins a paragraph that asks readers something.</summary>
    public const string QuestionMark = "?>";

    private static readonly MarkdownPipeline s_pipeline = Parts().DisableHtml().Build();

    private static readonly string[] s_inNotes = ["p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"];
    private static readonly string[] s_inPieces = [.. s_inNotes, "h2", "h3", "h4", "hr", "table", "thead", "tbody", "tr", "th", "td"];
    private static readonly string[] s_schemes = ["http", "https", "mailto"];

    private static readonly HtmlSanitizer s_pieces = SanitizerOf(s_inPieces);
    private static readonly HtmlSanitizer s_notes = SanitizerOf(s_inNotes);

    /// <summary>Renders what an editor wrote.</summary>
    /// <param name="markdown">Anything.</param>
    /// <param name="before">The blocks of the revision before, whose numbers are kept; empty for a first one.</param>
    /// <param name="nextBlock">The number of the first new block.</param>
    /// <returns>The HTML, with an id on each block, and the blocks. Never fails; what is not on the list is left out, with its text kept where it is text.</returns>
    public static Rendered Render(string markdown, IReadOnlyList<Block> before, long nextBlock)
    {
        using var page = s_pieces.SanitizeDom(Lowered(ToHtml(markdown)));
        var found = Blocks.In(page.Body!).ToList();
        var numbers = BlockMatching.Number(before, [.. found.Select(block => (block.Kind, block.Text))], nextBlock);
        foreach (var (block, number) in found.Zip(numbers)) block.Element.Id = $"b{number}";
        MarkLinks(page, "noopener noreferrer");
        return new(
            page.Body!.InnerHtml,
            [.. found.Zip(numbers, (block, number) => new Block(number, block.Kind, block.Point, block.Text))],
            numbers.Append(nextBlock - 1).Max() + 1);
    }

    /// <summary>Renders what a reader wrote: fewer elements, no ids, and links that no search engine counts.</summary>
    /// <param name="markdown">Anything.</param>
    public static string RenderNote(string markdown) => CleanNote(ToHtml(markdown));

    /// <summary>What of somebody's HTML may stand where a reader's words do.</summary>
    /// <param name="html">Anything.</param>
    public static string CleanNote(string html)
    {
        using var page = s_notes.SanitizeDom(html);
        MarkLinks(page, "nofollow ugc noopener noreferrer");
        return page.Body!.InnerHtml;
    }

    /// <summary>Markdown to HTML alone, as CommonMark has it but without raw HTML. Not for a page.</summary>
    internal static string ToHtml(string markdown)
    {
        try
        {
            return Markdown.ToHtml(markdown, s_pipeline);
        }
        catch (ArgumentException)
        {
            return $"<p>{WebUtility.HtmlEncode(markdown)}</p>\n"; // Nested deeper than it reads, which nobody can ask it first: shown as it was written.
        }
    }

    /// <summary>All that we read of Markdown, before raw HTML is turned off.</summary>
    internal static MarkdownPipelineBuilder Parts() => new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoLinks(new AutoLinkOptions { UseHttpsForWWWLinks = true, ValidPreviousCharacters = "*_~(" })
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough);

    /// <summary>A page has one heading of the first rank, and it is the title.</summary>
    private static string Lowered(string html) => html
        .Replace("<h3>", "<h4>", StringComparison.Ordinal).Replace("</h3>", "</h4>", StringComparison.Ordinal)
        .Replace("<h2>", "<h3>", StringComparison.Ordinal).Replace("</h2>", "</h3>", StringComparison.Ordinal)
        .Replace("<h1>", "<h2>", StringComparison.Ordinal).Replace("</h1>", "</h2>", StringComparison.Ordinal);

    private static void MarkLinks(IHtmlDocument page, string relation)
    {
        foreach (var link in page.QuerySelectorAll("a[href]")) link.SetAttribute("rel", relation);
    }

    private static HtmlSanitizer SanitizerOf(string[] elements)
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = elements.ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "start" },
            AllowedSchemes = s_schemes.ToHashSet(StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
        })
        { KeepChildNodes = true };
        return sanitizer;
    }
}
