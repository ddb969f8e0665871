using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Core.Log;
using WeToo.Hosting.Storage;
using WeToo.Tests.Log;
using WeToo.Voices.Features.Dates;
using WeToo.Voices.Features.Pieces;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>What a letter said and how many had signed it stands in the log of dates, for everybody to find. spec/log.md, kinds 7 and 8.</summary>
public sealed class LetterDatesTests
{
    private static readonly Draft s_draft = new("Two working days", "1. Answer within two days.\n2. Ask again after one month.");

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Each_revision_and_each_days_count_is_found_in_the_log_by_its_words_alone(Engine engine)
    {
        await using var log = await RunningLog.StartAsync(engine);
        await using var voices = await StartAsync(log, engine);
        var piece = await voices.PublishAsync("letter", "two-days", s_draft);
        var work = await voices.WorkOfAsync(piece);
        await voices.PublishAsync("article", "beside", s_draft);
        var dates = await LinkIn(voices, "/en/letters/two-days");
        await RunAsync(voices);
        await RunAsync(voices); // Nothing new: nothing is added.
        const string first = "wetoo/v1/letter\n/en/letters/two-days\n1\nTwo working days\n\n1. Answer within two days.\n2. Ask again after one month.";
        const string second = "wetoo/v1/letter\n/en/letters/two-days\n2\nTwo working days\n\n1. Answer at once.";
        Assert.Equal([first], await ThingsAsync(voices, log, dates));

        await voices.ReviseAsync(piece, s_draft with { Source = "1. Answer at once." }); // Shown, though not for long.
        await voices.ReviseAsync(piece, s_draft with { Source = "1. Answer within one day." });
        await SignedAsync(voices, piece, work, 3);
        await RunAsync(voices);
        await SignedAsync(voices, piece, work, 1); // The same day: said tomorrow.
        await RunAsync(voices);
        voices.Time.Advance(TimeSpan.FromDays(1));
        await RunAsync(voices);

        var hex = Convert.ToHexStringLower(work);
        Assert.Equal(
            [
                first, second,
                "wetoo/v1/letter\n/en/letters/two-days\n3\nTwo working days\n\n1. Answer within one day.",
                $"wetoo/v1/signatures\n{hex}\n2026-03-02\n3\n", $"wetoo/v1/signatures\n{hex}\n2026-03-03\n4\n",
            ],
            await ThingsAsync(voices, log, dates, first, second));
        Assert.DoesNotContain("two days", await voices.ReadAsync(dates), StringComparison.Ordinal); // What was taken out is not read here.
        Assert.Equal(5, (await log.VerifyAsync()).Count);
    }

    [Fact]
    public async Task What_nobody_sees_is_not_dated_and_what_waits_for_the_log_comes_later()
    {
        await using var log = await RunningLog.StartAsync();
        await using var voices = await StartAsync(log, Engine.Sqlite);
        var piece = await voices.PublishAsync("letter", "together", s_draft, together: 50);
        var work = await voices.WorkOfAsync(piece);
        await SignedAsync(voices, piece, work, 49, appeared: 0); // 49 of 50 show nothing.
        await log.StopAsync();
        Assert.False(await voices.App.Services.GetRequiredService<LetterDates>().RunDueAsync(Cancel));

        var dates = await LinkIn(voices, "/en/letters/together");
        var waiting = JsonDocument.Parse(await voices.ReadAsync(dates)).RootElement.GetProperty("entries").EnumerateArray().Single();
        Assert.Equal((7, JsonValueKind.Null), (waiting.GetProperty("kind").GetInt32(), waiting.GetProperty("position").ValueKind));
        foreach (var nothing in (string[])["/dates/00", "/dates/" + new string('0', 32), "/dates/" + new string('x', 32)])
            Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(nothing));
        Assert.DoesNotContain("/dates/", await PageWithoutLogAsync(), StringComparison.Ordinal);
    }

    private static Task<RunningVoices> StartAsync(RunningLog log, Engine engine) => RunningVoices.StartAsync(engine, options =>
    {
        options.LogUrl = log.Address;
        options.LogKeyFile = log.Options.LettersKeyFile;
        options.LogEverySeconds = 86_400;
    });

    private static async Task<string> PageWithoutLogAsync()
    {
        await using var voices = await RunningVoices.StartAsync();
        await voices.PublishAsync("letter", "two-days", s_draft);
        return await voices.ReadAsync("/en/letters/two-days");
    }

    private static async Task RunAsync(RunningVoices voices) => Assert.True(await voices.App.Services.GetRequiredService<LetterDates>().RunDueAsync(Cancel));

    private static async Task<string> LinkIn(RunningVoices voices, string path)
    {
        var page = await voices.ReadAsync(path);
        var start = page.IndexOf("/dates/", StringComparison.Ordinal);
        return page[start..page.IndexOf('"', start)];
    }

    /// <summary>
    /// The texts that are said to be in the log, each found there by an entry made from the text alone. Texts that are not said any more are those that a reader kept.
    /// </summary>
    private static async Task<IReadOnlyList<string>> ThingsAsync(RunningVoices voices, RunningLog log, string dates, params string[] kept)
    {
        var (things, next) = (new List<string>(), 0);
        foreach (var one in JsonDocument.Parse(await voices.ReadAsync(dates)).RootElement.GetProperty("entries").EnumerateArray())
        {
            var thing = one.GetProperty("thing").GetString() ?? kept[next++];
            var entry = LogEntry.Of((EntryKind)one.GetProperty("kind").GetInt32(), LogEntry.PublicSalt.Span, Encoding.UTF8.GetBytes(thing)).ToBytes();
            Assert.Equal(Convert.ToHexStringLower(entry), one.GetProperty("entry").GetString());
            Assert.True((await log.ProofAsync(one.GetProperty("position").GetUInt64())).Includes(entry));
            things.Add(thing);
        }

        return things;
    }

    private static Task SignedAsync(RunningVoices voices, byte[] piece, byte[] work, int count, long appeared = 1) => voices.Database.TransactAsync(
        session => session.Execute(
            """
            INSERT INTO signatures (signature_id, work_id, piece_id, revision, state, address, name, about, shown_as, condition, appeared, news, place, made_s, signed_s)
            VALUES (@id, @work, @piece, 1, 'verified', @none, 'Ana', '', 'name', 0, @appeared, 0, @id, 0, 0)
            """,
            Enumerable.Range(0, count).Select(_ => new { id = System.Security.Cryptography.RandomNumberGenerator.GetBytes(16), work, piece, none = Array.Empty<byte>(), appeared })),
        Cancel);
}
