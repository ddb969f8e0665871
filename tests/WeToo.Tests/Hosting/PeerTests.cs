using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using WeToo.Core;
using WeToo.Hosting;
using WeToo.Tool.Up;
using Xunit;

namespace WeToo.Tests.Hosting;

public sealed class PeerTests : IAsyncLifetime
{
    private readonly WebApplication _app;
    private Peer? _peer;

    public PeerTests()
    {
        var builder = Hosts.CreateBuilder(new Uri("http://127.0.0.1:0"), TimeProvider.System);
        _app = builder.Build();
        _app.UseBoundary();
        _app.MapPost("/v1/echo", async (HttpRequest http) => Bodies.Octets((await http.ReadBodyAsync(100)).Bytes));
        _app.MapGet("/v1/headers", (HttpRequest http) => string.Join(' ', http.Headers.Keys.Order(StringComparer.Ordinal)));
        _app.MapGet("/v1/bearer", (HttpRequest http) => http.Headers.Authorization.ToString());
        _app.MapPost("/v1/refuse", () => Problems.From(Refusal.QuotaExhausted));
        _app.MapPost("/v1/strange", () => Results.Text("not ours", statusCode: 502));
        _app.MapPost("/v1/elsewhere", () => Results.Redirect("/v1/echo"));
        _app.MapPost("/v1/slow", async http => await Task.Delay(Timeout.Infinite, http.RequestAborted));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Peer Service => _peer!;

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(Cancel);
        _peer = new Peer(Hosts.AddressOf(_app), TimeSpan.FromSeconds(20), "00ff");
    }

    public async ValueTask DisposeAsync()
    {
        _peer?.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_message_is_answered_with_bytes()
    {
        var (bytes, refusal) = await Service.SendAsync(HttpMethod.Post, "v1/echo", new byte[] { 1, 2, 3 }, Cancel);

        Assert.Null(refusal);
        Assert.Equal([1, 2, 3], bytes);
    }

    [Theory]
    [InlineData("v1/refuse", Refusal.QuotaExhausted)]
    [InlineData("v1/nowhere", Refusal.NotFound)]
    [InlineData("v1/strange", Refusal.ServiceUnavailable)]
    [InlineData("v1/elsewhere", Refusal.ServiceUnavailable)]
    public async Task A_refusal_comes_through_and_everything_else_is_no_answer(string path, Refusal expected)
    {
        var (bytes, refusal) = await Service.SendAsync(HttpMethod.Post, path, new byte[] { 1 }, Cancel);

        Assert.Empty(bytes);
        Assert.Equal(expected, refusal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_unavailable()
    {
        using var nobody = new Peer(new Uri($"http://127.0.0.1:{FreePorts.Take(1)[0]}"), TimeSpan.FromSeconds(20));

        Assert.Equal(Refusal.ServiceUnavailable, (await nobody.ReadAsync("v1/headers", Cancel)).Refusal);
    }

    [Fact]
    public async Task A_service_that_takes_too_long_is_unavailable()
    {
        using var hasty = new Peer(Hosts.AddressOf(_app), TimeSpan.FromMilliseconds(50));

        Assert.Equal(Refusal.ServiceUnavailable, (await hasty.SendAsync(HttpMethod.Post, "v1/slow", new byte[] { 1 }, Cancel)).Refusal);
    }

    [Fact]
    public async Task A_call_that_its_caller_gives_up_is_cancelled() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Service.ReadAsync("v1/headers", new(canceled: true)));

    [Fact]
    public async Task A_call_tells_nothing_but_what_it_must()
    {
        using var plain = new Peer(Hosts.AddressOf(_app), TimeSpan.FromSeconds(20));

        Assert.Equal("Host", System.Text.Encoding.ASCII.GetString((await plain.ReadAsync("v1/headers", Cancel)).Bytes));
        Assert.Equal("Bearer 00ff", System.Text.Encoding.ASCII.GetString((await Service.ReadAsync("v1/bearer", Cancel)).Bytes));
    }
}
