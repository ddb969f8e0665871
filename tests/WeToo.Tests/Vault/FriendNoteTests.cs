using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Log;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Wire;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>D10: a friend leaves a short dated note for an author who asked them, and sees nothing of hers. WEP-1, section 19.</summary>
public sealed class FriendNoteTests : IDisposable
{
    private readonly SecretBytes _boxKey = SecretBytes.Random(32, RandomNumberGenerator.Fill);

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _boxKey.Dispose();

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_note_waits_for_who_asked_and_for_nobody_else_until_it_is_thrown_away(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var (filing, other) = (await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set));
        Assert.Null(await TellAsync(set, filing, NoteBoxAct.Take, Key(1)));
        Assert.Null(await TellAsync(set, filing, NoteBoxAct.Take, Key(1))); // Its answer was lost.
        var (note, entry) = NoteOf(set, 1, "She told me.");

        Assert.Null(await set.PostAsync("/v1/notes", note));
        Assert.Null(await set.PostAsync("/v1/notes", note)); // Likewise: it is there once.
        Assert.Contains("\"from_others\":1", (await AuthorTests.StatusAsync(set, filing.Author.Pseudonym)).Json, StringComparison.Ordinal);
        Assert.Contains("\"from_others\":0", (await AuthorTests.StatusAsync(set, other.Author.Pseudonym)).Json, StringComparison.Ordinal);
        var answer = await ShowAsync(set, filing.Author.Pseudonym);
        Assert.Equal(["She told me."], Opened(answer, 1));
        Assert.Equal(Key(1), answer[..32]);
        Assert.Empty(Opened(await ShowAsync(set, other.Author.Pseudonym), 1));
        var unasked = await ShowAsync(set, other.Author.Pseudonym);
        Assert.Equal(answer.Length, unasked.Length);
        Assert.Equal(new byte[32], unasked[..32]);
        Assert.Equal([null], await DatedForAsync(set, entry)); // Nothing says for whom it was,
        Assert.Contains(Convert.ToHexStringLower(entry), await ProofsAsync(set, filing), StringComparison.Ordinal); // and who has it finds its date.
        Assert.DoesNotContain(Convert.ToHexStringLower(entry), await ProofsAsync(set, other), StringComparison.Ordinal);

        Assert.Null(await TellAsync(set, other, NoteBoxAct.Drop, entry[2..])); // Of somebody else: nothing happens.
        Assert.Single(Opened(await ShowAsync(set, filing.Author.Pseudonym), 1));
        Assert.Null(await TellAsync(set, filing, NoteBoxAct.Drop, entry[2..]));
        Assert.Empty(Opened(await ShowAsync(set, filing.Author.Pseudonym), 1));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Whoever_leaves_a_note_is_answered_alike_whatever_became_of_it(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var filing = await new TestFiling(set).FiledAsync(set);
        var answers = new List<string> { await LeaveAsync(set, 1, "nobody asked") };
        Assert.Null(await TellAsync(set, filing, NoteBoxAct.Take, Key(1)));
        for (var i = 1; i <= NoteBoxMessage.MostNotes + 1; i++) answers.Add(await LeaveAsync(set, 1, $"{i}"));
        Assert.Equal(["1", "2", "3", "4", "5"], Opened(await ShowAsync(set, filing.Author.Pseudonym), 1)); // The sixth had no room.

        // Asked anew, what was given before is good for nothing, now and later; what came before stays.
        Assert.Null(await TellAsync(set, filing, NoteBoxAct.Drop, await FirstEntryAsync(set, filing)));
        Assert.Null(await TellAsync(set, filing, NoteBoxAct.Take, Key(2)));
        answers.Add(await LeaveAsync(set, 1, "under the old code"));
        Assert.Null(await TellAsync(set, filing, NoteBoxAct.Close, Key(2)));
        answers.Add(await LeaveAsync(set, 2, "closed"));
        foreach (var spent in (uint[])[1, 2]) Assert.Equal(Refusal.RequestReplayed, await TellAsync(set, filing, NoteBoxAct.Take, Key(spent)));
        Assert.Equal(["2", "3", "4", "5"], Opened(await ShowAsync(set, filing.Author.Pseudonym), 1));
        Assert.Null(await TellAsync(set, filing, NoteBoxAct.Take, Key(3)));
        Assert.Null(await set.PostAsync("/v1/withdrawals", filing.Withdrawal));
        answers.Add(await LeaveAsync(set, 3, "withdrawn"));

        Assert.Single(answers.Distinct());
        Assert.StartsWith("204 ", answers[0], StringComparison.Ordinal);
        Assert.Equal(answers.Count, await NoteDatesAsync(set)); // Each got a date, kept or not: whoever wrote it can show it.
        Assert.Equal((1L, 0L), (await set.CountAsync("friend_notes"), await set.Database.ReadAsync(session => session.QueryOne<long>("SELECT sum(number) - 1 FROM friend_notes"), Cancel))); // The row of nobody.
        Assert.All(await set.Database.ReadAsync(session => session.Query<byte[]>("SELECT sealed_note FROM friend_notes"), Cancel), kept => Assert.All(kept, one => Assert.Equal(0, one)));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_box_goes_with_the_last_filing_that_lives_and_nothing_says_then_whose_the_notes_were(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var first = await new TestFiling(set).FiledAsync(set);
        var again = await new TestFiling(set, author: first.Author).FiledAsync(set); // Filed anew, with another name.
        Assert.Null(await TellAsync(set, first, NoteBoxAct.Take, Key(1)));
        var (note, entry) = NoteOf(set, 1, "She told me.");
        Assert.Null(await set.PostAsync("/v1/notes", note));

        Assert.Null(await set.PostAsync("/v1/withdrawals", first.Withdrawal));
        Assert.Equal(Refusal.FilingWithdrawn, await TellAsync(set, first, NoteBoxAct.Close, Key(1)));
        Assert.Single(Opened(await ShowAsync(set, first.Author.Pseudonym), 1));
        _ = await set.Database.TransactAsync(
            session =>
            {
                Lapse.Of(session, again.Id, again.Author.Pseudonym.PublicKey.ToArray(), set.Today);
                return true;
            },
            Cancel);

        Assert.Equal((0L, 0L), (await set.CountAsync("friend_notes"), await set.CountAsync("note_boxes")));
        Assert.Equal([null], await DatedForAsync(set, entry));
        Assert.Empty(Opened(await ShowAsync(set, first.Author.Pseudonym), 1));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Whoever_has_the_code_spoils_no_note_that_waits_and_learns_nothing_by_saying_that_the_code_is_theirs(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine });
        var (filing, stranger) = (await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set));
        var before = await TellAsync(set, stranger, NoteBoxAct.Take, Key(1));
        Assert.Null(await TellAsync(set, filing, NoteBoxAct.Take, Key(1)));
        Assert.Equal(before, await TellAsync(set, stranger, NoteBoxAct.Take, Key(1))); // The same, with her box and without.
        var (note, entry) = NoteOf(set, 1, "She told me.");
        Assert.Null(await set.PostAsync("/v1/notes", note));

        // The log is public: whoever has the code sends something else under the same entry.
        Assert.Null(await set.PostAsync("/v1/notes", NoteOf(set, 1, "nothing", entry: entry).Message));
        foreach (var each in (TestFiling[])[filing, stranger]) Assert.Equal(["She told me."], Opened(await ShowAsync(set, each.Author.Pseudonym), 1));
        Assert.Null(await set.PostAsync("/v1/withdrawals", filing.Withdrawal));
        Assert.Equal(before, await TellAsync(set, stranger, NoteBoxAct.Take, Key(1)));
        Assert.Null(await set.PostAsync("/v1/notes", NoteOf(set, 1, "after").Message));
        Assert.Equal(["She told me.", "after"], Opened(await ShowAsync(set, stranger.Author.Pseudonym), 1)); // As it would with her box.
    }

    [Fact]
    public async Task What_dated_notes_that_nobody_has_is_forgotten_after_some_weeks()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var set = await VaultSet.StartAsync(new() { Time = time });
        var filing = await new TestFiling(set).FiledAsync(set);
        Assert.Null(await TellAsync(set, filing, NoteBoxAct.Take, Key(1)));
        foreach (var round in (uint[])[1, 2]) Assert.Null(await set.PostAsync("/v1/notes", NoteOf(set, round, "She told me.").Message));
        Assert.Equal(2, await NoteDatesAsync(set));
        time.Advance(TimeSpan.FromDays(36));
        Assert.Null(await set.PostAsync("/v1/notes", NoteOf(set, 2, "to nobody").Message));
        Assert.Equal(2, await NoteDatesAsync(set)); // Hers, which still waits, and the new one.
    }

    [Fact]
    public async Task Only_an_author_asks_and_only_who_has_the_code_is_heard_and_a_flood_is_stopped_whomever_it_is_for()
    {
        await using var set = await VaultSet.StartAsync(new() { Settings = options => options.NotesPerHour = 2, Time = new Still() });
        var (filing, stranger) = (await new TestFiling(set).FiledAsync(set), await new TestFiling(set).FiledAsync(set));
        var (box, note) = (BoxOf(set, filing, NoteBoxAct.Take, Key(1)), NoteOf(set, 1, "She told me.").Message);
        foreach (var (method, path, message) in new[] { (HttpMethod.Put, "/v1/note-boxes", box), (HttpMethod.Post, "/v1/notes", note) })
        {
            byte[] altered = [.. message[..^1], (byte)(message[^1] ^ 1)];
            Assert.Equal(Refusal.SignatureInvalid, (await set.SendAsync(method, path, altered)).Refusal);
            Assert.Equal(Refusal.MalformedMessage, (await set.SendAsync(method, path, altered[1..])).Refusal);
        }

        Assert.Equal(Refusal.FilingUnknown, (await set.SendAsync(HttpMethod.Put, "/v1/note-boxes", BoxOf(set, filing, NoteBoxAct.Take, Key(1), stranger.Author.Pseudonym))).Refusal);
        Assert.Equal(Refusal.RequestExpired, (await set.SendAsync(HttpMethod.Put, "/v1/note-boxes", BoxOf(set, filing, NoteBoxAct.Take, Key(1), day: set.Today - 2))).Refusal);
        Assert.Equal(Refusal.RequestExpired, await set.PostAsync("/v1/notes", NoteOf(set, 1, "", day: set.Today + 2).Message));
        Assert.Equal((0L, 0L), (await set.CountAsync("note_boxes"), await set.CountAsync("friend_notes")));

        Assert.Null(await TellAsync(set, filing, NoteBoxAct.Take, Key(1)));
        for (var i = 0; i < 2; i++) Assert.Null(await set.PostAsync("/v1/notes", NoteOf(set, 2, "to nobody").Message));
        Assert.Equal(Refusal.WritesLimit, await set.PostAsync("/v1/notes", NoteOf(set, 2, "to nobody").Message));
        Assert.Equal(Refusal.WritesLimit, await set.PostAsync("/v1/notes", note));
    }

    private static byte[] BoxOf(VaultSet set, TestFiling filing, NoteBoxAct act, byte[] subject, SigningKey? signer = null, uint? day = null) =>
        NoteBoxMessage.Write(set.Keyset.Keyset.Deployment.Span, filing.Id, day ?? set.Today, act, subject, signer ?? filing.Author.Pseudonym);

    private static async Task<Refusal?> TellAsync(VaultSet set, TestFiling filing, NoteBoxAct act, byte[] subject) =>
        (await set.SendAsync(HttpMethod.Put, "/v1/note-boxes", BoxOf(set, filing, act, subject))).Refusal;

    private static async Task<byte[]> ShowAsync(VaultSet set, SigningKey pseudonym)
    {
        var (bytes, refusal) = await set.SendAsync(
            HttpMethod.Post, "/v1/note-boxes", StatusRequest.Write(set.Keyset.Keyset.Deployment.Span, set.Today, RandomNumberGenerator.GetBytes(16), pseudonym));
        Assert.Null(refusal);
        return bytes;
    }

    private static async Task<byte[]> FirstEntryAsync(VaultSet set, TestFiling filing) => (await ShowAsync(set, filing.Author.Pseudonym))[34..66];

    private static Task<List<byte[]?>> DatedForAsync(VaultSet set, byte[] entry) =>
        set.Database.ReadAsync(session => session.Query<byte[]?>("SELECT pseudonym FROM dated WHERE entry = @entry", new { entry }).ToList(), Cancel);

    private static async Task<int> NoteDatesAsync(VaultSet set) =>
        (await set.Database.ReadAsync(session => session.Query<byte[]>("SELECT entry FROM dated"), Cancel)).Count(entry => LogEntry.TryParse(entry) is { Kind: EntryKind.Note });

    private static async Task<string> ProofsAsync(VaultSet set, TestFiling filing)
    {
        var (bytes, refusal) = await set.SendAsync(
            HttpMethod.Post, "/v1/proofs", StatusRequest.Write(set.Keyset.Keyset.Deployment.Span, set.Today, RandomNumberGenerator.GetBytes(16), filing.Author.Pseudonym));
        Assert.Null(refusal);
        return System.Text.Encoding.UTF8.GetString(bytes);
    }

    private async Task<string> LeaveAsync(VaultSet set, uint round, string text)
    {
        using var answer = await set.Client.PostAsync(new Uri("/v1/notes", UriKind.Relative), new ByteArrayContent(NoteOf(set, round, text).Message), Cancel);
        return Answers.Whole(answer, Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync(Cancel)));
    }

    private byte[] Key(uint round)
    {
        using var secret = NoteMessage.SecretFor(_boxKey, round);
        using var key = NoteMessage.KeyOf(SealedBox.PublicKey(secret));
        return key.PublicKey.ToArray();
    }

    private (byte[] Message, byte[] Entry) NoteOf(VaultSet set, uint round, string text, uint? day = null, byte[]? entry = null)
    {
        using var secret = NoteMessage.SecretFor(_boxKey, round);
        var message = NoteMessage.Write(
            set.Keyset.Keyset.Deployment.Span, day ?? set.Today, SealedBox.PublicKey(secret), RandomNumberGenerator.GetBytes(LogEntry.SaltSize), System.Text.Encoding.UTF8.GetBytes(text), RandomNumberGenerator.Fill)!;
        if (entry is not null)
        {
            using var key = NoteMessage.KeyOf(SealedBox.PublicKey(secret));
            message = new WireWriter().Bytes(message.AsSpan(0, 53)).Bytes(entry).Bytes(message.AsSpan(53 + LogEntry.Size, NoteMessage.SealedSize)).SignedBy<NotePurpose>(key);
        }

        return (message, NoteMessage.TryParse(message)!.Entry.ToBytes());
    }

    private List<string> Opened(byte[] answer, uint round)
    {
        using var secret = NoteMessage.SecretFor(_boxKey, round);
        var recipient = SealedBox.PublicKey(secret);
        return [.. Enumerable.Range(0, NoteBoxMessage.MostNotes)
            .Select(i => SealedBox.Open(secret, recipient, answer.AsSpan(32 + (i * (LogEntry.Size + NoteMessage.SealedSize)) + LogEntry.Size, NoteMessage.SealedSize)))
            .OfType<byte[]>().Select(content => System.Text.Encoding.UTF8.GetString(content.AsSpan(LogEntry.SaltSize)).TrimEnd())];
    }

    /// <summary>An hour that does not turn while a test counts.</summary>
    private sealed class Still : TimeProvider
    {
        private readonly DateTimeOffset _now = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
