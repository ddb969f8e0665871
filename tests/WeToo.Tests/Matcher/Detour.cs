using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using WeToo.Hosting;

namespace WeToo.Tests.Matcher;

/// <summary>Stands before a service and passes everything on, so that a test can change an answer or act while one is on its way.</summary>
internal sealed class Detour : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _behind;

    private Detour(WebApplication app, Uri target) => (_app, _behind) = (app, new HttpClient { BaseAddress = target });

    internal Uri Address => Hosts.AddressOf(_app);

    /// <summary>Starts one.</summary>
    /// <param name="target">The service.</param>
    /// <param name="change">From path and answer to what is passed on instead.</param>
    internal static async Task<Detour> StartAsync(Uri target, Func<string, byte[], byte[]> change)
    {
        var app = Hosts.CreateBuilder(new Uri("http://127.0.0.1:0"), TimeProvider.System).Build();
        var detour = new Detour(app, target);
        app.Run(http => detour.PassAsync(http, change));
        await app.StartAsync();
        return detour;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _behind.Dispose();
    }

    private async Task PassAsync(HttpContext http, Func<string, byte[], byte[]> change)
    {
        var (body, _) = await http.Request.ReadBodyAsync(4 * 1024 * 1024);
        using var request = new HttpRequestMessage(new(http.Request.Method), new Uri(http.Request.Path, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        if (http.Request.Headers.Authorization.ToString() is { Length: > 0 } bearer) request.Headers.TryAddWithoutValidation("Authorization", bearer);
        using var answer = await _behind.SendAsync(request);
        var passed = change(http.Request.Path, await answer.Content.ReadAsByteArrayAsync());
        http.Response.StatusCode = (int)answer.StatusCode;
        if (passed.Length > 0) await http.Response.Body.WriteAsync(passed);
    }
}
