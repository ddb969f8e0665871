using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Cases;

namespace WeToo.Voices.Features.Desk;

/// <summary>Notices of pieces that wait, with their clocks.</summary>
internal sealed class CasesModel(Database database, TimeProvider time) : DeskPage(database)
{
    public IReadOnlyList<Case> Cases { get; private set; } = [];

    internal long Now => time.GetUtcNow().ToUnixTimeSeconds();

    public async Task OnGetAsync() => Cases = await ReadAsync(CaseReads.Waiting);
}
