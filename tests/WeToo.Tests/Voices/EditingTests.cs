using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Desk;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Writing, looking, checking and publishing, by forms alone.</summary>
public sealed class EditingTests
{
    private static readonly KeyValuePair<string, string>[] s_story = [new("kind", "story"), new("language", "en"), new("slug", "late-tram"), new("title", "The late tram"), new("source", "I changed my **way** home.\n\n1. A point.\n\n?> And you?")];

    private static readonly KeyValuePair<string, string>[] s_no = [new("signed", "no"), new("person", "no"), new("place", "no"), new("act", "publish"), new("revision", "1")];

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_story_is_looked_at_saved_and_comes_out_only_after_the_check_and_its_advice(Engine engine)
    {
        await using var voices = await RunningVoices.StartAsync(engine);
        var ada = await Staff.JoinAsync(voices, "Ada");
        var looked = (await Staff.SendAsync(voices, ada, "/desk/en/new", [.. s_story, new("act", "preview")])).Page;
        Assert.Contains("I changed my <strong>way</strong> home.", looked, StringComparison.Ordinal);
        Assert.Contains("<p class=\"question\" id=\"b3\">And you?</p>", looked, StringComparison.Ordinal);
        Assert.DoesNotContain("late tram", (await Staff.SendAsync(voices, ada, "/desk/en/pieces")).Page, StringComparison.Ordinal);

        var path = (await Staff.SendAsync(voices, ada, "/desk/en/new", [.. s_story, new("act", "save")])).Location;
        var page = (await Staff.SendAsync(voices, ada, path)).Page;
        Assert.Contains("Everybody can see it at /en/stories/late-tram", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Staff.SendAsync(voices, ada, path, new KeyValuePair<string, string>("act", "publish"))).Status);

        KeyValuePair<string, string>[] signed = [new("signed", "yes"), new("person", "no"), new("place", "no"), new("act", "publish"), new("revision", "1")];
        var advice = (await Staff.SendAsync(voices, ada, path, signed)).Page;
        Assert.Contains("A lawyer should read it", advice, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync("/en/stories/late-tram"));
        Assert.Equal(HttpStatusCode.Redirect, (await Staff.SendAsync(voices, ada, path, [.. signed, new("advised", "true")])).Status);
        Assert.Contains("The late tram", await voices.ReadAsync("/en/stories/late-tram"), StringComparison.Ordinal);

        await Staff.SendAsync(voices, ada, path, new("title", "The late tram"), new("source", "I changed my way home for years."), new("act", "save"));
        Assert.DoesNotContain("for years", await voices.ReadAsync("/en/stories/late-tram"), StringComparison.Ordinal);
        Assert.Contains("<ins>", (await Staff.SendAsync(voices, ada, path)).Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Staff.SendAsync(voices, ada, path, s_no)).Status); // They had the version before on their screen.
        Assert.DoesNotContain("for years", await voices.ReadAsync("/en/stories/late-tram"), StringComparison.Ordinal);
        await Staff.SendAsync(voices, ada, path, [.. s_no.SkipLast(1), new("revision", "2")]);
        Assert.Contains("for years", await voices.ReadAsync("/en/stories/late-tram"), StringComparison.Ordinal);
        await Staff.SendAsync(voices, ada, path, new KeyValuePair<string, string>("act", "hide"));
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync("/en/stories/late-tram"));
    }

    [Fact]
    public async Task What_is_put_off_comes_out_at_its_time_and_not_before()
    {
        await using var voices = await RunningVoices.StartAsync();
        var ada = await Staff.JoinAsync(voices, "Ada");
        var path = (await Staff.SendAsync(voices, ada, "/desk/en/new", [.. s_story, new("act", "save")])).Location;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Staff.SendAsync(voices, ada, path, [.. s_no, new("at", "2026-03-02T08:00")])).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await Staff.SendAsync(voices, ada, path, [.. s_no, new("at", "2026-03-03T08:00")])).Status);
        var scheduler = voices.App.Services.GetRequiredService<Scheduler>();

        await scheduler.RunDueAsync(Cancel);
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync("/en/stories/late-tram"));
        Assert.Contains("comes out on 3 March 2026", (await Staff.SendAsync(voices, ada, "/desk/en/pieces")).Page, StringComparison.Ordinal);
        voices.Time.Advance(TimeSpan.FromHours(23));
        await scheduler.RunDueAsync(Cancel);
        Assert.Equal(HttpStatusCode.OK, await voices.StatusOfAsync("/en/stories/late-tram"));
    }

    [Fact]
    public async Task One_piece_has_many_languages_and_no_address_twice_and_its_replies_are_the_editors_choice()
    {
        await using var voices = await RunningVoices.StartAsync();
        var ada = await Staff.JoinAsync(voices, "Ada");
        var path = (await Staff.SendAsync(voices, ada, "/desk/en/new", [.. s_story, new("act", "save")])).Location;
        await Staff.SendAsync(voices, ada, path, s_no);
        Assert.Contains("That address is taken", (await Staff.SendAsync(voices, ada, "/desk/en/new", [.. s_story, new("act", "save")])).Page, StringComparison.Ordinal);

        KeyValuePair<string, string>[] french = [new("kind", "story"), new("of", path[^32..]), new("language", "fr"), new("slug", "dernier-tram"), new("title", "Le dernier tram"), new("source", "Texte."), new("act", "save")];
        var translation = (await Staff.SendAsync(voices, ada, "/desk/en/new", french)).Location;
        await Staff.SendAsync(voices, ada, translation, s_no);
        Assert.Contains("hreflang=\"fr\"", await voices.ReadAsync("/en/stories/late-tram"), StringComparison.Ordinal);
        Assert.Contains("/fr/stories/dernier-tram", await voices.ReadAsync("/en/stories/late-tram"), StringComparison.Ordinal);

        Assert.DoesNotContain("respond", await voices.ReadAsync("/en/stories/late-tram"), StringComparison.Ordinal);
        await Staff.SendAsync(voices, ada, path, new("act", "replies"), new("replies", "held"));
        Assert.Contains("respond", await voices.ReadAsync("/en/stories/late-tram"), StringComparison.Ordinal);
        Assert.Equal("/desk/en/sign-in", (await Staff.SendAsync(voices, "voices-desk=none", path)).Location);
    }
}
