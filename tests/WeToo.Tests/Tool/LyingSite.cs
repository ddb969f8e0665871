using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using WeToo.Hosting;

namespace WeToo.Tests.Tool;

/// <summary>Stands before a real site and passes its answers on, but for what a test changes about them.</summary>
internal sealed class LyingSite : IAsyncDisposable
{
    private static readonly string[] s_ofTheConnection = ["Transfer-Encoding", "Content-Length", "Date", "Connection"];

    private readonly WebApplication _app;
    private readonly HttpClient _behind;

    private LyingSite(WebApplication app, Uri target) => (_app, _behind) = (app, new HttpClient { BaseAddress = target });

    internal Uri Address => Hosts.AddressOf(_app);

    /// <summary>Starts one.</summary>
    /// <param name="target">The real site.</param>
    /// <param name="change">From a request and the body of its answer to another body; it may change the headers and the status of the response too.</param>
    internal static async Task<LyingSite> StartAsync(Uri target, Func<HttpContext, byte[], byte[]> change)
    {
        var app = Hosts.CreateBuilder(new Uri("http://127.0.0.1:0"), TimeProvider.System).Build();
        var site = new LyingSite(app, target);
        app.Run(http => site.PassAsync(http, change));
        await app.StartAsync();
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _behind.Dispose();
    }

    private async Task PassAsync(HttpContext http, Func<HttpContext, byte[], byte[]> change)
    {
        using var answer = await _behind.GetAsync(new Uri(http.Request.Path, UriKind.Relative));
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!s_ofTheConnection.Contains(name)) http.Response.Headers[name] = values.ToArray();
        }

        await http.Response.Body.WriteAsync(change(http, await answer.Content.ReadAsByteArrayAsync()));
    }
}
