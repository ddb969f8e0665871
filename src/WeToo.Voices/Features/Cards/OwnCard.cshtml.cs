using Microsoft.AspNetCore.Mvc;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Cards;

/// <summary>A card, for who holds its link: shown, and its clocks begun and ended here. Opening it changes nothing.</summary>
internal sealed class OwnCardModel(Database database, CardWork cards, Keys keys) : ReadingPage(database)
{
    public Card Card { get; private set; } = null!;

    public IReadOnlyList<Clock> Clocks { get; private set; } = [];

    public bool IsFull { get; private set; }

    internal long Today => cards.Today;

    public async Task<IActionResult> OnGetAsync(string link) => await LookAsync(link) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string link, string? act, string? which, [FromForm(Name = "List-Unsubscribe")] string? unsubscribe)
    {
        if (!await LookAsync(link)) return Missing();

        IsFull = await ActAsync(unsubscribe == "One-Click" ? "quiet" : act, which ?? "") is not null;
        if (IsFull) Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await LookAsync(link);
        return Page();
    }

    private async Task<Refusal?> ActAsync(string? act, string which) => act switch
    {
        "show" => await cards.ShowAsync(Card, HttpContext.RequestAborted),
        "report" => await cards.ReportAsync(Card, HttpContext.RequestAborted),
        "done" when CommentId.TryRead(which, out var duty) => await cards.DoneAsync(Card, duty, HttpContext.RequestAborted),
        "back" when CommentId.TryRead(which, out var series) => await cards.TakeBackAsync(Card, series, HttpContext.RequestAborted),
        "close" => await cards.CloseAsync(Card.CardId, HttpContext.RequestAborted),
        "quiet" => await cards.QuietAsync(Card.CardId, HttpContext.RequestAborted),
        _ => null,
    };

    private async Task<bool> LookAsync(string link)
    {
        if (keys.IdOf(link, CardWork.Link) is not { } id || await ReadAsync(session => CardReads.Find(session, id)) is not { } found) return false;
        (Card, Clocks) = (found, await ReadAsync(session => CardReads.Clocks(session, id)));
        return true;
    }
}
