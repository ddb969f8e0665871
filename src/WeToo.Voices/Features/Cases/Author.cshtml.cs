using Microsoft.AspNetCore.Mvc;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Cases;

/// <summary>What is said against a piece, for its author who holds the link: they say what they want, and object once to what was decided. Opening it changes nothing.</summary>
internal sealed class AuthorModel(Database database, Casework casework, Keys keys) : ReadingPage(database)
{
    /// <summary>What an author may want.</summary>
    internal static readonly string[] Answers = ["stand", "change", "down"];

    public Case Case { get; private set; } = null!;

    public IReadOnlyList<CaseNotice> Notices { get; private set; } = [];

    public string? Wrong { get; private set; }

    public async Task<IActionResult> OnGetAsync(string link) => await LookAsync(link) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string link, string? act, string? answer, string? text)
    {
        if (!await LookAsync(link)) return Missing();

        var words = text?.Trim() ?? "";
        if (await ActAsync(act, answer, words) is not null) Wrong = "write.full";
        if (Wrong is not null) Response.StatusCode = Wrong == "write.full" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status422UnprocessableEntity;
        await LookAsync(link);
        return Page();
    }

    private async Task<Refusal?> ActAsync(string? act, string? answer, string words)
    {
        if (words.Length > Casework.LongestText || (act == "appeal" ? words.Length == 0 : !Answers.Contains(answer))) Wrong = "author.wrong";
        return Wrong is not null ? null
            : act == "appeal" ? await casework.AppealAsync(Case.CaseId, words, HttpContext.RequestAborted)
            : await casework.AnswerAsync(Case.CaseId, answer!, words, HttpContext.RequestAborted);
    }

    private async Task<bool> LookAsync(string link)
    {
        if (keys.IdOf(link, Casework.AuthorLink) is not { } id || await ReadAsync(session => CaseReads.Find(session, id)) is not { } found) return false;
        (Case, Notices) = (found, await ReadAsync(session => CaseReads.Notices(session, id)));
        return true;
    }
}
