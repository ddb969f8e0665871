using Microsoft.Net.Http.Headers;
using WeToo.Voices.Features.Site;

namespace WeToo.Voices.Features.Embedding;

/// <summary><c>/embed.js</c>: what another site puts under its page. At one address for ever, so it is asked for again after an hour.</summary>
internal static class EmbedScript
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/embed.js", [HttpMethods.Get, HttpMethods.Head], WriteAsync);

    private static Task WriteAsync(HttpContext http, Assets assets)
    {
        var (headers, script) = (http.Response.Headers, assets.Find("embed.js").Page);
        headers.ETag = script.ETag;
        headers.CacheControl = "public, max-age=3600";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(script.ETag, StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var (encoding, bytes) = script.For(http.Request.Headers.AcceptEncoding.ToString());
        if (encoding.Length > 0) headers.ContentEncoding = encoding;
        (http.Response.ContentType, http.Response.ContentLength) = (script.ContentType, bytes.Length);
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
