using Microsoft.AspNetCore.Mvc;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Allies;

/// <summary>A plan, for who holds its link: begun, answered on its days, changed and deleted here. Opening it changes nothing.</summary>
internal sealed class CommitmentModel(Database database, Commitments commitments, Keys keys, Visit visit, TimeProvider time) : ReadingPage(database)
{
    public OwnCommitment Own { get; private set; } = null!;

    /// <summary>The plan in words; <see langword="null"/> once deleted.</summary>
    public Plan? Plan { get; private set; }

    public Ask? Ask { get; private set; }

    public IReadOnlyList<CheckIn> CheckIns { get; private set; } = [];

    public PlanForm Form { get; private set; } = new();

    public IReadOnlyDictionary<string, string> Wrong { get; private set; } = new Dictionary<string, string>();

    public bool IsFull { get; private set; }

    /// <summary>What is asked today, if anything.</summary>
    public CheckIn? Due => Own.State == "open" ? CheckIns.FirstOrDefault(one => one.State == "open" && one.DueS <= time.GetUtcNow().ToUnixTimeSeconds()) : null;

    /// <summary>The next day on which something is asked.</summary>
    public CheckIn? Next => Own.State == "open" ? CheckIns.FirstOrDefault(one => one.State == "open" && one.DueS > time.GetUtcNow().ToUnixTimeSeconds()) : null;

    /// <summary>Whether it last came up and nothing was done: then there is a way to mend it.</summary>
    public bool IsMending => Own.State == "open" && CheckIns.LastOrDefault(one => one.State != "open") is { State: "missed" };

    public async Task<IActionResult> OnGetAsync(string link) => await LookAsync(link) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(
        string link, [FromForm] PlanForm form, string? act, string? state, string? note, [FromForm(Name = "List-Unsubscribe")] string? unsubscribe)
    {
        if (!await LookAsync(link)) return Missing();

        var refusal = await ActAsync(unsubscribe == "One-Click" ? "quiet" : act, state, note?.Trim() ?? "", form);
        IsFull = refusal is not null;
        if (IsFull || Wrong.Count > 0) Response.StatusCode = IsFull ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status422UnprocessableEntity;
        await LookAsync(link);
        if (Wrong.Count > 0) Form = form;
        return Page();
    }

    /// <summary>What was said of a day.</summary>
    internal string NoteOf(CheckIn one) => commitments.NoteIn(one.Note, one.CheckInId);

    private async Task<Refusal?> ActAsync(string? act, string? state, string note, PlanForm form) => act switch
    {
        "confirm" => await commitments.ConfirmAsync(Own, HttpContext.RequestAborted),
        "say" when Due is { } due && Commitments.States.Contains(state) && note.Length <= Commitments.LongestNote => await commitments.SayAsync(Own, due, state!, note, visit, HttpContext.RequestAborted),
        "change" when Own.State == "open" => await ChangeAsync(form),
        "quiet" => await commitments.QuietAsync(Own, HttpContext.RequestAborted),
        "delete" => await commitments.DeleteAsync(Own, HttpContext.RequestAborted),
        _ => null,
    };

    private async Task<Refusal?> ChangeAsync(PlanForm form)
    {
        Wrong = form.Wrong(visit.Language, time.GetUtcNow().ToUnixTimeSeconds() / 86_400, needsMailbox: false);
        return Wrong.Count > 0 ? null : await commitments.ChangeAsync(Own, Due, form, HttpContext.RequestAborted);
    }

    private async Task<bool> LookAsync(string link)
    {
        if (keys.IdOf(link, Commitments.Link) is not { } id || await ReadAsync(session => AllyReads.Find(session, id)) is not { } found) return false;
        (Own, Plan) = (found, commitments.PlanOf(found));
        (CheckIns, Ask) = await ReadAsync(session => (AllyReads.CheckIns(session, id), found.AskId is { } ask ? AllyReads.FindAsk(session, ask) : null));
        Form = new() { Situation = Plan?.Situation, Action = Plan?.Action, Place = Plan?.Place, Witness = Plan?.Witness, Until = DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)found.UntilDay).ToString("yyyy-MM-dd", null) };
        return true;
    }
}
