using WeToo.Matcher.Store;
using WeToo.Tool.Up;
using Xunit;

namespace WeToo.Tests.Adversaries;

/// <summary>What equality shows to the matcher's operator, and what it does not.</summary>
[Collection(Scene.Name)]
public sealed class MatcherEqualityTests(Scene scene)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_learns_pseudonyms_least_numbers_and_who_stand_equal_on_one_rung()
    {
        var slips = await scene.SlipsAsync();
        using var database = scene.Open(UpPlan.Matcher);
        using var keys = scene.MatcherKeys();
        var tags = await database.ReadAsync(session => session.Query<byte[]>("SELECT tag FROM standings GROUP BY tag HAVING count(*) > 1"), Cancel);

        Assert.Equal([2, 3, 3, 3], slips.Select(one => (int)one.LeastNumber).Order());
        Assert.Equal(2, tags.Count); // Two of the three they ask for have come: one rung down, and no further.
        foreach (var tag in tags)
        {
            var equal = await new Standings(database, keys).SharingAsync(tag, long.MaxValue, Cancel);
            Assert.Equal(
                Sorted(scene.Cleo.Pseudonym.PublicKey, scene.Dora.Pseudonym.PublicKey),
                Sorted([.. equal.Select(one => one.Member.Slips.Credential.Pseudonym)]));
        }
    }

    [Fact]
    public async Task Those_who_name_one_person_from_different_rungs_look_unrelated()
    {
        var two = Sorted(scene.Ana.Pseudonym.PublicKey, scene.Ben.Pseudonym.PublicKey);
        var theirs = (await scene.SlipsAsync()).Where(one => two.Contains(Hex(one.Credential.Pseudonym))).ToList();

        var tags = theirs.SelectMany(one => one.Slips).Select(slip => Hex(slip.Tag)).ToList();

        Assert.Equal(8, tags.Count);
        Assert.Equal(8, tags.Distinct().Count());
    }

    private static string[] Sorted(params ReadOnlyMemory<byte>[] keys) => [.. keys.Select(Hex).Order(StringComparer.Ordinal)];

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);
}
