using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Audit;
using WeToo.Vault.Features.Cases;
using WeToo.Vault.Features.Retention;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>O2: two people keep one case from being deleted until a day; its author sees who, and goes on deciding who reads.</summary>
public sealed class HoldTests
{
    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task It_takes_two_and_the_author_sees_both_and_it_takes_two_to_lift(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 3 });
        var (direct, caseId, owner, second) = await SentAsync(set);
        var until = set.Today + 90;
        var log = await OperatorLog.ExportAsync(set.Database, 0, Cancel);

        Assert.Equal(Refusal.CaseUnknown, await second.HoldAsync(set, caseId, direct.Id, until)); // Who was not asked knows of none.
        Assert.Null(await owner.HoldAsync(set, caseId, direct.Id, until));
        Assert.Null(await owner.HoldAsync(set, caseId, direct.Id, until)); // Twice is once.
        Assert.Equal(JsonValueKind.Null, (await direct.StatusAsync(set)).GetProperty("hold").ValueKind);
        Assert.Equal(Refusal.CaseUnknown, await second.HoldAsync(set, caseId, direct.Id, until + 1)); // A colleague stands by what was asked, and asks nothing.
        Assert.Equal(Refusal.CaseUnknown, await second.HoldAsync(set, caseId, direct.Id, until, reason: HoldReason.Author));
        Assert.Equal((0, 1), (await set.CountAsync("holds"), await set.CountAsync("hold_proposals")));
        Assert.Null(await second.HoldAsync(set, caseId, direct.Id, until));

        var hold = (await direct.StatusAsync(set)).GetProperty("hold");
        var signed = ((string[])["first", "second"]).Select(name => HoldMessage.TryParse(hold.GetProperty(name).GetBytesFromBase64())!).ToList();
        Assert.All(signed, one => Assert.Null(one.CheckSignature()));
        Assert.Equal(2, signed.Select(one => Convert.ToHexString(one.Signer.Span)).Distinct().Count());
        Assert.All(signed, one => Assert.Equal((HoldAct.Keep, until), (one.Act, one.UntilDay)));
        Assert.Empty(await set.Counselors[2].HoldsAsync(set)); // Whom the author left out.

        Assert.Null(await second.HoldAsync(set, caseId, direct.Id, until, HoldAct.Lift));
        Assert.Equal(1, await set.CountAsync("holds"));
        Assert.Null(await owner.HoldAsync(set, caseId, direct.Id, until, HoldAct.Lift));
        Assert.Equal(0, await set.CountAsync("holds"));
        Assert.Equal(JsonValueKind.Null, (await direct.StatusAsync(set)).GetProperty("hold").ValueKind);
        Assert.Equal(log, await OperatorLog.ExportAsync(set.Database, 0, Cancel)); // Nobody who reads the log hears of any of it.
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_its_author_takes_out_is_read_by_nobody_and_erased_once_the_hold_has_ended(Engine engine)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 3, Time = time });
        var (direct, caseId, owner, second) = await SentAsync(set);
        var (fileId, until) = (RandomNumberGenerator.GetBytes(16), set.Today + 90);
        Assert.Null(await new FilePut(set, direct).PutAsync(fileId));
        var mail = new TestMail(set, direct.Author, direct.Id);
        Assert.Null((await mail.AuthorAsync(TestMail.Put(1), owner)).Refusal);
        foreach (var one in (TestCounselor[])[owner, second]) Assert.Null(await one.HoldAsync(set, caseId, direct.Id, until));

        Assert.Null(await set.PostAsync("/v1/withdrawals", direct.Withdrawal));

        var status = await direct.StatusAsync(set);
        Assert.Equal(("withdrawn", (long)until + 1), (status.GetProperty("state").GetString(), status.GetProperty("erase_day").GetInt64()));
        Assert.NotEqual(JsonValueKind.Null, status.GetProperty("hold").ValueKind);
        var seen = await owner.CaseAsync(set, caseId);
        Assert.Equal(("withdrawn", ""), (seen.GetProperty("state").GetString(), seen.GetProperty("contact").GetString()));
        Assert.Equal(Refusal.FilingWithdrawn, (await mail.CounselorAsync(owner, caseId, TestMail.Look)).Refusal);
        Assert.Equal(Refusal.CaseUnknown, (await owner.AskAsync(set, HttpMethod.Get, $"/v1/desk/cases/{caseId}/files/{Convert.ToHexStringLower(fileId)}/0")).Refusal);
        Assert.Equal((0, 0, 0), (await set.CountAsync("files"), await set.CountAsync("mail"), await set.CountAsync("mailboxes")));
        var kept = await set.Database.ReadAsync(session => session.Query<string>("SELECT part FROM held ORDER BY part"), Cancel);
        Assert.Equal(["account", "case-contact", "contact", "file", "mail-author"], kept);
        Assert.Equal(1, await set.CountAsync("file_parts"));

        await GoToAsync(set, time, until);
        Assert.Equal(5, await set.CountAsync("held"));
        await GoToAsync(set, time, until + 1);
        Assert.Equal((0, 0, 0), (await set.CountAsync("held"), await set.CountAsync("holds"), await set.CountAsync("file_parts")));
        Assert.Equal(0, await set.Database.ReadAsync(session => session.QueryOne<long>("SELECT length(counselor) FROM cases"), Cancel));
    }

    [Fact]
    public async Task Its_period_does_not_delete_it_before_the_hold_has_ended()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 3, Time = time });
        _ = await RetentionBook.DecideAsync(set.Database, RetentionPeriods.Around(6), time, Cancel);
        var (direct, caseId, owner, second) = await SentAsync(set);
        var (until, due) = (set.Today + 366, RetentionDays.RunFrom(RetentionDays.After(set.Today, 6)));
        Assert.Null((await owner.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/closing", "{}"u8.ToArray())).Refusal);
        foreach (var one in (TestCounselor[])[owner, second]) Assert.Null(await one.HoldAsync(set, caseId, direct.Id, until, reason: HoldReason.Order));

        var told = (await direct.StatusAsync(set)).GetProperty("delete_day").GetInt64();
        Assert.Equal(RetentionDays.RunFrom(until + 1), told);
        await GoToAsync(set, time, due);
        Assert.Equal("opened", (await direct.StatusAsync(set)).GetProperty("state").GetString());
        await GoToAsync(set, time, told);
        Assert.Equal("ended", (await direct.StatusAsync(set)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_is_no_hold_is_refused_and_keeps_nothing()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 3 });
        var (direct, caseId, owner, _) = await SentAsync(set);
        foreach (var (until, act) in ((uint, HoldAct)[])[(set.Today, HoldAct.Keep), (set.Today + 367, HoldAct.Keep), (set.Today + 9, HoldAct.Lift)])
            Assert.Equal(Refusal.MalformedMessage, await owner.HoldAsync(set, caseId, direct.Id, until, act));
        Assert.Equal(Refusal.FilingUnknown, await owner.HoldAsync(set, caseId, new byte[16], set.Today + 9));
        var foreign = HoldMessage.Write(new byte[16], direct.Id, HoldAct.Keep, HoldReason.Order, set.Today + 9, set.Today, owner.Signing);
        Assert.Equal(Refusal.DeploymentForeign, (await owner.AskAsync(set, HttpMethod.Post, $"/v1/desk/holds/{caseId}", foreign)).Refusal);

        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set, counselors: [owner]), new TestFiling(set, counselors: [owner]));
        var untold = (await owner.CasesAsync(set)).First(one => one.GetProperty("filing_id").GetString() == filings[0].IdText).GetProperty("case_id").GetString()!;
        Assert.Equal(Refusal.CheckMissing, await owner.HoldAsync(set, untold, filings[0].Id, set.Today + 9));

        Assert.Null(await set.PostAsync("/v1/withdrawals", direct.Withdrawal));
        Assert.Equal(Refusal.FilingWithdrawn, await owner.HoldAsync(set, caseId, direct.Id, set.Today + 9));
        Assert.Equal((0, 0), (await set.CountAsync("holds"), await set.CountAsync("hold_proposals")));
    }

    /// <summary>Sent to the first two of three; who of them has it comes first.</summary>
    private static async Task<(TestDirect Direct, string CaseId, TestCounselor Owner, TestCounselor Second)> SentAsync(VaultSet set)
    {
        var direct = await new TestDirect(set, counselors: [set.Counselors[0], set.Counselors[1]]).SentAsync(set);
        var isFirst = (await set.Counselors[0].CasesAsync(set)).Count == 1;
        var (owner, second) = isFirst ? (set.Counselors[0], set.Counselors[1]) : (set.Counselors[1], set.Counselors[0]);
        return (direct, (await direct.CaseAsync(set, owner)).GetProperty("case_id").GetString()!, owner, second);
    }

    private static async Task GoToAsync(VaultSet set, FakeTimeProvider time, long day)
    {
        time.SetUtcNow(DateTimeOffset.UnixEpoch.AddDays(day).AddHours(1));
        await set.App.Services.GetRequiredService<ErasureWorker>().RunDueAsync(Cancel);
        await set.App.Services.GetRequiredService<RetentionWorker>().RunDueAsync(Cancel);
    }

    /// <summary>One file of one part, as the author's app stores it.</summary>
    private sealed record FilePut(VaultSet Set, TestDirect Direct)
    {
        internal async Task<Refusal?> PutAsync(byte[] fileId) => (await Set.SendAsync(
            HttpMethod.Put, "/v1/files",
            FilePart.Write<FilePartPurpose>(Set.Keyset.Keyset.Deployment.ToArray(), Set.Today, Direct.Id, fileId, 0, 1, Direct.Author.Credential, new byte[100], Direct.Author.Pseudonym))).Refusal;
    }
}
