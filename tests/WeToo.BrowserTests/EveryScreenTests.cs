using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>What must hold on each screen, not only on those that somebody thought of.</summary>
public sealed class EveryScreenTests(Chromium chromium, Deployment deployment) : IClassFixture<Deployment>
{
    private const string PicturesVariable = "WETOO_PICTURES";

    /// <summary>What another colour scheme can break.</summary>
    private static readonly AxeRunOptions s_ofColors = new() { RunOnly = new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };

    private static readonly string[] s_languages = ["ar", Languages.Pseudo, "fr", "es", "en"];

    [Fact]
    public async Task Every_screen_is_accessible_fits_a_small_phone_and_lets_people_leave()
    {
        await using var counselor = await chromium.NewVisitorAsync(deployment);
        await using var ana = await chromium.NewVisitorAsync(deployment);
        await using var ben = await chromium.NewVisitorAsync(deployment);
        var found = new List<string>();
        await Tour.WalkAsync(counselor, ana, ben, (visitor, screen) => LookInEachLanguageAsync(visitor, screen, found));

        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.Empty(counselor.Strangers.Concat(ana.Strangers).Concat(ben.Strangers));
    }

    [Fact]
    public async Task So_is_every_screen_beside_the_way()
    {
        await using var ana = await chromium.NewVisitorAsync(deployment);
        var found = new List<string>();
        await AsideTour.WalkAsync(ana, screen => LookInEachLanguageAsync(ana, screen, found));
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.Empty(ana.Strangers);
    }

    internal static async Task LookInEachLanguageAsync(Visitor visitor, string screen, List<string> found)
    {
        var before = await visitor.Page.EvaluateAsync<string>(Shown);
        foreach (var language in s_languages)
        {
            await visitor.SpeakAsync(language);
            found.AddRange((await LookAsync(visitor.Page, language)).Select(what => $"{screen}, {language}: {what}"));
        }

        var folder = Environment.GetEnvironmentVariable(PicturesVariable);
        if (folder is { Length: > 0 }) await TakeInAsync(visitor, "ar", folder, $"{screen}-ar");
        await visitor.SpeakAsync("en");
        if (!await ShowsAsync(visitor.Page, before)) found.Add($"{screen} is not the same after other languages: {before} | {await visitor.Page.EvaluateAsync<string>(Shown)}");
        if (folder is { Length: > 0 }) await TakeAsync(visitor.Page, folder, screen);
    }

    /// <summary>A screen that was just trying something again says so for a moment.</summary>
    private static async Task<bool> ShowsAsync(IPage page, string before)
    {
        try
        {
            await page.WaitForFunctionAsync($"(before) => ({Shown})() === before", before);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Every rule in the languages of either direction, in the dark those of colours; in the others, whether there is room for them.</summary>
    private static async Task<IReadOnlyList<string>> LookAsync(IPage page, string language)
    {
        var found = new List<string>();
        var whole = language is "en" or "ar";
        foreach (var scheme in whole ? (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light] : [])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var axe = await page.RunAxe(scheme == ColorScheme.Dark ? s_ofColors : null);
            found.AddRange(axe.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{scheme}: {rule.Id}: {node.Html}")));
        }

        foreach (var (width, height) in whole ? ((int, int)[])[(1280, 800), (320, 568)] : [(320, 568)])
        {
            await page.SetViewportSizeAsync(width, height);
            var wrong = await page.EvaluateAsync<string[]>(LeaveAndFit, language == Languages.Pseudo ? null : Languages.TextsOf(language)["help.tool"]);
            found.AddRange(wrong.Select(what => string.Create(CultureInfo.InvariantCulture, $"at {width}: {what}")));
        }

        if (whole) found.AddRange(await page.EvaluateAsync<string[]>(FocusAndSpacing));
        if (language == "ar") found.AddRange(await page.EvaluateAsync<string[]>(Directions));
        if (language == Languages.Pseudo) found.AddRange(await page.EvaluateAsync<string[]>(Strays));
        return found;
    }

    /// <summary>What stands on the screen and in its fields.</summary>
    private const string Shown = "() => document.title + ' ' + document.querySelector('main').innerText + [...document.querySelectorAll('main :is(input, textarea, select)')].map((field) => field.value + field.checked).join()";

    /// <summary>What has focus is not under the bar; with the spacing of WCAG 1.4.12 nothing sticks out or is cut off.</summary>
    private const string FocusAndSpacing = """
        () => {
          const wrong = []
          const focused = document.activeElement
          for (const control of document.querySelectorAll('main :is(button, input, select, textarea, summary, a[href])')) {
            if (!control.checkVisibility()) continue
            control.blur()
            control.focus()
            const box = control.getBoundingClientRect()
            const hit = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 24))
            if (hit !== null && (hit.closest('.leave') || !control.parentElement.contains(hit))) wrong.push(`focus is covered at ${innerWidth}: ${control.outerHTML.slice(0, 150)} at ${box.y} by ${hit.outerHTML.slice(0, 150)}`)
          }
          focused?.focus({ preventScroll: true })
          const sheet = document.styleSheets[0]
          sheet.insertRule('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }', sheet.cssRules.length)
          sheet.insertRule('p { margin-block-end: 2em !important }', sheet.cssRules.length)
          if (document.documentElement.scrollWidth > innerWidth) wrong.push('scrolls sideways with text spacing')
          for (const element of document.querySelectorAll('main :is(button, label, p, li, h1, h2)')) {
            const cut = getComputedStyle(element).overflow !== 'visible' && !element.classList.contains('unseen') && element.scrollHeight > element.clientHeight + 1
            if (cut) wrong.push('cut off with text spacing: ' + element.outerHTML.slice(0, 80))
          }
          sheet.deleteRule(sheet.cssRules.length - 1)
          sheet.deleteRule(sheet.cssRules.length - 1)
          scrollTo(0, 0)
          return wrong
        }
        """;

    /// <summary>The page runs from right to left; numbers and addresses in it do not.</summary>
    private const string Directions = """
        () => {
          const wrong = []
          if (document.documentElement.dir !== 'rtl' || getComputedStyle(document.body).direction !== 'rtl') wrong.push('does not run from right to left')
          for (const field of document.querySelectorAll('input[inputmode=tel], input[inputmode=email]')) {
            if (getComputedStyle(field).direction !== 'ltr') wrong.push('runs from right to left: ' + field.outerHTML.slice(0, 80))
          }
          const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
          for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            const number = /\+?\d+(?: \d+)+/.exec(node.data)
            if (number === null || node.parentElement.getClientRects().length === 0) continue
            const edge = (at) => {
              const range = document.createRange()
              range.setStart(node, at)
              range.setEnd(node, at + 1)
              return range.getBoundingClientRect()
            }
            const [first, last] = [edge(number.index), edge(number.index + number[0].length - 1)]
            if (first.top === last.top && first.x > last.x) wrong.push('a number is turned round: ' + node.data)
          }
          return wrong
        }
        """;

    /// <summary>Texts that do not come from the catalogue, but the names and words of people.</summary>
    private const string Strays = """
        () => {
          const strays = []
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
          for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            const own = node.parentElement.matches('option[value=""]') ? null : node.parentElement.closest('[translate=no], bdi, noscript, script, .name, option, [data-own], button[lang]')
            if (own === null && /\p{L}/u.test(node.data) && !/\d{4}$|^[A-Z][a-z]+-\d+$/.test(node.data) && !/[áéîöûÁÉÎÖÛýŕñšţļðƀçɱĥĝķþƒŵẋž]/.test(node.data)) strays.push('not from the catalogue: ' + node.data)
          }
          return strays
        }
        """;

    /// <summary>At the end of the page Leave is in sight, large enough and not covered; nothing sticks out; controls can be hit.</summary>
    private const string LeaveAndFit = """
        (said) => {
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
          const help = document.querySelector('.tools > :first-child')?.textContent
          if (said !== null && help !== said) wrong.push('not Help is in its place, but ' + help)
          if (!/^Notes( – .+)?$/.test(document.title)) wrong.push('title: ' + document.title)
          if (!/^\/(desk)?$/.test(location.pathname) || location.search || location.hash) wrong.push('address: ' + location.href)
          scrollTo(0, 0)
          return wrong
        }
        """;

    private static async Task TakeInAsync(Visitor visitor, string language, string folder, string screen)
    {
        await visitor.SpeakAsync(language);
        await TakeAsync(visitor.Page, folder, screen);
    }

    private static async Task TakeAsync(IPage page, string folder, string screen)
    {
        foreach (var (width, least, scheme) in ((int, int, ColorScheme)[])[(320, 568, ColorScheme.Light), (320, 568, ColorScheme.Dark), (1280, 800, ColorScheme.Dark)])
        {
            await page.SetViewportSizeAsync(width, least);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            // As tall as the page: what is fixed to the window then stands at its end, as for who has scrolled there.
            var height = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
            await page.SetViewportSizeAsync(width, Math.Max(least, height));
            await page.EvaluateAsync("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
            var path = Path.Combine(folder, $"{screen}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png");
            await page.ScreenshotAsync(new() { Path = path });
        }
    }
}
