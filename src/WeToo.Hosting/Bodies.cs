using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WeToo.Core;

namespace WeToo.Hosting;

/// <summary>Messages as bytes: in, with a bound, and out.</summary>
public static class Bodies
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Reads a message in JSON, whose members are in snake case.</summary>
    /// <typeparam name="T">What it is; a member that is not there is its default.</typeparam>
    /// <param name="body">The bytes.</param>
    /// <returns>The message, or null when it is none.</returns>
    public static T? TryReadJson<T>(byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, s_json);
        }
        catch (JsonException)
        {
            return null; // The framework has no way to ask first.
        }
    }

    /// <summary>Reads the whole body, or refuses.</summary>
    /// <param name="http">The request.</param>
    /// <param name="mostBytes">The longest body this route takes. No more than this is ever held in memory.</param>
    /// <returns>
    /// The bytes and no refusal; or no bytes and <see cref="Refusal.MessageTooLarge"/>, or
    /// <see cref="Refusal.MalformedMessage"/> when the body ends before its announced length.
    /// </returns>
    public static async Task<(byte[] Bytes, Refusal? Refusal)> ReadBodyAsync(this HttpRequest http, int mostBytes)
    {
        if (http.ContentLength > mostBytes) return ([], Refusal.MessageTooLarge);

        try
        {
            return http.ContentLength is { } length
                ? await ReadExactlyAsync(http, (int)length)
                : await ReadToEndAsync(http, mostBytes);
        }
        catch (BadHttpRequestException bad)
        {
            return ([], bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Refusal.MessageTooLarge : Refusal.MalformedMessage);
        }
    }

    /// <summary>An answer that is a message of the protocol.</summary>
    /// <param name="message">The bytes.</param>
    /// <param name="status">200 unless the specification says otherwise.</param>
    /// <returns>The answer, as <c>application/octet-stream</c>.</returns>
    public static IResult Octets(ReadOnlyMemory<byte> message, int status = StatusCodes.Status200OK) => new OctetStream(message, status);

    private static async Task<(byte[] Bytes, Refusal? Refusal)> ReadExactlyAsync(HttpRequest http, int length)
    {
        var bytes = new byte[length];
        var read = await http.Body.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, http.HttpContext.RequestAborted);
        return read == length ? (bytes, null) : ([], Refusal.MalformedMessage);
    }

    private static async Task<(byte[] Bytes, Refusal? Refusal)> ReadToEndAsync(HttpRequest http, int mostBytes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var room = buffer.GetMemory(1);
            var read = await http.Body.ReadAsync(room, http.HttpContext.RequestAborted);
            if (read == 0) return (buffer.WrittenSpan.ToArray(), null);
            buffer.Advance(read);
            if (buffer.WrittenCount > mostBytes) return ([], Refusal.MessageTooLarge);
        }
    }

    private sealed class OctetStream(ReadOnlyMemory<byte> message, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = "application/octet-stream";
            httpContext.Response.ContentLength = message.Length;
            return httpContext.Response.Body.WriteAsync(message, httpContext.RequestAborted).AsTask();
        }
    }
}
