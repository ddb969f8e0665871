using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Hosting.Storage;
using WeToo.Voices;
using WeToo.Voices.Features.Live;
using WeToo.Voices.Features.Pieces;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Counters that follow what is written, as server-sent events: the same for all, together at intervals, for so many readers and no more.</summary>
public sealed class LiveTests
{
    private const string Letter = "/en/letters/two-days";

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_change_arrives_in_the_words_of_the_page_and_several_at_once_as_one(Engine engine)
    {
        await using var voices = await StartAsync(engine);
        using var first = await ListenAsync(voices);
        using var second = await ListenAsync(voices);
        await TellAsync(voices);
        const string none = """{"answers":"What readers say","signed":"Signatures","marks":[]}""";
        Assert.Equal((none, none), (await first.NextAsync(), await second.NextAsync()));

        await SayAsync(voices, [new("text", "One.")]);
        await SayAsync(voices, [new("text", "Two."), new("kind", "agree"), new("block", "2")]);
        await TellAsync(voices);
        await TellAsync(voices); // Nothing new: nothing is said.
        await SayAsync(voices, [new("text", "Three.")]);
        await TellAsync(voices);
        const string mark = """[{"block":2,"shown":"1","says":"1 answer to point 1"}]""";
        foreach (var listener in (Listener[])[first, second])
        {
            Assert.Equal($$"""{"answers":"2 answers from readers","signed":"Signatures","marks":{{mark}}}""", await listener.NextAsync());
            Assert.Equal($$"""{"answers":"3 answers from readers","signed":"Signatures","marks":{{mark}}}""", await listener.NextAsync());
        }

        var page = await voices.ReadAsync(Letter);
        foreach (var shown in (string[])[">3 answers from readers</h2>", "aria-label=\"1 answer to point 1\">1</a>"]) Assert.Contains(shown, page, StringComparison.Ordinal);
        using var late = await ListenAsync(voices); // Who comes now hears how it stands.
        Assert.StartsWith("{\"answers\":\"3 answers", await late.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sealed_signatures_are_not_counted_before_they_appear_and_held_answers_not_at_all()
    {
        await using var voices = await StartAsync(Engine.Sqlite, together: 3);
        using var listener = await ListenAsync(voices);
        Assert.Null(await voices.Editions.AllowRepliesAsync(await WorkAsync(voices), "held", null, Cancel));
        for (var i = 0; i < 2; i++) await SignAsync(voices, appeared: 0);
        await SayAsync(voices, [new("text", "Held.")]);
        await TellAsync(voices);
        Assert.Contains("\"answers\":\"What readers say\",\"signed\":\"Signatures\"", await listener.NextAsync(), StringComparison.Ordinal);

        await SignAsync(voices, appeared: 1);
        await TellAsync(voices);
        Assert.Contains("\"signed\":\"3 people have signed\"", await listener.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_many_listen_and_no_more_and_a_seat_is_free_once_somebody_goes()
    {
        await using var voices = await StartAsync(Engine.Sqlite, settings: options => options.MostLiveReaders = 2);
        using var stays = await ListenAsync(voices);
        using (var goes = await ListenAsync(voices))
        {
            using var full = await voices.Client.GetAsync(new Uri(Letter + "/counts", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, full.StatusCode);
            Assert.Contains("Two days", await voices.ReadAsync(Letter), StringComparison.Ordinal); // The page works without.
        }

        var live = voices.App.Services.GetRequiredService<LiveCounts>();
        await Eventually.HoldsAsync(() => Task.FromResult(live.Readers == 1), "the seat is free");
        using var next = await ListenAsync(voices);
        Assert.Equal(2, live.Readers);
    }

    [Fact]
    public async Task What_is_taken_down_ends_it_and_so_does_a_host_that_stops()
    {
        await using var voices = await StartAsync(Engine.Sqlite);
        using var listener = await ListenAsync(voices);
        await TellAsync(voices);
        Assert.NotNull(await listener.NextAsync());
        await voices.Editions.HideAsync(await voices.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT piece_id FROM pieces")!, Cancel), Cancel);
        await TellAsync(voices);
        Assert.Null(await listener.NextAsync());
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(Letter + "/counts"));

        await voices.PublishAsync("letter", "another", new Draft("Another", "We ask."));
        using var other = await ListenAsync(voices, "/en/letters/another");
        await voices.App.StopAsync(Cancel);
        Assert.Null(await other.NextAsync());
    }

    private static async Task<RunningVoices> StartAsync(Engine engine, long together = 0, Action<VoicesOptions>? settings = null)
    {
        var voices = await RunningVoices.StartAsync(engine, settings);
        await voices.PublishAsync("letter", "two-days", new Draft("Two days", "We ask.\n\n1. Answer within two days."), together: together);
        Assert.Null(await voices.Editions.AllowRepliesAsync(await WorkAsync(voices), "open", null, Cancel));
        return voices;
    }

    private static Task<byte[]> WorkAsync(RunningVoices voices) => voices.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT work_id FROM works")!, Cancel);

    private static Task TellAsync(RunningVoices voices) => voices.App.Services.GetRequiredService<LiveCounts>().TellAsync(Cancel);

    private static async Task SayAsync(RunningVoices voices, KeyValuePair<string, string>[] fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(Letter + "/respond", UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    /// <summary>As if a mailbox had confirmed; with the last one, all appear.</summary>
    private static async Task SignAsync(RunningVoices voices, long appeared)
    {
        var id = System.Security.Cryptography.RandomNumberGenerator.GetBytes(16);
        var writes = voices.App.Services.GetRequiredService<WeToo.Voices.Writing.Writes>();
        var (_, refusal) = await writes.TransactAsync(
            [WeToo.Voices.Pages.Names.Signers(await WorkAsync(voices))],
            session => session.Execute(
                """
                INSERT INTO signatures (signature_id, work_id, piece_id, revision, state, address, name, about, shown_as, condition, appeared, news, place, made_s)
                SELECT @id, work_id, piece_id, 1, 'verified', @empty, 'A', '', 'name', 3, 0, 0, @id, 1 FROM pieces
                """,
                new { id, empty = Array.Empty<byte>() }) + (appeared == 1 ? session.Execute("UPDATE signatures SET appeared = 1") : 0),
            Cancel);
        Assert.Null(refusal);
    }

    private static async Task<Listener> ListenAsync(RunningVoices voices, string path = Letter)
    {
        var answer = await voices.Client.GetAsync(new Uri(path + "/counts", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream", false), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString(), answer.Headers.Contains("Set-Cookie")));
        return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel)));
    }

    /// <summary>A browser that listens.</summary>
    private sealed class Listener(HttpResponseMessage answer, StreamReader lines) : IDisposable
    {
        /// <summary>The next event; nothing once it has ended.</summary>
        internal async Task<string?> NextAsync()
        {
            while (await lines.ReadLineAsync(Cancel) is { } line)
                if (line.StartsWith("data: ", StringComparison.Ordinal)) return line["data: ".Length..];
            return null;
        }

        public void Dispose()
        {
            lines.Dispose();
            answer.Dispose();
        }
    }
}
