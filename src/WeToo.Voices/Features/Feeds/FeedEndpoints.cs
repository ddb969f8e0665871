using Microsoft.AspNetCore.Http.Features;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Hashtags;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Pages;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Feeds;

/// <summary>Atom (RFC 4287) and JSON Feed 1.1 of a language and of each hashtag.</summary>
internal static class FeedEndpoints
{
    private const int Most = 50;

    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];

    internal static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (name, write) in (IReadOnlyList<(string, Func<Feed, Visit, IResult>)>)[("feed.xml", AtomFeed.Write), ("feed.json", JsonFeed.Write)])
        {
            routes.MapMethods($"/{{language:language}}/{name}", s_reading, async (string language, HttpContext http, Database database, Visit visit) =>
                write(await OfLanguageAsync(language, http, database, visit, name), visit)).WithMetadata(Kept.Mark);
            routes.MapMethods($"/{{language:language}}/tags/{{tag}}/{name}", s_reading, async (string language, string tag, HttpContext http, Database database, Visit visit) =>
                await OfHashtagAsync(language, tag, http, database, name) is { } feed ? write(feed, visit) : Results.NotFound()).WithMetadata(Kept.Mark);
        }
    }

    private static async Task<Feed> OfLanguageAsync(string language, HttpContext http, Database database, Visit visit, string name)
    {
        http.Features.GetRequiredFeature<PageCache.Dependencies>().Show(Names.Pieces);
        var entries = await database.ReadAsync(session => FeedReads.OfLanguage(session, language, Most), http.RequestAborted);
        return new(visit.Publication, $"/{language}", $"/{language}/{name}", entries);
    }

    private static async Task<Feed?> OfHashtagAsync(string language, string tag, HttpContext http, Database database, string name)
    {
        var shown = http.Features.GetRequiredFeature<PageCache.Dependencies>();
        shown.Show(Names.Hashtags);
        shown.Show(Names.Pieces);
        var found = await database.ReadAsync(session => HashtagReads.Find(session, language, tag), http.RequestAborted);
        if (found is not ({ } hashtag, { Length: 0 })) return null; // Paused: there is no list, in a feed neither.
        var entries = await database.ReadAsync(session => FeedReads.OfTopic(session, hashtag.TopicId, language, Most), http.RequestAborted);
        return new($"#{hashtag.Tag}", hashtag.Path, $"{hashtag.Path}/{name}", entries);
    }
}

/// <summary>A feed before it has a format.</summary>
internal sealed record Feed(string Title, string Page, string Self, IReadOnlyList<FeedEntry> Entries);

/// <summary>A piece in a feed. One with a content note comes with the note alone: what is in it is the reader's choice there too.</summary>
internal sealed record FeedEntry(byte[] PieceId, string Language, string Kind, string Slug, string Title, string Summary, string Byline, string Note, string Html, long FirstShownS, long LastShownS)
{
    internal string Path => PieceLine.PathOf(Language, Kind, Slug);

    /// <summary>The same for ever, wherever the publication moves.</summary>
    internal string Id => $"urn:uuid:{new Guid(PieceId)}";

    internal DateTimeOffset First => DateTimeOffset.FromUnixTimeSeconds(FirstShownS);

    internal DateTimeOffset Last => DateTimeOffset.FromUnixTimeSeconds(LastShownS);
}

/// <summary>Reads what feeds hold.</summary>
internal static class FeedReads
{
    internal static IReadOnlyList<FeedEntry> OfLanguage(Session session, string language, int most) => session.Query<FeedEntry>(Sql.OfLanguage, new { language, most = (long)most });

    internal static IReadOnlyList<FeedEntry> OfTopic(Session session, byte[] topic, string language, int most) =>
        session.Query<FeedEntry>(Sql.OfTopic, new { topic_id = topic, language, most = (long)most });

    private static class Sql
    {
        internal const string OfLanguage = """
            SELECT p.piece_id, p.language, p.kind, p.slug, r.title, r.summary, r.byline, r.note, r.html, p.first_shown_s, p.last_shown_s
            FROM pieces p JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = p.published
            WHERE p.language = @language ORDER BY p.first_shown_s DESC, p.piece_id LIMIT @most
            """;

        internal const string OfTopic = """
            SELECT p.piece_id, p.language, p.kind, p.slug, r.title, r.summary, r.byline, r.note, r.html, p.first_shown_s, p.last_shown_s
            FROM tagged g JOIN pieces p ON p.work_id = g.work_id JOIN revisions r ON r.piece_id = p.piece_id AND r.revision = p.published
            WHERE g.topic_id = @topic_id AND p.language = @language ORDER BY p.first_shown_s DESC, p.piece_id LIMIT @most
            """;
    }
}
