using System.Net.Http.Headers;
using System.Text.Json;

namespace WeToo.Tool.Authoring;

/// <summary>What a server answered: bytes, or the name of its refusal, or that nobody answered.</summary>
/// <param name="Body">The answer; null when refused.</param>
/// <param name="Refused">The refusal's name in kebab case, or <see cref="Unreachable"/>; null when answered.</param>
internal readonly record struct ServerAnswer(byte[]? Body, string? Refused)
{
    /// <summary>Nobody answered, or something on the way did in the server's place.</summary>
    internal const string Unreachable = "unreachable";

    private const string RefusalPrefix = "urn:wetoo:refusal:";

    internal static async Task<ServerAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancel);
        return response.IsSuccessStatusCode ? new(body, null) : new(null, RefusalOf(body));
    }

    private static string RefusalOf(byte[] body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.ValueKind == JsonValueKind.Object
                && problem.RootElement.TryGetProperty("type", out var type)
                && type.GetString() is { } name
                && name.StartsWith(RefusalPrefix, StringComparison.Ordinal)
                ? name[RefusalPrefix.Length..]
                : Unreachable;
        }
        catch (JsonException)
        {
            return Unreachable; // Not a problem of ours.
        }
    }
}

/// <summary>Asks a vault, over HTTP.</summary>
/// <param name="http">With the vault's address as its base.</param>
internal sealed class VaultClient(HttpClient http)
{
    private static readonly MediaTypeHeaderValue s_octets = new("application/octet-stream");

    internal Task<ServerAnswer> GetAsync(string path, CancellationToken cancel) => SendAsync(HttpMethod.Get, path, null, null, cancel);

    internal Task<ServerAnswer> PostAsync(string path, byte[] message, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, path, Octets(message), null, cancel);

    internal Task<ServerAnswer> PutAsync(string path, byte[] message, CancellationToken cancel) =>
        SendAsync(HttpMethod.Put, path, Octets(message), null, cancel);

    internal Task<ServerAnswer> PostJsonAsync(string path, object json, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, path, JsonContent.Create(json), null, cancel);

    /// <summary>Sends with one header of ours.</summary>
    internal async Task<ServerAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, (string Name, string Value)? header, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        if (header is { } one) request.Headers.TryAddWithoutValidation(one.Name, one.Value);
        try
        {
            using var response = await http.SendAsync(request, cancel);
            return await ServerAnswer.ReadAsync(response, cancel);
        }
        catch (HttpRequestException)
        {
            return new(null, ServerAnswer.Unreachable);
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(null, ServerAnswer.Unreachable); // The client's own time limit.
        }
    }

    internal static ByteArrayContent Octets(byte[] message) => new(message) { Headers = { ContentType = s_octets } };
}
