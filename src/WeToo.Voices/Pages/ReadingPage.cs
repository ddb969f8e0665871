using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WeToo.Hosting.Storage;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Pages;

/// <summary>A page for readers: it says what it shows, and reads it in one snapshot.</summary>
internal abstract class ReadingPage(Database database) : PageModel
{
    /// <summary>Says that this page shows something, so that it is made anew when that changes. Before it is read.</summary>
    protected void Show(params ReadOnlySpan<string> names)
    {
        var shown = HttpContext.Features.GetRequiredFeature<PageCache.Dependencies>();
        foreach (var name in names) shown.Show(name);
    }

    /// <summary>Reads from one snapshot.</summary>
    protected Task<T> ReadAsync<T>(Func<Session, T> work) => database.ReadAsync(work, HttpContext.RequestAborted);

    /// <summary>The page again, with what was filled in and why it was not taken.</summary>
    protected PageResult Unsent(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    /// <summary>The same, when more is written than people look at.</summary>
    protected PageResult TooMany(Busy busy)
    {
        Response.Headers.RetryAfter = busy.Seconds.ToString(CultureInfo.InvariantCulture);
        return Unsent(StatusCodes.Status429TooManyRequests);
    }

    /// <summary>There is no such page, or not any more.</summary>
    protected static IActionResult Missing() => new ViewResult { ViewName = "/Features/Shared/Missing.cshtml", StatusCode = StatusCodes.Status404NotFound };
}
