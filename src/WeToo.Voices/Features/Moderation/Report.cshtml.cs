using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Moderation;

/// <summary>A notice about an answer: by anybody, without an account.</summary>
internal sealed class ReportModel(Database database, Moderating moderating, Throttle throttle, Keys keys) : ReadingPage(database)
{
    public string Ground { get; private set; } = "";

    public string Text { get; private set; } = "";

    public bool IsWrong { get; private set; }

    public bool IsFull { get; private set; }

    public Busy? Busy { get; private set; }

    public IActionResult OnGet(string comment) => CommentId.TryRead(comment, out _) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string language, string comment, string? ground, string? text, string? stamp)
    {
        if (!CommentId.TryRead(comment, out var id)) return Missing();

        (Ground, Text) = (ground ?? "", text?.Trim() ?? "");
        IsWrong = !Moderating.Grounds.Contains(Ground) || Text.Length is 0 or > Moderating.LongestReason;
        if (IsWrong) return Unsent(StatusCodes.Status422UnprocessableEntity);

        Busy = throttle.Take("report", stamp);
        if (Busy is not null) return TooMany(Busy);

        var (notice, refusal) = await moderating.ReportAsync(id, Ground, Text, HttpContext.RequestAborted);
        if (notice is not null) return Redirect($"/{language}/notices/{keys.LinkTo(notice, Moderating.Link)}");
        if (refusal is null) return Missing();

        IsFull = true;
        return Unsent(StatusCodes.Status503ServiceUnavailable);
    }
}
