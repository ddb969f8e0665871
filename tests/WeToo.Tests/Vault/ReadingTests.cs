using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Cases;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>C6, D9: an account is given room by room, and its author sees who opened what on which day; who has had enough for today stops. WEP-1, section 12.4.</summary>
public sealed class ReadingTests
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Each_room_that_is_opened_is_in_its_authors_view_with_who_in_which_role_and_on_which_day(Engine engine)
    {
        var time = NewTime();
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, Time = time, CounselorCount = 2, Roles = [TeamRole.Counselor, TeamRole.Ombuds] });
        var (ines, maya) = (set.Counselors[0], set.Counselors[1]);
        var (direct, caseId) = await ReleasedAsync(set, ines);
        var day = set.Today;
        Assert.Empty(await SeenAsync(set, direct));

        Assert.Equal(Refusal.MalformedMessage, (await ines.OpenRoomAsync(set, caseId, 10)).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await ines.OpenRoomAsync(set, caseId, -1)).Refusal);
        Assert.Equal(Refusal.CaseUnknown, (await maya.OpenRoomAsync(set, caseId, 0)).Refusal);
        Assert.Empty(await SeenAsync(set, direct)); // Nothing was given, and nothing is said to have been.

        foreach (var room in (int[])[0, 1, 1]) Assert.Null((await ines.OpenRoomAsync(set, caseId, room)).Refusal);
        time.Advance(s_day);
        Assert.Null((await ines.OpenRoomAsync(set, caseId, 1)).Refusal);
        var key = Convert.ToHexStringLower(ines.Signing.PublicKey.Span);
        Assert.Equal([(key, "counselor", day, 0), (key, "counselor", day, 1), (key, "counselor", day + 1, 1)], await SeenAsync(set, direct));
        Assert.Equal([(0, day), (1, day + 1)], OwnReadings(await ines.CaseAsync(set, caseId)));

        // Who has it next has read nothing; what was read before stays in sight.
        Assert.Null((await ines.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/recusal", "{}"u8.ToArray())).Refusal);
        await VaultSet.UntilAsync(async () => (await direct.StatusAsync(set)).GetProperty("state").GetString() == "released");
        Assert.Empty(OwnReadings(await maya.CaseAsync(set, caseId)));
        Assert.Null((await maya.OpenRoomAsync(set, caseId, 7)).Refusal);
        Assert.Equal((Convert.ToHexStringLower(maya.Signing.PublicKey.Span), "ombuds", day + 1, 7), (await SeenAsync(set, direct)).Single(one => one.Room == 7));

        // After a withdrawal too, until everything about it is erased.
        Assert.Null(await set.PostAsync("/v1/withdrawals", direct.Withdrawal));
        Assert.Equal(Refusal.FilingWithdrawn, (await maya.OpenRoomAsync(set, caseId, 0)).Refusal);
        Assert.Equal(4, (await SeenAsync(set, direct)).Count);
        time.Advance(31 * s_day);
        await set.App.Services.GetRequiredService<ErasureWorker>().RunDueAsync(Cancel);
        Assert.Empty(await SeenAsync(set, direct));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Enough_for_today_makes_nothing_overdue_and_marks_where_they_stopped(Engine engine)
    {
        var time = NewTime();
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, Time = time, CounselorCount = 2 });
        var (ines, other) = (set.Counselors[0], set.Counselors[1]);
        var (direct, caseId) = await ReleasedAsync(set, ines);
        Assert.Null((await ines.OpenRoomAsync(set, caseId, 0)).Refusal);
        var monday = set.Today + 5;
        Assert.Equal([("first-contact", monday, "later")], Clocks(await direct.CaseAsync(set, ines)));

        Assert.Empty(await RestAsync(set, ines, caseId)); // Nothing ends today.
        Assert.Equal(set.Today, (await direct.CaseAsync(set, ines)).GetProperty("rested_day").GetUInt32());
        time.Advance(5 * s_day);
        Assert.Equal("promise", Assert.Single(Clocks(await PromisedAsync(set, ines, direct, caseId, monday)), one => one.Kind == "promise").Kind);

        Assert.Equal([("first-contact", monday + 1), ("promise", monday + 1)], await RestAsync(set, ines, caseId));
        Assert.Empty(await RestAsync(set, ines, caseId)); // Once more on the same day moves nothing.
        time.Advance(s_day);
        Assert.DoesNotContain(Clocks(await direct.CaseAsync(set, ines)), one => one.State == "overdue");

        // They read on, and the mark is gone. What was late before stays late.
        Assert.Null((await ines.OpenRoomAsync(set, caseId, 1)).Refusal);
        Assert.Equal(JsonValueKind.Null, (await direct.CaseAsync(set, ines)).GetProperty("rested_day").ValueKind);
        time.Advance(s_day);
        Assert.Empty(await RestAsync(set, ines, null));
        Assert.All(Clocks(await direct.CaseAsync(set, ines)), one => Assert.Equal("overdue", one.State));

        // A case of nobody's leaves no mark, and one that is given back takes its mark along.
        Assert.Empty(await RestAsync(set, other, caseId));
        Assert.Equal(0, await set.CountAsync("rests"));
        _ = await RestAsync(set, ines, caseId);
        Assert.Equal(1, await set.CountAsync("rests"));
        Assert.Null((await ines.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/recusal", "{}"u8.ToArray())).Refusal);
        Assert.Equal(0, await set.CountAsync("rests"));
    }

    /// <summary>A Wednesday: a first message is owed by Monday.</summary>
    private static FakeTimeProvider NewTime() => new(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero));

    private static async Task<(TestDirect Direct, string CaseId)> ReleasedAsync(VaultSet set, TestCounselor counselor)
    {
        var direct = await new TestDirect(set).SentAsync(set);
        if ((await counselor.CasesAsync(set)).Count == 0) direct = await new TestDirect(set).SentAsync(set);
        Assert.Null(await set.PostAsync("/v1/consents", direct.Consent));
        await VaultSet.UntilAsync(async () => (await direct.StatusAsync(set)).GetProperty("state").GetString() == "released");
        return (direct, (await direct.CaseAsync(set, counselor)).GetProperty("case_id").GetString()!);
    }

    private static async Task<IReadOnlyList<(string Counselor, string Role, uint Day, int Room)>> SeenAsync(VaultSet set, TestDirect direct) =>
        [.. (await direct.StatusAsync(set)).GetProperty("readings").EnumerateArray().Select(one =>
            (one.GetProperty("counselor").GetString()!, one.GetProperty("role").GetString()!, one.GetProperty("day").GetUInt32(), one.GetProperty("room").GetInt32()))];

    private static IEnumerable<(int Room, uint Day)> OwnReadings(JsonElement one) =>
        one.GetProperty("readings").EnumerateArray().Select(each => (each.GetProperty("room").GetInt32(), each.GetProperty("day").GetUInt32()));

    private static IEnumerable<(string Kind, uint Due, string State)> Clocks(JsonElement one) => one.GetProperty("clocks").EnumerateArray()
        .Select(each => (each.GetProperty("kind").GetString()!, each.GetProperty("due_day").GetUInt32(), each.GetProperty("state").GetString()!));

    private static async Task<JsonElement> PromisedAsync(VaultSet set, TestCounselor counselor, TestDirect direct, string caseId, uint due_day)
    {
        Assert.Null((await counselor.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{caseId}/promise", JsonSerializer.SerializeToUtf8Bytes(new { due_day }))).Refusal);
        return await direct.CaseAsync(set, counselor);
    }

    private static async Task<IReadOnlyList<(string Kind, uint Due)>> RestAsync(VaultSet set, TestCounselor counselor, string? case_id)
    {
        var (bytes, refusal) = await counselor.AskAsync(set, HttpMethod.Post, "/v1/desk/rest", JsonSerializer.SerializeToUtf8Bytes(new { case_id }));
        Assert.Null(refusal);
        return [.. JsonSerializer.Deserialize<JsonElement>(bytes).GetProperty("moved").EnumerateArray()
            .Select(one => (one.GetProperty("kind").GetString()!, one.GetProperty("due_day").GetUInt32()))];
    }
}
