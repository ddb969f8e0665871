using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;

namespace WeToo.Voices.Features.Annotations;

/// <summary>What every answer of the protocol has, and its body. Anybody may read it, from the pages of other sites too: nothing in it depends on who asks.</summary>
internal sealed class JsonLd(JsonObject? body, int status = StatusCodes.Status200OK) : IResult
{
    internal const string MediaType = "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"";

    private static readonly string[] s_read = ["*/*", "application/*", "application/ld+json", "application/json"];

    /// <summary>What may be done at its address.</summary>
    internal required string Allow { get; init; }

    /// <summary>What it is, and what else belongs to it.</summary>
    internal required string Link { get; init; }

    internal string Vary { get; init; } = "Accept";

    internal string? ContentLocation { get; init; }

    internal string? Location { get; init; }

    internal bool TakesPosts { get; init; }

    /// <summary>A strong one: of these very bytes.</summary>
    internal static string ETagOf(byte[] bytes) => $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\"";

    internal static byte[] BytesOf(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body);

    /// <summary>Whether who asks can read it.</summary>
    internal static bool IsReadBy(HttpRequest request) => request.GetTypedHeaders().Accept is not { Count: > 0 } accepted || accepted.Any(one => one.Quality != 0 && s_read.Contains(one.MediaType.Value));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        SetHeaders(response.Headers);
        response.StatusCode = status;
        if (body is null) return Task.CompletedTask;

        var bytes = BytesOf(body);
        response.Headers.ETag = ETagOf(bytes);
        if (HttpMethods.IsGet(request.Method) && request.Headers.IfNoneMatch.ToString().Contains(ETagOf(bytes), StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        (response.ContentType, response.ContentLength) = (MediaType, bytes.Length);
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }

    private void SetHeaders(IHeaderDictionary headers)
    {
        headers.Allow = Allow;
        headers.Link = Link;
        headers.Vary = Vary;
        headers.CacheControl = "no-cache";
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "Allow, Content-Location, ETag, Link, Location, Vary";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        if (TakesPosts) headers["Accept-Post"] = MediaType;
        if (ContentLocation is not null) headers[HeaderNames.ContentLocation] = ContentLocation;
        if (Location is not null) headers.Location = Location;
    }
}
