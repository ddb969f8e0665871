using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Cards;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Allies;

/// <summary>What is asked of allies, and the cards of those who have duties. Nobody is named who does something, and few are not counted.</summary>
internal sealed class AlliesModel(Database database, VoicesOptions options) : ReadingPage(database)
{
    public IReadOnlyList<Ask> Asks { get; private set; } = [];

    public IReadOnlyList<Card> Cards { get; private set; } = [];

    /// <summary>In how many plans something was kept; <see langword="null"/> for fewer than ten.</summary>
    public long? Kept { get; private set; }

    /// <summary>Whether plans can be made here: they need mail.</summary>
    public bool CanPlan => options.Mail.Server is not null;

    public async Task OnGetAsync(string language)
    {
        Show(Names.Asks, Names.Cards);
        (Asks, Cards, Kept) = await ReadAsync(session => (AllyReads.Shown(session, language), CardReads.Shown(session, language), AllyReads.Rounded(AllyReads.CountKept(session))));
    }
}
