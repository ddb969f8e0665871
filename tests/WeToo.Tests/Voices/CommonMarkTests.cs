using System.Text.Json;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using WeToo.Voices.Content;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>The 652 examples of CommonMark 0.31.2, against the renderer as it is configured.</summary>
public sealed class CommonMarkTests
{
    /// <summary>Bare addresses become links here, and "[ẞ]" is not "[SS]", since the program carries no tables of cultures.</summary>
    private static readonly int[] s_ours = [540, 608, 611];

    private static readonly List<Example> s_examples = Vectors.Read("commonmark-0.31.2.json").Deserialize<List<Example>>(JsonSerializerOptions.Web)!;

    private static readonly MarkdownPipeline s_withHtml = Markup.Parts().Build();

    [Fact]
    public void Every_example_without_raw_html_is_rendered_as_the_standard_says()
    {
        var examples = s_examples.Where(example => !HasRawHtml(example.Markdown)).ToList();
        Assert.InRange(examples.Count, 550, 652);
        Assert.Equal(s_ours, examples.Where(example => Tidy(Markup.ToHtml(example.Markdown)) != Tidy(example.Html)).Select(example => example.Number));
    }

    [Fact]
    public void All_652_are_when_raw_html_is_let_through()
    {
        Assert.Equal(652, s_examples.Count);
        Assert.Equal(s_ours, s_examples.Where(example => Tidy(Markdown.ToHtml(example.Markdown, s_withHtml)) != Tidy(example.Html)).Select(example => example.Number));
    }

    [Fact]
    public void Raw_html_is_never_let_through() => Assert.All(s_examples.Where(example => HasRawHtml(example.Markdown)), example =>
    {
        foreach (var block in Markdown.Parse(example.Markdown, s_withHtml).Descendants<HtmlBlock>())
            Assert.DoesNotContain(block.Lines.ToString().Trim(), Markup.ToHtml(example.Markdown), StringComparison.Ordinal);
    });

    private static bool HasRawHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, s_withHtml);
        return document.Descendants<HtmlBlock>().Any() || document.Descendants<HtmlInline>().Any();
    }

    /// <summary>Whether a line ends behind the beginning of an item says nothing.</summary>
    private static string Tidy(string html) => html.Replace("<li>\n", "<li>", StringComparison.Ordinal);

    private sealed record Example([property: System.Text.Json.Serialization.JsonPropertyName("example")] int Number, string Markdown, string Html);
}
