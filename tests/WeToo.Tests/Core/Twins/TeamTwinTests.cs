using System.Text.Json;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Conflicts;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using Xunit;

namespace WeToo.Tests.Core.Twins;

/// <summary>A change of a team, in both languages. WEP-1, sections 2 and 2.1.</summary>
public sealed class TeamTwinTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    [Theory]
    [InlineData("from-typescript")]
    [InlineData("from-csharp")]
    public void A_change_of_a_team_that_was_written_down_is_right_in_every_part(string folder)
    {
        using var written = Vectors.Read($"{folder}/team.json");

        Check(written.RootElement);
    }

    /// <summary>Writes the file again, when the specification has changed: <c>WETOO_WRITE_VECTORS=1</c>.</summary>
    [Fact]
    public void A_change_of_a_team_can_be_written_for_typescript()
    {
        var json = JsonSerializer.Serialize(Write(TwinTests.Stream("wetoo team, from C#")), s_indented);
        if (Environment.GetEnvironmentVariable("WETOO_WRITE_VECTORS") == "1")
            File.WriteAllText(Path.Combine(Vectors.Root(), "spec", "vectors", "from-csharp", "team.json"), json + "\n");

        Check(JsonSerializer.Deserialize<JsonElement>(json));
    }

    private static Dictionary<string, string> Write(RandomBytes random)
    {
        byte[] Draw(int size)
        {
            var bytes = new byte[size];
            random(bytes);
            return bytes;
        }

        var (deployment, seed) = (Draw(16), Draw(32));
        var (start, keeper) = (Draw(64), new KeeperEntry(1, "Keeper", Draw(32), Element.HashFrom("y"u8, "wetoo/test"u8), Element.HashFrom("z"u8, "wetoo/test"u8)));
        using SigningKey own = SigningKey.FromSeed(seed), other = SigningKey.FromSeed(Draw(32));
        using AgeIdentity ownAge = AgeIdentity.Random(random), otherAge = AgeIdentity.Random(random);
        TeamMember first = new("Inès", ownAge.Recipient, own.PublicKey) { Organisation = "Aide & Droit", SinceDay = 20_000, Languages = ["fr", "ar"] };
        TeamMember second = new("Tomasz", otherAge.Recipient, other.PublicKey) { Role = TeamRole.Coordinator, SinceDay = 20_001 };
        var (before, after) = (Roster.TryParse(KeysetText.WriteRoster([first], 20_000))!, Roster.TryParse(KeysetText.WriteRoster([first, second], 20_001))!);
        return new()
        {
            ["deployment"] = Convert.ToHexStringLower(deployment),
            ["seed"] = Convert.ToHexStringLower(seed),
            ["before"] = before.Text,
            ["after"] = after.Text,
            ["change"] = Convert.ToHexStringLower(TeamChange.Write(deployment, before, after, own)),
            ["number"] = KeyNumber.Of(first.Signing.Span, first.Recipient),
            ["mailbox"] = KeyNumber.OfMailbox(deployment, start.AsSpan(0, 16), first.Signing.Span, first.Recipient, keeper.Signing.Span),
            ["keeper"] = Convert.ToHexStringLower(keeper.Signing.Span),
            ["start"] = Convert.ToHexStringLower(start),
            ["conflict"] = Convert.ToHexStringLower(ConflictPut.Write(deployment, keeper, 7, [Draw(64), start], own, random)),
            ["asked"] = Convert.ToHexStringLower(TeamEvaluateRequest.Write(
                deployment, 3, 20_001, Draw(16), [.. Enumerable.Range(0, 4).Select(_ => Element.HashFrom(Draw(32), "wetoo/test"u8))], own)),
        };
    }

    private static void CheckConflict(Func<string, string> text, Roster roster)
    {
        var (put, asked) = (ConflictPut.TryParse(Convert.FromHexString(text("conflict")))!, TeamEvaluateRequest.TryParse(Convert.FromHexString(text("asked")))!);
        var keeper = new KeeperEntry(1, "Keeper", Convert.FromHexString(text("keeper")), Element.HashFrom("y"u8, "wetoo/test"u8), Element.HashFrom("z"u8, "wetoo/test"u8));
        Assert.Null(put.Check(Convert.FromHexString(text("deployment")), keeper, roster));
        Assert.Equal(7u, put.Revision);
        Assert.True(put.Names(Convert.FromHexString(text("start"))));
        Assert.False(put.Names(new byte[64]));
        Assert.Null(asked.Check(roster));
        Assert.Equal((3u, 20_001u), (asked.Epoch, asked.Day));
    }

    private static void Check(JsonElement written)
    {
        string Text(string name) => written.GetProperty(name).GetString()!;
        var deployment = Convert.FromHexString(Text("deployment"));
        var (before, after) = (Roster.TryParse(Text("before"))!, Roster.TryParse(Text("after"))!);
        var change = TeamChange.TryParse(Convert.FromHexString(Text("change")))!;
        Assert.Null(change.CheckSignature());
        Assert.Null(TeamChange.Check(deployment, before, after, [change]));
        Assert.Equal(Refusal.TwoPeopleNeeded, TeamChange.Check(deployment, before, after, []));
        Assert.Equal(Refusal.TwoPeopleNeeded, TeamChange.Check(deployment, after, before, [change]));

        if (written.TryGetProperty("conflict", out _)) CheckConflict(Text, before);
        var first = before.Members[0];
        Assert.Equal(Text("number"), KeyNumber.Of(first.Signing.Span, first.Recipient));
        Assert.Equal(Text("mailbox"), KeyNumber.OfMailbox(deployment, Convert.FromHexString(Text("start")).AsSpan(0, 16), first.Signing.Span, first.Recipient, Convert.FromHexString(Text("keeper"))));
        Assert.Equal(["fr", "ar"], first.Languages);
        Assert.Equal((20_001u, TeamRole.Coordinator, "Tomasz"), (after.ChangedDay, after.Members[1].Role, after.Members[1].Name));
        Assert.Single(after.Counselors);
    }
}
