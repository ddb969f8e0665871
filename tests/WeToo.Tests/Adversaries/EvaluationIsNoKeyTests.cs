using System.Security.Cryptography;
using WeToo.Core.Filings;
using WeToo.Core.Ladder;
using WeToo.Core.Sealing;
using WeToo.Tool.Authoring;
using Xunit;

namespace WeToo.Tests.Adversaries;

/// <summary>The matcher's operator, who also got a credential and asks the keepers as an author does.</summary>
[Collection(Scene.Name)]
public sealed class EvaluationIsNoKeyTests(Scene scene)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static uint Today => (uint)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 86_400);

    [Fact]
    public async Task For_identifiers_they_guess_they_learn_how_many_stand_on_which_rung()
    {
        var slips = await EvaluateAsync((await scene.ArriveAsync()).Visit, Scene.NamedByAnaAndBen, "tel:+33699999999");

        Assert.Equal([0, 1, 1, 0, 0], await CountByRungAsync(slips[0].Start));
        Assert.Equal([0, 0, 0, 0, 0], await CountByRungAsync(slips[1].Start));
    }

    [Fact]
    public async Task What_an_evaluation_gives_them_is_no_key_to_anything()
    {
        var slips = await EvaluateAsync((await scene.ArriveAsync()).Visit, Scene.NamedByAnaAndBen);
        var (start, n) = (slips[0].Start, slips[0].N);
        byte[][] keys = [.. Enumerable.Range(0, 5).Select(rung => Chain.Climb(start, 0, rung)).SelectMany(y => (byte[][])[y[..32], y[32..]]), n.ToBytes()];

        foreach (var (filing, contact, account) in await scene.FilingsAsync())
        {
            Assert.Null(Tdh2.Open(n, filing.Contact, filing.PackageLabel(PackageField.Contact), contact));
            Assert.Null(Tdh2.Open(n, filing.Account, filing.PackageLabel(PackageField.Account), account));
            Assert.All(keys, key => Assert.Null(Xchacha.Open(key, default, contact, filing.PackageLabel(PackageField.Contact))));
            Assert.All(keys, key => Assert.Null(Xchacha.Open(key, default, account, filing.PackageLabel(PackageField.Account))));
        }
    }

    private async Task<IReadOnlyList<EvaluatedSlip>> EvaluateAsync(AuthorVisit visit, params string[] identifiers)
    {
        using var slips = new BlindedSlips(scene.Keyset, visit.Credential!, visit.Pseudonym, [.. identifiers.Select(Scene.InputOf)], Today, RandomNumberGenerator.Fill);
        foreach (var keeper in scene.Keyset.Keepers.Take(scene.Keyset.Quorum))
            Assert.True(slips.TryAccept(keeper, (await scene.Vault.PostAsync($"v1/keepers/{keeper.Index}/evaluations", slips.Request, Cancel)).Body));
        return slips.Combine(scene.Keyset)!;
    }

    private async Task<IReadOnlyList<int>> CountByRungAsync(byte[] start)
    {
        using var keys = scene.MatcherKeys();
        var stored = await scene.PepperedTagsAsync();
        return [.. Enumerable.Range(0, 5).Select(rung => keys.Pepper(rung, Chain.Tag(Chain.Climb(start, 0, rung)))).Select(tag => stored.Count(other => tag.AsSpan().SequenceEqual(other)))];
    }
}
