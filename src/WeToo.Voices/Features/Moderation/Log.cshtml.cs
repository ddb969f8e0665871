using WeToo.Hosting.Storage;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Moderation;

/// <summary>The rules, and every decision by which an answer is not shown: which rule and when, no words and no names.</summary>
internal sealed class LogModel(Database database) : ReadingPage(database)
{
    private const int Most = 200;

    public IReadOnlyList<LogLine> Lines { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Show(Names.Decisions, Names.Pieces);
        Lines = await ReadAsync(session => ModerationReads.Log(session, Most));
    }
}
