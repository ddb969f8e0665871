using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Letters;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Signing a letter with a mailbox and no account, seen from outside: forms, mails and pages.</summary>
public sealed partial class SigningTests : LetterTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_name_appears_once_its_mailbox_said_yes_and_goes_with_the_same_link(Engine engine)
    {
        await using var voices = await StartAsync(engine: engine);
        await SignAsync(voices, "Inès Müller", "ines@mail.example");

        Assert.DoesNotContain("Inès", await voices.ReadAsync(Letter), StringComparison.Ordinal);
        var link = LinkIn(Assert.Single(Server.Mails));
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

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Who_wanted_to_hear_of_new_words_hears_once_of_each_version_and_ends_it_with_one_click(Engine engine)
    {
        await using var voices = await StartAsync(engine: engine);
        var fields = Fields("Inès", "ines@mail.example");
        fields["news"] = "true";
        await PostAsync(voices, fields);
        await SignAsync(voices, "Bo", "bo@mail.example");
        foreach (var mail in Server.Mails.ToList()) await ActAsync(voices, LinkIn(mail), "confirm");
        var piece = await voices.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT piece_id FROM pieces"), Cancel);
        await voices.ReviseAsync(piece!, Words with { Source = "1. Answer within one day." });
        for (var i = 0; i < 2; i++) await voices.App.Services.GetRequiredService<LetterNews>().RunDueAsync(Cancel);
        await DeliverAsync(voices);

        var news = Assert.Single(Server.Mails.Skip(2));
        Assert.Contains("ines@mail.example", news, StringComparison.Ordinal);
        Assert.Contains("What changed since you signed", await voices.ReadAsync(LinkIn(news)), StringComparison.Ordinal);
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var answer = await voices.Client.PostAsync(new Uri(LinkIn(news), UriKind.Relative), oneClick, Cancel);
        await voices.ReviseAsync(piece!, Words with { Source = "1. Answer at once." });
        await voices.App.Services.GetRequiredService<LetterNews>().RunDueAsync(Cancel);
        await DeliverAsync(voices);
        Assert.Equal(3, Server.Mails.Count);
        Assert.Contains("2 people have signed", await voices.ReadAsync(Letter), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_was_sent_twice_leaves_nothing_behind_and_what_nobody_confirmed_is_forgotten_after_a_week()
    {
        await using var voices = await StartAsync();
        for (var i = 0; i < 3; i++) await SignAsync(voices, "Inès", "ines@mail.example");
        await ActAsync(voices, LinkIn(Server.Mails[1]), "confirm");
        Assert.Equal(["", "", "Inès"], await NamesAsync(voices));
        await ActAsync(voices, LinkIn(Server.Mails[1]), "withdraw");
        Assert.Equal(0, await voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM signatures WHERE name <> '' OR mark IS NOT NULL OR length(address) > 0"), Cancel));

        for (var i = 0; i < 2; i++) await SignAsync(voices, "Lea", "lea@mail.example");
        await ActAsync(voices, LinkIn(Server.Mails[3]), "withdraw");
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
        await ActAsync(voices, LinkIn(Server.Mails[0]), "confirm");
        await SignAsync(voices, "Lea", "lea@mail.example");

        var first = await PostAsync(voices, Fields("Somebody", "new@mail.example"));
        var again = await PostAsync(voices, Fields("Somebody else", "I.N.E.S+letters@googlemail.com"));
        await DeliverAsync(voices);

        Assert.Equal(first, again);
        Assert.Contains("To: ines@gmail.com", Server.Mails[^1], StringComparison.Ordinal); // The mailbox that signed, not the one that was typed.
        var mail = TextOf(Server.Mails[^1]);
        Assert.Contains("You have signed “Two working days” before, as: Inès", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody else", mail, StringComparison.Ordinal);
        Assert.Equal(LinkIn(Server.Mails[0]), LinkIn(Server.Mails[^1]));
        Assert.Equal(1, await CountAsync(voices, "verified"));
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
        await voices.ReviseAsync(piece, Words with { Source = "1. Answer within five days.\n2. Ask again after one month.", Change = "More time to answer." });

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
        await voices.ReviseAsync(piece, Words with { Source = "1. Answer when you like." });
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

    private static Signing Service(RunningVoices voices) => voices.App.Services.GetRequiredService<Signing>();

    /// <summary>Signs with a mailbox of their own.</summary>
    /// <returns>The link of the signature.</returns>
    private async Task<string> SignAndConfirmAsync(RunningVoices voices, string name, long condition = 0)
    {
        await SignAsync(voices, name, $"m{Server.Mails.Count}@mail.example", condition);
        var link = LinkIn(Server.Mails[^1]);
        await ActAsync(voices, link, "confirm");
        return link;
    }

    private static Task<IReadOnlyList<string>> NamesAsync(RunningVoices voices) =>
        voices.Database.ReadAsync(session => session.Query<string>("SELECT name FROM signatures ORDER BY name"), Cancel);

    private static Task<long> CountAsync(RunningVoices voices, string state) =>
        voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM signatures WHERE state = @state", new { state }), Cancel);

    private static string Visible(string page) => Tags().Replace(page, "");

    [GeneratedRegex("<li><bdi>([^<]+)</bdi>")]
    private static partial Regex Shown();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();
}
