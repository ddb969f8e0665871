using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;
using WeToo.Voices.Features.Embedding;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Pages;

/// <summary>What every page has: its headers, its language, and the memory of finished pages in front of it.</summary>
internal sealed class PageMiddleware(RequestDelegate next, PageCache cache)
{
    /// <summary>Nothing in a page but what comes from here: no script in it, no style in it, no frame around it.</summary>
    internal const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    public async Task InvokeAsync(HttpContext http, Visit visit, Embeds embeds)
    {
        visit.Language = http.Request.RouteValues["language"] as string ?? visit.Language;
        if (http.Request.Host.HasValue) visit.Origin = new Uri($"{http.Request.Scheme}://{http.Request.Host}");
        http.Response.Headers.ContentSecurityPolicy = Policy;
        if (IsForFrames(http.GetEndpoint())) LetFrame(http.Response.Headers, await embeds.AllAsync(http.RequestAborted));
        http.Response.Headers["Integrity-Policy"] = "blocked-destinations=(script)";
        var shown = new PageCache.Dependencies(cache);
        http.Features.Set(shown);
        if (IsReading(http.Request.Method) && Kept.IsKept(http.GetEndpoint())) await ReadAsync(http, shown);
        else await next(http);
    }

    private static bool IsForFrames(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<PageActionDescriptor>()?.ViewEnginePath == "/Embedding/Embed";

    /// <summary>The one page that others may show: those whom the operator named, and nobody while there is none. Asked each time, so that who is taken off is out at once.</summary>
    private static void LetFrame(IHeaderDictionary headers, IReadOnlyList<string> origins)
    {
        if (origins.Count == 0) return;
        headers.ContentSecurityPolicy = Policy.Replace("frame-ancestors 'none'", $"frame-ancestors {string.Join(' ', origins)}", StringComparison.Ordinal);
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
    }

    private static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private async Task ReadAsync(HttpContext http, PageCache.Dependencies shown)
    {
        var address = http.Request.Path + http.Request.QueryString;
        if ((cache.Find(address) ?? cache.FindBefore(address)) is { } kept) await WriteAsync(http, kept);
        else await MakeAsync(http, address, shown);
    }

    private async Task MakeAsync(HttpContext http, string address, PageCache.Dependencies shown)
    {
        using var turn = await cache.MakeAsync(address, http.RequestAborted);
        if (cache.Find(address) is { } made)
        {
            await WriteAsync(http, made);
            return;
        }

        var (body, method) = (http.Response.Body, http.Request.Method);
        using var memory = new MemoryStream();
        (http.Response.Body, http.Request.Method) = (memory, HttpMethods.Get); // Whoever asks for the head alone must leave a whole page for the next.
        try
        {
            await next(http);
        }
        finally
        {
            (http.Response.Body, http.Request.Method) = (body, method);
        }

        var bytes = memory.ToArray();
        if (http.Response.StatusCode == StatusCodes.Status200OK && shown.IsWhole)
        {
            var page = new PageCache.Page(bytes, http.Response.ContentType ?? "text/html; charset=utf-8", shown.All);
            cache.Keep(address, page);
            await WriteAsync(http, page);
        }
        else if (bytes.Length > 0)
        {
            http.Response.ContentLength = bytes.Length;
            if (!HttpMethods.IsHead(http.Request.Method)) await body.WriteAsync(bytes, http.RequestAborted);
        }
    }

    private static Task WriteAsync(HttpContext http, PageCache.Page page)
    {
        var headers = http.Response.Headers;
        headers.ETag = page.ETag;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = "no-cache";
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(page.ETag, StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var (encoding, bytes) = page.For(http.Request.Headers.AcceptEncoding.ToString());
        if (encoding.Length > 0) headers.ContentEncoding = encoding;
        headers.ContentType = page.ContentType;
        headers.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
