using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Letters;
using WeToo.Voices.Features.Pieces;
using WeToo.Voices.Mails;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Signing a letter with a mailbox and no account, seen from outside: forms, mails and pages.</summary>
public sealed partial class SigningTests : IAsyncLifetime
{
    private const string Letter = "/en/letters/two-days";

    private static readonly Draft s_draft = new("Two working days", "1. Answer within two days.\n2. Ask again after one month.");

    private MailServer _server = null!;

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await MailServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_name_appears_once_its_mailbox_said_yes_and_goes_with_the_same_link(Engine engine)
    {
        await using var voices = await StartAsync(engine: engine);
        await SignAsync(voices, "Inès Müller", "ines@mail.example");

        Assert.DoesNotContain("Inès", await voices.ReadAsync(Letter), StringComparison.Ordinal);
        var link = LinkIn(Assert.Single(_server.Mails));
        Assert.Contains("It does not count yet.", await voices.ReadAsync(link), StringComparison.Ordinal);
        Assert.DoesNotContain("Inès", await voices.ReadAsync(Letter), StringComparison.Ordinal); // Mail programs open links: that is no yes.

        await ActAsync(voices, link, "confirm");
        Assert.Contains("Inès Müller", await voices.ReadAsync(Letter), StringComparison.Ordinal);
        Assert.Contains("1 person has signed", await voices.ReadAsync(Letter), StringComparison.Ordinal);

        await ActAsync(voices, link, "withdraw");
        Assert.DoesNotContain("Inès", await voices.ReadAsync(Letter), StringComparison.Ordinal);
        Assert.DoesNotContain("Inès", await voices.ReadAsync(Letter + "/signers"), StringComparison.Ordinal);
        Assert.Contains("It was taken back.", await voices.ReadAsync(link), StringComparison.Ordinal);
        Assert.Equal("||0", await voices.Database.ReadAsync(
            session => session.QueryOne<string>("SELECT name || '|' || about || '|' || length(address) FROM signatures"), Cancel));
    }

    [Fact]
    public async Task A_form_that_was_sent_twice_leaves_nothing_behind_and_what_nobody_confirmed_is_forgotten_after_a_week()
    {
        await using var voices = await StartAsync();
        for (var i = 0; i < 3; i++) await SignAsync(voices, "Inès", "ines@mail.example");
        await ActAsync(voices, LinkIn(_server.Mails[1]), "confirm");
        Assert.Equal(["", "", "Inès"], await NamesAsync(voices));
        await ActAsync(voices, LinkIn(_server.Mails[1]), "withdraw");
        Assert.Equal(0, await voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM signatures WHERE name <> '' OR mark IS NOT NULL OR length(address) > 0"), Cancel));

        for (var i = 0; i < 2; i++) await SignAsync(voices, "Lea", "lea@mail.example");
        await ActAsync(voices, LinkIn(_server.Mails[3]), "withdraw");
        Assert.Equal(["", "", "", "", ""], await NamesAsync(voices));

        await SignAsync(voices, "Jo", "jo@mail.example");
        voices.Time.Advance(TimeSpan.FromDays(8));
        await DeliverAsync(voices);
        Assert.DoesNotContain("Jo", await NamesAsync(voices));
    }

    [Fact]
    public async Task A_mailbox_that_has_signed_gets_a_mail_and_the_page_says_the_same_as_to_anybody()
    {
        await using var voices = await StartAsync();
        await SignAsync(voices, "Inès", "ines@gmail.com");
        await ActAsync(voices, LinkIn(_server.Mails[0]), "confirm");
        await SignAsync(voices, "Lea", "lea@mail.example");

        var first = await PostAsync(voices, Fields("Somebody", "new@mail.example"));
        var again = await PostAsync(voices, Fields("Somebody else", "I.N.E.S+letters@googlemail.com"));
        await DeliverAsync(voices);

        Assert.Equal(first, again);
        Assert.Contains("To: ines@gmail.com", _server.Mails[^1], StringComparison.Ordinal); // The mailbox that signed, not the one that was typed.
        var mail = TextOf(_server.Mails[^1]);
        Assert.Contains("You have signed “Two working days” before, as: Inès", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody else", mail, StringComparison.Ordinal);
        Assert.Equal(LinkIn(_server.Mails[0]), LinkIn(_server.Mails[^1]));
        Assert.Equal(1, await CountAsync(voices, "verified"));
    }

    [Theory]
    [InlineData("eve@evil.example (<ines@mail.example>)")]
    [InlineData("Ines <ines@mail.example>")]
    [InlineData("mailto:ines@mail.example")]
    [InlineData("eve@evil.example, ines@mail.example")]
    [InlineData("in\u200bes@mail.example")]
    [InlineData("\uff49nes@mail.example")]
    [InlineData("ines@fa\u00df.example")]
    public async Task An_address_that_two_programs_read_in_two_ways_signs_for_nobody_and_gets_no_mail(string email)
    {
        await using var voices = await StartAsync();
        using var form = new FormUrlEncodedContent(Fields("Eve", email));
        using var answer = await voices.Client.PostAsync(new Uri(Letter + "/sign", UriKind.Relative), form, Cancel);
        await DeliverAsync(voices);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("This is no mail address.", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Empty(_server.Mails);
    }

    [Fact]
    public async Task Nobody_can_tell_by_time_who_has_signed()
    {
        await using var voices = await StartAsync(settings: options => options.Mail.MailsPerDay = 1);
        await SignAsync(voices, "Inès", "ines@mail.example");
        await ActAsync(voices, LinkIn(_server.Mails[0]), "confirm");
        List<double> known = [], unknown = [];
        for (var i = 0; i < 80; i++)
        {
            known.Add(await TimeAsync(voices, "ines@mail.example"));
            unknown.Add(await TimeAsync(voices, $"n{i}@mail.example"));
        }

        // Two samples of one distribution: the share of pairs in which one is slower is near a half.
        var slower = known.Sum(one => unknown.Count(other => one > other)) / (double)(known.Count * unknown.Count);
        Assert.InRange(slower, 0.2, 0.8);
    }

    [Fact]
    public async Task At_49_of_50_nothing_shows_and_at_50_all_names_do_in_the_order_of_the_alphabet()
    {
        await using var voices = await StartAsync(together: 50);
        for (var i = 1; i <= 49; i++) await SignAndConfirmAsync(voices, $"Signer {100 - i}");
        var before = await voices.ReadAsync(Letter);
        await SignAndConfirmAsync(voices, "Étienne");
        var after = await voices.ReadAsync(Letter + "/signers");

        Assert.DoesNotContain("Signer", Visible(before), StringComparison.Ordinal);
        Assert.DoesNotContain("49", Visible(before), StringComparison.Ordinal);
        Assert.Contains("Not yet. Names appear together once 50 have signed", before, StringComparison.Ordinal);
        string[] expected = ["Étienne", .. Enumerable.Range(51, 49).Select(i => $"Signer {i}")];
        Assert.Equal(expected, Shown().Matches(after).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)));
    }

    [Fact]
    public async Task Who_withdraws_before_the_number_is_reached_leaves_no_trace_and_after_it_hides_nobody()
    {
        await using var voices = await StartAsync(together: 3);
        await SignAndConfirmAsync(voices, "A");
        var second = await SignAndConfirmAsync(voices, "B");
        await ActAsync(voices, second, "withdraw");
        await SignAndConfirmAsync(voices, "C");
        Assert.Contains("Not yet.", await voices.ReadAsync(Letter), StringComparison.Ordinal);

        var last = await SignAndConfirmAsync(voices, "D");
        Assert.Contains("3 people have signed", await voices.ReadAsync(Letter), StringComparison.Ordinal);
        await ActAsync(voices, last, "withdraw");

        var page = await voices.ReadAsync(Letter);
        Assert.Contains("2 people have signed", page, StringComparison.Ordinal);
        Assert.Equal(["A", "C"], Shown().Matches(page).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public async Task A_signer_may_ask_for_more_company_than_the_letter_does()
    {
        await using var voices = await StartAsync();
        await SignAndConfirmAsync(voices, "Careful", condition: 10);
        for (var i = 1; i <= 8; i++) await SignAndConfirmAsync(voices, $"Open {i}");
        Assert.DoesNotContain("Careful", await voices.ReadAsync(Letter), StringComparison.Ordinal);

        await SignAndConfirmAsync(voices, "Open 9");
        Assert.Contains("Careful", await voices.ReadAsync(Letter), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_stays_with_the_words_that_were_signed_and_its_signer_sees_what_changed()
    {
        await using var voices = await StartAsync();
        var link = await SignAndConfirmAsync(voices, "Inès");
        var piece = await voices.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT piece_id FROM pieces")!, Cancel);
        await voices.ReviseAsync(piece, s_draft with { Source = "1. Answer within five days.\n2. Ask again after one month.", Change = "More time to answer." });

        Assert.Contains("(an earlier version)", await voices.ReadAsync(Letter), StringComparison.Ordinal);
        var page = await voices.ReadAsync(link);
        Assert.Contains("Answer within <del>two</del><ins>five</ins> days.", page, StringComparison.Ordinal);
        Assert.Contains("More time to answer.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ask again", page[page.IndexOf("id=\"changes\"", StringComparison.Ordinal)..page.IndexOf("id=\"points\"", StringComparison.Ordinal)], StringComparison.Ordinal);

        using var unseen = new FormUrlEncodedContent([new("act", "renew"), new("revision", "1")]);
        using var answer = await voices.Client.PostAsync(new Uri(link, UriKind.Relative), unseen, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("(an earlier version)", await voices.ReadAsync(Letter), StringComparison.Ordinal);

        await ActAsync(voices, link, "renew", revision: 2);
        Assert.DoesNotContain("(an earlier version)", await voices.ReadAsync(Letter), StringComparison.Ordinal);
        Assert.DoesNotContain("<ins>", await voices.ReadAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_changed_while_somebody_read_are_shown_before_they_are_signed()
    {
        await using var voices = await StartAsync();
        var piece = await voices.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT piece_id FROM pieces")!, Cancel);
        await voices.ReviseAsync(piece, s_draft with { Source = "1. Answer when you like." });
        using var form = new FormUrlEncodedContent(Fields("Inès", "ines@mail.example"));
        using var answer = await voices.Client.PostAsync(new Uri(Letter + "/sign", UriKind.Relative), form, Cancel);
        var page = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("The words changed while you were reading.", page, StringComparison.Ordinal);
        Assert.Contains("Answer when you like.", page, StringComparison.Ordinal);
        Assert.Contains("name=\"revision\" value=\"2\"", page, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(voices, "pending"));
    }

    [Fact]
    public async Task What_is_taken_out_leaves_a_line_with_a_reason_and_no_name()
    {
        await using var voices = await StartAsync();
        await SignAndConfirmAsync(voices, "Real");
        var link = await SignAndConfirmAsync(voices, "Made up");
        var (id, work) = await voices.Database.ReadAsync(session => session.QueryOne<(byte[], byte[])>("SELECT signature_id, work_id FROM signatures WHERE name = 'Made up'"), Cancel);
        Assert.Null(await Service(voices).InvalidateAsync(work, [id], "Sent by a program.", Cancel));

        var page = await voices.ReadAsync(Letter);
        Assert.Contains("2 March 2026: 1 signature. Sent by a program.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Made up", page, StringComparison.Ordinal);
        Assert.Contains("It was taken out.", await voices.ReadAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_something_missing_comes_back_with_what_was_filled_in()
    {
        await using var voices = await StartAsync();
        using var form = new FormUrlEncodedContent(Fields("Inès <b>", "no address"));
        using var answer = await voices.Client.PostAsync(new Uri(Letter + "/sign", UriKind.Relative), form, Cancel);
        var page = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("This is no mail address.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Inès &lt;b&gt;\"", page, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(voices, "pending"));
    }

    [Fact]
    public async Task A_mailbox_gets_five_mails_a_day_whoever_asks_and_a_broken_link_is_nobodys()
    {
        await using var voices = await StartAsync();
        for (var i = 0; i < 8; i++) await SignAsync(voices, "Somebody", $"victim+{i}@mail.example");

        Assert.Equal(5, _server.Mails.Count);
        var link = LinkIn(_server.Mails[0]);
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(link[..^2] + (link[^2] == 'A' ? "B" : "A") + link[^1]));
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync("/en/signatures/x"));
    }

    [Fact]
    public async Task Mails_wait_for_a_mail_server_that_was_away()
    {
        await using var voices = await StartAsync();
        await _server.EndAsync();
        await PostAsync(voices, Fields("Inès", "ines@mail.example"));
        _ = await Record.ExceptionAsync(() => DeliverAsync(voices)); // Or the worker was there first.
        await _server.BeginAsync();
        voices.Time.Advance(TimeSpan.FromHours(7));
        await DeliverAsync(voices);

        Assert.Single(_server.Mails);
        await DeliverAsync(voices);
        Assert.Single(_server.Mails);
    }

    [Fact]
    public async Task A_mail_that_can_go_nowhere_holds_up_no_other()
    {
        await using var voices = await StartAsync();
        var (outbox, now) = (voices.App.Services.GetRequiredService<Outbox>(), voices.Time.GetUtcNow().ToUnixTimeSeconds());
        foreach (var to in (string[])["a@b@c, <", "lea@mail.example"])
        {
            var mail = outbox.Seal(new(to, "Subject", "Text"));
            now++;
            await voices.Database.TransactAsync(
                session =>
                {
                    Outbox.Send(session, mail, now);
                    return true;
                },
                Cancel);
        }

        voices.Time.Advance(TimeSpan.FromSeconds(5));
        await DeliverAsync(voices);
        Assert.Contains("To: lea@mail.example", Assert.Single(_server.Mails), StringComparison.Ordinal);
        Assert.Equal(0, await voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM mails"), Cancel));
    }

    [Fact]
    public async Task Nothing_that_sends_mails_starts_without_knowing_its_own_address()
    {
        var options = new WeToo.Voices.VoicesOptions { Urls = "http://127.0.0.1:0", Database = "Data Source=none.db", KeyFile = "none.key", Mail = new() { Server = _server.Address, From = "letters@open.example" } };
        var why = await Assert.ThrowsAsync<ValidationException>(() => WeToo.Voices.VoicesHost.StartAsync(options, TimeProvider.System, cancel: Cancel));
        Assert.Contains("Voices:PublicUrl", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_steals_the_database_has_no_address()
    {
        await using var voices = await StartAsync();
        await SignAsync(voices, "Inès", "ines@mail.example");

        var rows = await voices.Database.ReadAsync(session => session.Query<(byte[] Mark, byte[] Address)>("SELECT mark, address FROM signatures"), Cancel);
        var held = string.Concat(rows.Select(row => System.Text.Encoding.Latin1.GetString(row.Mark) + System.Text.Encoding.Latin1.GetString(row.Address)));
        Assert.DoesNotContain("ines", held, StringComparison.OrdinalIgnoreCase);
    }

    private static Signing Service(RunningVoices voices) => voices.App.Services.GetRequiredService<Signing>();

    private static Task DeliverAsync(RunningVoices voices) => voices.App.Services.GetRequiredService<MailWorker>().RunDueAsync(Cancel);

    private static Dictionary<string, string> Fields(string name, string email, long condition = 0) => new()
    {
        ["shownAs"] = "name", ["name"] = name, ["about"] = "", ["email"] = email, ["condition"] = condition.ToString(System.Globalization.CultureInfo.InvariantCulture), ["revision"] = "1",
    };

    private async Task<RunningVoices> StartAsync(long together = 0, Engine engine = Engine.Sqlite, Action<WeToo.Voices.VoicesOptions>? settings = null)
    {
        var voices = await RunningVoices.StartAsync(engine, options =>
        {
            options.Mail = new() { Server = _server.Address, From = "letters@open.example" };
            settings?.Invoke(options);
        });
        await voices.PublishAsync("letter", "two-days", s_draft, together: together);
        return voices;
    }

    /// <summary>The status, where it leads, and the page there.</summary>
    private static async Task<(HttpStatusCode Status, string Location, string Page)> PostAsync(RunningVoices voices, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await voices.Client.PostAsync(new Uri(Letter + "/sign", UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return (answer.StatusCode, answer.Headers.Location!.ToString(), await voices.ReadAsync(answer.Headers.Location.ToString()));
    }

    private static async Task SignAsync(RunningVoices voices, string name, string email, long condition = 0)
    {
        await PostAsync(voices, Fields(name, email, condition));
        await DeliverAsync(voices);
    }

    /// <summary>Signs with a mailbox of their own.</summary>
    /// <returns>The link of the signature.</returns>
    private async Task<string> SignAndConfirmAsync(RunningVoices voices, string name, long condition = 0)
    {
        await SignAsync(voices, name, $"m{_server.Mails.Count}@mail.example", condition);
        var link = LinkIn(_server.Mails[^1]);
        await ActAsync(voices, link, "confirm");
        return link;
    }

    private static async Task ActAsync(RunningVoices voices, string link, string act, int revision = 0)
    {
        using var form = new FormUrlEncodedContent([new("act", act), new("revision", $"{revision}")]);
        using var answer = await voices.Client.PostAsync(new Uri(link, UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<double> TimeAsync(RunningVoices voices, string email)
    {
        using var form = new FormUrlEncodedContent(Fields("X", email));
        var start = Stopwatch.GetTimestamp();
        using var answer = await voices.Client.PostAsync(new Uri(Letter + "/sign", UriKind.Relative), form, Cancel);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static Task<IReadOnlyList<string>> NamesAsync(RunningVoices voices) =>
        voices.Database.ReadAsync(session => session.Query<string>("SELECT name FROM signatures ORDER BY name"), Cancel);

    private static Task<long> CountAsync(RunningVoices voices, string state) =>
        voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM signatures WHERE state = @state", new { state }), Cancel);

    private static string TextOf(string mail)
    {
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail));
        return MimeMessage.Load(bytes, Cancel).TextBody!;
    }

    private static string LinkIn(string mail) => LinkPath().Match(TextOf(mail)).Value;

    private static string Visible(string page) => Tags().Replace(page, "");

    [GeneratedRegex("/en/signatures/[A-Za-z0-9_-]+")]
    private static partial Regex LinkPath();

    [GeneratedRegex("<li><bdi>([^<]+)</bdi>")]
    private static partial Regex Shown();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();
}
