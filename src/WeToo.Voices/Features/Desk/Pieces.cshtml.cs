using WeToo.Hosting.Storage;

namespace WeToo.Voices.Features.Desk;

/// <summary>All pieces, published or not.</summary>
internal sealed class PiecesModel(Database database) : DeskPage(database)
{
    public IReadOnlyList<DeskLine> Lines { get; private set; } = [];

    public async Task OnGetAsync() => Lines = await ReadAsync(DeskReads.All);
}
