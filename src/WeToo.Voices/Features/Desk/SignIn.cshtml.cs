using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Desk;

/// <summary>Name, password and code in one form: nothing says which of them is wrong.</summary>
internal sealed class SignInModel(Database database, Team team) : ReadingPage(database)
{
    public string Name { get; private set; } = "";

    public bool IsWrong { get; private set; }

    public async Task<IActionResult> OnPostAsync(string language, string? name, string? password, string? code)
    {
        Name = name?.Trim() ?? "";
        if (await team.SignInAsync(Name, password ?? "", code ?? "")) return Redirect($"/desk/{language}");

        IsWrong = true;
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }
}
