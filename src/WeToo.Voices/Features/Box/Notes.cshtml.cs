using Microsoft.AspNetCore.Mvc;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Box;

/// <summary>What readers wrote to an author, for who holds the author's link. Opening it changes nothing.</summary>
internal sealed class NotesModel(Database database, AuthorBox box) : ReadingPage(database)
{
    public OpenedBox Box { get; private set; } = null!;

    public IReadOnlyList<Note> Notes { get; private set; } = [];

    public bool IsFull { get; private set; }

    public async Task<IActionResult> OnGetAsync(string link) => await LookAsync(link) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string link, string? act, string? id)
    {
        if (!await LookAsync(link)) return Missing();

        IsFull = await ActAsync(act, id) is not null;
        await LookAsync(link);
        return IsFull ? Unsent(StatusCodes.Status503ServiceUnavailable) : Page();
    }

    private async Task<Refusal?> ActAsync(string? act, string? id) => act switch
    {
        "close" => (await box.SetAsync(Box.WorkId, isOpen: false, HttpContext.RequestAborted)).Refusal,
        "delete" when CommentId.TryRead(id ?? "", out var note) => await box.DeleteOfAsync(Box.WorkId, note, HttpContext.RequestAborted),
        _ => null,
    };

    private async Task<bool> LookAsync(string link)
    {
        if (await box.FindAsync(link, HttpContext.RequestAborted) is not { } found) return false;
        (Box, Notes) = (found, await box.NotesAsync(found.WorkId, HttpContext.RequestAborted));
        return true;
    }
}
