using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>Contact that somebody who had lost the words asked a counselor to stop. WEP-1, section 10.2.</summary>
public sealed class AskedStopTests
{
    private const long Wait_s = 72 * 3600;

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task It_stops_after_72_hours_and_whoever_has_the_words_sees_when(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var (counselor, filings, id) = await MatchedAsync(set);
        var asked = FreezeOf(set, filings[0], counselor.Signing);
        Assert.Equal(Refusal.CheckMissing, await AskAsync(set, counselor, id, asked)); // To its author it is sealed.
        Assert.Null(await counselor.VerifyAsync(set, await counselor.CaseAsync(set, id)));

        var before_s = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.Null(await AskAsync(set, counselor, id, asked));
        var (told, due_s) = (await StatusAsync(set, filings[0]), await DueAsync(set));
        Assert.InRange(due_s, before_s + Wait_s, before_s + Wait_s + 60);
        Assert.Equal((due_s, false), (told.GetProperty("stop_s").GetInt64(), told.GetProperty("frozen").GetBoolean()));
        Assert.Equal(due_s, (await counselor.CaseAsync(set, id)).GetProperty("stop_s").GetInt64());
        Assert.Equal(JsonValueKind.Null, (await StatusAsync(set, filings[1])).GetProperty("stop_s").ValueKind);
        Assert.Null(await AskAsync(set, counselor, id, FreezeOf(set, filings[0], counselor.Signing)));
        Assert.Equal(due_s, await DueAsync(set)); // Asked again, it does not begin again.

        await PassAsync(set, Wait_s - 120);
        Assert.False((await StatusAsync(set, filings[0])).GetProperty("frozen").GetBoolean());
        await PassAsync(set, 120);
        await VaultSet.UntilAsync(async () => (await StatusAsync(set, filings[0])).GetProperty("frozen").GetBoolean());
        Assert.Equal(JsonValueKind.Null, (await counselor.CaseAsync(set, id)).GetProperty("contact").ValueKind);
        Assert.Equal(Refusal.ContactFrozen, await AskAsync(set, counselor, id, FreezeOf(set, filings[0], counselor.Signing, freezes: false)));
        Assert.Equal(0, await set.CountAsync("asked_stops"));

        Assert.Null(await set.PostAsync("/v1/freezes", FreezeOf(set, filings[0], filings[0].Author.Pseudonym, freezes: false)));
        Assert.False((await StatusAsync(set, filings[0])).GetProperty("frozen").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Whoever_has_the_words_goes_before_it_and_its_counselor_may_take_it_back(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 2 });
        var (counselor, filings, id) = await MatchedAsync(set);
        Assert.Null(await counselor.VerifyAsync(set, await counselor.CaseAsync(set, id)));
        (string Path, byte[] Message)[] ways =
        [
            ($"/v1/desk/cases/{id}/stop", FreezeOf(set, filings[0], counselor.Signing, freezes: false)),
            ("/v1/freezes", FreezeOf(set, filings[0], filings[0].Author.Pseudonym, freezes: false)),
            ("/v1/withdrawals", filings[0].Withdrawal),
        ];

        foreach (var (path, message) in ways)
        {
            Assert.Null(await AskAsync(set, counselor, id, FreezeOf(set, filings[0], counselor.Signing)));
            Assert.Equal(1, await set.CountAsync("asked_stops"));
            Assert.Null(path.StartsWith("/v1/desk", StringComparison.Ordinal) ? await AskAsync(set, counselor, id, message) : await set.PostAsync(path, message));
            Assert.Equal(0, await set.CountAsync("asked_stops"));
            Assert.False((await StatusAsync(set, filings[0])).GetProperty("frozen").GetBoolean());
        }

        Assert.Equal(Refusal.FilingWithdrawn, await AskAsync(set, counselor, id, FreezeOf(set, filings[0], counselor.Signing)));
    }

    [Fact]
    public async Task Nobody_asks_for_it_but_the_counselor_of_the_case_and_in_their_own_name()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var (counselor, filings, id) = await MatchedAsync(set);
        Assert.Null(await counselor.VerifyAsync(set, await counselor.CaseAsync(set, id)));
        var unsigned = FreezeOf(set, filings[0], counselor.Signing);
        unsigned[^1] ^= 1;
        using var stranger = SigningKey.FromSeed(RandomNumberGenerator.GetBytes(32));
        var foreign = FreezeMessage.Write(new byte[16], filings[0].Id, set.Today, true, new byte[16], counselor.Signing);
        var old = FreezeMessage.Write(set.Keyset.Keyset.Deployment.Span, filings[0].Id, set.Today - 2, true, new byte[16], counselor.Signing);

        Assert.Equal(Refusal.CaseUnknown, await AskAsync(set, set.Counselors[1], id, FreezeOf(set, filings[0], set.Counselors[1].Signing)));
        Assert.Equal(Refusal.FilingUnknown, await AskAsync(set, counselor, id, FreezeOf(set, filings[0], stranger)));
        Assert.Equal(Refusal.FilingUnknown, await AskAsync(set, counselor, id, FreezeOf(set, filings[1], counselor.Signing)));
        Assert.Equal(Refusal.SignatureInvalid, await AskAsync(set, counselor, id, unsigned));
        Assert.Equal(Refusal.MalformedMessage, await AskAsync(set, counselor, id, unsigned[1..]));
        Assert.Equal(Refusal.DeploymentForeign, await AskAsync(set, counselor, id, foreign));
        Assert.Equal(Refusal.RequestExpired, await AskAsync(set, counselor, id, old));
        Assert.Equal(Refusal.FilingUnknown, await set.PostAsync("/v1/freezes", FreezeOf(set, filings[0], counselor.Signing)));
        Assert.Equal(0, await set.CountAsync("asked_stops"));
    }

    private static async Task<(TestCounselor Counselor, IReadOnlyList<TestFiling> Filings, string CaseId)> MatchedAsync(VaultSet set)
    {
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set, counselors: [set.Counselors[0]]), new TestFiling(set, counselors: [set.Counselors[1]]));
        return (set.Counselors[0], filings, Assert.Single(await set.Counselors[0].CasesAsync(set)).GetProperty("case_id").GetString()!);
    }

    private static byte[] FreezeOf(VaultSet set, TestFiling filing, SigningKey signer, bool freezes = true) => FreezeMessage.Write(
        set.Keyset.Keyset.Deployment.Span, filing.Id, set.Today, freezes, RandomNumberGenerator.GetBytes(16), signer);

    private static async Task<Refusal?> AskAsync(VaultSet set, TestCounselor counselor, string caseId, byte[] message) =>
        (await counselor.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/stop", message)).Refusal;

    private static async Task<JsonElement> StatusAsync(VaultSet set, TestFiling filing) =>
        JsonDocument.Parse((await AuthorTests.StatusAsync(set, filing.Author.Pseudonym)).Json).RootElement.GetProperty("filings")[0];

    private static Task<long> DueAsync(VaultSet set) => set.Database.ReadAsync(session => Assert.Single(session.Query<long>("SELECT due_s FROM asked_stops")), Cancel);

    /// <summary>Time goes by.</summary>
    private static async Task PassAsync(VaultSet set, long seconds)
    {
        _ = await set.Database.TransactAsync(session => session.Execute("UPDATE asked_stops SET due_s = due_s - @seconds", new { seconds }), Cancel);
        set.App.Services.GetRequiredService<ReleaseWorker>().Wake();
    }
}
