using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Cases;

/// <summary>What came of a notice of a piece, for who holds its link. Opening it changes nothing.</summary>
internal sealed class NoticeOfPieceModel(Database database, Casework casework, Keys keys) : ReadingPage(database)
{
    public OwnCaseNotice Notice { get; private set; } = null!;

    public Case Case { get; private set; } = null!;

    /// <summary>Whether it was opened from the mail that asks its mailbox.</summary>
    public bool IsFromMailbox { get; private set; }

    public async Task<IActionResult> OnGetAsync(string link, [FromQuery] string? yes) => await LookAsync(link, yes) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string link, [FromQuery] string? yes)
    {
        if (!await LookAsync(link, yes)) return Missing();

        if (IsFromMailbox && await casework.ConfirmAsync(Notice.NoticeId, HttpContext.RequestAborted) is not null) Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await LookAsync(link, yes);
        return Page();
    }

    private async Task<bool> LookAsync(string link, string? yes)
    {
        if (keys.IdOf(link, Casework.NoticeLink) is not { } id || await ReadAsync(session => CaseReads.Notice(session, id)) is not { } found) return false;
        IsFromMailbox = yes is not null && keys.IdOf(yes, Casework.NoticeMailbox) is { } asked && asked.AsSpan().SequenceEqual(id);
        (Notice, Case) = (found, (await ReadAsync(session => CaseReads.Find(session, found.CaseId)))!);
        return true;
    }
}
