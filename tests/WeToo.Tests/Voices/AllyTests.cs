using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Allies;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Plans of allies: concrete, private, asked about on their days, and confirmed by nobody but who asked.</summary>
public sealed partial class AllyTests : MailedVoicesTests
{
    private static readonly KeyValuePair<string, string>[] s_plan =
    [
        new("situation", "a client comments on a colleague's body in a meeting"), new("action", "say 'let us get back to the topic' and write to her after"), new("place", "Team A"),
        new("until", "2026-06-30"), new("witness", "Lea from the night shift"), new("email", "marc@mail.example"),
    ];

    public static TheoryData<Engine> Both => Engines.Both;

    [Fact]
    public async Task Scenes_to_practise_are_whole_in_each_language_need_no_script_and_end_in_a_plan_where_plans_can_be_made()
    {
        await using var voices = await StartMailedAsync(Engine.Sqlite, null);
        foreach (var language in WeToo.Voices.Texts.Languages.All)
        {
            var page = await voices.ReadAsync($"/{language}/allies/practice");
            Assert.Equal((3, 15, 15), (Regex.Count(page, "<h2 id=\"scene-"), Regex.Count(page, "<details name=\"scene-[123]\">"), Regex.Count(page, $"href=\"/{language}/allies/plan\\?scene=[123]\"")));
            Assert.DoesNotContain("practice.", page, StringComparison.Ordinal);
            Assert.Contains($"href=\"/{language}/allies/practice\"", await voices.ReadAsync($"/{language}/allies"), StringComparison.Ordinal);
        }

        Assert.Contains("somebody follows a woman on the tram", await voices.ReadAsync("/en/allies/plan?scene=2"), StringComparison.Ordinal);
        foreach (var scene in (string[])["0", "4", "x"]) Assert.Equal(HttpStatusCode.OK, (await voices.Client.GetAsync(new Uri($"/en/allies/plan?scene={scene}", UriKind.Relative), Cancel)).StatusCode);

        await using var mute = await RunningVoices.StartAsync();
        Assert.DoesNotContain("/allies/plan", await mute.ReadAsync("/en/allies/practice"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_plan_is_asked_about_after_7_30_and_90_days_and_not_having_acted_opens_a_way_to_mend_it(Engine engine)
    {
        await using var voices = await StartMailedAsync(engine, null);
        var (refused, help) = await PostAsync(voices, "/en/allies/plan", [.. s_plan[2..], new("situation", "somebody is harassed"), new("action", "I will always stand with women")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("What will you say or do?", help, StringComparison.Ordinal);
        Assert.DoesNotContain("Which situation?", help, StringComparison.Ordinal);

        var link = await PlanAsync(voices);
        Assert.Contains("It has not begun yet.", await voices.ReadAsync(link), StringComparison.Ordinal);
        await DaysPassAsync(voices, 1);
        Assert.Single(Server.Mails); // What nobody said yes to is asked about never.
        await PostAsync(voices, link, [new("act", "confirm")]);
        Assert.Contains("We ask you again on 10 March 2026.", await voices.ReadAsync(link), StringComparison.Ordinal);
        await PostAsync(voices, link, [new("act", "say"), new("state", "kept")]); // Not before its day.

        await DaysPassAsync(voices, 7);
        Assert.Equal(2, Server.Mails.Count);
        foreach (var word in (string[])["colleague", "Team A", "Lea"]) Assert.DoesNotContain(word, TextOf(Server.Mails[^1]), StringComparison.Ordinal);
        await PostAsync(voices, link, [new("act", "say"), new("state", "none"), new("note", "")]);
        Assert.Contains("There was no occasion", await voices.ReadAsync(link), StringComparison.Ordinal);

        await DaysPassAsync(voices, 23);
        await PostAsync(voices, link, [new("act", "say"), new("state", "missed"), new("note", "A joke. I laughed.")]);
        var mending = await voices.ReadAsync(link);
        Assert.Contains("You can still do something today", mending, StringComparison.Ordinal);
        Assert.Contains("A joke. I laughed.", mending, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(voices, link, [.. s_plan[1..5], new("situation", "it happens"), new("act", "change")])).Status);
        await PostAsync(voices, link, [.. s_plan[..1], .. s_plan[2..5], new("action", "say that I do not find it funny"), new("act", "change")]);

        await DaysPassAsync(voices, 60);
        Assert.Equal(4, Server.Mails.Count);
        Assert.Contains("say that I do not find it funny.", await voices.ReadAsync(link), StringComparison.Ordinal);
        await PostAsync(voices, link, [new("act", "say"), new("state", "kept"), new("note", "She wrote back.")]);
        Assert.Contains("This plan is at its end.", await voices.ReadAsync(link), StringComparison.Ordinal);
        Assert.Contains("Fewer than ten plans", await voices.ReadAsync("/en/allies"), StringComparison.Ordinal);

        foreach (var word in (string[])["colleague", "Team A", "funny", "wrote back", "marc@"]) Assert.DoesNotContain(word, await DumpAsync(voices), StringComparison.Ordinal);
        await PostAsync(voices, link, [new("act", "delete")]);
        Assert.DoesNotContain("wrote back", await voices.ReadAsync(link), StringComparison.Ordinal);
        Assert.Equal((0L, 0L), await voices.Database.ReadAsync(session => session.QueryOne<(long, long)>("SELECT max(length(m.plan)), max(length(i.note)) FROM commitments m JOIN check_ins i ON i.commitment_id = m.commitment_id"), Cancel));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Only_who_asked_says_that_it_was_done_and_fewer_than_ten_are_never_counted(Engine engine)
    {
        await using var voices = await StartMailedAsync(engine, null);
        var ada = await Staff.JoinAsync(voices, "Ada");
        KeyValuePair<string, string>[] ask = [new("language", "en"), new("title", "Walk people to the late tram"), new("text", "After the late shift."), new("who", "The night shift"), new("email", "night@mail.example")];
        Assert.Equal(HttpStatusCode.Redirect, (await Staff.SendAsync(voices, ada, "/desk/en/allies", [.. ask, new("act", "ask")])).Status);
        await DeliverAsync(voices);
        Assert.DoesNotContain("late tram", await voices.ReadAsync("/en/allies"), StringComparison.Ordinal);
        var own = LinkIn(Server.Mails[^1]);
        await PostAsync(voices, own, [new("act", "show")]);
        var take = TakeLink().Match(await voices.ReadAsync("/en/allies")).Groups[1].Value;
        Assert.NotEmpty(take);

        var links = new List<string>();
        for (var i = 0; i < 13; i++) links.Add(await PlanAsync(voices, $"ally{i}@mail.example", new("ask", take), new("name", $"Ally {i}")));
        foreach (var link in links) await PostAsync(voices, link, [new("act", "confirm")]);
        await DaysPassAsync(voices, 7);
        foreach (var link in links) await PostAsync(voices, link, [new("act", "say"), new("state", "kept"), new("note", "Both ways.")]);
        await DeliverAsync(voices);
        Assert.Single(Server.Mails, mail => mail.Contains("Somebody says they did", StringComparison.Ordinal)); // One, until they have looked.

        await PostAsync(voices, links[0], [new("act", "yes"), new("claim", "00")]); // An ally says nothing for who asked.
        Assert.Contains("who asked has not said yet", await voices.ReadAsync(links[0]), StringComparison.Ordinal);
        var claims = ClaimId().Matches(await voices.ReadAsync(own)).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(13, claims.Count);
        foreach (var claim in claims.Take(9)) await PostAsync(voices, own, [new("act", "yes"), new("claim", claim)]);
        Assert.Contains("Fewer than ten plans", await voices.ReadAsync("/en/allies"), StringComparison.Ordinal);
        await PostAsync(voices, own, [new("act", "no"), new("claim", claims[9])]);
        Assert.Contains("Fewer than ten plans", await voices.ReadAsync("/en/allies"), StringComparison.Ordinal);
        foreach (var claim in claims.Skip(9)) await PostAsync(voices, own, [new("act", "yes"), new("claim", claim)]);

        var page = await voices.ReadAsync("/en/allies");
        Assert.Contains("About 15 plans were kept", page, StringComparison.Ordinal);
        Assert.Contains("done about 15 times, as they say", page, StringComparison.Ordinal);
        foreach (var vanity in (string[])["Ally 3", "class=\"share", "badge", "follow"]) Assert.DoesNotContain(vanity, page, StringComparison.Ordinal);

        await PostAsync(voices, own, [new("act", "unhelpful")]);
        Assert.DoesNotContain("late tram", await voices.ReadAsync("/en/allies"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync($"/en/allies/plan?ask={take}"));
    }

    [Fact]
    public async Task A_mail_program_ends_the_mails_by_itself_and_a_plan_that_nobody_wanted_is_gone_after_a_week()
    {
        await using var voices = await StartMailedAsync(Engine.Sqlite, null);
        var (mine, _) = (await PlanAsync(voices), await PlanAsync(voices, "stranger@mail.example"));
        await PostAsync(voices, mine, [new("act", "confirm")]);
        await DaysPassAsync(voices, 7);
        Assert.Equal(3, Server.Mails.Count);
        Assert.Equal(1, await voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM commitments"), Cancel));

        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", Server.Mails[^1], StringComparison.Ordinal);
        await PostAsync(voices, mine, [new("List-Unsubscribe", "One-Click")]);
        await DaysPassAsync(voices, 90);
        Assert.Equal(3, Server.Mails.Count);
        Assert.Contains("What became of it?", await voices.ReadAsync(mine), StringComparison.Ordinal); // It can still be answered.
    }

    [Theory]
    [InlineData(120, 0, "7 30 90")]
    [InlineData(90, 0, "7 30 90")]
    [InlineData(60, 0, "7 30 61")]
    [InlineData(8, 0, "7")]
    [InlineData(2, 0, "3")]
    [InlineData(-1, 0, "1")]
    [InlineData(120, 30, "90")]
    [InlineData(300, 95, "301")]
    public void The_days_end_with_the_plan(long length, long after, string days) => Assert.Equal(days, string.Join(' ', CheckInDays.Of(length, after)));

    [Theory]
    [InlineData("en", "somebody touches a guest at the bar", "I will stand with women", "action")]
    [InlineData("fr", "un collègue fait une blague en réunion", "toujours soutenir mes collègues", "action")]
    [InlineData("es", "siempre que haga falta", "decir que pare y acompañarla a la puerta", "situation")]
    [InlineData("ar", "دائمًا في كل مكان", "أقول له أن يتوقف وأكتب إليها", "situation")]
    [InlineData("en", "a joke at the table", "I speak", "action")]
    [InlineData("en", "somebody always comments on her clothes in the Monday meeting", "say that this is not a topic here", "")]
    public void A_vow_for_always_is_asked_which_situation(string language, string situation, string action, string wrong)
    {
        var form = new PlanForm { Situation = situation, Action = action, Place = "Team A", Until = "2026-06-30" };
        Assert.Equal(wrong, string.Join(' ', form.Wrong(language, 20_500, needsMailbox: false).Keys.Select(key => key.ToLowerInvariant())));
    }

    private async Task<string> PlanAsync(RunningVoices voices, string email = "marc@mail.example", params KeyValuePair<string, string>[] more)
    {
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(voices, "/en/allies/plan", [.. s_plan[..5], new("email", email), .. more])).Status);
        await DeliverAsync(voices);
        return LinkIn(Assert.Single(Server.Mails, mail => mail.Contains($"To: {email}", StringComparison.Ordinal)));
    }

    private static async Task DaysPassAsync(RunningVoices voices, int days)
    {
        voices.Time.Advance(TimeSpan.FromDays(days));
        await voices.App.Services.GetRequiredService<AllyWorker>().RunDueAsync(Cancel);
        await DeliverAsync(voices);
    }

    private static async Task<string> DumpAsync(RunningVoices voices) => await voices.Database.ReadAsync(session => string.Concat(
        session.Query<(byte[], byte[])>("SELECT plan, address FROM commitments").Select(row => System.Text.Encoding.UTF8.GetString([.. row.Item1, .. row.Item2])))
        + string.Concat(session.Query<byte[]>("SELECT note FROM check_ins").Select(System.Text.Encoding.UTF8.GetString)), Cancel);

    private static async Task<(HttpStatusCode Status, string Page)> PostAsync(RunningVoices voices, string path, KeyValuePair<string, string>[] fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel)));
    }

    private static string LinkIn(string mail) => new Uri(Link().Match(TextOf(mail)).Value).PathAndQuery;

    [GeneratedRegex("http://voices\\.example/\\S+")]
    private static partial Regex Link();

    [GeneratedRegex("plan\\?ask=([0-9a-f]{32})")]
    private static partial Regex TakeLink();

    [GeneratedRegex("name=\"claim\" value=\"([0-9a-f]{32})\"")]
    private static partial Regex ClaimId();
}
