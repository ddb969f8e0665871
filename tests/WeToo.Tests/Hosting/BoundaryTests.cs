using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core;
using WeToo.Hosting;
using Xunit;

namespace WeToo.Tests.Hosting;

/// <summary>A real host with three small routes, asked over a real connection.</summary>
public sealed class BoundaryTests : IAsyncLifetime
{
    private const string Secret = "what-nobody-may-see";

    private readonly WebApplication _app;
    private readonly ListeningLog _log = new();
    private HttpClient _client = new();

    public BoundaryTests()
    {
        var builder = Hosts.CreateBuilder(new Uri("http://127.0.0.1:0"), new FakeTimeProvider());
        builder.Logging.ClearProviders().AddProvider(_log);
        _app = builder.Build();
        _app.UseBoundary();
        _app.MapPost("/echo", async (HttpRequest http) =>
            await http.ReadBodyAsync(1000) is var (bytes, refusal) && refusal is { } why ? Problems.From(why) : Bodies.Octets(bytes));
        _app.MapGet("/fails", IResult (string _) => throw new InvalidOperationException(Secret));
        _app.MapGet("/fails-deep", IResult () => throw new InvalidOperationException(Secret, new InvalidDataException(Secret)));
        _app.MapGet("/fails-late", async (HttpResponse answer) =>
        {
            await answer.WriteAsync("begun", Cancel);
            await answer.Body.FlushAsync(Cancel);
            throw new InvalidOperationException(Secret);
        });
        _app.MapPost("/refuses", () => Problems.From(Refusal.CaseUnknown));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(Cancel);
        _client.Dispose();
        _client = new HttpClient { BaseAddress = Hosts.AddressOf(_app) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _log.Dispose();
    }

    [Theory]
    [InlineData("/echo")]
    [InlineData("/refuses")]
    [InlineData("/fails-deep")]
    [InlineData("/nowhere")]
    public async Task Every_answer_has_the_headers_that_protect_a_reader(string path)
    {
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), new ByteArrayContent([1]), Cancel);

        Assert.Equal("no-store", answer.Headers.GetValues("Cache-Control").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_body_comes_back_as_it_was_sent()
    {
        byte[] sent = [.. Enumerable.Range(0, 1000).Select(i => unchecked((byte)i))];

        using var known = await _client.PostAsync(Echo, new ByteArrayContent(sent), Cancel);
        using var chunked = await _client.PostAsync(Echo, new Chunked(sent), Cancel);

        Assert.Equal(sent, await known.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(sent, await chunked.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("application/octet-stream", known.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task One_byte_too_many_is_refused()
    {
        await RefusesAsync(await _client.PostAsync(Echo, new ByteArrayContent(new byte[1001]), Cancel), Refusal.MessageTooLarge);
        await RefusesAsync(await _client.PostAsync(Echo, new Chunked(new byte[1001]), Cancel), Refusal.MessageTooLarge);
        await RefusesAsync(await _client.PostAsync(Echo, new ByteArrayContent(new byte[100_000]), Cancel), Refusal.MessageTooLarge);
    }

    [Fact]
    public async Task A_broken_chunk_is_a_malformed_message()
    {
        var answer = await RawAsync("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nnot a length\r\n");

        Assert.Contains("urn:wetoo:refusal:malformed-message", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_whatever_the_method()
    {
        await RefusesAsync(await _client.GetAsync(new Uri($"/{Secret}", UriKind.Relative), Cancel), Refusal.NotFound);
        await RefusesAsync(await _client.GetAsync(Echo, Cancel), Refusal.NotFound);
        await RefusesAsync(await _client.PostAsync(new Uri("/nowhere", UriKind.Relative), new ByteArrayContent([1]), Cancel), Refusal.NotFound);
    }

    [Fact]
    public async Task An_endpoint_that_refuses_with_404_keeps_its_own_reason() =>
        await RefusesAsync(await _client.PostAsync(new Uri("/refuses", UriKind.Relative), null, Cancel), Refusal.CaseUnknown);

    [Fact]
    public async Task A_failure_tells_the_caller_nothing_and_the_log_only_numbers()
    {
        using var answer = await _client.GetAsync(new Uri("/fails-deep", UriKind.Relative), Cancel);

        await RefusesAsync(answer, Refusal.InternalFailure);
        Assert.DoesNotContain(Secret, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var line = Assert.Single(_log.Lines);
        Assert.Matches("^A request failed: error 80131509 in method 06[0-9a-f]{6} at [0-9a-f]{4}$", line);
    }

    [Fact]
    public async Task A_failure_after_the_answer_has_begun_breaks_it_off_and_is_logged()
    {
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _client.GetStringAsync(new Uri("/fails-late", UriKind.Relative), Cancel));

        Assert.StartsWith("A request failed", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_that_does_not_bind_is_a_malformed_message() =>
        await RefusesAsync(await _client.GetAsync(new Uri("/fails", UriKind.Relative), Cancel), Refusal.MalformedMessage);

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Origin", "https://wetoo.example", true)]
    [InlineData("Origin", "https://wetoo.example:444", false)]
    [InlineData("Origin", "https://other.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("X-Program", "1", true)]
    public async Task Only_our_own_pages_and_programs_may_write(string header, string value, bool allowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Echo) { Content = new ByteArrayContent([1]) };
        request.Headers.Host = "wetoo.example";
        request.Headers.Add(header, value);

        using var answer = await _client.SendAsync(request, Cancel);

        if (allowed) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        else await RefusesAsync(answer, Refusal.CrossSiteRequest);
    }

    [Fact]
    public async Task Reading_is_free_to_links_from_anywhere()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        await RefusesAsync(await _client.SendAsync(request, Cancel), Refusal.NotFound);
    }

    private static Uri Echo { get; } = new("/echo", UriKind.Relative);

    private static async Task RefusesAsync(HttpResponseMessage answer, Refusal why)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(Cancel);
        Assert.Equal(why, Problems.TryRead(body));
        Assert.Equal(Problems.Of(why).Status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task<string> RawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_client.BaseAddress!.Host, _client.BaseAddress.Port, Cancel);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Cancel);
        using var reader = new StreamReader(socket.GetStream());
        return await reader.ReadToEndAsync(Cancel);
    }

    /// <summary>A body whose length the receiver is not told.</summary>
    private sealed class Chunked(byte[] bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) => await stream.WriteAsync(bytes);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
