using System.Net.Http.Headers;
using WeToo.Core;

namespace WeToo.Hosting;

/// <summary>
/// Another service of WeToo, as one of them calls it: bytes there, bytes or a refusal back. What the caller's caller
/// sent besides the message (address, headers, trace) goes no further. One for the life of the process.
/// </summary>
public sealed class Peer : IDisposable
{
    private readonly HttpClient _client;

    /// <summary>Prepares calls; no connection is made yet.</summary>
    /// <param name="address">Where the service listens. A path in it ends in a slash.</param>
    /// <param name="patience">How long one call may take.</param>
    /// <param name="bearer">What the service asks for in <c>Authorization: Bearer</c>, or null.</param>
    public Peer(Uri address, TimeSpan patience, string? bearer = null)
    {
#pragma warning disable CA2000 // The client disposes of its handler.
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null, // It would join what the caller did here to what we do there.
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // So that a service may move.
        })
#pragma warning restore CA2000
        {
            BaseAddress = address,
            Timeout = patience,
            MaxResponseContentBufferSize = 4 * 1024 * 1024,
        };
        if (bearer is not null) _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
    }

    /// <summary>Sends a message of the protocol.</summary>
    /// <param name="method">POST or PUT.</param>
    /// <param name="path">Without a slash before it, such as <c>v1/evaluations</c>.</param>
    /// <param name="message">The body.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>
    /// The body of the answer and no refusal; or no bytes, and the service's own refusal, or
    /// <see cref="Refusal.ServiceUnavailable"/> when it gives no answer that we can read in time.
    /// </returns>
    public async Task<(byte[] Bytes, Refusal? Refusal)> SendAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        using var body = new ReadOnlyMemoryContent(message);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return await CallAsync(method, path, body, cancel);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="path">Without a slash before it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>As <see cref="SendAsync"/>.</returns>
    public Task<(byte[] Bytes, Refusal? Refusal)> ReadAsync(string path, CancellationToken cancel) =>
        CallAsync(HttpMethod.Get, path, null, cancel);

    /// <summary>Sends a text to a service whose answers are of another specification.</summary>
    /// <param name="path">Without a slash before it.</param>
    /// <param name="text">The body.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The status and the body; 0 and nothing when there is no answer in time.</returns>
    public async Task<(int Status, string Body)> PostTextAsync(string path, string text, CancellationToken cancel)
    {
        try
        {
            using var body = new StringContent(text);
            using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), body, cancel);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
        }
        catch (Exception unanswered) when (unanswered is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return (0, "");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<(byte[] Bytes, Refusal? Refusal)> CallAsync(
        HttpMethod method, string path, HttpContent? body, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
            using var answer = await _client.SendAsync(request, cancel);
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancel);
            return answer.IsSuccessStatusCode ? (bytes, null) : ([], Problems.TryRead(bytes) ?? Refusal.ServiceUnavailable);
        }
        catch (Exception unanswered) when (unanswered is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return ([], Refusal.ServiceUnavailable);
        }
    }
}
