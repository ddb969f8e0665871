using WeToo.Hosting.Storage;

namespace WeToo.Voices.Features.Cards;

/// <summary>A card.</summary>
internal sealed record Card(byte[] CardId, string Language, string Slug, string Role, string Organisation, string Place, string State, long? ShownDay)
{
    internal string Id => Convert.ToHexStringLower(CardId);

    /// <summary>Where everybody sees it.</summary>
    internal string Path => $"/{Language}/cards/{Slug}";

    /// <summary>Whose it is, in one line.</summary>
    internal string Whose => Place.Length > 0 ? $"{Organisation} · {Place}" : Organisation;
}

/// <summary>A clock of a card.</summary>
internal sealed record Clock(byte[] DutyId, string Duty, byte[] Series, long OpenedDay, long DueDay, long? DoneDay)
{
    internal string Id => Convert.ToHexStringLower(DutyId);

    /// <summary>Whether it was not done by its day; done later, it was missed all the same.</summary>
    internal bool IsMissed(long today) => DoneDay is { } done ? done > DueDay : DueDay < today;
}

/// <summary>How a duty was done so far: no days, which would point at somebody.</summary>
internal sealed record DutyCount(string Duty, int InTime, int Missed);

/// <summary>Reads cards.</summary>
internal static class CardReads
{
    /// <summary>The cards of a language, by name.</summary>
    internal static IReadOnlyList<Card> Shown(Session session, string language) => session.Query<Card>(Sql.Shown, new { language });

    /// <summary>All cards, for the desk.</summary>
    internal static IReadOnlyList<Card> All(Session session) => session.Query<Card>(Sql.All);

    /// <summary>A card that is shown, by its address.</summary>
    internal static Card? ByPath(Session session, string language, string slug) => session.QueryOne<Card>(Sql.ByPath, new { language, slug });

    /// <summary>One card.</summary>
    internal static Card? Find(Session session, byte[] card) => session.QueryOne<Card>(Sql.One, new { card_id = card });

    /// <summary>Its clocks, what is due first.</summary>
    internal static IReadOnlyList<Clock> Clocks(Session session, byte[] card) => session.Query<Clock>(Sql.Clocks, new { card_id = card });

    /// <summary>How each duty of its role was done.</summary>
    internal static IReadOnlyList<DutyCount> Counts(Session session, Card card, long today)
    {
        var clocks = Clocks(session, card.CardId).ToLookup(clock => clock.Duty);
        return [.. Duties.Of(card.Role).Select(duty => new DutyCount(
            duty.Key, clocks[duty.Key].Count(clock => clock.DoneDay is not null && !clock.IsMissed(today)), clocks[duty.Key].Count(clock => clock.IsMissed(today))))];
    }

    private static class Sql
    {
        private const string Cards = "SELECT card_id, language, slug, role, organisation, place, state, shown_day FROM cards";

        internal const string Shown = $"{Cards} WHERE language = @language AND state = 'shown' ORDER BY organisation, place, slug LIMIT 500";

        internal const string All = $"{Cards} ORDER BY made_s DESC, card_id LIMIT 500";

        internal const string ByPath = $"{Cards} WHERE language = @language AND slug = @slug AND state = 'shown'";

        internal const string One = $"{Cards} WHERE card_id = @card_id";

        internal const string Clocks = "SELECT duty_id, duty, series, opened_day, due_day, done_day FROM duties WHERE card_id = @card_id ORDER BY due_day, duty LIMIT 2000";
    }
}
