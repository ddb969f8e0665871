using Microsoft.AspNetCore.Mvc;
using WeToo.Hosting.Storage;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Cards;

/// <summary>A card as everybody sees it, with what was missed.</summary>
internal sealed class ReadCardModel(Database database, CardWork cards) : ReadingPage(database)
{
    public Card Card { get; private set; } = null!;

    public IReadOnlyList<DutyCount> Counts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string language, string slug)
    {
        Show(Names.Cards);
        if (await ReadAsync(session => CardReads.ByPath(session, language, slug)) is not { } card) return Missing();
        (Card, Counts) = (card, await ReadAsync(session => CardReads.Counts(session, card, cards.Today)));
        return Page();
    }
}
