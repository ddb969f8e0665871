using System.Text.Json;
using WeToo.Core.Ladder;
using Xunit;

namespace WeToo.Tests.Core.Twins;

/// <summary>The ladder's rule in both languages, on slips at rungs anywhere, also where no climb leads.</summary>
public sealed class LadderTwinTests
{
    [Theory]
    [InlineData("from-typescript")]
    [InlineData("from-csharp")]
    public void The_rule_moves_those_that_were_written_down(string folder)
    {
        using var written = Vectors.Read($"{folder}/ladder.json");
        foreach (var one in written.RootElement.EnumerateArray())
        {
            var sharing = one.GetProperty("sharing").EnumerateArray().Select(slip => (slip[0].GetByte(), slip[1].GetByte(), slip[2].GetByte()));

            Assert.Equal(one.GetProperty("moves").EnumerateArray().Select(position => position.GetInt32()), Moves(one.GetProperty("rung").GetByte(), [.. sharing]));
        }
    }

    /// <summary>Writes the file again, when the specification has changed: <c>WETOO_WRITE_VECTORS=1</c>.</summary>
    [Fact]
    public void Five_hundred_cases_of_which_many_move_somebody_can_be_written_for_typescript()
    {
        var random = TwinTests.Stream("wetoo ladder, from C#");
        var cases = Enumerable.Range(0, 500).Select(_ => Draw(random)).ToArray();
        if (Environment.GetEnvironmentVariable("WETOO_WRITE_VECTORS") == "1")
        {
            var lines = cases.Select(one => JsonSerializer.Serialize(new
            {
                rung = one.Rung,
                sharing = one.Sharing.Select(slip => new int[] { slip.Person, slip.LeastNumber, slip.Stands }),
                moves = Moves(one.Rung, one.Sharing),
            }));
            File.WriteAllText(Path.Combine(Vectors.Root(), "spec", "vectors", "from-csharp", "ladder.json"), $"[\n{string.Join(",\n", lines)}\n]\n");
        }

        Assert.True(cases.Count(one => Moves(one.Rung, one.Sharing).Count > 0) > 100);
    }

    private static (byte Rung, (byte Person, byte LeastNumber, byte Stands)[] Sharing) Draw(WeToo.Core.RandomBytes random)
    {
        var rung = Below(5);
        var sharing = new (byte, byte, byte)[Below(12)];
        for (var i = 0; i < sharing.Length; i++)
        {
            var leastNumber = (byte)(2 + Below(4));
            sharing[i] = (Below(7), leastNumber, Below(leastNumber));
        }

        return (rung, sharing);

        byte Below(byte most)
        {
            Span<byte> drawn = stackalloc byte[1];
            random(drawn);
            return (byte)(drawn[0] % most);
        }
    }

    private static IReadOnlyList<int> Moves(byte rung, (byte Person, byte LeastNumber, byte Stands)[] sharing)
    {
        Standing[] standings = [.. sharing.Select(slip => new Standing(new[] { slip.Person }, slip.LeastNumber, slip.Stands))];
        return (rung == 0 ? LadderRule.Open(standings) : LadderRule.Drop(rung, standings)).Positions;
    }
}
