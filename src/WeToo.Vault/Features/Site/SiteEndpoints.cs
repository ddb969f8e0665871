using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace WeToo.Vault.Features.Site;

/// <summary>The private site: the same bytes for everybody, from memory, compressed once.</summary>
internal static partial class SiteEndpoints
{
    private const string Root = "wwwroot/";
    private const string Policy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data:; "
        + "form-action 'none'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types wetoo";

    internal static void Map(IEndpointRouteBuilder routes, Uri leaveUrl)
    {
        foreach (var asset in Load())
        {
            routes.MapMethods("/" + asset.Name, [HttpMethods.Get, HttpMethods.Head], http => WriteAsync(http, asset));
            if (asset.Name == "index.html") routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], http => WriteAsync(http, asset));
            if (asset.Name == "desk.html") routes.MapMethods("/desk", [HttpMethods.Get, HttpMethods.Head], http => WriteAsync(http, asset));
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
        headers.ContentSecurityPolicy = Policy;
        headers.ETag = asset.ETag;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = asset.Caching;
        if (!asset.IsPage && http.Request.Headers.IfNoneMatch.ToString() == asset.ETag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var accepts = http.Request.Headers.AcceptEncoding.ToString();
        var (encoding, bytes) = accepts.Contains("br", StringComparison.Ordinal) ? ("br", asset.Brotli)
            : accepts.Contains("gzip", StringComparison.Ordinal) ? ("gzip", asset.Gzip)
            : ("", asset.Plain);
        if (encoding.Length > 0) headers.ContentEncoding = encoding;
        headers.ContentType = asset.ContentType;
        headers.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    private static List<Asset> Load()
    {
        var assembly = typeof(SiteEndpoints).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Root, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                using var memory = new MemoryStream();
                stream.CopyTo(memory);
                return new Asset(name[Root.Length..], memory.ToArray());
            }),
        ];
    }

    /// <summary>What the build names chunks: eight symbols of base32 at the end.</summary>
    [GeneratedRegex(@"-[A-Z2-7]{8}\.[a-z]+$")]
    private static partial Regex NameWithHash();

    private sealed class Asset(string name, byte[] plain)
    {
        internal string Name { get; } = name;

        internal byte[] Plain { get; } = plain;

        internal byte[] Brotli { get; } = Compress(plain, memory => new BrotliStream(memory, CompressionLevel.SmallestSize));

        internal byte[] Gzip { get; } = Compress(plain, memory => new GZipStream(memory, CompressionLevel.SmallestSize));

        internal string ETag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 16))}\"";

        internal bool IsPage => Name.EndsWith(".html", StringComparison.Ordinal);

        /// <summary>A page leaves nothing behind; what has its hash in its name never changes; the rest is asked for again, by ETag.</summary>
        internal string Caching => IsPage ? "no-store" : NameWithHash().IsMatch(Name) ? "public, max-age=31536000, immutable" : "no-cache";

        internal string ContentType => Path.GetExtension(Name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".wasm" => "application/wasm",
            ".json" => "application/json",
            _ => "application/octet-stream",
        };

        private static byte[] Compress(byte[] bytes, Func<Stream, Stream> open)
        {
            using var memory = new MemoryStream();
            using (var compressing = open(memory)) compressing.Write(bytes);
            return memory.ToArray();
        }
    }
}
