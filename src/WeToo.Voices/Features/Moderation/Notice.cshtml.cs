using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Mails;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Moderation;

/// <summary>What came of a notice, for who holds its link.</summary>
internal sealed class NoticeModel(Database database, Keys keys) : ReadingPage(database)
{
    public OwnNotice Notice { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string link)
    {
        if (keys.IdOf(link, Moderating.Link) is not { } id || await ReadAsync(session => ModerationReads.Notice(session, id)) is not { } found) return Missing();
        Notice = found;
        return Page();
    }
}
