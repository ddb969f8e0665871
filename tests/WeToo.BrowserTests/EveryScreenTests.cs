using System.Globalization;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>What must hold on each screen, not only on those that somebody thought of.</summary>
public sealed class EveryScreenTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private const string PicturesVariable = "WETOO_PICTURES";

    /// <summary>Those shown in docs/screenshots, narrow and light, and wide and dark.</summary>
    private static readonly string[] s_pictured =
        ["before", "write", "name", "number", "card-5", "receipt", "away", "locked", "match", "desk-cases", "desk-contact", "desk-account"];

    [Fact]
    public async Task Every_screen_is_accessible_fits_a_small_phone_and_lets_people_leave()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await using var ana = await chromium.NewVisitorAsync(deployment);
        await using var ben = await chromium.NewVisitorAsync(deployment);
        var found = new List<string>();
        await Tour.WalkAsync(counselor, ana, ben, async (visitor, screen) =>
        {
            foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
            {
                await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                var axe = await visitor.Page.RunAxe();
                found.AddRange(axe.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{screen}, {scheme}: {rule.Id}: {node.Html}")));
            }

            foreach (var (width, height) in ((int, int)[])[(320, 568), (1280, 800)])
            {
                await visitor.Page.SetViewportSizeAsync(width, height);
                var wrong = await visitor.Page.EvaluateAsync<string[]>(LeaveAndFit);
                found.AddRange(wrong.Select(what => string.Create(CultureInfo.InvariantCulture, $"{screen} at {width}: {what}")));
            }

            if (Environment.GetEnvironmentVariable(PicturesVariable) is { Length: > 0 } folder) await TakeAsync(visitor.Page, folder, screen);
        });

        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.Empty(counselor.Strangers.Concat(ana.Strangers).Concat(ben.Strangers));
    }

    /// <summary>At the end of the page Leave is in sight, large enough and not covered; nothing sticks out; controls can be hit.</summary>
    private const string LeaveAndFit = """
        () => {
          const wrong = []
          scrollTo(0, document.documentElement.scrollHeight)
          const leave = document.querySelector('.leave')
          const box = leave.getBoundingClientRect()
          if (box.width < 44 || box.height < 44) wrong.push('Leave is too small')
          if (box.top < 0 || box.bottom > innerHeight) wrong.push('Leave is out of sight')
          const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
          if (!leave.contains(hit)) wrong.push('Leave is covered')
          if (document.documentElement.scrollWidth > innerWidth) wrong.push('scrolls sideways')
          for (const control of document.querySelectorAll('main button, main input:not([type=radio], [type=checkbox]), main select, main textarea, main summary')) {
            const size = control.getBoundingClientRect()
            if (size.height > 0 && (size.height < 44 || size.width < 44)) wrong.push('too small: ' + control.outerHTML.slice(0, 80))
          }
          for (const control of document.querySelectorAll('input:not([type=radio], [type=checkbox], [type=file]), textarea')) {
            if (!['off', 'new-password'].includes(control.autocomplete)) wrong.push('remembers: ' + control.outerHTML.slice(0, 80))
            if (control.spellcheck) wrong.push('checks spelling: ' + control.outerHTML.slice(0, 80))
          }
          if (document.querySelector('.tools > :first-child')?.textContent !== 'Help') wrong.push('Help is not in its place')
          if (!/^Notes( – .+)?$/.test(document.title)) wrong.push('title: ' + document.title)
          if (!/^\/(desk)?$/.test(location.pathname) || location.search || location.hash) wrong.push('address: ' + location.href)
          scrollTo(0, 0)
          return wrong
        }
        """;

    private static async Task TakeAsync(IPage page, string folder, string screen)
    {
        foreach (var (width, least, scheme) in ((int, int, ColorScheme)[])[(320, 568, ColorScheme.Light), (1280, 800, ColorScheme.Dark)])
        {
            await page.SetViewportSizeAsync(width, least);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            // As tall as the page: what is fixed to the window then stands at its end, as for who has scrolled there.
            var height = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
            await page.SetViewportSizeAsync(width, Math.Max(least, height));
            await page.EvaluateAsync("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
            var path = Path.Combine(folder, $"{screen}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png");
            if (folder.EndsWith("/all", StringComparison.Ordinal) || s_pictured.Contains(screen)) await page.ScreenshotAsync(new() { Path = path });
        }
    }
}
