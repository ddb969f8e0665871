using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Filings;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Carrying;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>C5: a case goes to somebody whom its author chose, with a note for them alone; its author sees who, and says no without a reason. WEP-1, section 12.8.</summary>
public sealed class HandoverTests
{
    private const string Note = """{"wetoo":"handover/1","wants":"To be heard.","promised":"A word on Friday.","avoid":"The lift."}""";

    public static TheoryData<Engine> Both => Engines.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task An_author_sees_who_is_proposed_and_with_their_yes_it_is_so_with_a_note_that_only_the_other_reads(Engine engine)
    {
        var time = NewTime();
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, Time = time, CounselorCount = 3 });
        var (ana, ben, leftOut) = (set.Counselors[0], set.Counselors[1], set.Counselors[2]);
        var direct = await new TestDirect(set, counselors: [ana, ben]).SentAsync(set);
        var (owner, next) = (await ana.CasesAsync(set)).Count == 1 ? (ana, ben) : (ben, ana);
        var caseId = (await direct.CaseAsync(set, owner)).GetProperty("case_id").GetString()!;
        Assert.Equal([Key(next)], Heirs(await owner.CaseAsync(set, caseId)));
        Assert.Null(await SaidAsync(set, direct));

        // To nobody whom they left out, not from today on, and by nobody else's hand.
        Assert.Equal(Refusal.CounselorUnknown, await ProposeAsync(set, owner, direct, caseId, leftOut));
        Assert.Equal(Refusal.CounselorUnknown, await ProposeAsync(set, owner, direct, caseId, owner));
        Assert.Equal(Refusal.MalformedMessage, await ProposeAsync(set, owner, direct, caseId, next, inDays: 0));
        Assert.Equal(Refusal.MalformedMessage, await ProposeAsync(set, owner, direct, caseId, next, inDays: 61));
        Assert.Equal(Refusal.FilingUnknown, await ProposeAsync(set, owner, direct, caseId, next, signer: leftOut));
        Assert.Equal(Refusal.MalformedMessage, await ProposeAsync(set, owner, direct, caseId, next, altered: true));
        Assert.Equal(Refusal.CaseUnknown, await ProposeAsync(set, next, direct, caseId, next));
        Assert.Equal(0, await set.CountAsync("handovers"));

        Assert.Null(await ProposeAsync(set, owner, direct, caseId, next));
        var said = HandoverMessage.TryParse((await SaidAsync(set, direct))!)!;
        Assert.Null(said.CheckSignature());
        Assert.Equal((Key(owner), Key(next), set.Today + 7), (Hex(said.Counselor), Hex(said.Successor), said.FromDay));
        Assert.Equal(JsonValueKind.Null, (await owner.CaseAsync(set, caseId)).GetProperty("handover").GetProperty("note").ValueKind);
        Assert.Empty(await next.CasesAsync(set));

        using (var stranger = new TestCounselor("Stranger"))
            Assert.Equal(Refusal.FilingUnknown, await set.PostAsync("/v1/handovers", HandoverAnswer.Write(set.Keyset.Keyset.Deployment.Span, direct.Id, set.Today, next.Signing.PublicKey.Span, true, stranger.Signing)));
        Assert.Null(await AnswerAsync(set, direct, leftOut, agrees: true)); // Nobody proposed them.
        Assert.Empty(await next.CasesAsync(set));
        Assert.Null(await AnswerAsync(set, direct, next, agrees: true));
        Assert.Null(await AnswerAsync(set, direct, next, agrees: true)); // Its answer was lost.

        Assert.Equal(Refusal.CaseUnknown, (await owner.AskAsync(set, HttpMethod.Get, $"/v1/desk/cases/{caseId}")).Refusal);
        var theirs = await direct.CaseAsync(set, next);
        var note = theirs.GetProperty("handover").GetProperty("note").GetBytesFromBase64();
        Assert.Equal(Note, Encoding.UTF8.GetString(AgeFile.TryDecrypt(next.Identity, note)!).TrimEnd());
        Assert.Equal(said.NoteSha256.ToArray(), SHA256.HashData(note));
        Assert.Equal(["first-contact"], theirs.GetProperty("clocks").EnumerateArray().Select(clock => clock.GetProperty("kind").GetString()!));
        Assert.Equal([Key(owner)], Heirs(theirs)); // They may have it again.
        Assert.Null(await SaidAsync(set, direct));
        Assert.Equal(Key(next), (await direct.StatusAsync(set)).GetProperty("counselor").GetString());

        Assert.Null(await set.PostAsync("/v1/withdrawals", direct.Withdrawal));
        Assert.Equal(0, await set.CountAsync("handovers"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task With_a_no_it_stays_and_they_are_not_proposed_again_and_without_a_word_it_is_so_on_its_day(Engine engine)
    {
        var time = NewTime();
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, Time = time, CounselorCount = 3 });
        var direct = await new TestDirect(set).SentAsync(set);
        var owner = await OwnerAsync(set, direct.IdText);
        var (second, third) = (set.Counselors.First(one => one != owner), set.Counselors.Last(one => one != owner));
        var caseId = (await direct.CaseAsync(set, owner)).GetProperty("case_id").GetString()!;

        Assert.Null(await ProposeAsync(set, owner, direct, caseId, second));
        Assert.Null(await AnswerAsync(set, direct, second, agrees: false));
        Assert.Null(await SaidAsync(set, direct));
        Assert.Equal([Key(third)], Heirs(await owner.CaseAsync(set, caseId)));
        Assert.Equal(Refusal.CounselorUnknown, await ProposeAsync(set, owner, direct, caseId, second));
        Assert.Null(await AnswerAsync(set, direct, second, agrees: true)); // What is not proposed is nothing.
        Assert.Single(await owner.CasesAsync(set));

        // Taken back it is nothing either; proposed again it is so on its day, whatever they take on.
        Assert.Null(await ProposeAsync(set, owner, direct, caseId, third));
        Assert.Null((await owner.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/handover")).Refusal);
        Assert.Null(await SaidAsync(set, direct));
        Assert.Null(await ProposeAsync(set, owner, direct, caseId, third));
        Assert.Null((await third.AskAsync(set, HttpMethod.Post, "/v1/desk/limits", """{"most":0,"zone":"UTC"}"""u8.ToArray())).Refusal);
        time.Advance(TimeSpan.FromDays(6));
        await RunAsync(set);
        Assert.Single(await owner.CasesAsync(set));
        time.Advance(TimeSpan.FromDays(1));
        await RunAsync(set);
        Assert.Empty(await owner.CasesAsync(set));
        Assert.Equal(Note, Encoding.UTF8.GetString(AgeFile.TryDecrypt(third.Identity, (await direct.CaseAsync(set, third)).GetProperty("handover").GetProperty("note").GetBytesFromBase64())!).TrimEnd());

        // Given back, the note goes with who gave it back.
        Assert.Null((await third.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/recusal", "{}"u8.ToArray())).Refusal);
        Assert.Equal(0, await set.CountAsync("handovers"));
        Assert.Single(await owner.CasesAsync(set));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task With_a_no_to_who_is_away_it_goes_to_another_whom_they_chose_and_with_nobody_else_it_stays(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 3 });
        var direct = await new TestDirect(set).SentAsync(set);
        var owner = await OwnerAsync(set, direct.IdText);
        var (second, third) = (set.Counselors.First(one => one != owner), set.Counselors.Last(one => one != owner));
        var caseId = (await direct.CaseAsync(set, owner)).GetProperty("case_id").GetString()!;
        Assert.Null(await ProposeAsync(set, owner, direct, caseId, second));
        Assert.Null(await LeaveAsync(set, owner, set.Today + 30));

        Assert.Null(await AnswerAsync(set, direct, second, agrees: false));
        Assert.Empty(await owner.CasesAsync(set));
        Assert.Equal(Key(third), (await direct.StatusAsync(set)).GetProperty("counselor").GetString());

        Assert.Null(await LeaveAsync(set, third, set.Today + 30)); // Nobody is left who could have it.
        Assert.Single(await third.CasesAsync(set));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Leave_begins_once_somebody_is_proposed_for_each_case_and_who_was_told_of_nobody_is_told_nothing(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 3 });
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        var owner = await OwnerAsync(set, filings[0].IdText);
        var other = await OwnerAsync(set, filings[1].IdText);
        var next = set.Counselors.Single(one => one != owner && one != other);
        var status = (await AuthorTests.StatusAsync(set, filings[0].Author.Pseudonym)).Json;

        Assert.Equal(Refusal.StandInMissing, await LeaveAsync(set, owner, set.Today + 30));
        Assert.Null(await LeaveAsync(set, owner, set.Today + 14)); // A pause is no leave.
        Assert.Null(await LeaveAsync(set, next, set.Today + 30)); // Who has no case names nobody.
        var caseId = (await owner.CasesAsync(set))[0].GetProperty("case_id").GetString()!;
        Assert.Null(await ProposeAsync(set, owner, filings[0].Id, caseId, next));

        Assert.Empty(await owner.CasesAsync(set)); // Nobody had to be asked: it is theirs at once.
        Assert.Equal(["checks", "first-contact"], (await next.CasesAsync(set)).Single().GetProperty("clocks").EnumerateArray().Select(clock => clock.GetProperty("kind").GetString()!));
        Assert.Equal(status, (await AuthorTests.StatusAsync(set, filings[0].Author.Pseudonym)).Json);
        Assert.Null(await LeaveAsync(set, owner, set.Today + 30));

        var direct = await new TestDirect(set, counselors: [other, next]).SentAsync(set);
        Assert.Equal(Refusal.StandInMissing, await LeaveAsync(set, other, set.Today + 30));
        foreach (var one in await other.CasesAsync(set))
            Assert.Null(await ProposeAsync(set, other, Convert.FromHexString(one.GetProperty("filing_id").GetString()!), one.GetProperty("case_id").GetString()!, next));
        Assert.NotNull(await SaidAsync(set, direct)); // They were told, and have time to say no.
        Assert.Null(await LeaveAsync(set, other, set.Today + 30));
    }

    private static FakeTimeProvider NewTime() => new(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero));

    private static Task RunAsync(VaultSet set) => set.App.Services.GetRequiredService<OfferWorker>().RunDueAsync(TestContext.Current.CancellationToken);

    private static string Key(TestCounselor counselor) => Hex(counselor.Signing.PublicKey);

    private static string Hex(ReadOnlyMemory<byte> key) => Convert.ToHexStringLower(key.Span);

    private static IEnumerable<string> Heirs(JsonElement one) => one.GetProperty("heirs").EnumerateArray().Select(key => key.GetString()!);

    private static async Task<TestCounselor> OwnerAsync(VaultSet set, string filingId)
    {
        foreach (var one in set.Counselors)
            if ((await one.CasesAsync(set)).Any(each => each.GetProperty("filing_id").GetString() == filingId)) return one;
        throw new InvalidOperationException("Nobody has the case.");
    }

    private static async Task<byte[]?> SaidAsync(VaultSet set, TestDirect direct) =>
        (await direct.StatusAsync(set)).GetProperty("handover") is { ValueKind: JsonValueKind.String } said ? said.GetBytesFromBase64() : null;

    private static Task<Refusal?> AnswerAsync(VaultSet set, TestDirect direct, TestCounselor successor, bool agrees) => set.PostAsync(
        "/v1/handovers", HandoverAnswer.Write(set.Keyset.Keyset.Deployment.Span, direct.Id, set.Today, successor.Signing.PublicKey.Span, agrees, direct.Author.Pseudonym));

    private static async Task<Refusal?> LeaveAsync(VaultSet set, TestCounselor counselor, uint until) =>
        (await counselor.AskAsync(set, HttpMethod.Post, "/v1/desk/limits", JsonSerializer.SerializeToUtf8Bytes(new { most = 12, zone = "UTC", not_before = until }))).Refusal;

    private static Task<Refusal?> ProposeAsync(
        VaultSet set, TestCounselor counselor, TestDirect direct, string caseId, TestCounselor to, int inDays = 7, TestCounselor? signer = null, bool altered = false) =>
        ProposeAsync(set, counselor, direct.Id, caseId, to, inDays, signer, altered);

    private static async Task<Refusal?> ProposeAsync(
        VaultSet set, TestCounselor counselor, byte[] filingId, string caseId, TestCounselor to, int inDays = 7, TestCounselor? signer = null, bool altered = false)
    {
        var note = AgeFile.Encrypt([to.Identity.Recipient], Encoding.UTF8.GetBytes(Note.PadRight(4096)), RandomNumberGenerator.Fill)!;
        var message = HandoverMessage.Write(
            set.Keyset.Keyset.Deployment.Span, filingId, set.Today, to.Signing.PublicKey.Span, (uint)(set.Today + inDays), SHA256.HashData(note), (signer ?? counselor).Signing);
        if (altered) note[^1] ^= 1;
        return (await counselor.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/handover", [.. message, .. note])).Refusal;
    }
}
