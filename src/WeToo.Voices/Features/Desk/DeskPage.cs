using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using WeToo.Hosting.Storage;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Desk;

/// <summary>A page for those who work here: never kept in memory, never shown without a session.</summary>
[Authorize]
internal abstract class DeskPage(Database database) : ReadingPage(database)
{
    /// <summary>Who is signed in.</summary>
    protected byte[] StaffId => Convert.FromHexString(User.FindFirstValue(ClaimTypes.NameIdentifier)!);
}
