using System.Security.Cryptography;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>What the vault keeps of a desk key that colleagues can give back, and to whom it gives what. WEP-1, section 12.2.</summary>
public sealed class KeyRecoveryTests
{
    private const string Own = "/v1/desk/recovery";
    private const string Asked = "/v1/desk/recoveries";

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_box_is_given_once_two_colleagues_gave_their_parts_and_not_before(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 4 });
        var (owner, box) = (set.Counselors[0], RandomNumberGenerator.GetBytes(600));
        Assert.Null((await owner.AskAsync(set, HttpMethod.Post, Own, Putting(box, set.Counselors.Skip(1)))).Refusal);
        var shown = await ShowAsync(set, owner);
        Assert.Equal(
            set.Counselors.Skip(1).Select(KeyOf).Order(StringComparer.Ordinal), shown.GetProperty("holders").EnumerateArray().Select(one => one.GetString()!));
        Assert.Equal(set.Today, shown.GetProperty("made_day").GetUInt32());

        var id = await AskAsync(set, owner);
        Assert.Equal("""{"given":0}""", await CollectAsync(set, id));
        for (var i = 1; i <= 2; i++)
        {
            var asked = (await ShowAsync(set, set.Counselors[i])).GetProperty("asked").EnumerateArray().Single();
            Assert.Equal((id, KeyOf(owner), false), (asked.GetProperty("id").GetString(), asked.GetProperty("owner").GetString(), asked.GetProperty("given").GetBoolean()));
            Assert.Equal(ShareOf(set.Counselors[i]), asked.GetProperty("share").GetBytesFromBase64());
            Assert.DoesNotContain("box", await CollectAsync(set, id), StringComparison.Ordinal);
            foreach (var given in (byte[][])[[7, (byte)i], [9]]) // The first that somebody gave stays.
                Assert.Null((await set.Counselors[i].AskAsync(set, HttpMethod.Post, $"{Asked}/{id}/shares", given)).Refusal);
        }

        var collected = JsonSerializer.Deserialize<JsonElement>(await CollectAsync(set, id));
        Assert.Equal(box, collected.GetProperty("box").GetBytesFromBase64());
        Assert.Equal([1, 2], collected.GetProperty("shares").EnumerateArray().Select(one => one.GetBytesFromBase64()).Select(one => (int)one[1]).Order());
        Assert.True((await ShowAsync(set, set.Counselors[2])).GetProperty("asked").EnumerateArray().Single().GetProperty("given").GetBoolean());

        // The owner sees that somebody asks, has no share of it, and turns it down.
        var own = (await ShowAsync(set, owner)).GetProperty("asked").EnumerateArray().Single();
        Assert.Equal(JsonValueKind.Null, own.GetProperty("share").ValueKind);
        Assert.Null((await owner.AskAsync(set, HttpMethod.Post, $"{Asked}/{id}/dismissal", [])).Refusal);
        Assert.Equal(Refusal.NotFound, (await set.SendAsync(HttpMethod.Get, $"{Asked}/{id}", [])).Refusal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Only_who_has_a_part_gives_one_and_another_key_makes_old_parts_useless(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 4 });
        var owner = set.Counselors[0];
        Assert.Null((await owner.AskAsync(set, HttpMethod.Post, Own, Putting([1], set.Counselors.Skip(1).Take(2)))).Refusal);
        var id = await AskAsync(set, owner);

        Assert.Equal(Refusal.NotFound, (await GiveAsync(set, set.Counselors[3], id)).Refusal);
        Assert.Equal(Refusal.NotFound, (await GiveAsync(set, owner, id)).Refusal);
        Assert.Equal(Refusal.NotFound, (await GiveAsync(set, set.Counselors[1], new string('a', 32))).Refusal);
        Assert.Empty((await ShowAsync(set, set.Counselors[3])).GetProperty("asked").EnumerateArray());
        foreach (var one in set.Counselors.Skip(1).Take(2)) Assert.Null((await GiveAsync(set, one, id)).Refusal);
        Assert.Contains("box", await CollectAsync(set, id), StringComparison.Ordinal);

        Assert.Null((await owner.AskAsync(set, HttpMethod.Post, Own, Putting([2], set.Counselors.Skip(1)))).Refusal);
        Assert.Equal("""{"given":0}""", await CollectAsync(set, id));
    }

    [Fact]
    public async Task What_is_no_key_put_by_is_refused_and_the_one_before_stays()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 3 });
        using var stranger = new TestCounselor("Stranger");
        var (owner, others) = (set.Counselors[0], set.Counselors.Skip(1).ToList());
        Assert.Null((await owner.AskAsync(set, HttpMethod.Post, Own, Putting([1], others))).Refusal);

        foreach (var body in (byte[][])
        [
            "{}"u8.ToArray(), "[]"u8.ToArray(), "no"u8.ToArray(), "{\"box\":\"AQ==\",\"shares\":[null,null]}"u8.ToArray(),
            Putting([], others), Putting(new byte[2049], others), Putting([1], others.Take(1)), Putting([1], [others[0], others[0]]),
            Putting([1], [others[0], owner]), Putting([1], [others[0], stranger]),
        ])
            Assert.Equal(Refusal.MalformedMessage, (await owner.AskAsync(set, HttpMethod.Post, Own, body)).Refusal);

        Assert.Equal(Refusal.CounselorUnknown, (await stranger.AskAsync(set, HttpMethod.Post, Own, Putting([1], others))).Refusal);
        Assert.Equal(2, (await ShowAsync(set, owner)).GetProperty("holders").GetArrayLength());
    }

    [Fact]
    public async Task Whoever_asks_gets_a_number_for_a_key_of_the_team_and_only_so_often()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 3 });
        using var stranger = new TestCounselor("Stranger");
        Assert.Equal(Refusal.CounselorUnknown, (await SendAskAsync(set, stranger)).Refusal);
        foreach (var body in (object[])[new { owner = "00", recipient = stranger.Identity.Recipient }, new { owner = KeyOf(set.Counselors[0]), recipient = "age1" }, new { }])
            Assert.Equal(Refusal.MalformedMessage, (await set.SendAsync(HttpMethod.Post, Asked, JsonSerializer.SerializeToUtf8Bytes(body))).Refusal);

        // The same answer, whether a key was put by or not.
        var first = await AskAsync(set, set.Counselors[0]);
        for (var i = 0; i < 4; i++) _ = await AskAsync(set, set.Counselors[0]);
        Assert.Equal(Refusal.QuotaExhausted, (await SendAskAsync(set, set.Counselors[0])).Refusal);
        Assert.Null((await SendAskAsync(set, set.Counselors[1])).Refusal);

        Assert.Null((await set.Counselors[2].AskAsync(set, HttpMethod.Post, $"{Asked}/{first}/dismissal", [])).Refusal);
        Assert.Null((await SendAskAsync(set, set.Counselors[0])).Refusal);
    }

    [Fact]
    public async Task Who_leaves_the_team_takes_their_key_and_their_parts_of_others_keys_along()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 4 });
        var (gone, stays, before) = (set.Counselors[0], set.Counselors[1], set.Keyset.Roster);
        foreach (var one in (TestCounselor[])[gone, stays])
            Assert.Null((await one.AskAsync(set, HttpMethod.Post, Own, Putting([1], set.Counselors.Where(other => other != one)))).Refusal);
        _ = await AskAsync(set, gone);

        var after = Roster.TryParse(KeysetText.WriteRoster([.. set.Counselors.Skip(1).Select(one => one.Entry)], set.Today))!;
        foreach (var one in set.Counselors.Skip(1).Take(2)) Assert.Null((await one.SignAsync(set, before, after)).Refusal);

        await Eventually.HoldsAsync(async () => (await ShowAsync(set, stays)).GetProperty("holders").GetArrayLength() == 2, "the part that went is forgotten");
        var left = await set.Database.ReadAsync(
            session => session.Query<long>("SELECT count(*) FROM recovery_keys UNION ALL SELECT count(*) FROM recoveries UNION ALL SELECT count(*) FROM recovery_shares"), Cancel);
        Assert.Equal([1, 0, 2], left);
    }

    private static byte[] Putting(byte[] box, IEnumerable<TestCounselor> holders) =>
        JsonSerializer.SerializeToUtf8Bytes(new { box, shares = holders.Select(one => new { holder = KeyOf(one), @sealed = ShareOf(one) }) });

    private static byte[] ShareOf(TestCounselor holder) => SHA256.HashData(holder.Entry.Signing.Span);

    private static string KeyOf(TestCounselor one) => Convert.ToHexStringLower(one.Entry.Signing.Span);

    private static async Task<JsonElement> ShowAsync(VaultSet set, TestCounselor counselor) =>
        JsonSerializer.Deserialize<JsonElement>((await counselor.AskAsync(set, HttpMethod.Get, Own)).Bytes);

    private static Task<(byte[] Bytes, Refusal? Refusal)> GiveAsync(VaultSet set, TestCounselor holder, string id) =>
        holder.AskAsync(set, HttpMethod.Post, $"{Asked}/{id}/shares", [1, 2, 3]);

    private static async Task<(byte[] Bytes, Refusal? Refusal)> SendAskAsync(VaultSet set, TestCounselor owner)
    {
        using var anew = AgeIdentity.Random(RandomNumberGenerator.Fill);
        return await set.SendAsync(HttpMethod.Post, Asked, JsonSerializer.SerializeToUtf8Bytes(new { owner = KeyOf(owner), recipient = anew.Recipient }));
    }

    private static async Task<string> AskAsync(VaultSet set, TestCounselor owner) =>
        JsonSerializer.Deserialize<JsonElement>((await SendAskAsync(set, owner)).Bytes).GetProperty("id").GetString()!;

    private static async Task<string> CollectAsync(VaultSet set, string id) => System.Text.Encoding.UTF8.GetString((await set.SendAsync(HttpMethod.Get, $"{Asked}/{id}", [])).Bytes);
}
