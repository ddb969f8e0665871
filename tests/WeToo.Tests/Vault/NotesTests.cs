using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Filings;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Retention;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>What a counselor notes of a case: one register of one size that nobody else has, and that goes with the case. WEP-1, section 12.9.</summary>
public sealed class NotesTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Looking_and_writing_are_one_exchange_of_one_size_and_of_many_at_once_one_is_kept(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 3 });
        var (direct, caseId, owner, other) = await SentAsync(set);
        var (first, empty) = (Put(1), await ExchangeAsync(set, owner, caseId, Look));
        Assert.Equal(0u, empty.Put!.Revision);
        Assert.NotEqual(empty.Put.Sealed.ToArray(), (await ExchangeAsync(set, owner, caseId, Look)).Put!.Sealed.ToArray()); // Random, each time.
        Assert.Equal(0u, (await ExchangeAsync(set, owner, caseId, Put(2))).Put!.Revision); // Skipped: nothing is kept.
        Assert.Equal(0, await set.CountAsync("case_notes"));

        Assert.Equal(first.ToBytes(), (await ExchangeAsync(set, owner, caseId, first)).Put!.ToBytes());
        Assert.Equal(first.ToBytes(), (await ExchangeAsync(set, owner, caseId, first)).Put!.ToBytes()); // Its answer was lost.
        Assert.Equal(first.ToBytes(), (await ExchangeAsync(set, owner, caseId, Look)).Put!.ToBytes());
        Assert.Equal(first.ToBytes(), (await ExchangeAsync(set, owner, caseId, Put(1))).Put!.ToBytes()); // Of another desk that did not know.

        NotesPut[] puts = [.. Enumerable.Range(0, 6).Select(_ => Put(2))];
        var answers = await Task.WhenAll(puts.Select(put => ExchangeAsync(set, owner, caseId, put)));
        var winner = puts.Single(put => put.Sealed.Span.SequenceEqual(answers[0].Put!.Sealed.Span));
        Assert.All(answers, answer => Assert.Equal(winner.ToBytes(), answer.Put!.ToBytes()));
        Assert.Equal(1, await set.CountAsync("case_notes"));

        // To whoever has not got the case, who was left out too, it is as if there were none; and its author sees nothing of it.
        var leftOut = set.Counselors[2];
        foreach (var one in (TestCounselor[])[other, leftOut])
            foreach (var put in (NotesPut[])[Look, Put(3)])
                Assert.Equal(await AnswerAsync(set, one, new string('a', 32), put), await AnswerAsync(set, one, caseId, put));
        Assert.Equal(Refusal.CaseUnknown, (await ExchangeAsync(set, leftOut, caseId, Look)).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await owner.AskAsync(set, HttpMethod.Post, Path(caseId), Look.ToBytes()[..^1])).Refusal);
        Assert.Equal(Refusal.MessageTooLarge, (await owner.AskAsync(set, HttpMethod.Post, Path(caseId), [.. Look.ToBytes(), 0])).Refusal);
        Assert.DoesNotContain("note", (await direct.StatusAsync(set)).GetRawText(), StringComparison.Ordinal);

        // While contact is stopped nobody reads or writes them, and they are there when it goes on.
        foreach (var stops in (bool[])[true, false])
        {
            Assert.Null(await set.PostAsync("/v1/freezes", direct.Freeze(stops)));
            var answer = await ExchangeAsync(set, owner, caseId, Look);
            Assert.Equal((stops ? Refusal.ContactFrozen : null, stops ? null : 2u), (answer.Refusal, answer.Put?.Revision));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task They_go_when_the_case_is_given_back_handed_on_taken_out_or_over_and_the_next_one_begins_with_none(Engine engine)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 3, Time = time });
        _ = await RetentionBook.DecideAsync(set.Database, RetentionPeriods.Around(6), time, Cancel);
        var (direct, caseId, owner, second) = await SentAsync(set);
        await NotedAsync(set, owner, caseId);

        // Handed on, with what was noted inside of the note that is sealed to the other.
        Assert.Equal(Refusal.MalformedMessage, await HandOnAsync(set, owner, direct, caseId, second, noteSize: 21_600));
        Assert.Null(await HandOnAsync(set, owner, direct, caseId, second, noteSize: 20_480));
        Assert.Equal(1, await set.CountAsync("case_notes")); // Proposed is not done.
        Assert.Null(await set.PostAsync(
            "/v1/handovers", HandoverAnswer.Write(set.Keyset.Keyset.Deployment.Span, direct.Id, set.Today, second.Signing.PublicKey.Span, true, direct.Author.Pseudonym)));
        Assert.Equal(0, await set.CountAsync("case_notes"));
        Assert.Equal(Refusal.CaseUnknown, (await ExchangeAsync(set, owner, caseId, Look)).Refusal);
        Assert.Equal(0u, (await ExchangeAsync(set, second, caseId, Look)).Put!.Revision);

        // Given back.
        await NotedAsync(set, second, caseId);
        Assert.Null((await second.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/recusal", "{}"u8.ToArray())).Refusal);
        Assert.Equal(0, await set.CountAsync("case_notes"));
        Assert.Equal(0u, (await ExchangeAsync(set, owner, caseId, Look)).Put!.Revision);

        // Taken out.
        await NotedAsync(set, owner, caseId);
        Assert.Null(await set.PostAsync("/v1/withdrawals", direct.Withdrawal));
        Assert.Equal(0, await set.CountAsync("case_notes"));
        Assert.Equal(Refusal.FilingWithdrawn, (await ExchangeAsync(set, owner, caseId, Put(1))).Refusal);

        // Over.
        var (_, ending, having, _) = await SentAsync(set);
        await NotedAsync(set, having, ending);
        Assert.Null((await having.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{ending}/closing", "{}"u8.ToArray())).Refusal);
        var day = (await having.CaseAsync(set, ending)).GetProperty("delete_day").GetInt64();
        await GoToAsync(set, time, day - 1);
        Assert.Equal(1, await set.CountAsync("case_notes"));
        await GoToAsync(set, time, day);
        Assert.Equal(0, await set.CountAsync("case_notes"));
    }

    [Fact]
    public async Task What_is_held_stays_as_it_was_sealed_and_out_of_reach_until_the_hold_has_ended()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 3, Time = time });
        var (direct, caseId, owner, second) = await SentAsync(set);
        var put = await NotedAsync(set, owner, caseId);
        foreach (var one in (TestCounselor[])[owner, second]) Assert.Null(await one.HoldAsync(set, caseId, direct.Id, set.Today + 90));

        Assert.Null(await set.PostAsync("/v1/withdrawals", direct.Withdrawal));

        Assert.Equal(0, await set.CountAsync("case_notes"));
        Assert.Equal(put.Sealed.ToArray(), await set.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT bytes FROM held WHERE part = 'notes-1'"), Cancel));
        Assert.Equal(Refusal.FilingWithdrawn, (await ExchangeAsync(set, owner, caseId, Look)).Refusal);
        await GoToAsync(set, time, set.Today + 91);
        Assert.Equal(0, await set.CountAsync("held"));
    }

    private static NotesPut Look => Put(0);

    private static NotesPut Put(uint revision) => new(revision, RandomNumberGenerator.GetBytes(NotesPut.SealedSize));

    private static string Path(string caseId) => $"/v1/desk/cases/{caseId}/notes";

    private static async Task<(NotesPut? Put, Refusal? Refusal)> ExchangeAsync(VaultSet set, TestCounselor counselor, string caseId, NotesPut put)
    {
        var (bytes, refusal) = await counselor.AskAsync(set, HttpMethod.Post, Path(caseId), put.ToBytes());
        return (refusal is null ? NotesPut.TryParse(bytes) : null, refusal);
    }

    /// <summary>The whole answer, as whoever watches the line would compare it.</summary>
    private static async Task<string> AnswerAsync(VaultSet set, TestCounselor counselor, string caseId, NotesPut put)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Path(caseId), UriKind.Relative)) { Content = new ByteArrayContent(put.ToBytes()) };
        request.Headers.Add(DeskSignature.Header, counselor.Header(set, HttpMethod.Post, Path(caseId), put.ToBytes()));
        using var answer = await set.Client.SendAsync(request, Cancel);
        return Answers.Whole(answer, Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync(Cancel)));
    }

    private static async Task<NotesPut> NotedAsync(VaultSet set, TestCounselor counselor, string caseId)
    {
        var put = Put(1);
        Assert.Equal(put.ToBytes(), (await ExchangeAsync(set, counselor, caseId, put)).Put!.ToBytes());
        return put;
    }

    private static async Task<Refusal?> HandOnAsync(VaultSet set, TestCounselor counselor, TestDirect direct, string caseId, TestCounselor to, int noteSize)
    {
        var note = AgeFile.Encrypt([to.Identity.Recipient], new byte[noteSize], RandomNumberGenerator.Fill)!;
        var message = HandoverMessage.Write(
            set.Keyset.Keyset.Deployment.Span, direct.Id, set.Today, to.Signing.PublicKey.Span, set.Today + 7, SHA256.HashData(note), counselor.Signing);
        return (await counselor.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/handover", [.. message, .. note])).Refusal;
    }

    /// <summary>Sent to the first two of three; who of them has it comes first.</summary>
    private static async Task<(TestDirect Direct, string CaseId, TestCounselor Owner, TestCounselor Second)> SentAsync(VaultSet set)
    {
        var direct = await new TestDirect(set, counselors: [set.Counselors[0], set.Counselors[1]]).SentAsync(set);
        var isFirst = (await set.Counselors[0].CasesAsync(set)).Any(one => one.GetProperty("filing_id").GetString() == direct.IdText);
        var (owner, second) = isFirst ? (set.Counselors[0], set.Counselors[1]) : (set.Counselors[1], set.Counselors[0]);
        return (direct, (await direct.CaseAsync(set, owner)).GetProperty("case_id").GetString()!, owner, second);
    }

    private static async Task GoToAsync(VaultSet set, FakeTimeProvider time, long day)
    {
        time.SetUtcNow(DateTimeOffset.UnixEpoch.AddDays(day).AddHours(1));
        await set.App.Services.GetRequiredService<ErasureWorker>().RunDueAsync(Cancel);
        await set.App.Services.GetRequiredService<RetentionWorker>().RunDueAsync(Cancel);
    }
}
