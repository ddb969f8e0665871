using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>Every part of the pages in each of its states, on the page that shows them.</summary>
public sealed class LookTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    [InlineData(Languages.Pseudo)]
    public async Task Every_part_is_accessible_in_either_scheme_and_has_room_at_320_pixels(string language)
    {
        await using var visitor = await OpenAsync();
        await visitor.SpeakAsync(language);
        await visitor.Page.SetViewportSizeAsync(320, 568);
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var axe = await visitor.Page.RunAxe();
            Assert.Empty(axe.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{scheme}: {rule.Id}: {node.Html}")));
        }

        Assert.False(await visitor.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task In_forced_colours_every_control_has_an_edge_and_what_is_chosen_shows()
    {
        await using var visitor = await OpenAsync();
        await visitor.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        var bare = await visitor.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.leave, button, input:not([type=radio], [type=checkbox]), textarea, select, .choice, .tabs label, .note, .sheet')]
              .filter((part) => part.getClientRects().length > 0)
              .filter((part) => getComputedStyle(part).borderTopStyle === 'none' || parseFloat(getComputedStyle(part).borderTopWidth) < 1)
              .concat([...document.querySelectorAll(':is(.choice, .tabs label):has(:checked)')].filter((part) => parseFloat(getComputedStyle(part).outlineWidth) < 2 || getComputedStyle(part).outlineStyle === 'none'))
              .map((part) => part.outerHTML.slice(0, 80))
            """);
        Assert.Empty(bare);
    }

    [Fact]
    public async Task Nothing_moves_for_those_who_ask_for_less_motion()
    {
        await using var visitor = await OpenAsync();
        const string moving = "() => [...document.querySelectorAll('*')].flatMap((part) => [part, '::before', '::after'].map((at) => at === part ? getComputedStyle(part) : getComputedStyle(part, at))).filter((style) => style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0).length";
        Assert.NotEqual(0, await visitor.Page.EvaluateAsync<int>(moving));
        await visitor.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>(moving));
    }

    [Fact]
    public async Task The_page_of_parts_belongs_to_no_release()
    {
        await using var visitor = await OpenAsync();
        var files = await visitor.Page.EvaluateAsync<string>("() => fetch('/files.json').then((answer) => answer.text())");
        Assert.DoesNotContain("style.html", files, StringComparison.Ordinal);
        Assert.DoesNotContain("workbench", files, StringComparison.Ordinal);
    }

    private async Task<Visitor> OpenAsync()
    {
        var visitor = await chromium.NewVisitorAsync(deployment);
        await visitor.Page.GotoAsync(new Uri(deployment.Vault, "style").ToString());
        await visitor.SeeHeadingAsync("In your words");
        return visitor;
    }
}
