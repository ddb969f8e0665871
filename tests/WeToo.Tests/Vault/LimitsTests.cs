using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Carrying;
using WeToo.Vault.Features.Readiness;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>C9, D9: nobody is offered more than they take, nothing new reaches them in quiet hours or while they rest, and what waits is said to whom it is about. WEP-1, section 12.6.</summary>
public sealed class LimitsTests
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Who_has_as_many_as_they_take_is_offered_nothing_and_its_author_sees_that_it_waits(Engine engine)
    {
        var time = NewTime();
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, Time = time, CounselorCount = 2 });
        var (ines, other) = (set.Counselors[0], set.Counselors[1]);
        Assert.Equal((12, null, null), Said(await LimitsAsync(set, ines)));
        Assert.Null(await SayAsync(set, ines, most: 1));
        Assert.Equal((1, null, null), Said(await LimitsAsync(set, ines)));
        var first = await new TestDirect(set, counselors: [ines]).SentAsync(set);
        var second = await new TestDirect(set, counselors: [ines]).SentAsync(set);
        var both = await new TestDirect(set).SentAsync(set);

        Assert.Equal(first.IdText, Assert.Single(await ines.CasesAsync(set)).GetProperty("filing_id").GetString());
        Assert.Equal(both.IdText, Assert.Single(await other.CasesAsync(set)).GetProperty("filing_id").GetString());
        Assert.Equal((false, true), await StandsAsync(set, first));
        Assert.Equal((true, false), await StandsAsync(set, second));

        // What it waits for is somebody whom its author chose, not anybody who is free.
        time.Advance(30 * s_day);
        await GiveAsync(set);
        Assert.Equal((true, false), await StandsAsync(set, second));
        Assert.Single(await other.CasesAsync(set));

        // The first has ended: there is room, and what was owed is owed by the day it was.
        Assert.Null(await ActAsync(set, ines, first, "closing"));
        await GiveAsync(set);
        Assert.Equal((false, true), await StandsAsync(set, second));
        Assert.Equal("overdue", (await second.CaseAsync(set, ines)).GetProperty("clocks")[0].GetProperty("state").GetString());

        // A week later two new ones, and no third; what they say now holds at once.
        time.Advance(8 * s_day);
        Assert.Null(await SayAsync(set, ines, most: 99, weekly: 2));
        TestDirect[] three = [.. Enumerable.Range(0, 3).Select(_ => new TestDirect(set, counselors: [ines]))];
        foreach (var one in three) await one.SentAsync(set);
        Assert.Equal([(false, true), (false, true), (true, false)], [await StandsAsync(set, three[0]), await StandsAsync(set, three[1]), await StandsAsync(set, three[2])]);
        Assert.Null(await SayAsync(set, ines, most: 99));
        Assert.Equal((false, true), await StandsAsync(set, three[2]));
        Assert.Null(await set.PostAsync("/v1/withdrawals", three[2].Withdrawal));
        Assert.False((await three[2].StatusAsync(set)).GetProperty("waits").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Nothing_new_comes_for_two_working_days_to_who_had_enough_and_nothing_is_put_off_for_ever(Engine engine)
    {
        var time = NewTime(); // A Wednesday.
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, Time = time });
        var (ines, friday, monday) = (set.Counselors[0], set.Today + 2, set.Today + 5);
        _ = await new TestDirect(set).SentAsync(set);
        Assert.Equal(friday, (await RestAsync(set, ines)).GetProperty("not_before").GetUInt32());
        var waiting = await new TestDirect(set).SentAsync(set);
        Assert.Equal(friday, (await QueueAsync(set, ines)).GetProperty("not_before").GetUInt32());

        time.Advance(s_day);
        await GiveAsync(set);
        Assert.Single(await ines.CasesAsync(set));
        time.Advance(s_day);
        await GiveAsync(set);
        Assert.Equal((false, true), await StandsAsync(set, waiting)); // In time for what is owed by Monday.
        Assert.Equal(JsonValueKind.Null, (await QueueAsync(set, ines)).GetProperty("not_before").ValueKind);

        // Twice it may move, to Tuesday and to Wednesday. Then it stays, and they are told.
        time.Advance(3 * s_day);
        foreach (var (moved, day) in ((int, uint)[])[(2, monday), (2, monday + 1), (0, monday + 2)])
        {
            Assert.Equal(day, set.Today);
            var rested = await RestAsync(set, ines);
            Assert.Equal((moved, 2 - moved), (rested.GetProperty("moved").GetArrayLength(), rested.GetProperty("kept").GetArrayLength()));
            if (moved > 0) time.Advance(s_day);
        }

        Assert.All(await ines.CasesAsync(set), one => Assert.Equal(monday + 2, one.GetProperty("clocks")[0].GetProperty("due_day").GetUInt32()));

        // A longer pause stays as long; and what was said can be taken back.
        Assert.Null(await SayAsync(set, ines, notBefore: set.Today + 100));
        Assert.Equal(set.Today + 100, (await RestAsync(set, ines)).GetProperty("not_before").GetUInt32());
        var later = await new TestDirect(set).SentAsync(set);
        Assert.Equal((true, false), await StandsAsync(set, later));
        Assert.Null(await SayAsync(set, ines));
        Assert.Equal((false, true), await StandsAsync(set, later));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_came_in_quiet_hours_shows_when_they_end_and_stays_from_then_on(Engine engine)
    {
        var time = NewTime(); // 11 o'clock in Paris.
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, Time = time });
        var ines = set.Counselors[0];
        Assert.Null(await SayAsync(set, ines, quiet: (20, 8), zone: "Europe/Paris"));
        var early = await new TestDirect(set).SentAsync(set);
        Assert.False((await QueueAsync(set, ines)).GetProperty("quiet").GetBoolean());
        time.Advance(TimeSpan.FromHours(9)); // 20 o'clock there, 19 by UTC.
        var late = await new TestDirect(set).SentAsync(set);

        Assert.True((await QueueAsync(set, ines)).GetProperty("quiet").GetBoolean());
        Assert.Equal(early.IdText, Assert.Single(await ines.CasesAsync(set)).GetProperty("filing_id").GetString());
        Assert.Equal((false, true), await StandsAsync(set, late)); // They have it, and what is owed runs.
        time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(2, (await ines.CasesAsync(set)).Count);
        time.Advance(TimeSpan.FromHours(14)); // The next night.
        Assert.True((await QueueAsync(set, ines)).GetProperty("quiet").GetBoolean());
        Assert.Equal(2, (await ines.CasesAsync(set)).Count);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Two_who_match_wait_two_working_days_for_a_counselor_of_their_own_and_no_longer(Engine engine)
    {
        var time = NewTime();
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, Time = time, CounselorCount = 3, Roles = [TeamRole.Counselor, TeamRole.Counselor, TeamRole.Ombuds] });
        var (ines, away, outside) = (set.Counselors[0], set.Counselors[1], set.Counselors[2]);
        TestCounselor[] team = [ines, away];
        Assert.Null(await SayAsync(set, away, most: 0));
        var filings = await TestMatch.MatchedAsync(set, new TestFiling(set, counselors: team), new TestFiling(set, counselors: team));
        Assert.Single(await ines.CasesAsync(set));
        var sealed1 = (await AuthorTests.StatusAsync(set, filings[0].Author.Pseudonym)).Json.Replace(filings[0].IdText, "id", StringComparison.Ordinal);
        Assert.Equal(sealed1, (await AuthorTests.StatusAsync(set, filings[1].Author.Pseudonym)).Json.Replace(filings[1].IdText, "id", StringComparison.Ordinal)); // Neither is told of anything.

        time.Advance(s_day);
        await GiveAsync(set);
        Assert.Single(await ines.CasesAsync(set));
        time.Advance(s_day);
        await GiveAsync(set);
        var two = await ines.CasesAsync(set);
        Assert.Equal(2, two.Count);
        Assert.All(two, one => Assert.Equal(["checks", "first-contact"], one.GetProperty("clocks").EnumerateArray().Select(clock => clock.GetProperty("kind").GetString()!).Order()));

        // Where all of the team whom its author chose have no room, whoever stands outside has it then.
        Assert.Null(await SayAsync(set, ines, most: 0));
        var direct = await new TestDirect(set).SentAsync(set);
        Assert.Equal((true, false), await StandsAsync(set, direct));
        time.Advance(6 * s_day);
        await GiveAsync(set);
        Assert.Equal(direct.IdText, Assert.Single(await outside.CasesAsync(set)).GetProperty("filing_id").GetString());

        // What is given back waits too, and an ended case that is handed on owes nothing.
        Assert.Null(await ActAsync(set, outside, direct, "closing"));
        Assert.Null(await SayAsync(set, ines, most: 12));
        Assert.Null(await ActAsync(set, outside, direct, "recusal"));
        Assert.Empty((await direct.CaseAsync(set, ines)).GetProperty("clocks").EnumerateArray());
    }

    [Fact]
    public async Task Intake_closes_when_fewer_than_two_say_that_they_take_anybody_and_not_because_of_what_they_have()
    {
        await using var set = await VaultSet.StartAsync(new()
        {
            CounselorCount = 3, Roles = [TeamRole.Counselor, TeamRole.Counselor, TeamRole.Ombuds], Settings = options => options.OpenUnready = false,
        });
        var gate = set.App.Services.GetRequiredService<Gate>();
        gate.HasRetention = true;
        Assert.Equal(2, gate.Staffing.Counselors);
        var ines = set.Counselors[0];
        _ = await RestAsync(set, ines);
        await GiveAsync(set);
        Assert.Equal(2, gate.Staffing.Counselors); // Back within two working days.

        foreach (var (most, weekly, notBefore) in ((int, int?, uint?)[])[(0, null, null), (12, 0, null), (12, null, set.Today + 60)])
        {
            Assert.Null(await SayAsync(set, ines, most, weekly, notBefore: notBefore));
            Assert.Equal(1, gate.Staffing.Counselors);
            Assert.Contains("\"closed\":true", Encoding.UTF8.GetString((await set.SendAsync(HttpMethod.Get, "/v1/keyset", [])).Bytes), StringComparison.Ordinal);
        }

        Assert.Null(await SayAsync(set, ines));
        Assert.Equal(2, gate.Staffing.Counselors);
        Assert.Contains(set.Log.Lines, line => line.StartsWith("Intake is closed: 1 of 2 counselors", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused_and_changes_nothing()
    {
        await using var set = await VaultSet.StartAsync();
        var ines = set.Counselors[0];
        Assert.Null(await SayAsync(set, ines, most: 7));
        foreach (var body in (object[])[
            new { }, new { most = 7 }, new { most = -1, zone = "UTC" }, new { most = 100, zone = "UTC" }, new { most = 7, zone = "Mars/Olympus" }, new { most = 7, weekly = -1, zone = "UTC" },
            new { most = 7, quiet_from = 22, zone = "UTC" }, new { most = 7, quiet_from = 22, quiet_until = 22, zone = "UTC" }, new { most = 7, quiet_from = 24, quiet_until = 8, zone = "UTC" },
            new { most = 7, not_before = set.Today, zone = "UTC" }, new { most = 7, not_before = set.Today + 500, zone = "UTC" }, 7])
            Assert.Equal(Refusal.MalformedMessage, (await ines.AskAsync(set, HttpMethod.Post, "/v1/desk/limits", JsonSerializer.SerializeToUtf8Bytes(body))).Refusal);

        Assert.Equal((7, null, null), Said(await LimitsAsync(set, ines)));
    }

    private static FakeTimeProvider NewTime() => new(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero));

    private static Task GiveAsync(VaultSet set) => set.App.Services.GetRequiredService<OfferWorker>().RunDueAsync(Cancel);

    private static async Task<(bool Waits, bool IsWithSomebody)> StandsAsync(VaultSet set, TestDirect direct)
    {
        var status = await direct.StatusAsync(set);
        return (status.GetProperty("waits").GetBoolean(), status.GetProperty("counselor").ValueKind == JsonValueKind.String);
    }

    private static async Task<Refusal?> SayAsync(
        VaultSet set, TestCounselor counselor, int most = 12, int? weekly = null, (int From, int Until)? quiet = null, string zone = "UTC", uint? notBefore = null) =>
        (await counselor.AskAsync(set, HttpMethod.Post, "/v1/desk/limits", JsonSerializer.SerializeToUtf8Bytes(
            new { most, weekly, quiet_from = quiet?.From, quiet_until = quiet?.Until, zone, not_before = notBefore }))).Refusal;

    private static async Task<JsonElement> LimitsAsync(VaultSet set, TestCounselor counselor) =>
        JsonSerializer.Deserialize<JsonElement>((await counselor.AskAsync(set, HttpMethod.Get, "/v1/desk/limits")).Bytes);

    private static (int Most, int? Weekly, int? QuietFrom) Said(JsonElement limits) =>
        (limits.GetProperty("most").GetInt32(), Number(limits.GetProperty("weekly")), Number(limits.GetProperty("quiet_from")));

    private static int? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetInt32();

    private static async Task<JsonElement> QueueAsync(VaultSet set, TestCounselor counselor) =>
        JsonSerializer.Deserialize<JsonElement>((await counselor.AskAsync(set, HttpMethod.Get, "/v1/desk/cases")).Bytes);

    private static async Task<JsonElement> RestAsync(VaultSet set, TestCounselor counselor)
    {
        var (bytes, refusal) = await counselor.AskAsync(set, HttpMethod.Post, "/v1/desk/rest", "{}"u8.ToArray());
        Assert.Null(refusal);
        return JsonSerializer.Deserialize<JsonElement>(bytes);
    }

    private static async Task<Refusal?> ActAsync(VaultSet set, TestCounselor counselor, TestDirect direct, string act)
    {
        var one = (await counselor.CasesAsync(set)).Single(each => each.GetProperty("filing_id").GetString() == direct.IdText);
        return (await counselor.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{one.GetProperty("case_id").GetString()}/{act}", "{}"u8.ToArray())).Refusal;
    }
}
