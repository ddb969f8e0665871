using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Voices.Mails;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>Mailboxes of signers: what an address means, who learns of it, and what becomes of mails when something is away or wrong.</summary>
public sealed class SigningMailTests : LetterTests
{
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
        Assert.Empty(Server.Mails);
    }

    [Fact]
    public async Task Nobody_can_tell_by_time_who_has_signed()
    {
        await using var voices = await StartAsync(settings: options => options.Mail.MailsPerDay = 1);
        await SignAsync(voices, "Inès", "ines@mail.example");
        await ActAsync(voices, LinkIn(Server.Mails[0]), "confirm");
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
    public async Task A_mailbox_gets_five_mails_a_day_whoever_asks_and_a_broken_link_is_nobodys()
    {
        await using var voices = await StartAsync();
        for (var i = 0; i < 8; i++) await SignAsync(voices, "Somebody", $"victim+{i}@mail.example");

        Assert.Equal(5, Server.Mails.Count);
        var link = LinkIn(Server.Mails[0]);
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync(link[..^2] + (link[^2] == 'A' ? "B" : "A") + link[^1]));
        Assert.Equal(HttpStatusCode.NotFound, await voices.StatusOfAsync("/en/signatures/x"));
    }

    [Fact]
    public async Task Mails_wait_for_a_mail_server_that_was_away()
    {
        await using var voices = await StartAsync();
        await Server.EndAsync();
        await PostAsync(voices, Fields("Inès", "ines@mail.example"));
        _ = await Record.ExceptionAsync(() => DeliverAsync(voices)); // Or the worker was there first.
        await Server.BeginAsync();
        voices.Time.Advance(TimeSpan.FromHours(7));
        await DeliverAsync(voices);

        Assert.Single(Server.Mails);
        await DeliverAsync(voices);
        Assert.Single(Server.Mails);
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
        Assert.Contains("To: lea@mail.example", Assert.Single(Server.Mails), StringComparison.Ordinal);
        Assert.Equal(0, await voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM mails"), Cancel));
    }

    [Fact]
    public async Task Nothing_that_sends_mails_starts_without_knowing_its_own_address()
    {
        var options = new WeToo.Voices.VoicesOptions { Urls = "http://127.0.0.1:0", Database = "Data Source=none.db", KeyFile = "none.key", Mail = new() { Server = Server.Address, From = "letters@open.example" } };
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

    private static async Task<double> TimeAsync(RunningVoices voices, string email)
    {
        using var form = new FormUrlEncodedContent(Fields("X", email));
        var start = Stopwatch.GetTimestamp();
        using var answer = await voices.Client.PostAsync(new Uri(Letter + "/sign", UriKind.Relative), form, Cancel);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
