using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using WeToo.Core;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Cases;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Features.Moderation;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Desk;

/// <summary>What waits for a decision: answers that are held, notices, appeals. Many are decided at once, and everything works by keyboard and without a script.</summary>
internal sealed class QueueModel(Database database, Moderating moderating, Team team, Visit visit) : DeskPage(database)
{
    /// <summary>The parts of the queue.</summary>
    internal static readonly string[] Parts = ["held", "notices", "appeals"];

    public string Part { get; private set; } = "held";

    public int Number { get; private set; } = 1;

    public IReadOnlyDictionary<string, long> Counts { get; private set; } = new Dictionary<string, long>();

    /// <summary>How many pieces wait of which notice was given.</summary>
    public long CaseCount { get; private set; }

    public IReadOnlyList<QueueLine> Lines { get; private set; } = [];

    public ILookup<string, NoticeLine> Notices { get; private set; } = Array.Empty<NoticeLine>().ToLookup(_ => "");

    /// <summary>The text that says what is missing.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Whether somebody decided this, who may not decide on its appeal.</summary>
    internal bool IsOwn(QueueLine line) => line.StaffId is { } staff && staff.AsSpan().SequenceEqual(StaffId);

    public Task OnGetAsync(string? show, [FromQuery(Name = "part")] int number = 1) => LookAsync(show, number);

    public async Task<IActionResult> OnPostAsync(string language, string? show, string? act, string? ground, string? reason, [FromForm(Name = "id")] string[]? ids)
    {
        if (act == "leave")
        {
            await team.SignOutAsync();
            return Redirect($"/desk/{language}/sign-in");
        }

        var chosen = (ids ?? []).Select(WordsOf).OfType<(byte[], long)>().Take(ModerationReads.PageSize).ToList();
        Wrong = WrongIn(act, chosen.Count, ground, reason?.Trim() ?? "");
        if (Wrong is null)
        {
            if (await ActAsync(act!, chosen, ground ?? "", reason?.Trim() ?? "") is null) return Redirect($"/desk/{language}?show={show}");
            Wrong = "write.full";
        }

        Response.StatusCode = Wrong == "write.full" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status422UnprocessableEntity;
        await LookAsync(show, 1);
        return Page();
    }

    /// <summary>Which answer, and when its words were last changed.</summary>
    private static (byte[] Id, long Edited)? WordsOf(string id) =>
        id.Split('.') is [var comment, var edited] && CommentId.TryRead(comment, out var read) && long.TryParse(edited, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? (read, at) : null;

    private static string? WrongIn(string? act, int chosen, string? ground, string reason) =>
        act is not ("show" or "refuse" or "stand" or "stands" or "reversed") || chosen == 0 ? "queue.wrong.none"
        : act == "refuse" && !Moderating.Grounds.Contains(ground) ? "queue.wrong.ground"
        : act != "show" && reason.Length is 0 or > Moderating.LongestReason ? "queue.wrong.reason"
        : null;

    private Task<Refusal?> ActAsync(string act, List<(byte[] Id, long Edited)> read, string ground, string reason) =>
        act == "show" ? moderating.ShowAsync(read, visit, HttpContext.RequestAborted) : DecideAsync(act, [.. read.Select(one => one.Id)], ground, reason);

    private Task<Refusal?> DecideAsync(string act, List<byte[]> chosen, string ground, string reason) => act switch
    {
        "refuse" => moderating.RefuseAsync(chosen, ground, reason, StaffId, visit, HttpContext.RequestAborted),
        "stand" => moderating.LetStandAsync(chosen, reason, StaffId, HttpContext.RequestAborted),
        _ => moderating.EndAppealAsync(chosen, act == "reversed", reason, StaffId, visit, HttpContext.RequestAborted),
    };

    private async Task LookAsync(string? show, int number)
    {
        (Part, Number) = (Parts.Contains(show) ? show! : "held", Math.Clamp(number, 1, 10_000));
        (Counts, CaseCount, Lines, Notices) = await ReadAsync(session =>
        {
            var lines = ModerationReads.Queue(session, Part, (Number - 1L) * ModerationReads.PageSize);
            var notices = Part == "notices" ? lines.SelectMany(line => ModerationReads.NoticesOf(session, line.CommentId)) : [];
            return (Parts.ToDictionary(part => part, part => ModerationReads.Count(session, part)), CaseReads.CountWaiting(session), lines, notices.ToLookup(notice => Convert.ToHexStringLower(notice.CommentId)));
        });
    }
}
