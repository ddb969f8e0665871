using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Sealing;
using WeToo.Core.Threshold;
using WeToo.Tool.Authoring;
using WeToo.Tool.Up;
using Xunit;

namespace WeToo.Tests.Adversaries;

/// <summary>Where a keeper's share is, and what a quorum of them amounts to: the control for every attack that must fail.</summary>
[Collection(Scene.Name)]
public sealed class SharesTests(Scene scene)
{
    [Fact]
    public async Task A_keepers_database_without_its_key_file_holds_no_share()
    {
        foreach (var keeper in UpPlan.Keepers)
        {
            using var holding = await scene.StealAsync(keeper);
            var (k, z) = (new byte[Scalar.Size], new byte[Scalar.Size]);
            holding.K.CopyTo(k);
            holding.Z.CopyTo(z);

            Assert.False(Attack.Holds(scene.DatabaseBytes(keeper), k));
            Assert.False(Attack.Holds(scene.DatabaseBytes(keeper), z));
        }
    }

    [Fact]
    public async Task With_a_quorum_of_keepers_they_read_everything_which_is_what_the_quorum_means()
    {
        var (filing, _, account) = (await scene.FilingsAsync()).Single(one => one.Filing.Credential.Pseudonym.Span.SequenceEqual(scene.Ana.Pseudonym.PublicKey.Span));
        using var first = await scene.StealAsync("keeper-1");
        using var second = await scene.StealAsync("keeper-2");
        PartialEvaluation[] shares = [new(first.Index, filing.Account.U.Times(first.Z)), new(second.Index, filing.Account.U.Times(second.Z))];

        var padded = Tdh2.Open(Quorum.Combine(shares)!.Value, filing.Account, filing.PackageLabel(PackageField.Account), account);
        var package = Package.TryParse(padded)!;

        Assert.Equal(Scene.AnasText, scene.Counselor.Read<AccountContent>(package.AgeFile.ToArray())!.Text);
    }
}
