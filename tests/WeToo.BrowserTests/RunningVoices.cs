using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using MimeKit;
using WeToo.Hosting;
using WeToo.Tests;
using WeToo.Tests.Voices;
using WeToo.Voices;
using WeToo.Voices.Features.Allies;
using WeToo.Voices.Features.Desk;
using WeToo.Voices.Features.Letters;
using WeToo.Voices.Mails;

namespace WeToo.BrowserTests;

/// <summary>A real publication with a real mail server, people who work for it in browsers of their own, and a clock that a test turns.</summary>
internal sealed partial class RunningVoices : IAsyncDisposable
{
    private const string Password = "a tram goes round by the river";

    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-voices-").FullName;
    private readonly Dictionary<string, string> _keys = [];
    private readonly MailServer _mail;

    private RunningVoices(MailServer mail) => _mail = mail;

    internal WebApplication App { get; private set; } = null!;

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<RunningVoices> StartAsync()
    {
        var voices = new RunningVoices(await MailServer.StartAsync());
        var options = new VoicesOptions
        {
            Urls = "http://127.0.0.1:0", Database = $"Data Source={Path.Combine(voices._folder, "voices.db")}", KeyFile = Path.Combine(voices._folder, "voices.key"), Name = "The Open Page",
            Mail = new() { Server = voices._mail.Address, From = "letters@open.example", MailsPerDay = 50 }, PublicUrl = new("http://voices.example"),
        };
        voices.App = await VoicesHost.StartAsync(options, voices.Time, logging => logging.ClearProviders(), Cancel);
        return voices;
    }

    /// <summary>The address of a path, or of a link in a mail, on this machine.</summary>
    internal string AddressOf(string path) => new Uri(Hosts.AddressOf(App), Uri.TryCreate(path, UriKind.Absolute, out var link) && link.Host == "voices.example" ? link.PathAndQuery : path).AbsoluteUri;

    /// <summary>Somebody joins by the link that the operator gave them.</summary>
    internal async Task JoinAsync(IPage page, string name)
    {
        using var scope = App.Services.CreateScope();
        await page.GotoAsync(AddressOf($"/desk/en/join/{await scope.ServiceProvider.GetRequiredService<Team>().InviteAsync(name)}"));
        _keys[name] = (await page.Locator(".key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.GetByLabel("Code of your device").FillAsync(Totp.CodeOf(_keys[name]));
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "What waits for a decision" }).WaitForAsync();
    }

    /// <summary>Signs in again: a session ends after eight hours.</summary>
    internal async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync(AddressOf("/desk/en/sign-in"));
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByLabel("Code of your device").FillAsync(Totp.CodeOf(_keys[name]));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "What waits for a decision" }).WaitForAsync();
    }

    /// <summary>Lets days pass, with what is done on them.</summary>
    internal async Task DaysPassAsync(int days)
    {
        Time.Advance(TimeSpan.FromDays(days));
        await App.Services.GetRequiredService<AllyWorker>().RunDueAsync(Cancel);
        await App.Services.GetRequiredService<LetterNews>().RunDueAsync(Cancel);
    }

    /// <summary>The link in the newest mail to a mailbox.</summary>
    internal async Task<string> LinkToAsync(string mailbox)
    {
        await App.Services.GetRequiredService<MailWorker>().RunDueAsync(Cancel);
        return LinkIn(_mail.Mails.Last(mail => mail.Contains($"To: {mailbox}", StringComparison.Ordinal)));
    }

    /// <summary>Sends a form without a browser.</summary>
    /// <returns>The path to which it leads.</returns>
    internal async Task<string> PostAsync(string path, params KeyValuePair<string, string>[] fields)
    {
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(new Uri(AddressOf(path)), form, Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return answer.RequestMessage!.RequestUri!.PathAndQuery;
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        await _mail.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string LinkIn(string mail)
    {
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail));
        return Link().Match(MimeMessage.Load(bytes, Cancel).TextBody!).Value;
    }

    [GeneratedRegex("http://voices\\.example/\\S+")]
    private static partial Regex Link();
}
