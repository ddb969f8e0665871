using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Desk;

/// <summary>Takes an invitation: a password, and a device that shows codes.</summary>
internal sealed class JoinModel(Database database, Team team) : ReadingPage(database)
{
    public StaffMember Member { get; private set; } = new();

    /// <summary>The key for the device, in groups of four.</summary>
    public string Key { get; private set; } = "";

    public string? Wrong { get; private set; }

    public async Task<IActionResult> OnGetAsync(string link) => await FindAsync(link) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string language, string link, string? password, string? code)
    {
        if (!await FindAsync(link)) return Missing();
        Wrong = await team.JoinAsync(Member, password ?? "", code ?? "");
        if (Wrong is null) return Redirect($"/desk/{language}");

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> FindAsync(string link)
    {
        if (await team.InvitedAsync(link) is not { } member || await team.KeyOfAsync(member) is not { } key) return false;
        (Member, Key) = (member, string.Join(' ', key.Chunk(4).Select(part => new string(part))));
        return true;
    }
}
