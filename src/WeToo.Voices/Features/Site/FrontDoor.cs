using Microsoft.Net.Http.Headers;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Site;

/// <summary><c>/</c>: on to the language that the browser asks for. What somebody chooses is in the address and nowhere else.</summary>
internal static class FrontDoor
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], (HttpContext http, VoicesOptions options) =>
    {
        http.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        http.Response.Headers.Location = $"/{Languages.Choose(http.Request.Headers.AcceptLanguage.ToString(), options.Languages)}";
        return Results.StatusCode(StatusCodes.Status302Found);
    });
}
