using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace WeToo.Voices.Content;

/// <summary>Finds the blocks of rendered HTML.</summary>
internal static partial class Blocks
{
    private const string Leaves = "p, h2, h3, h4, pre, li, tr";

    /// <summary>The blocks in order: no block stands in another.</summary>
    internal static IEnumerable<(IElement Element, BlockKind Kind, long? Point, string Text)> In(IElement body)
    {
        foreach (var element in body.QuerySelectorAll(Leaves).ToList())
        {
            if (IsPoint(element)) yield return (element, BlockKind.Point, NumberOf(element), TextOf(element));
            else if (!IsInPoint(element) && element.QuerySelector(Leaves) is null && TextOf(element).Length > 0) yield return Leaf(element);
        }
    }

    private static (IElement Element, BlockKind Kind, long? Point, string Text) Leaf(IElement element)
    {
        if (element.LocalName[0] == 'h') return (element, BlockKind.Heading, null, TextOf(element));
        if (element.LocalName != "p" || !TextOf(element).StartsWith(Markup.QuestionMark, StringComparison.Ordinal)) return (element, BlockKind.Text, null, TextOf(element));

        var first = element.ChildNodes.OfType<IText>().First();
        first.TextContent = first.TextContent.TrimStart()[Markup.QuestionMark.Length..].TrimStart();
        element.ClassName = "question";
        return (element, BlockKind.Question, null, TextOf(element));
    }

    /// <summary>An item of an ordered list that stands in no other list or quotation.</summary>
    private static bool IsPoint(IElement element) => element is { LocalName: "li", ParentElement: { LocalName: "ol", ParentElement.LocalName: "body" } };

    private static bool IsInPoint(IElement element)
    {
        for (var outer = element.ParentElement; outer is not null; outer = outer.ParentElement)
            if (IsPoint(outer)) return true;
        return false;
    }

    private static long NumberOf(IElement item)
    {
        var start = long.TryParse(item.ParentElement!.GetAttribute("start"), out var from) ? from : 1;
        return start + item.ParentElement.Children.TakeWhile(other => other != item).Count();
    }

    private static string TextOf(IElement element) => WhiteSpace().Replace(element.TextContent, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
