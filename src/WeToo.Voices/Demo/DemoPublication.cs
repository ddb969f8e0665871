using System.Security.Cryptography;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Hashtags;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Demo;

/// <summary>A small publication to look at. Everything in it is made up, and says so.</summary>
internal static class DemoPublication
{
    private static readonly (string Name, string About)[] s_signers =
    [
        ("Amal K.", "nurse"), ("Bo Lindqvist", "stage hand"), ("Chiara", ""), ("Dolores Peña", "kitchen porter"), ("Étienne", "teacher"), ("Farah", "lab assistant"), ("Goran", "driver"),
        ("Hye-jin", "violinist"), ("Ines", "lawyer"), ("Jo", ""), ("Kwame", "referee"), ("Łucja", "bookseller"), ("Mina", "night porter"), ("Noor", ""), ("Odile", "retired"),
        ("Pavel", "engineer"), ("Rosa M.", "cleaner"), ("Sahar", "student"), ("Tomás", "waiter"), ("Wen", "editor"),
    ];

    /// <summary>Fills an empty publication; leaves one that has anything as it is.</summary>
    /// <returns>Whether it was empty.</returns>
    internal static async Task<bool> SeedAsync(IServiceProvider services, CancellationToken cancel)
    {
        var database = services.GetRequiredService<Database>();
        if (await database.ReadAsync(session => session.QueryOne<long>(Sql.Pieces), cancel) > 0) return false;

        var editions = services.GetRequiredService<Editions>();
        var letter = await AddAsync(editions, database, "letter", DemoTexts.Letter, cancel);
        var article = await AddAsync(editions, database, "article", DemoTexts.Article, cancel);
        var story = await AddAsync(editions, database, "story", DemoTexts.Story, cancel);
        var asks = await AddAsync(editions, database, "article", DemoTexts.Silence, cancel);
        await TagAsync(services.GetRequiredService<Topics>(), [letter, article, story, asks], cancel);
        await SignAsync(database, services.GetRequiredService<Keys>(), letter, cancel);
        await DemoAnswers.AddAsync(services, letter, cancel);
        await DemoAllies.AddAsync(database, services.GetRequiredService<Keys>(), services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds(), cancel);
        return true;
    }

    private static async Task<byte[]> AddAsync(Editions editions, Database database, string kind, IReadOnlyList<(string Language, string Slug, Draft Draft)> texts, CancellationToken cancel)
    {
        byte[]? work = null;
        foreach (var (language, slug, draft) in texts)
        {
            var piece = (await editions.BeginAsync(kind, language, slug, work, draft, cancel)).Piece!;
            await editions.PublishAsync(piece, 1, cancel);
            work ??= await database.ReadAsync(session => session.QueryOne<byte[]>(Sql.WorkOf, new { piece_id = piece }), cancel);
        }

        return work!;
    }

    private static async Task TagAsync(Topics topics, IReadOnlyList<byte[]> works, CancellationToken cancel)
    {
        var movement = (await topics.AddAsync([("en", "WeToo"), ("en", "MeToo"), ("fr", "BalanceTonPorc"), ("fr", "MoiAussi"), ("es", "YoTambién"), ("ar", "أنا_أيضا")], cancel)).Topic!;
        var work = (await topics.AddAsync([("en", "AtWork"), ("fr", "AuTravail"), ("es", "EnElTrabajo"), ("ar", "في_العمل")], cancel)).Topic!;
        foreach (var one in works) await topics.HangAsync(one, movement, cancel);
        await topics.HangAsync(works[0], work, cancel);
    }

    private static async Task SignAsync(Database database, Keys keys, byte[] work, CancellationToken cancel)
    {
        var rows = s_signers.Select(signer =>
        {
            var id = RandomNumberGenerator.GetBytes(16);
            var address = $"{Convert.ToHexStringLower(id)}@example.org";
            return new
            {
                signature_id = id, work_id = work, mark = keys.MarkOf(address, work), address = keys.Seal(address, id), name = signer.Name, about = signer.About,
                place = Ordering.PlaceOf(signer.Name),
            };
        }).ToList();
        await database.TransactAsync(session => session.Execute(Sql.Sign, rows), cancel);
    }

    private static class Sql
    {
        internal const string Pieces = "SELECT count(*) FROM pieces";

        internal const string WorkOf = "SELECT work_id FROM pieces WHERE piece_id = @piece_id";

        internal const string Sign = """
            INSERT INTO signatures (signature_id, work_id, piece_id, revision, state, mark, address, name, about, shown_as, condition, appeared, news, place, made_s, signed_s)
            SELECT @signature_id, @work_id, p.piece_id, p.published, 'verified', @mark, @address, @name, @about, 'pen', 0, 1, 0, @place, p.first_shown_s, p.first_shown_s
            FROM pieces p WHERE p.work_id = @work_id AND p.language = 'en'
            """;
    }
}
