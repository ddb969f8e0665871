using Microsoft.AspNetCore.Mvc;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Allies;
using WeToo.Voices.Features.Cards;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Desk;

/// <summary>Puts down what people who are affected ask, and cards of those who have duties. Both are shown only once their own mailbox has said yes.</summary>
internal sealed class DeskAlliesModel(Database database, Asking asking, CardWork cards, VoicesOptions options, Visit visit) : DeskPage(database)
{
    public IReadOnlyList<Ask> Asks { get; private set; } = [];

    public IReadOnlyList<Card> Cards { get; private set; } = [];

    public AskForm Form { get; private set; } = new();

    public string? Wrong { get; private set; }

    /// <summary>Both begin with a mail.</summary>
    public bool HasMail => options.Mail.Server is not null;

    public Task OnGetAsync() => LookAsync();

    public async Task<IActionResult> OnPostAsync([FromForm] AskForm form, string? act, string? which)
    {
        Form = form;
        Wrong = act switch { "ask" => form.WrongAsk(options.Languages), "card" => form.WrongCard(options.Languages), _ => null };
        if (Wrong is null && await ActAsync(form, act, which ?? "") is not null) Wrong = "write.full";
        if (Wrong is null) return Redirect(HttpContext.Request.Path);

        Response.StatusCode = Wrong == "write.full" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status422UnprocessableEntity;
        await LookAsync();
        return Page();
    }

    private Task<Refusal?> ActAsync(AskForm form, string? act, string which) => act switch
    {
        "ask" when HasMail => asking.AddAsync(form.Language!, form.Title!.Trim(), form.Text!.Trim(), form.Who!.Trim(), form.Email!.Trim(), visit, HttpContext.RequestAborted),
        "card" when HasMail => AddCardAsync(form),
        "close-ask" when CommentId.TryRead(which, out var ask) => asking.CloseAsync(ask, wasHelpful: true, HttpContext.RequestAborted),
        "close-card" when CommentId.TryRead(which, out var card) => cards.CloseAsync(card, HttpContext.RequestAborted),
        _ => Task.FromResult<Refusal?>(null),
    };

    private async Task<Refusal?> AddCardAsync(AskForm form)
    {
        var (isFree, refusal) = await cards.AddAsync(form.Language!, form.Slug!, form.Role!, form.Who!.Trim(), form.Place?.Trim() ?? "", form.Email!.Trim(), visit, HttpContext.RequestAborted);
        if (refusal is null && !isFree) Wrong = "edit.wrong.taken";
        return refusal;
    }

    private async Task LookAsync() => (Asks, Cards) = await ReadAsync(session => (AllyReads.All(session), CardReads.All(session)));
}
