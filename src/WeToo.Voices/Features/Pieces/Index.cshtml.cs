using WeToo.Hosting.Storage;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Pieces;

/// <summary>All articles, stories or letters of a language.</summary>
internal sealed class IndexModel(Database database) : ReadingPage(database)
{
    private const int Most = 200;

    public string Folder { get; private set; } = "";

    public IReadOnlyList<PieceLine> Lines { get; private set; } = [];

    public async Task OnGetAsync(string language, string folder)
    {
        Folder = folder;
        Show(Names.Pieces);
        Lines = await ReadAsync(session => PieceReads.Newest(session, language, PieceLine.KindOf(folder)!, Most));
    }
}
