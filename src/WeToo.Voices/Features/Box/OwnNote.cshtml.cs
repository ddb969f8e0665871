using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Box;

/// <summary>A note, for who holds its link: there or not, and deleted from here. Its words are not shown again.</summary>
internal sealed class OwnNoteModel(Database database, AuthorBox box, Keys keys) : ReadingPage(database)
{
    public bool IsThere { get; private set; }

    public bool IsFull { get; private set; }

    public async Task<IActionResult> OnGetAsync(string link)
    {
        if (keys.IdOf(link, AuthorBox.NoteLink) is not { } note) return Missing();
        IsThere = await box.HasAsync(note, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string link, string? act)
    {
        if (keys.IdOf(link, AuthorBox.NoteLink) is not { } note) return Missing();
        IsFull = act == "delete" && await box.DeleteAsync(note, HttpContext.RequestAborted) is not null;
        IsThere = await box.HasAsync(note, HttpContext.RequestAborted);
        return IsFull ? Unsent(StatusCodes.Status503ServiceUnavailable) : Page();
    }
}
