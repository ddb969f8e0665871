using Microsoft.Net.Http.Headers;

namespace WeToo.Vault.Features.Site;

/// <summary>The private site: the same bytes for everybody, from memory, compressed by the build.</summary>
internal static class SiteEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes, Uri leaveUrl, bool showStyle)
    {
        foreach (var asset in (showStyle ? SiteFile.Load().Concat(SiteFile.LoadWorkbench()) : SiteFile.Load()).Select(file => new Asset(file)))
        {
            routes.MapMethods("/" + asset.File.Name, [HttpMethods.Get, HttpMethods.Head], http => WriteAsync(http, asset));
            if (asset.File.IsPage) routes.MapMethods(asset.File.Path, [HttpMethods.Get, HttpMethods.Head], http => WriteAsync(http, asset));
        }

        routes.MapGet("/bye", (HttpContext http) => Leave(http, leaveUrl));
        routes.MapGet("/health", () => Results.Text("ok"));
    }

    /// <summary>Leave, without script too. What was kept on the device stays: leaving is not erasing.</summary>
    private static IResult Leave(HttpContext http, Uri leaveUrl)
    {
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"cookies\"";
        http.Response.Headers.Location = leaveUrl.ToString();
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static Task WriteAsync(HttpContext http, Asset asset)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = asset.File.Policy;
        headers["Permissions-Policy"] = asset.File.Permissions;
        headers.ETag = asset.ETag;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = asset.File.Caching;
        if (asset.File.IsPage) headers["Integrity-Policy"] = SiteFile.IntegrityPolicy;
        if (!asset.File.IsPage && http.Request.Headers.IfNoneMatch.ToString() == asset.ETag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var accepts = http.Request.Headers.AcceptEncoding.ToString();
        var (encoding, bytes) = accepts.Contains("br", StringComparison.Ordinal) ? ("br", asset.Brotli)
            : accepts.Contains("gzip", StringComparison.Ordinal) ? ("gzip", asset.Gzip)
            : ("", asset.File.Bytes);
        if (encoding.Length > 0) headers.ContentEncoding = encoding;
        headers.ContentType = asset.File.ContentType;
        headers.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    private sealed class Asset(SiteFile file)
    {
        internal SiteFile File { get; } = file;

        internal ReadOnlyMemory<byte> Brotli { get; } = SiteFile.Read($"compressed/{file.Name}.br");

        internal ReadOnlyMemory<byte> Gzip { get; } = SiteFile.Read($"compressed/{file.Name}.gz");

        internal string ETag { get; } = $"\"{file.Hash[..32]}\"";
    }
}
