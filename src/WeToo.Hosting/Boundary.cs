using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WeToo.Core;

namespace WeToo.Hosting;

/// <summary>
/// The outermost step of every host: sets the headers each answer has, refuses what another site's page caused, and
/// turns whatever was not answered, or failed, into a problem.
/// </summary>
internal sealed partial class Boundary(RequestDelegate next, ILogger<Boundary> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        SetHeaders(http.Response.Headers);
        if (!IsSameOrigin(http.Request))
        {
            await Problems.WriteAsync(http, Refusal.CrossSiteRequest);
            return;
        }

        try
        {
            await next(http);
            if (Unanswered(http.Response) is { } reason) await Problems.WriteAsync(http, reason);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: there is nobody to answer.
        }
#pragma warning disable CA1031 // The last place that can answer. The exception's text may hold what nobody may log.
        catch (Exception why)
#pragma warning restore CA1031
        {
            var reason = Explain(why);
            if (http.Response.HasStarted) http.Abort();
            else await Problems.WriteAsync(http, reason);
        }
    }

    /// <summary>A default, which an endpoint may replace: pages need another content policy, scripts may be cached.</summary>
    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Referrer-Policy"] = "no-referrer";
    }

    /// <summary>
    /// Protects without cookie or token, so that nothing is left behind in the browser. Browsers say in
    /// <c>Sec-Fetch-Site</c> who caused a request, older ones in <c>Origin</c>; programs send neither. The scheme is
    /// not compared: behind a proxy we do not know it.
    /// </summary>
    private static bool IsSameOrigin(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return true;

        return request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            "same-origin" or "none" => true,
            "" => request.Headers.Origin.ToString() is var origin
                && (origin.Length == 0
                    || (Uri.TryCreate(origin, UriKind.Absolute, out var site) && site.Authority == request.Host.Value)),
            _ => false,
        };
    }

    /// <summary>What the framework refused with a status alone.</summary>
    private static Refusal? Unanswered(HttpResponse response) => response switch
    {
        { HasStarted: true } or { ContentType: not null } => null,
        { StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed } => Refusal.NotFound,
        { StatusCode: StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType } => Refusal.MalformedMessage,
        _ => null,
    };

    private Refusal Explain(Exception why)
    {
        if (why is BadHttpRequestException bad)
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Refusal.MessageTooLarge : Refusal.MalformedMessage;

        // Numbers only: with a reproducible build they lead to the very line, and they say nothing about a request.
        var top = new StackTrace(why).GetFrame(0);
        Failed(log, why.HResult, top?.GetMethod()?.MetadataToken ?? 0, top?.GetILOffset() ?? 0);
        return Refusal.InternalFailure;
    }

    [LoggerMessage(1, LogLevel.Error, "A request failed: error {HResult:x8} in method {MethodToken:x8} at {IlOffset:x4}")]
    private static partial void Failed(ILogger logger, int hResult, int methodToken, int ilOffset);
}
