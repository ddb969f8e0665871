using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using WeToo.Voices.Content;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Comments;

/// <summary>
/// The counters in the margin of a text: plain links, so that points, questions and what has been answered can be answered without a script. They are no part of the
/// text that passages count in, and say so by <c>data-aside</c> (spec/anchors.md, section 1).
/// </summary>
internal static partial class Marks
{
    /// <summary>Puts a link at each point and question, and at each block that somebody said something about.</summary>
    /// <param name="piece">The piece, whose HTML we have rendered and sanitized ourselves.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="counts">How many threads begin in which block.</param>
    /// <param name="visit">The language.</param>
    internal static string In(ShownPiece piece, IReadOnlyList<Block> blocks, IReadOnlyDictionary<long, int> counts, Visit visit)
    {
        var known = blocks.ToDictionary(block => block.Number);
        return Opening().Replace(piece.Html, opening =>
        {
            var number = long.Parse(opening.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var count = counts.GetValueOrDefault(number);
            return known.TryGetValue(number, out var block) && (count > 0 || block.Kind is BlockKind.Point or BlockKind.Question) ? opening.Value + Link(piece.Path, Of(block, count, visit), count) : opening.Value;
        });
    }

    /// <summary>How many threads begin in which block.</summary>
    /// <param name="blocks">Of a revision.</param>
    /// <param name="passages">Where what readers said begins and ends in it.</param>
    internal static Dictionary<long, int> Counts(IReadOnlyList<Block> blocks, IEnumerable<(long Start, long End)> passages)
    {
        var text = new PieceText(blocks);
        return passages.Select(passage => text.BlockAt(passage.Start)).OfType<Block>().CountBy(block => block.Number).ToDictionary();
    }

    /// <summary>The counter of a block.</summary>
    internal static Mark Of(Block block, int count, Visit visit)
    {
        var says = block.Kind switch
        {
            BlockKind.Point => visit.Say("mark.point", ("point", block.Point ?? 0), ("count", count)),
            BlockKind.Question => visit.Say("mark.question", ("count", count)),
            _ => visit.Say("mark.passage", ("count", count)),
        };
        return new(block.Number, count > 0 ? Numbers.Write(visit.Language, count) : "+", says);
    }

    private static string Link(string path, Mark mark, int count) =>
        $"""<a data-aside class="mark{(count > 0 ? " said" : "")}" href="{HtmlEncoder.Default.Encode(path)}/respond?block={mark.Block}" aria-label="{HtmlEncoder.Default.Encode(mark.Says)}">{mark.Shown}</a>""";

    /// <summary>The opening tag of a block, as our own serializer writes it: in text, the sign before it is escaped. A row of a table takes no link.</summary>
    [GeneratedRegex("<(?:p|h2|h3|h4|pre|li)(?: class=\"question\")? id=\"b([0-9]+)\">")]
    private static partial Regex Opening();
}

/// <summary>A counter in the margin.</summary>
/// <param name="Block">The number of its block.</param>
/// <param name="Shown">What stands on it.</param>
/// <param name="Says">What it says to those who hear it.</param>
internal sealed record Mark(long Block, string Shown, string Says);
