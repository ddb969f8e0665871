using CsCheck;
using WeToo.Voices.Content;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>From Markdown to what may stand in a page, with blocks that keep their numbers.</summary>
public sealed class MarkupTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("[a](data:text/html,x)")]
    [InlineData("<form action=/x><input></form>")]
    [InlineData("![a](https://elsewhere.example/pixel.png)")]
    public void Nothing_runs_and_nothing_is_loaded(string markdown)
    {
        foreach (var html in (string[])[Markup.Render(markdown, [], 1).Html, Markup.RenderNote(markdown)])
            Assert.DoesNotMatch("(?i)<(script|img|form|input)|javascript:|data:|<[^>]* on", html);
    }

    [Fact]
    public void Headings_stand_below_the_title_and_links_say_nothing_of_the_page()
    {
        var rendered = Markup.Render("# One\n\n## Two\n\n[a](https://a.example)", [], 1);

        Assert.Equal(
            "<h2 id=\"b1\">One</h2>\n<h3 id=\"b2\">Two</h3>\n<p id=\"b3\"><a href=\"https://a.example\" rel=\"noopener noreferrer\">a</a></p>\n", rendered.Html);
        Assert.Contains("rel=\"nofollow ugc noopener noreferrer\"", Markup.RenderNote("[a](https://a.example)"), StringComparison.Ordinal);
    }

    [Fact]
    public void Points_are_numbered_as_they_are_read_and_questions_are_marked()
    {
        var blocks = Markup.Render("3. Third\n4. Fourth\n   - inner\n\n?> And you?\n\n> 1. quoted", [], 1).Blocks;

        Assert.Equal(
            [(BlockKind.Point, 3L, "Third"), (BlockKind.Point, 4L, "Fourth inner"), (BlockKind.Question, null, "And you?"), (BlockKind.Text, null, "quoted")],
            blocks.Select(block => (block.Kind, block.Point, block.Text)));
    }

    [Fact]
    public void A_block_keeps_its_number_when_it_is_edited_or_moved_and_others_come_between()
    {
        var first = Markup.Render("The first point is about answers.\n\nThe second is about time and days.\n\nThe third stays.", [], 1);
        var second = Markup.Render("A new opening with other words.\n\nThe second is about time and working days.\n\nThe third stays.\n\nThe first point is about answers.", first.Blocks, first.NextBlock);

        Assert.Equal([4L, 2L, 3L, 1L], second.Blocks.Select(block => block.Number));
        Assert.Equal(5, second.NextBlock);
    }

    [Fact]
    public void A_number_that_is_gone_is_never_given_again()
    {
        var first = Markup.Render("One thing.\n\nAnother matter entirely.", [], 1);
        var second = Markup.Render("One thing.", first.Blocks, first.NextBlock);
        var third = Markup.Render("One thing.\n\nAnother matter entirely.", second.Blocks, second.NextBlock);

        Assert.Equal([1L, 3L], third.Blocks.Select(block => block.Number));
    }

    [Fact]
    public void Whatever_is_written_twice_in_a_row_every_block_has_a_number_of_its_own() =>
        Gen.Select(Gen.String, Gen.String).Sample((one, other) =>
        {
            var first = Markup.Render(one, [], 1);
            var second = Markup.Render(other, first.Blocks, first.NextBlock);
            var numbers = second.Blocks.Select(block => block.Number).ToList();
            Assert.Equal(numbers.Distinct(), numbers);
            Assert.All(numbers, number => Assert.InRange(number, 1, second.NextBlock - 1));
            Assert.Equal(second.Html, Markup.Render(other, first.Blocks, first.NextBlock).Html);
        });

    [Theory]
    [InlineData('>')]
    [InlineData('[')]
    public void What_is_nested_too_deep_is_shown_as_it_was_written(char sign)
    {
        var text = new string(sign, 4_900);
        Assert.Equal($"<p>{System.Net.WebUtility.HtmlEncode(text)}</p>\n", Markup.RenderNote(text));
        Assert.Equal(text, Markup.Render(text, [], 1).Blocks.Single().Text);
    }
}
