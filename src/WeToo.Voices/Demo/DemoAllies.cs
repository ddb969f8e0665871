using System.Security.Cryptography;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Cards;
using WeToo.Voices.Mails;

namespace WeToo.Voices.Demo;

/// <summary>What is asked of allies in the demonstration, and a card with a miss on it.</summary>
internal static class DemoAllies
{
    private const long DaySeconds = 24 * 3600;

    private static readonly (string Language, string Title, string Text, string Asker)[] s_asks =
    [
        ("en", "Walk people to the late tram", "After the late shift nobody should wait alone at the river stop. Come along, and talk about something else.", "The night shift (made up)"),
        ("en", "Managers: answer in two working days", "With a name, a time to talk, and the number of an advice line outside the house.", "The night shift (made up)"),
        ("fr", "Accompagner jusqu’au dernier tram", "Après le service du soir, personne ne devrait attendre seule à l’arrêt du fleuve. Venez, et parlez d’autre chose.", "L’équipe de nuit (inventée)"),
        ("es", "Acompañar hasta el último tranvía", "Después del turno de noche nadie debería esperar sola en la parada del río. Venga, y hable de otra cosa.", "El turno de noche (inventado)"),
        ("ar", "مرافقة حتى آخر ترام", "بعد مناوبة الليل لا ينبغي لأحد أن ينتظر وحده عند محطة النهر. رافقوهم وتحدثوا عن شيء آخر.", "مناوبة الليل (غير حقيقية)"),
    ];

    private static readonly (string Language, string Slug, string Organisation, string Place)[] s_cards =
    [
        ("en", "the-open-stage", "The Open Stage (made up)", "Workshops"), ("fr", "la-scene-ouverte", "La Scène ouverte (inventée)", "Ateliers"), ("es", "el-escenario-abierto", "El Escenario Abierto (inventado)", "Talleres"),
        ("ar", "المسرح-المفتوح", "المسرح المفتوح (غير حقيقي)", "الورش"),
    ];

    internal static Task<bool> AddAsync(Database database, Keys keys, long now, CancellationToken cancel) => database.TransactAsync(session =>
    {
        foreach (var (language, title, text, asker) in s_asks)
        {
            var id = RandomNumberGenerator.GetBytes(16);
            session.Execute(Sql.Ask, new { ask_id = id, language, title, text, asker, address = keys.Seal("ask@example.org", id), made_s = now });
        }

        foreach (var (language, slug, organisation, place) in s_cards) AddCard(session, keys, (language, slug, organisation, place), now);
        return true;
    }, cancel);

    private static void AddCard(Session session, Keys keys, (string Language, string Slug, string Organisation, string Place) card, long now)
    {
        var (id, today) = (RandomNumberGenerator.GetBytes(16), now / DaySeconds);
        session.Execute(Sql.Card, new { card_id = id, card.Language, card.Slug, card.Organisation, card.Place, address = keys.Seal("card@example.org", id), made_s = now, shown_day = today - 200 });
        foreach (var begun in (long[])[today - 180, today - 100, today - 40])
        {
            var series = RandomNumberGenerator.GetBytes(16);
            session.Execute(Sql.Duty, Duties.Of("manager").Where(duty => duty.IsAfterReport).Select(duty => new
            {
                duty_id = RandomNumberGenerator.GetBytes(16), card_id = id, duty = duty.Key, series, opened_day = begun, due_day = Duties.DueDay(duty, begun),
                done_day = Duties.DueDay(duty, begun) is var due && due < today && (duty.Key, begun) != ("again.1", today - 100) ? due : (long?)null,
            }));
        }
    }

    private static class Sql
    {
        internal const string Ask = "INSERT INTO asks (ask_id, language, title, text, asker, address, state, quiet, made_s) VALUES (@ask_id, @language, @title, @text, @asker, @address, 'shown', 1, @made_s)";

        internal const string Card = """
            INSERT INTO cards (card_id, language, slug, role, organisation, place, address, state, quiet, made_s, shown_day)
            VALUES (@card_id, @Language, @Slug, 'manager', @Organisation, @Place, @address, 'shown', 1, @made_s, @shown_day)
            """;

        internal const string Duty = """
            INSERT INTO duties (duty_id, card_id, duty, series, opened_day, due_day, done_day, reminded) VALUES (@duty_id, @card_id, @duty, @series, @opened_day, @due_day, @done_day, 1)
            """;
    }
}
