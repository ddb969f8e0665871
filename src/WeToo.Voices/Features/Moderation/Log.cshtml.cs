using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Cases;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Moderation;

/// <summary>The rules, every decision by which an answer is not shown, and every decision about a piece: which rule and when, no words and no names.</summary>
internal sealed class LogModel(Database database) : ReadingPage(database)
{
    private const int Most = 200;

    public IReadOnlyList<LogLine> Lines { get; private set; } = [];

    public IReadOnlyList<CaseLine> Cases { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Show(Names.Decisions, Names.Pieces);
        (Lines, Cases) = await ReadAsync(session => (ModerationReads.Log(session, Most), CaseReads.Log(session, Most)));
    }
}
