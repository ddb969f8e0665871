using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(WeToo.BrowserTests.Chromium))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.Collections, MaxThreads = 2)]

namespace WeToo.BrowserTests;

/// <summary>One browser for all tests, two classes at a time. Each person in a test has a context of their own: nothing is shared between them.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] s_candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Where the browser is.</summary>
    internal static string Program => s_candidates.First(File.Exists);

    /// <summary>The same Chromium without a window, where it is installed: the same pages in half the time. docs/adr/0134.</summary>
    private static string Windowless => File.Exists("/usr/bin/chromium-headless-shell") ? "/usr/bin/chromium-headless-shell" : Program;

    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--use-fake-device-for-media-stream", // A microphone that beeps; who may use it is asked all the same.
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowser? _remembering;
    private IBrowser? _small;
    private IBrowser? _hearing;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync(Windowless, []);
        _remembering = await LaunchAsync(Program, ["--disable-back-forward-cache"]);
    }

    /// <summary>A person with an empty browser of their own.</summary>
    /// <param name="deployment">Where they go.</param>
    /// <param name="script">Whether their browser runs scripts.</param>
    /// <param name="remembering">
    /// Whether it has the back/forward cache, as people's browsers do: it is what shows a page again after leaving it. Playwright turns it off,
    /// since it loses sight of pages that go into it; so only who needs it has it.
    /// </param>
    /// <param name="language">What their browser asks for.</param>
    /// <param name="hearing">Whether it has a microphone, which Chromium without its window has not.</param>
    public async Task<Visitor> NewVisitorAsync(Deployment deployment, bool script = true, bool remembering = false, string language = "en-GB", bool hearing = false)
    {
        if (hearing) _hearing ??= await LaunchAsync(Program, []);
        var context = await (remembering ? _remembering : hearing ? _hearing : _browser)!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 390, Height = 800 },
            Locale = language,
            JavaScriptEnabled = script,
        });
        context.SetDefaultTimeout(20_000);
        return new(deployment, context, await context.NewPageAsync());
    }

    /// <summary>A person whose browser gives no script more than 32 MiB at once, as a phone does that has run out.</summary>
    public async Task<Visitor> NewVisitorWithLittleMemoryAsync(Deployment deployment)
    {
        _small ??= await LaunchAsync(Windowless, [], "--js-flags=--wasm-max-mem-pages=512");
        var context = await _small.NewContextAsync(new() { Locale = "en-GB" });
        context.SetDefaultTimeout(20_000);
        return new(deployment, context, await context.NewPageAsync());
    }

    /// <summary>An empty page of nobody, in a context of its own.</summary>
    public async Task<IPage> NewPageAsync() => await (await _browser!.NewContextAsync(new() { Locale = "en-GB" })).NewPageAsync();

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        if (_remembering is not null) await _remembering.DisposeAsync();
        if (_small is not null) await _small.DisposeAsync();
        if (_hearing is not null) await _hearing.DisposeAsync();
        _playwright?.Dispose();
    }

    private Task<IBrowser> LaunchAsync(string program, string[] without, params string[] more) => _playwright!.Chromium.LaunchAsync(new()
    {
        ExecutablePath = program,
        Args = [.. s_arguments, .. more],
        IgnoreDefaultArgs = without.Length > 0 ? without : null,
    });
}
