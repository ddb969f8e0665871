using Microsoft.Net.Http.Headers;

namespace WeToo.Voices.Features.Site;

/// <summary>Serves the files of the pages, from memory.</summary>
internal static class AssetEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var asset in routes.ServiceProvider.GetRequiredService<Assets>().All)
            routes.MapMethods(asset.Path, [HttpMethods.Get, HttpMethods.Head], http => WriteAsync(http, asset));
        routes.MapGet("/health", () => Results.Text("ok"));
    }

    private static Task WriteAsync(HttpContext http, Assets.Asset asset)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable"; // Its address names its bytes.
        headers.Vary = HeaderNames.AcceptEncoding;
        var (encoding, bytes) = asset.Page.For(http.Request.Headers.AcceptEncoding.ToString());
        if (encoding.Length > 0) headers.ContentEncoding = encoding;
        headers.ContentType = asset.Page.ContentType;
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
