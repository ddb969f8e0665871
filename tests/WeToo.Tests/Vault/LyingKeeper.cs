using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Hosting;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>Passes everything on to a real keeper, but for the share of an account, which it makes up, and keeps what headers it was sent.</summary>
internal sealed class LyingKeeper : IAsyncDisposable
{
    private readonly HttpClient _truth = new();
    private readonly WebApplication _app;

    private LyingKeeper(WebApplication app) => _app = app;

    internal Uri Address => Hosts.AddressOf(_app);

    /// <summary>The real keeper.</summary>
    internal Uri Truth { get; set; } = new("http://127.0.0.1:9");

    /// <summary>The headers of the last request.</summary>
    internal IReadOnlyList<string> Headers { get; private set; } = [];

    internal static async Task<LyingKeeper> StartAsync()
    {
        var builder = Hosts.CreateBuilder(new Uri("http://127.0.0.1:0"), TimeProvider.System);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var keeper = new LyingKeeper(app);
        app.UseBoundary();
        app.Map("/{**path}", keeper.PassOnAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return keeper;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _truth.Dispose();
    }

    private async Task<IResult> PassOnAsync(HttpRequest http)
    {
        Headers = [.. http.Headers.Keys.Order(StringComparer.Ordinal)];
        var (body, _) = await http.ReadBodyAsync(Limits.EvidenceBytes);
        using var request = new HttpRequestMessage(new HttpMethod(http.Method), new Uri(Truth, http.Path.Value)) { Content = new ByteArrayContent(body) };
        using var answer = await _truth.SendAsync(request, http.HttpContext.RequestAborted);
        var bytes = await answer.Content.ReadAsByteArrayAsync(http.HttpContext.RequestAborted);
        if (http.Path == "/v1/releases" && ReleaseReply.TryParse(bytes) is { } reply)
            bytes = (reply with { Share = Element.FromGenerator(Scalar.Random(System.Security.Cryptography.RandomNumberGenerator.Fill)) }).ToBytes();
        return answer.IsSuccessStatusCode
            ? Bodies.Octets(bytes, (int)answer.StatusCode)
            : Problems.From(Problems.TryRead(bytes) ?? Refusal.InternalFailure);
    }
}
