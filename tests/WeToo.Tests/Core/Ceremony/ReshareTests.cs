using System.Security.Cryptography;
using WeToo.Core.Ceremony;
using WeToo.Core.Group;
using WeToo.Core.Ladder;
using WeToo.Core.Oprf;
using WeToo.Core.Sealing;
using WeToo.Core.Threshold;
using Xunit;

namespace WeToo.Tests.Core.Ceremony;

public sealed class ReshareTests
{
    private static readonly Element s_point = Element.HashFrom("a point"u8, "tests"u8);

    [Fact]
    public void A_ceremony_without_a_dealer_gives_shares_of_one_key()
    {
        var keys = StaticKeys(3);
        var old = Create(keys, quorum: 2);

        Assert.All(Quorums(3, 2), quorum => Assert.Equal(Under(old, [1, 2, 3]), Under(old, quorum)));
    }

    [Fact]
    public void Fresh_shares_give_the_same_outputs_and_do_not_mix_with_old_ones()
    {
        var keys = StaticKeys(3);
        var old = Create(keys, quorum: 2);
        var fresh = Reshare(old, [1, 3], keys, keys, quorum: 2);

        Assert.Equal(old[0].PublicKey, fresh[0].PublicKey);
        Assert.All(Quorums(3, 2), quorum => Assert.Equal(Under(old, quorum), Under(fresh, quorum)));
        Assert.NotEqual(Under(old, [1, 2]), Quorum.Combine(Part(old, 1), Part(fresh, 2)));
        Assert.NotEqual(Under(old, [1, 2]), Quorum.Combine(Part(fresh, 1), Part(old, 2)));
    }

    [Fact]
    public void After_a_refresh_tags_are_the_same_and_what_was_sealed_before_opens_but_not_with_a_share_of_each_kind()
    {
        var keys = StaticKeys(3);
        var old = Create(keys, quorum: 2);
        var fresh = Reshare(old, [2, 3], keys, keys, quorum: 2);
        using var blind = Scalar.Random(RandomNumberGenerator.Fill);
        var blinded = OprfClient.Blind("an identifier"u8, blind);
        var (header, ciphertext) = Tdh2.Seal(old[0].PublicKey, "label"u8, "an account"u8, RandomNumberGenerator.Fill);
        byte[] Tag(PartialEvaluation a, PartialEvaluation b) =>
            Chain.Tag(Chain.Start(OprfClient.Finalize("an identifier"u8, OprfClient.Unblind(blind, Quorum.Combine(a, b)!.Value))));
        byte[]? Opened(PartialEvaluation a, PartialEvaluation b) => Tdh2.Open(Quorum.Combine(a, b)!.Value, header, "label"u8, ciphertext);
        static PartialEvaluation Of(CeremonyResult[] shares, byte i, Element point) => new(i, point.Times(shares[i - 1].Share));

        Assert.Equal(Tag(Of(old, 1, blinded), Of(old, 2, blinded)), Tag(Of(fresh, 1, blinded), Of(fresh, 3, blinded)));
        Assert.Equal("an account"u8.ToArray(), Opened(Of(fresh, 1, header.U), Of(fresh, 2, header.U)));
        Assert.NotEqual(Tag(Of(old, 1, blinded), Of(old, 2, blinded)), Tag(Of(old, 1, blinded), Of(fresh, 2, blinded)));
        Assert.Null(Opened(Of(old, 1, header.U), Of(fresh, 2, header.U)));
    }

    [Fact]
    public void Each_refresh_gives_other_shares_of_the_same_key()
    {
        var keys = StaticKeys(3);
        var shares = Create(keys, quorum: 2);
        var seen = new HashSet<string>();
        for (var epoch = 1; epoch <= 4; epoch++)
        {
            Assert.True(seen.Add(Convert.ToHexString(shares[0].PublicShares[0].ToBytes())));
            var next = Reshare(shares, [1, 2], keys, keys, quorum: 2);
            Assert.Equal(shares[0].PublicKey, next[0].PublicKey);
            shares = next;
        }
    }

    [Fact]
    public void Fewer_dealers_than_the_old_quorum_hand_on_another_key()
    {
        var keys = StaticKeys(3);
        var old = Create(keys, quorum: 2);

        Assert.NotEqual(old[0].PublicKey, Reshare(old, [1], keys, keys, quorum: 2)[0].PublicKey);
    }

    [Fact]
    public void A_new_and_larger_set_of_keepers_gives_the_same_outputs()
    {
        var (keys, next) = (StaticKeys(3), StaticKeys(5));
        var old = Create(keys, quorum: 2);
        var grown = Reshare(old, [2, 3], keys, next, quorum: 3);

        Assert.All(Quorums(5, 3), quorum => Assert.Equal(Under(old, [1, 2]), Under(grown, quorum)));
        Assert.All(Quorums(5, 2), few => Assert.NotEqual(Under(old, [1, 2]), Under(grown, few)));
    }

    [Fact]
    public void A_dealer_who_shares_something_else_is_named()
    {
        var keys = StaticKeys(3);
        var old = Create(keys, quorum: 2);
        var session = SessionOf(old, [1, 2], keys, keys, 2);
        using var other = Scalar.Random(RandomNumberGenerator.Fill);

        var messages = Deal(session, old, [1, 2], keys);
        messages[1] = Dealing.Deal(session, keys[1].Secret, other, RandomNumberGenerator.Fill);

        Assert.Null(Receiving.Receive(session, 1, keys[0].Secret, messages, out var blame));
        Assert.Equal(new(2, CeremonyFault.ConstantDiffers), blame);
    }

    [Fact]
    public void A_dealer_with_one_commitment_too_many_is_named()
    {
        var keys = StaticKeys(3);
        var session = CeremonySession.Create("session"u8, 2, Public(keys))!;
        var higher = CeremonySession.Create("session"u8, 3, Public(keys))!;
        ReadOnlyMemory<byte>[] messages = [.. keys.Select(key => (ReadOnlyMemory<byte>)Dealing.Deal(session, key.Secret, null, RandomNumberGenerator.Fill))];
        messages[2] = Dealing.Deal(higher, keys[2].Secret, null, RandomNumberGenerator.Fill);

        Assert.Null(Receiving.Receive(session, 1, keys[0].Secret, messages, out var blame));
        Assert.Equal(new(3, CeremonyFault.Malformed), blame);
    }

    [Fact]
    public void Every_single_altered_byte_of_a_dealing_is_noticed_by_its_receivers_or_by_the_certificate()
    {
        var keys = StaticKeys(2);
        var session = CeremonySession.Create("session"u8, 2, Public(keys))!;
        ReadOnlyMemory<byte>[] messages = [.. keys.Select(key => (ReadOnlyMemory<byte>)Dealing.Deal(session, key.Secret, null, RandomNumberGenerator.Fill))];
        using var honest = Receiving.Receive(session, 1, keys[0].Secret, messages, out _)!;
        for (var at = 0; at < messages[1].Length; at++)
        {
            var altered = messages[1].ToArray();
            altered[at] ^= 1;
            using var result = Receiving.Receive(session, 1, keys[0].Secret, [messages[0], altered], out var blame);

            // What was sent to the other receiver is theirs to notice; this one's transcript and share stay the honest ones.
            if (result is not null) Assert.Equal(honest.Transcript.ToArray(), result.Transcript.ToArray());
            else Assert.Equal(2, blame!.Position);
        }
    }

    [Fact]
    public void A_receiver_who_was_shown_something_else_is_noticed()
    {
        var keys = StaticKeys(3);
        var session = CeremonySession.Create("session"u8, 2, Public(keys))!;
        ReadOnlyMemory<byte>[] messages = [.. keys.Select(key => (ReadOnlyMemory<byte>)Dealing.Deal(session, key.Secret, null, RandomNumberGenerator.Fill))];
        ReadOnlyMemory<byte>[] others = [messages[0], messages[1], Dealing.Deal(session, keys[2].Secret, null, RandomNumberGenerator.Fill)];
        using var mine = Receiving.Receive(session, 1, keys[0].Secret, messages, out _)!;
        using var theirs = Receiving.Receive(session, 2, keys[1].Secret, others, out _)!;
        using var third = Receiving.Receive(session, 3, keys[2].Secret, messages, out _)!;

        var blame = Receiving.CheckCertificate(
            session, mine.Transcript.Span, [Receiving.Certify(mine, keys[0].Secret), Receiving.Certify(theirs, keys[1].Secret), Receiving.Certify(third, keys[2].Secret)]);

        Assert.Equal(new(2, CeremonyFault.Certificate), blame);
    }

    private static (Scalar Secret, Element Public)[] StaticKeys(int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ =>
        {
            var secret = Scalar.Random(RandomNumberGenerator.Fill);
            return (secret, Element.FromGenerator(secret));
        }),
    ];

    private static Element[] Public((Scalar Secret, Element Public)[] keys) => [.. keys.Select(key => key.Public)];

    private static CeremonyResult[] Create((Scalar Secret, Element Public)[] keys, int quorum)
    {
        var session = CeremonySession.Create("a session"u8, quorum, Public(keys))!;
        ReadOnlyMemory<byte>[] messages = [.. keys.Select(key => (ReadOnlyMemory<byte>)Dealing.Deal(session, key.Secret, null, RandomNumberGenerator.Fill))];
        return [.. keys.Select((key, i) => Receiving.Receive(session, (byte)(i + 1), key.Secret, messages, out _)!)];
    }

    private static CeremonyResult[] Reshare(CeremonyResult[] old, byte[] dealing, (Scalar Secret, Element Public)[] oldKeys, (Scalar Secret, Element Public)[] newKeys, int quorum)
    {
        var session = SessionOf(old, dealing, oldKeys, newKeys, quorum);
        var messages = Deal(session, old, dealing, oldKeys);
        return [.. newKeys.Select((key, i) => Receiving.Receive(session, (byte)(i + 1), key.Secret, messages, out _)!)];
    }

    private static CeremonySession SessionOf(CeremonyResult[] old, byte[] dealing, (Scalar Secret, Element Public)[] oldKeys, (Scalar Secret, Element Public)[] newKeys, int quorum) =>
        CeremonySession.Reshare("re-share"u8, quorum, [.. dealing.Select(i => (i, oldKeys[i - 1].Public, old[i - 1].PublicShares[i - 1]))], Public(newKeys))!;

    private static ReadOnlyMemory<byte>[] Deal(CeremonySession session, CeremonyResult[] old, byte[] dealing, (Scalar Secret, Element Public)[] keys) =>
    [
        .. dealing.Select(i =>
        {
            using var coefficient = Lagrange.AtZero(i, dealing);
            using var constant = coefficient.Times(old[i - 1].Share);
            return (ReadOnlyMemory<byte>)Dealing.Deal(session, keys[i - 1].Secret, constant, RandomNumberGenerator.Fill);
        }),
    ];

    private static Element? Under(CeremonyResult[] shares, params byte[] quorum) => Quorum.Combine([.. quorum.Select(i => Part(shares, i))]);

    private static PartialEvaluation Part(CeremonyResult[] shares, byte i) => new(i, s_point.Times(shares[i - 1].Share));

    private static IEnumerable<byte[]> Quorums(int count, int size) =>
        Enumerable.Range(1, (1 << count) - 1)
            .Where(set => int.PopCount(set) == size)
            .Select(set => Enumerable.Range(1, count).Where(i => ((set >> (i - 1)) & 1) == 1).Select(i => (byte)i).ToArray());
}
