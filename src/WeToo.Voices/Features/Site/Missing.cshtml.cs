using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Site;

/// <summary>Every address of a language that is no other page.</summary>
internal sealed class MissingModel(Database database) : ReadingPage(database)
{
#pragma warning disable CA1822 // A handler of a page is no static method.
    /// <summary>Says so, in that language.</summary>
    public IActionResult OnGet() => Missing();
#pragma warning restore CA1822
}
