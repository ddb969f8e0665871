using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Voices.Pages;
using WeToo.Voices.Writing;

namespace WeToo.Voices.Features.Hashtags;

/// <summary>Makes hashtags counterparts of each other, hangs works on them, and pauses them.</summary>
internal sealed class Topics(Writes writes, TimeProvider time)
{
    private const int DaySeconds = 24 * 3600;

    /// <summary>Makes a topic of hashtags.</summary>
    /// <param name="tags">Language and hashtag, such as <c>("fr", "BalanceTonPorc")</c>.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<(byte[]? Topic, Refusal? Refusal)> AddAsync(IReadOnlyList<(string Language, string Tag)> tags, CancellationToken cancel)
    {
        var topic = RandomNumberGenerator.GetBytes(16);
        return await writes.TransactAsync([Names.Hashtags], session =>
        {
            session.Execute(Sql.AddTopic, new { topic_id = topic });
            session.Execute(Sql.AddTag, tags.Select(one => new { language = one.Language, folded = Hashtag.Folded(one.Tag), tag = one.Tag, topic_id = topic }));
            return topic;
        }, cancel);
    }

    /// <summary>Hangs a work on a topic. Doing it twice changes nothing.</summary>
    internal async Task<Refusal?> HangAsync(byte[] work, byte[] topic, CancellationToken cancel) =>
        (await writes.TransactAsync([Names.Hashtags], session => session.Execute(Sql.Hang, new { work_id = work, topic_id = topic }), cancel)).Refusal;

    /// <summary>Has the pages and feeds of a topic show a reason and nothing else; or shows them again.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="reason">The reason that everybody reads; empty to show them again.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<Refusal?> PauseAsync(byte[] topic, string reason, CancellationToken cancel)
    {
        long? day = reason.Length == 0 ? null : time.GetUtcNow().ToUnixTimeSeconds() / DaySeconds;
        return (await writes.TransactAsync([Names.Hashtags], session => session.Execute(Sql.Pause, new { topic_id = topic, paused = reason, paused_day = day }), cancel)).Refusal;
    }

    private static class Sql
    {
        internal const string AddTopic = "INSERT INTO topics (topic_id, paused) VALUES (@topic_id, '')";

        internal const string AddTag = "INSERT INTO hashtags (language, folded, tag, topic_id) VALUES (@language, @folded, @tag, @topic_id)";

        internal const string Hang = "INSERT INTO tagged (work_id, topic_id) VALUES (@work_id, @topic_id) ON CONFLICT DO NOTHING";

        internal const string Pause = "UPDATE topics SET paused = @paused, paused_day = @paused_day WHERE topic_id = @topic_id";
    }
}
