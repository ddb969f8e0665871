using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core;
using WeToo.Core.Nudges;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using WeToo.Vault;
using WeToo.Vault.Features.Nudges;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>Neutral mails, to a real mail server. WEP-1, section 16.</summary>
public sealed partial class NudgeTests : IAsyncLifetime
{
    private const string Address = "ana.marker.8311@mail.example";
    private const string Sender = "post@garden-notes.example";

    private readonly SigningKey _key = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));
    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-nudge-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));
    private MailServer _server = null!;
    private uint _revision;

    public static TheoryData<Engine> Both => Engines.Both;

    public async ValueTask InitializeAsync() => _server = await MailServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_mail_goes_on_its_day_with_its_text_and_nothing_else(Engine engine)
    {
        await using var set = await StartAsync(engine);
        Assert.Null(await PutAsync(set, Wanted()));
        await DeliverAsync(set);
        Assert.Null(await PutAsync(set, Wanted() with { Code = CodeOf(Assert.Single(_server.Mails)) }));
        await DeliverAsync(set);
        Assert.Single(_server.Mails); // Confirmed, and not due before Saturday.

        _time.Advance(TimeSpan.FromDays(4));
        await DeliverAsync(set);
        await DeliverAsync(set);

        var mail = Assert.Single(_server.Mails.Skip(1));
        Assert.Contains("Subject: Your library reminder\n", mail, StringComparison.Ordinal);
        Assert.Contains($"From: Garden notes <{Sender}>\n", mail, StringComparison.Ordinal);
        Assert.Equal("Time to look.", mail[mail.IndexOf("\n\n", StringComparison.Ordinal)..].Trim());
        Assert.DoesNotContain("wetoo", mail, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("127.0.0.1", Regex.Replace(mail, "(?m)^X-Peer:.*$", ""), StringComparison.Ordinal); // The server's own line.
        Assert.Equal(
            ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"],
            HeaderNames().Matches(mail[..mail.IndexOf("\n\n", StringComparison.Ordinal)]).Select(match => match.Groups[1].Value).Where(name => !name.StartsWith("X-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_mail_is_the_same_with_news_and_without()
    {
        await using var set = await StartAsync(Engine.Sqlite);
        await ConfirmAsync(set);
        _time.Advance(TimeSpan.FromDays(4));
        await DeliverAsync(set);
        await new TestFiling(set).FiledAsync(set);

        _time.Advance(TimeSpan.FromDays(14));
        await DeliverAsync(set);

        Assert.Equal(3, _server.Mails.Count);
        Assert.Equal(WithoutTime(_server.Mails[1]), WithoutTime(_server.Mails[2]));
    }

    [Fact]
    public async Task A_filing_sends_nothing_to_anybody()
    {
        await using var set = await StartAsync(Engine.Sqlite);
        await new TestFiling(set).FiledAsync(set);
        await DeliverAsync(set);

        Assert.Empty(_server.Mails);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Nothing_goes_to_an_address_whose_owner_did_not_give_the_code_back(Engine engine)
    {
        await using var set = await StartAsync(engine);
        Assert.Equal(Refusal.NudgeCodeWrong, await PutAsync(set, Wanted() with { Code = "123456" }));
        Assert.Null(await PutAsync(set, Wanted()));
        await DeliverAsync(set);
        var mail = Assert.Single(_server.Mails);
        var code = CodeOf(mail);
        Assert.DoesNotContain("library", mail, StringComparison.Ordinal); // What a stranger chose is not read by whom they chose it for.

        var wrong = code == "000000" ? "000001" : "000000";
        for (var i = 0; i < 5; i++) Assert.Equal(Refusal.NudgeCodeWrong, await PutAsync(set, Wanted() with { Code = wrong }));
        Assert.Equal(Refusal.NudgeCodeWrong, await PutAsync(set, Wanted() with { Code = code }));
        Assert.Equal(Refusal.NudgeCodeWrong, await PutAsync(set, Wanted() with { To = "other@mail.example", Code = code }));

        _time.Advance(TimeSpan.FromDays(28));
        await DeliverAsync(set);
        Assert.Single(_server.Mails);
        Assert.Equal(0, await set.CountAsync("nudges")); // Forgotten, unconfirmed.
    }

    [Fact]
    public async Task Nobody_can_be_flooded_with_codes()
    {
        await using var set = await StartAsync(Engine.Sqlite, codesPerHour: 4);
        for (var i = 0; i < 3; i++) Assert.Null(await PutAsync(set, Wanted()));
        Assert.Equal(Refusal.NudgeLimit, await PutAsync(set, Wanted() with { To = Address.ToUpperInvariant() })); // This address, today.
        Assert.Null(await PutAsync(set, Wanted() with { To = "second@mail.example" }));
        Assert.Equal(Refusal.NudgeLimit, await PutAsync(set, Wanted() with { To = "third@mail.example" })); // All, this hour.

        _time.Advance(TimeSpan.FromHours(1.1));
        Assert.Null(await PutAsync(set, Wanted() with { To = "third@mail.example" }));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task They_stop_at_once_and_a_message_from_before_brings_them_back_for_nobody(Engine engine)
    {
        await using var set = await StartAsync(engine);
        var confirmed = await ConfirmAsync(set);
        Assert.Null(await SendAsync(set, Write(set, "")));

        Assert.Equal(Refusal.RequestReplayed, await SendAsync(set, confirmed));
        _time.Advance(TimeSpan.FromDays(4));
        await DeliverAsync(set);
        Assert.Single(_server.Mails);
        Assert.Equal(0, await set.CountAsync("nudges"));
    }

    [Fact]
    public async Task A_mail_server_that_is_down_gets_it_later_that_day_and_no_other_day()
    {
        await using var set = await StartAsync(Engine.Sqlite);
        await ConfirmAsync(set);
        await _server.EndAsync();
        _time.Advance(TimeSpan.FromDays(4));
        await Assert.ThrowsAnyAsync<Exception>(() => DeliverAsync(set));

        await _server.BeginAsync();
        _time.Advance(TimeSpan.FromHours(5));
        await DeliverAsync(set);
        Assert.Equal(2, _server.Mails.Count);

        await _server.EndAsync();
        _time.Advance(TimeSpan.FromDays(14));
        await Assert.ThrowsAnyAsync<Exception>(() => DeliverAsync(set));
        await _server.BeginAsync();
        _time.Advance(TimeSpan.FromDays(2));
        await DeliverAsync(set);
        Assert.Equal(2, _server.Mails.Count);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_stolen_database_has_no_address_and_no_text(Engine engine)
    {
        await using var set = await StartAsync(engine);
        await ConfirmAsync(set);

        var row = await set.Database.ReadAsync(session => session.Query<byte[]>("SELECT sealed FROM nudges")[0], TestContext.Current.CancellationToken);

        Assert.DoesNotContain("marker.8311", Encoding.UTF8.GetString(row), StringComparison.Ordinal);
        Assert.DoesNotContain("library", Encoding.UTF8.GetString(row), StringComparison.Ordinal);
        Assert.Equal(32, (await set.Database.ReadAsync(session => session.Query<byte[]>("SELECT address FROM nudge_codes")[0], TestContext.Current.CancellationToken)).Length);
        Assert.DoesNotContain("marker.8311", string.Join('\n', set.Log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Only_its_owner_sees_what_was_asked_for_and_every_answer_has_one_size(Engine engine)
    {
        await using var set = await StartAsync(engine);
        await ConfirmAsync(set);
        using var stranger = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));

        var (own, others) = (await ShowAsync(set, _key), await ShowAsync(set, stranger));

        Assert.Equal(own.Length, others.Length);
        Assert.Equal(Wanted(), SettingsIn(own)! with { Code = "" });
        Assert.Null(SettingsIn(others));
        Assert.Equal(new DateTimeOffset(2026, 11, 28, 8, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), JsonDocument.Parse(own).RootElement.GetProperty("next_s").GetInt64());
    }

    [Theory]
    [InlineData("تذكير من المكتبة", 500)]
    [InlineData("🌿", 250)]
    [InlineData("\"\\", 250)]
    public async Task Words_of_any_script_come_back_as_they_were_in_an_answer_of_the_same_size(string sign, int times)
    {
        await using var set = await StartAsync(Engine.Sqlite);
        var text = string.Concat(Enumerable.Repeat(sign, times))[..Math.Min(500, sign.Length * times)].Trim();
        // As a browser writes it: no letter escaped.
        Assert.Null(await SendAsync(set, Write(set, (Wanted() with { Text = "*" }).ToJson().Replace("*", text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal))));

        var answer = await ShowAsync(set, _key);
        Assert.Equal((text, 3072), (SettingsIn(answer)!.Text, Encoding.UTF8.GetByteCount(answer)));
    }

    [Fact]
    public async Task They_end_by_themselves_a_year_after_they_were_last_asked_for()
    {
        await using var set = await StartAsync(Engine.Sqlite);
        await ConfirmAsync(set);
        _time.Advance(TimeSpan.FromDays(365));
        await DeliverAsync(set);
        Assert.Equal(1, await set.CountAsync("nudges"));

        _time.Advance(TimeSpan.FromDays(1));
        await DeliverAsync(set);
        Assert.Equal(0, await set.CountAsync("nudges"));
    }

    [Theory]
    [InlineData("to", "no address")]
    [InlineData("to", "a@b@c.example")]
    [InlineData("to", "Ana <a@b.example>")]
    [InlineData("subject", "")]
    [InlineData("subject", "two\nlines")]
    [InlineData("text", "")]
    [InlineData("zone", "Middle/Earth")]
    [InlineData("hour", 24)]
    [InlineData("weekday", 0)]
    [InlineData("every_weeks", 13)]
    public async Task What_is_no_mail_is_refused(string member, object value)
    {
        await using var set = await StartAsync(Engine.Sqlite);
        var settings = System.Text.Json.Nodes.JsonNode.Parse(Wanted().ToJson())!.AsObject();
        settings[member] = value is int number ? number : (string)value;

        Assert.Equal(Refusal.NudgeInvalid, await SendAsync(set, Write(set, settings.ToJsonString())));
        Assert.Equal(0, await set.CountAsync("nudges"));
    }

    [Fact]
    public async Task Without_a_mail_server_nobody_is_offered_any()
    {
        await using var set = await VaultSet.StartAsync(new() { Time = _time });

        Assert.Equal(Refusal.NudgesOff, await PutAsync(set, Wanted()));
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(await ShowAsync(set, _key)).RootElement.GetProperty("sender").ValueKind);
    }

    [Fact]
    public async Task Others_signatures_days_and_deployments_are_refused()
    {
        await using var set = await StartAsync(Engine.Sqlite);
        var message = Write(set, Wanted().ToJson());
        var forged = message.ToArray();
        forged[70] ^= 1;
        var foreign = NudgePut.Write(new byte[16], set.Today, 1, Wanted().ToJson(), _key)!;
        var old = NudgePut.Write(set.Keyset.Keyset.Deployment.Span, set.Today - 2, 1, Wanted().ToJson(), _key)!;

        Assert.Equal(Refusal.SignatureInvalid, await SendAsync(set, forged));
        Assert.Equal(Refusal.DeploymentForeign, await SendAsync(set, foreign));
        Assert.Equal(Refusal.RequestExpired, await SendAsync(set, old));
        Assert.Equal(Refusal.MalformedMessage, await SendAsync(set, message[..^1]));
    }

    [Theory]
    [InlineData("post@wetoo.example", "Reminders")]
    [InlineData("post@garden.example", "WeToo")]
    public async Task A_sender_that_says_what_this_is_is_refused_at_the_start(string from, string name) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => VaultSet.StartAsync(new()
        {
            Settings = options => options.Mail = new MailOptions { Server = _server.Address, From = from, Name = name, KeyFile = Path.Combine(_folder, "mail.key") },
        }));

    [GeneratedRegex(@"(?m)^([\w-]+):")]
    private static partial Regex HeaderNames();

    private static NudgeSettings Wanted() => new(Address, "Your library reminder", "Time to look.", 2, 6, 9, "Europe/Paris", "");

    private static string WithoutTime(string mail) => Regex.Replace(mail, "(?m)^(Date|Message-Id|X-Peer): .*$", "");

    private static string CodeOf(string mail) => Regex.Match(mail, @"(?m)^Subject: (\d{6})$").Groups[1].Value;

    private static NudgeSettings? SettingsIn(string answer) => NudgeSettings.TryParse(JsonDocument.Parse(answer).RootElement.GetProperty("settings").GetBytesFromBase64());

    private static Task DeliverAsync(VaultSet set) => set.App.Services.GetRequiredService<NudgeWorker>().RunDueAsync(TestContext.Current.CancellationToken);

    private static async Task<string> ShowAsync(VaultSet set, SigningKey key)
    {
        var request = NudgeRequest.Write(set.Keyset.Keyset.Deployment.Span, set.Today, RandomNumberGenerator.GetBytes(16), key);
        return Encoding.UTF8.GetString((await set.SendAsync(HttpMethod.Post, "/v1/nudges", request)).Bytes);
    }

    private static async Task<Refusal?> SendAsync(VaultSet set, byte[] message) => (await set.SendAsync(HttpMethod.Put, "/v1/nudges", message)).Refusal;

    private Task<VaultSet> StartAsync(Engine engine, int codesPerHour = 60) => VaultSet.StartAsync(new()
    {
        Engine = engine,
        Time = _time,
        Settings = options => options.Mail = new MailOptions
        {
            Server = _server.Address, From = Sender, Name = "Garden notes", KeyFile = Path.Combine(_folder, "mail.key"), CodesPerHour = codesPerHour,
        },
    });

    private byte[] Write(VaultSet set, string settings) => NudgePut.Write(set.Keyset.Keyset.Deployment.Span, set.Today, ++_revision, settings, _key)!;

    private Task<Refusal?> PutAsync(VaultSet set, NudgeSettings settings) => SendAsync(set, Write(set, settings.ToJson()));

    /// <summary>The message that confirmed it.</summary>
    private async Task<byte[]> ConfirmAsync(VaultSet set)
    {
        Assert.Null(await PutAsync(set, Wanted()));
        await DeliverAsync(set);
        var message = Write(set, (Wanted() with { Code = CodeOf(_server.Mails[0]) }).ToJson());
        Assert.Null(await SendAsync(set, message));
        return message;
    }
}
