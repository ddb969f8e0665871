using Microsoft.AspNetCore.Mvc;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Allies;

/// <summary>An ask, for those who ask and whom they gave its link: shown, answered to and closed here. Opening it changes nothing.</summary>
internal sealed class OwnAskModel(Database database, Asking asking, Commitments commitments, Keys keys) : ReadingPage(database)
{
    public Ask Ask { get; private set; } = null!;

    public IReadOnlyList<Claim> Claims { get; private set; } = [];

    public bool IsFull { get; private set; }

    public async Task<IActionResult> OnGetAsync(string link) => await LookAsync(link) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string link, string? act, string? claim, [FromForm(Name = "List-Unsubscribe")] string? unsubscribe)
    {
        if (!await LookAsync(link)) return Missing();

        IsFull = await ActAsync(unsubscribe == "One-Click" ? "quiet" : act, claim) is not null;
        if (IsFull) Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await LookAsync(link);
        return Page();
    }

    /// <summary>What the ally planned, and what they say they did.</summary>
    internal (Plan? Plan, string Note) WordsOf(Claim claim) => (commitments.PlanIn(claim.Plan, claim.CommitmentId), commitments.NoteIn(claim.Note, claim.CheckInId));

    private async Task<Refusal?> ActAsync(string? act, string? claim) => act switch
    {
        "show" => await asking.ShowAsync(Ask.AskId, HttpContext.RequestAborted),
        "done" or "unhelpful" => await asking.CloseAsync(Ask.AskId, act == "done", HttpContext.RequestAborted),
        "yes" or "no" when claim is not null && CommentId.TryRead(claim, out var id) => await asking.ConfirmAsync(Ask.AskId, id, act == "yes", HttpContext.RequestAborted),
        "quiet" => await asking.QuietAsync(Ask.AskId, HttpContext.RequestAborted),
        _ => null,
    };

    private async Task<bool> LookAsync(string link)
    {
        if (keys.IdOf(link, Asking.Link) is not { } id || await ReadAsync(session => AllyReads.FindAsk(session, id)) is not { } found) return false;
        (Ask, Claims) = (found, await ReadAsync(session => AllyReads.Claims(session, id)));
        return true;
    }
}
