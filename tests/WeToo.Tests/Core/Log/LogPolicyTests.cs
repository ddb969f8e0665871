using WeToo.Core.Log;
using WeToo.Core.Signing;
using Xunit;

namespace WeToo.Tests.Core.Log;

/// <summary>Whom somebody believes, and from when on those are enough.</summary>
public sealed class LogPolicyTests
{
    private static readonly string s_log = KeyOf("log.example", NoteKeyKind.Log, 1);

    [Fact]
    public void The_example_of_the_specification_wants_two_of_one_house_and_any_of_the_other()
    {
        var policy = LogPolicy.TryParse($"""
            log {s_log}

            witness X1 {Witness(2)}
            witness X2 {Witness(3)}
            witness X3 {Witness(4)}  https://x3.example
            group X-witnesses 2 X1 X2 X3

              # the other house
            witness Y1 {Witness(5)}
            witness Y2 {Witness(6)}
            witness Y3 {Witness(7)}
            group Y-witnesses any Y1 Y2 Y3

            group X-and-Y all X-witnesses Y-witnesses
            quorum X-and-Y
            """ + "\n")!;

        Assert.Equal(6, policy.Witnesses.Count);
        Assert.True(policy.IsQuorum(["X1", "X3", "Y2"]));
        Assert.False(policy.IsQuorum(["X1", "X2", "X3"]));
        Assert.False(policy.IsQuorum(["X1", "Y1", "Y2", "Y3"]));
    }

    [Fact]
    public void The_date_is_the_earliest_time_by_which_enough_had_seen_it()
    {
        var policy = LogPolicy.TryParse($"log {s_log}\nwitness a {Witness(2)}\nwitness b {Witness(3)}\nwitness c {Witness(4)}\ngroup two 2 a b c\nquorum two\n")!;

        Assert.Equal(20UL, policy.DateBy([new("a", 30), new("b", 10), new("c", 20)]));
        Assert.Equal(30UL, policy.DateBy([new("a", 30), new("b", 10)]));
        Assert.Null(policy.DateBy([new("a", 30)]));
        Assert.Equal(0UL, LogPolicy.TryParse("quorum none\n")!.DateBy([]));
    }

    public static TheoryData<string> None =>
    [
        "",
        "log\nquorum none\n",
        $"log {Witness(2)}\nquorum none\n",
        $"log {s_log}\nlog {s_log}\nquorum none\n",
        $"witness a {s_log}\nquorum a\n",
        $"witness a {Witness(2)}\nwitness a {Witness(3)}\nquorum a\n",
        $"witness a {Witness(2)}\nwitness b {Witness(2)}\nquorum a\n",
        $"witness none {Witness(2)}\nquorum none\n",
        $"witness a {Witness(2)}\nquorum b\n",
        $"witness a {Witness(2)}\nquorum a\nquorum a\n",
        $"witness a {Witness(2)}\n",
        $"quorum a\nwitness a {Witness(2)}\n",
        $"witness a {Witness(2)}\ngroup g 2 a\nquorum g\n",
        $"witness a {Witness(2)}\ngroup g 0 a\nquorum g\n",
        $"witness a {Witness(2)}\ngroup g 01 a\nquorum g\n",
        $"witness a {Witness(2)}\ngroup g any\nquorum g\n",
        $"witness a {Witness(2)}\ngroup g any a a\nquorum g\n",
        $"witness a {Witness(2)}\ngroup g any a\ngroup h any a\nquorum g\n",
        $"witness a {Witness(2)}\ngroup g any g\nquorum g\n",
        $"witness a {Witness(2)} https://a https://b\nquorum a\n",
        "witnesses a\nquorum none\n",
        "quorum none\r\n",
        "quorum none\0\n",
    ];

    [Theory]
    [MemberData(nameof(None))]
    public void What_is_no_policy_is_refused(string text) => Assert.Null(LogPolicy.TryParse(text));

    private static string Witness(byte seed) => KeyOf($"witness-{seed}.example", NoteKeyKind.Witness, seed);

    private static string KeyOf(string name, NoteKeyKind kind, byte seed)
    {
        using var key = SigningKey.FromSeed(Enumerable.Repeat(seed, 32).ToArray());
        return new NoteKey(name, kind, key.PublicKey).ToText();
    }
}
