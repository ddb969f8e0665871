using Microsoft.AspNetCore.Mvc;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Cases;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Desk;

/// <summary>One piece of which notice was given: what is said, what its author wants, and the decision with its reason.</summary>
internal sealed class CaseModel(Database database, Casework casework, Visit visit, TimeProvider time) : DeskPage(database)
{
    private static readonly string[] s_acts = ["hide", "changed", "stand", "stands", "reversed"];

    public Case Case { get; private set; } = null!;

    public IReadOnlyList<CaseNotice> Notices { get; private set; } = [];

    public string? Wrong { get; private set; }

    internal long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The author's own link, to be given to them where no mailbox is put down.</summary>
    internal string AuthorLink => visit.Absolute(casework.AuthorPath(Case.Language, Case.CaseId));

    /// <summary>Whether whoever is signed in decided this, and may not decide on the objection.</summary>
    internal bool IsOwn => Case.StaffId is { } staff && staff.AsSpan().SequenceEqual(StaffId);

    public async Task<IActionResult> OnGetAsync(string one) => await FindAsync(one) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(string one, string? act, string? ground, string? reason)
    {
        if (!await FindAsync(one)) return Missing();

        var words = reason?.Trim() ?? "";
        Wrong = act == "told" ? null
            : !s_acts.Contains(act) ? "queue.wrong.none"
            : act == "hide" && !Casework.Grounds.Contains(ground) ? "queue.wrong.ground"
            : words.Length is 0 or > Casework.LongestText ? "queue.wrong.reason"
            : null;
        if (Wrong is null && await ActAsync(act!, ground ?? "", words) is null) return Redirect(HttpContext.Request.Path);

        Wrong ??= "write.full";
        Response.StatusCode = Wrong == "write.full" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private Task<Refusal?> ActAsync(string act, string ground, string reason) => act switch
    {
        "told" => casework.MarkToldAsync(Case.CaseId, HttpContext.RequestAborted),
        "stands" or "reversed" => casework.EndAppealAsync(Case, act == "reversed", reason, StaffId, visit, HttpContext.RequestAborted),
        _ => casework.DecideAsync(Case, act, ground, reason, StaffId, visit, HttpContext.RequestAborted),
    };

    private async Task<bool> FindAsync(string one)
    {
        if (!CommentId.TryRead(one, out var id) || await ReadAsync(session => CaseReads.Find(session, id)) is not { } found) return false;
        (Case, Notices) = (found, await ReadAsync(session => CaseReads.Notices(session, id)));
        return true;
    }
}
