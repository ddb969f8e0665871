using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Comments;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Allies;

/// <summary>Plans one thing: a situation, what is done then, where, until when. Private, and without an account.</summary>
internal sealed class PlanPageModel(Database database, Commitments commitments, VoicesOptions options, Visit visit, TimeProvider time) : ReadingPage(database)
{
    public PlanForm Form { get; private set; } = new();

    public Ask? Ask { get; private set; }

    public IReadOnlyDictionary<string, string> Wrong { get; private set; } = new Dictionary<string, string>();

    public bool IsFull { get; private set; }

    /// <summary>Whether the mail is on its way.</summary>
    public bool IsSent { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery] string? ask, [FromQuery] bool sent, [FromQuery] int scene)
    {
        if (options.Mail.Server is null) return Missing();
        Form.Ask = ask;
        if (scene is >= 1 and <= PracticeModel.SceneCount) Form.Situation = visit[$"practice.{scene}.if"];
        IsSent = sent;
        return await FindAsync() ? Page() : Missing();
    }

    public async Task<IActionResult> OnPostAsync(string language, [FromForm] PlanForm form)
    {
        Form = form;
        if (options.Mail.Server is null || !await FindAsync()) return Missing();

        Wrong = form.Wrong(language, time.GetUtcNow().ToUnixTimeSeconds() / 86_400, needsMailbox: true);
        if (Wrong.Count == 0)
        {
            if (await commitments.BeginAsync(form, Ask?.AskId, visit, HttpContext.RequestAborted) is null) return Redirect($"/{language}/allies/plan?sent=true");
            IsFull = true;
        }

        Response.StatusCode = IsFull ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>The ask that is taken, if any. One that was closed meanwhile is none.</summary>
    private async Task<bool> FindAsync()
    {
        if (string.IsNullOrEmpty(Form.Ask)) return true;
        Ask = CommentId.TryRead(Form.Ask, out var id) ? await ReadAsync(session => AllyReads.FindAsk(session, id)) : null;
        return Ask is { State: "shown" };
    }
}
