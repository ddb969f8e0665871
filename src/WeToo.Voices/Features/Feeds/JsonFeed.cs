using System.Text.Json;
using System.Text.Json.Serialization;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Feeds;

/// <summary>A feed as JSON Feed 1.1.</summary>
internal static class JsonFeed
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true,
    };

    internal static IResult Write(Feed feed, Visit visit) => Results.Bytes(
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Version = "https://jsonfeed.org/version/1.1",
                feed.Title,
                HomePageUrl = visit.Absolute(feed.Page),
                FeedUrl = visit.Absolute(feed.Self),
                visit.Language,
                Items = feed.Entries.Select(entry => ItemOf(entry, visit)),
            },
            s_options),
        "application/feed+json; charset=utf-8");

    private static object ItemOf(FeedEntry entry, Visit visit) => new
    {
        entry.Id,
        Url = visit.Absolute(entry.Path),
        entry.Title,
        Summary = entry.Summary.Length > 0 && entry.Note.Length == 0 ? entry.Summary : null,
        ContentHtml = entry.Note.Length > 0 ? null : entry.Html,
        ContentText = entry.Note.Length > 0 ? visit.Say("card.note", ("note", entry.Note)) : null,
        DatePublished = entry.First,
        DateModified = entry.Last,
        Authors = entry.Byline.Length > 0 ? (object[])[new { Name = entry.Byline }] : null,
    };
}
