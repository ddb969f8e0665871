using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using WeToo.Core.Threshold;
using Xunit;

namespace WeToo.Tests.Core;

/// <summary>What an app that pinned a keyset takes for its next revision.</summary>
public sealed class KeysetPinTests
{
    private readonly byte[] _deployment = RandomNumberGenerator.GetBytes(16);
    private readonly SigningKey[] _keepers = [.. Enumerable.Range(0, 3).Select(_ => NewKey())];
    private readonly Scalar _k = Scalar.Random(RandomNumberGenerator.Fill);
    private readonly Scalar _z = Scalar.Random(RandomNumberGenerator.Fill);
    private readonly Roster _roster = Roster.TryParse(KeysetText.WriteRoster([]))!;

    [Fact]
    public void A_later_revision_of_the_same_keepers_follows_and_an_earlier_one_does_not()
    {
        var (first, second) = (Sign(1, _keepers), Sign(2, _keepers));

        Assert.True(first.MayBeFollowedBy(second));
        Assert.True(first.MayBeFollowedBy(first));
        Assert.False(second.MayBeFollowedBy(first));
    }

    [Fact]
    public void Invented_keepers_whose_points_combine_to_the_same_keys_do_not_follow()
    {
        var invented = Sign(2, [.. Enumerable.Range(0, 3).Select(_ => NewKey())]);

        Assert.False(Sign(1, _keepers).MayBeFollowedBy(invented));
    }

    [Fact]
    public void One_known_keeper_among_invented_ones_is_not_enough_and_a_quorum_is()
    {
        var pinned = Sign(1, _keepers);

        Assert.False(pinned.MayBeFollowedBy(Sign(2, [_keepers[0], NewKey(), NewKey()])));
        Assert.True(pinned.MayBeFollowedBy(Sign(2, [_keepers[0], NewKey(), _keepers[2]])));
    }

    [Fact]
    public void New_keepers_follow_when_a_quorum_of_the_known_ones_signed_beside_them() =>
        Assert.True(Sign(1, _keepers).MayBeFollowedBy(Sign(2, [NewKey(), NewKey(), NewKey()], beside: _keepers[..2])));

    private static SigningKey NewKey() => SigningKey.FromSeed(RandomNumberGenerator.GetBytes(SigningKey.SeedSize));

    private SignedKeyset Sign(uint revision, SigningKey[] keepers, params SigningKey[] beside)
    {
        var (ks, zs) = (Shamir.Split(_k, 2, 3, RandomNumberGenerator.Fill), Shamir.Split(_z, 2, 3, RandomNumberGenerator.Fill));
        var text = KeysetText.Write(
            _deployment, revision, revision, 2,
            keepers.Select((key, i) => new KeeperEntry((byte)(i + 1), $"Keeper {i + 1}", key.PublicKey, Element.FromGenerator(ks[i]), Element.FromGenerator(zs[i]))),
            Element.FromGenerator(_k), Element.FromGenerator(_z), new byte[32], [], SHA256.HashData(Encoding.UTF8.GetBytes(_roster.Text)), new("invitation", 0, 0, 0, false));
        return SignedKeyset.TryCreate(
            Keyset.TryParse(text)!, _roster,
            [.. keepers.Concat(beside).Select((key, i) => new KeysetSignature((byte)(i + 1), key.Sign<KeysetPurpose>(Encoding.UTF8.GetBytes(text))))])!;
    }
}
