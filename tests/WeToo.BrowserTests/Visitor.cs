using Microsoft.Playwright;

namespace WeToo.BrowserTests;

/// <summary>A person at their browser. What the page complains about and whom it asks is remembered, and held against it at the end.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private static readonly string[] s_ended = ["404", "409", "410"];

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly List<Uri> _strangers = [];

    internal Visitor(Deployment deployment, IBrowserContext context, IPage page)
    {
        (Deployment, _context, Page) = (deployment, context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !IsOfEndedCase(message)) _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            if (url.Scheme.StartsWith("http", StringComparison.Ordinal) && url.Authority != deployment.Vault.Authority) _strangers.Add(url);
        };
    }

    public Deployment Deployment { get; }

    public IPage Page { get; }

    /// <summary>What the page wrote to the console as a warning or an error.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Requests to anybody but the deployment.</summary>
    public IReadOnlyList<Uri> Strangers => _strangers;

    /// <summary>A case was stopped, taken out or given back while its page was asking for it: the answer says so, and the browser notes that by itself.</summary>
    private static bool IsOfEndedCase(IConsoleMessage message) =>
        message.Location.Contains("/v1/desk/cases/", StringComparison.Ordinal) && s_ended.Any(status => message.Text.Contains($"status of {status}", StringComparison.Ordinal));

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task WriteAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task SeeHeadingAsync(string heading) => Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true }).WaitForAsync();

    public Task SeeAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    /// <summary>Looks into an open mailbox, until that is over.</summary>
    public async Task LookNowAsync()
    {
        await PressAsync("Look now");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Look now", Exact = true }).WaitForAsync(); // Until then it says that it looks.
    }

    public Task<string> TextAsync() => Page.Locator("body").InnerTextAsync();

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
