using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Keeper;
using WeToo.Tests.Keeper;
using WeToo.Vault.Features.Desk;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>A team changes when two people of it say so, and keepers see that for themselves: row O1. WEP-1, sections 2.1 and 12.1.</summary>
public sealed class TeamTests
{
    private const string Team = "/v1/desk/team";

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Somebody_comes_once_two_of_the_team_have_signed_and_not_before(Engine engine)
    {
        await using var set = await VaultSet.StartAsync(new() { Engine = engine, CounselorCount = 3 });
        using var ines = new TestCounselor("Inès");
        var (before, code) = (set.Keyset.Roster, await InvitationCodes.IssueAsync(set.Database, Cancel));
        Assert.Null(await set.PostAsync("/v1/desk/counselors", ines.Joining(code)));
        Assert.Equal(before.Text, (await PublishedAsync(set)).Roster.Text);
        var candidate = (await TeamAsync(set, 0)).GetProperty("candidates").EnumerateArray().Single();
        Assert.Equal(Convert.ToHexStringLower(ines.Entry.Signing.Span), candidate.GetProperty("signing").GetString());

        var after = Grown(before, ines.Entry with { Role = TeamRole.Coordinator, Organisation = "Aide" });
        Assert.Null((await set.Counselors[1].SignAsync(set, before, after)).Refusal);
        Assert.Null((await set.Counselors[1].SignAsync(set, before, after)).Refusal);
        Assert.Equal(before.Text, (await PublishedAsync(set)).Roster.Text);
        Assert.Equal(Refusal.CounselorUnknown, (await ines.AskAsync(set, HttpMethod.Get, Team)).Refusal);
        Assert.Equal(after.Text, (await TeamAsync(set, 2)).GetProperty("changes").EnumerateArray().Single().GetProperty("roster").GetString());

        Assert.Null((await set.Counselors[2].SignAsync(set, before, after)).Refusal);
        var published = await PublishedAsync(set);
        Assert.Equal((after.Text, "Aide"), (published.Roster.Text, published.Roster.Member(ines.Entry.Signing)!.Organisation));
        Assert.Null(published.Roster.Counselor(ines.Entry.Signing)); // Nothing is sealed to a coordinator.
        foreach (var keeper in set.Keepers.Keepers) Assert.Equal(published.Keyset.Text, (await KeysetOfAsync(keeper)).Keyset.Text);
        Assert.Equal("0 0", Counts((await ines.AskAsync(set, HttpMethod.Get, Team)).Bytes));
    }

    [Fact]
    public async Task A_keeper_signs_no_other_team_for_a_vault_that_has_fewer_than_two_signatures()
    {
        await using var keepers = await KeeperSet.StartAsync(new() { Counselors = Entries(out var team) });
        using var own = new TestCounselor("Own");
        var (before, after) = (keepers.Signed.Roster, Grown(keepers.Signed.Roster, own.Entry));
        byte[] Signed(TestCounselor by, Roster from, Roster to) => TeamChange.Write(keepers.Keyset.Deployment.Span, from, to, by.Signing);

        byte[] altered = [.. Signed(team[1], before, after)];
        altered[60] ^= 1;
        foreach (var changes in (byte[][][])
        [
            [],
            [Signed(team[0], before, after)],
            [Signed(team[0], before, after), Signed(team[0], before, after)], // One person, twice.
            [Signed(team[0], before, after), Signed(own, before, after)], // Nobody brings themselves.
            [Signed(team[0], before, after), altered],
            [Signed(team[0], before, after), Signed(team[1], before, before)], // Said of another change.
            [Signed(team[0], before, after), Signed(team[1], after, after)],
            [Signed(team[0], before, after), TeamChange.Write(new byte[16], before, after, team[1].Signing)], // In another deployment.
        ])
            Assert.Equal(Refusal.TwoPeopleNeeded, await AskAsync(keepers, after, changes));

        Assert.Equal(Refusal.MalformedMessage, await AskAsync(keepers, after, [[1, 2, 3]]));
        Assert.Null(await AskAsync(keepers, after, [Signed(team[0], before, after), Signed(team[1], before, after)]));
        Assert.Null(await AskAsync(keepers, before, [])); // The same team: nobody need sign.
        foreach (var one in team) one.Dispose();
    }

    [Fact]
    public async Task Two_people_do_not_leave_one_alone_to_decide()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        var (before, after) = (set.Keyset.Roster, Of([set.Counselors[0].Entry]));

        foreach (var one in set.Counselors) Assert.Null((await one.SignAsync(set, before, after)).Refusal);

        Assert.Equal(before.Text, (await PublishedAsync(set)).Roster.Text);
    }

    [Fact]
    public async Task What_two_people_can_no_longer_sign_takes_each_keepers_operator_by_hand()
    {
        await using var keepers = await KeeperSet.StartAsync(new() { Counselors = Entries(out var team) });
        using var own = new TestCounselor("Own");
        var after = Grown(keepers.Signed.Roster, own.Entry);
        var text = KeysetText.Revise(keepers.Keyset, SHA256.HashData(Encoding.UTF8.GetBytes(after.Text)));

        await KeeperHost.ApproveAsync(keepers.Keepers[0].Database, text, TimeProvider.System, Cancel);

        Assert.Null(await AskAsync(keepers, after, [], keeper: 0));
        Assert.Equal(Refusal.TwoPeopleNeeded, await AskAsync(keepers, after, [], keeper: 1));
        foreach (var one in team) one.Dispose();
    }

    [Fact]
    public async Task A_proposal_says_what_it_is_signed_for_and_is_gone_once_the_team_is_another()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 3 });
        var (before, without) = (set.Keyset.Roster, Of([set.Counselors[0].Entry, set.Counselors[1].Entry]));
        using var ines = new TestCounselor("Inès");
        var more = Grown(before, ines.Entry);

        Assert.Equal(Refusal.RosterUnknown, (await set.Counselors[0].SignAsync(set, without, more)).Refusal);
        var foreign = TeamChange.Write(set.Keyset.Keyset.Deployment.Span, before, more, set.Counselors[1].Signing);
        Assert.Equal(Refusal.MalformedMessage, (await set.Counselors[0].AskAsync(set, HttpMethod.Post, Team + "/changes", Body(more, foreign))).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await set.Counselors[0].AskAsync(set, HttpMethod.Post, Team + "/changes", "{}"u8.ToArray())).Refusal);

        Assert.Null((await set.Counselors[2].SignAsync(set, before, more)).Refusal);
        foreach (var one in set.Counselors.Take(2)) Assert.Null((await one.SignAsync(set, before, without)).Refusal);

        Assert.Equal(without.Text, (await PublishedAsync(set)).Roster.Text);
        Assert.Equal("0 0", Counts((await set.Counselors[0].AskAsync(set, HttpMethod.Get, Team)).Bytes));
        Assert.Equal((0L, 0L), (await set.CountAsync("team_changes"), await set.CountAsync("team_signatures")));
        Assert.Equal(Refusal.CounselorUnknown, (await set.Counselors[2].AskAsync(set, HttpMethod.Get, Team)).Refusal);
    }

    [Fact]
    public async Task Candidates_and_proposals_can_be_turned_down_and_codes_are_made_at_the_desk()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 2 });
        using var ines = new TestCounselor("Inès");
        const string code = "0123456789ABCDEFGHJK";
        Assert.Null((await set.Counselors[0].AskAsync(set, HttpMethod.Post, Team + "/invitations", Key(SHA256.HashData(Encoding.ASCII.GetBytes(code))))).Refusal);
        Assert.Null(await set.PostAsync("/v1/desk/counselors", ines.Joining(code)));
        var more = Grown(set.Keyset.Roster, ines.Entry);
        Assert.Null((await set.Counselors[0].SignAsync(set, set.Keyset.Roster, more)).Refusal);
        Assert.Equal("1 1", Counts((await set.Counselors[1].AskAsync(set, HttpMethod.Get, Team)).Bytes));

        foreach (var key in (byte[][])[ines.Entry.Signing.ToArray(), SHA256.HashData(Encoding.UTF8.GetBytes(more.Text))])
            Assert.Null((await set.Counselors[1].AskAsync(set, HttpMethod.Post, Team + "/dismissals", Key(key))).Refusal);

        Assert.Equal("0 0", Counts((await set.Counselors[0].AskAsync(set, HttpMethod.Get, Team)).Bytes));
        Assert.Equal(Refusal.MalformedMessage, (await set.Counselors[1].AskAsync(set, HttpMethod.Post, Team + "/dismissals", "{}"u8.ToArray())).Refusal);
    }

    [Fact]
    public async Task A_case_of_somebody_who_left_goes_to_another_whom_its_author_chose()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 3 });
        var (leaving, staying) = (set.Counselors[0], set.Counselors.Skip(1).ToList());
        await TestMatch.MatchedAsync(set, new TestFiling(set), new TestFiling(set));
        var had = await leaving.CasesAsync(set);
        var held = had.Count + (await staying[0].CasesAsync(set)).Count + (await staying[1].CasesAsync(set)).Count;
        Assert.Equal(2, held);
        foreach (var one in had) Assert.Null((await leaving.AskAsync(set, HttpMethod.Post, $"/v1/desk/cases/{one.GetProperty("case_id").GetString()}/mail", TestMail.Put(1).ToBytes())).Refusal);
        Assert.Equal((had.Count, true), ((int)await set.CountAsync("mail"), had.Count > 0));

        var without = Of([.. staying.Select(one => one.Entry)]);
        foreach (var one in staying) Assert.Null((await one.SignAsync(set, set.Keyset.Roster, without)).Refusal);

        Assert.Equal(2, (await staying[0].CasesAsync(set)).Count + (await staying[1].CasesAsync(set)).Count);
        Assert.Equal(Refusal.CounselorUnknown, (await leaving.AskAsync(set, HttpMethod.Get, "/v1/desk/cases")).Refusal);
        Assert.Equal(0, await set.CountAsync("mail")); // What was said with them ends with them.
    }

    private static Roster Grown(Roster before, TeamMember by) => Of([.. before.Members, by]);

    [Fact]
    public async Task Written_at_once_it_goes_outside_when_one_colleague_is_left_and_there_is_still_nothing_to_compare()
    {
        await using var set = await VaultSet.StartAsync(new() { CounselorCount = 3, Roles = [TeamRole.Counselor, TeamRole.Counselor, TeamRole.Ombuds] });
        var (direct, outside) = (new TestDirect(set), set.Counselors[2]);
        await direct.SentAsync(set);
        Assert.Empty(await outside.CasesAsync(set));
        var leaving = (await set.Counselors[0].CasesAsync(set)).Count > 0 ? set.Counselors[0] : set.Counselors[1];

        var without = Of([.. set.Keyset.Roster.Members.Where(member => !member.Signing.Span.SequenceEqual(leaving.Entry.Signing.Span))]);
        foreach (var one in set.Counselors.Where(one => one != leaving)) Assert.Null((await one.SignAsync(set, set.Keyset.Roster, without)).Refusal);

        var theirs = Assert.Single(await outside.CasesAsync(set));
        Assert.Equal(["first-contact"], theirs.GetProperty("clocks").EnumerateArray().Select(clock => clock.GetProperty("kind").GetString()!));
        Assert.Equal(0, await set.CountAsync("outside"));
    }

    private static Roster Of(IReadOnlyList<TeamMember> members) => Roster.TryParse(KeysetText.WriteRoster(members, 20_000))!;

    private static TeamMember[] Entries(out TestCounselor[] team)
    {
        team = [new TestCounselor("Ana"), new TestCounselor("Ben")];
        return [.. team.Select(one => one.Entry)];
    }

    private static byte[] Body(Roster roster, byte[] change) => JsonSerializer.SerializeToUtf8Bytes(new { roster = roster.Text, change });

    private static byte[] Key(byte[] key) => JsonSerializer.SerializeToUtf8Bytes(new { key = Convert.ToHexStringLower(key) });

    private static string Counts(byte[] team)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(team);
        return $"{json.GetProperty("candidates").GetArrayLength()} {json.GetProperty("changes").GetArrayLength()}";
    }

    private static async Task<JsonElement> TeamAsync(VaultSet set, int counselor) =>
        JsonSerializer.Deserialize<JsonElement>((await set.Counselors[counselor].AskAsync(set, HttpMethod.Get, Team)).Bytes);

    private static async Task<SignedKeyset> PublishedAsync(VaultSet set) =>
        SignedKeyset.TryParse(Encoding.UTF8.GetString((await set.SendAsync(HttpMethod.Get, "/v1/keyset", [])).Bytes))!;

    private static async Task<SignedKeyset> KeysetOfAsync(RunningKeeper keeper) =>
        SignedKeyset.TryParse(await keeper.Client.GetStringAsync(new Uri("/v1/keyset", UriKind.Relative), Cancel))!;

    /// <summary>Asks a keeper to sign the next revision, as the vault does.</summary>
    private static async Task<Refusal?> AskAsync(KeeperSet keepers, Roster roster, IReadOnlyList<byte[]> team, int keeper = 0)
    {
        var text = KeysetText.Revise(keepers.Keyset, SHA256.HashData(Encoding.UTF8.GetBytes(roster.Text)));
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { keyset = text, roster = roster.Text, team }));
        using var answer = await keepers.Keepers[keeper].Client.PostAsync(new Uri("/v1/keysets", UriKind.Relative), content, Cancel);
        return answer.IsSuccessStatusCode ? null : Problems.TryRead(await answer.Content.ReadAsByteArrayAsync(Cancel));
    }
}
