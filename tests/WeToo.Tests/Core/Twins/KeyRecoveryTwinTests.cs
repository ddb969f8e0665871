using System.Text;
using WeToo.Core.Age;
using WeToo.Core.Group;
using WeToo.Core.Sealing;
using WeToo.Core.Threshold;
using Xunit;

namespace WeToo.Tests.Core.Twins;

/// <summary>A key that was put by in a browser opens here from the words of the specification alone. WEP-1, section 12.2.</summary>
public sealed class KeyRecoveryTwinTests
{
    private static readonly byte[] s_name = Encoding.ASCII.GetBytes("wetoo/v1/key-share");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 0)]
    [InlineData(1, 2)]
    public void Two_shares_give_the_key_that_opens_the_box(int one, int other)
    {
        using var written = Vectors.Read("from-typescript/key-recovery.json");
        var root = written.RootElement;
        byte[] Bytes(string name) => Convert.FromHexString(root.GetProperty(name).GetString()!);
        using var identity = AgeIdentity.TryParse(root.GetProperty("identity").GetString()!)!;
        var shares = root.GetProperty("shares").EnumerateArray().Select(share => AgeFile.TryDecrypt(identity, Convert.FromHexString(share.GetString()!))!).ToList();
        Assert.All(shares, share => Assert.Equal([.. s_name, .. Bytes("owner")], share[..^33]));

        byte[][] two = [shares[one], shares[other]];
        byte[] indices = [two[0][^33], two[1][^33]];
        using var secret = two.Select(share => Lagrange.AtZero(share[^33], indices).Times(Scalar.TryParse(share.AsSpan()[^32..])!)).Aggregate((sum, part) => sum.Plus(part));
        var encoded = new byte[Scalar.Size];
        secret.CopyTo(encoded);

        Assert.Equal(root.GetProperty("text").GetString(), Open(encoded));
        Assert.Null(Open(two[0][^32..])); // One alone.

        string? Open(byte[] found)
        {
            using SecretBytes whole = new(found), key = whole.Derive("wetoo/v1/key-recovery"u8, 32);
            return AuthorBox.Open(key, Bytes("owner"), Bytes("box"));
        }
    }
}
