using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Ceremony;
using WeToo.Core.Group;
using Xunit;

namespace WeToo.Tests.Core.Ceremony;

/// <summary>Who lies in a ceremony is named, by each honest party, and with the reason.</summary>
public sealed class BlameTests
{
    private const int Quorum = 2;
    private const int ProofAt = Quorum * Element.Size;
    private const int EphemeralAt = ProofAt + Schnorr.Size;
    private const int FirstCiphertextAt = EphemeralAt + Element.Size + 8;
    private const int FramedSize = 8 + Scalar.Size + 16;

    private readonly Scalar[] _secrets = [.. Enumerable.Range(0, 3).Select(_ => Scalar.Random(RandomNumberGenerator.Fill))];

    [Fact]
    public void A_message_cut_short_or_with_something_added_is_malformed()
    {
        var messages = Dealt(Session());

        Assert.Equal(new(2, CeremonyFault.Malformed), BlameFor([messages[0], messages[1][..^1], messages[2]]));
        Assert.Equal(new(2, CeremonyFault.Malformed), BlameFor([messages[0], (byte[])[.. messages[1].Span, 0], messages[2]]));
        Assert.Equal(new(3, CeremonyFault.Malformed), BlameFor([messages[0], messages[1], default]));
    }

    [Fact]
    public void A_commitment_to_the_identity_is_malformed()
    {
        var messages = Dealt(Session());
        var altered = messages[1].ToArray();
        altered.AsSpan(Element.Size, Element.Size).Clear();

        Assert.Equal(new(2, CeremonyFault.Malformed), BlameFor([messages[0], altered, messages[2]]));
    }

    /// <summary>The attack on rogue keys: a constant chosen to cancel the others', whose logarithm nobody knows.</summary>
    [Fact]
    public void A_dealer_that_does_not_know_its_constant_is_named()
    {
        var messages = Dealt(Session());
        _ = Element.TryParse(messages[0].Span[..32], out var first);
        using var one = Scalar.FromIndex(1);
        using var two = Scalar.FromIndex(2);
        using var minusOne = one.Minus(two);

        Assert.Equal(new(2, CeremonyFault.ProofOfPossession), BlameFor([messages[0], Replaced(messages[1], 0, first.Times(minusOne).ToBytes()), messages[2]]));
        Assert.Equal(new(2, CeremonyFault.ProofOfPossession), BlameFor([messages[0], Replaced(messages[1], Element.Size, first.ToBytes()), messages[2]]));
        Assert.Equal(new(2, CeremonyFault.ProofOfPossession), BlameFor([messages[0], Replaced(messages[1], EphemeralAt, first.ToBytes()), messages[2]]));
    }

    [Fact]
    public void A_message_of_another_session_or_of_another_dealer_does_not_count()
    {
        var messages = Dealt(Session());
        var earlier = Dealt(CeremonySession.Create("an earlier session"u8, Quorum, Keys())!);

        Assert.Equal(new(2, CeremonyFault.ProofOfPossession), BlameFor([messages[0], earlier[1], messages[2]]));
        Assert.Equal(new(2, CeremonyFault.Decryption), BlameFor([messages[0], messages[0], messages[2]]));
    }

    [Fact]
    public void A_ciphertext_that_does_not_open_is_named_by_the_one_it_is_for()
    {
        var messages = Dealt(Session());
        var altered = messages[1].ToArray();
        altered[FirstCiphertextAt + FramedSize] ^= 1;

        Assert.Null(BlameFor([messages[0], altered, messages[2]], receiver: 1));
        Assert.Equal(new(2, CeremonyFault.Decryption), BlameFor([messages[0], altered, messages[2]], receiver: 2));
    }

    [Fact]
    public void A_dealer_that_sends_another_share_than_it_commits_to_is_named()
    {
        var session = Session();
        var messages = Dealt(session);

        // Commitments and proof of one polynomial, with shares of another under the same ephemeral key: only the second coefficient differs.
        byte[] Deal(byte second) => Dealing.Deal(session, _secrets[1], null, Draws(11, second, 13));
        var (honest, other) = (Deal(12), Deal(99));
        byte[] lying = [.. honest[..EphemeralAt], .. other[EphemeralAt..]];

        Assert.Null(BlameFor([messages[0], honest, messages[2]]));
        Assert.Equal(new(2, CeremonyFault.ShareDiffers), BlameFor([messages[0], lying, messages[2]]));
    }

    [Fact]
    public void A_receiver_that_conspired_for_a_share_of_zero_is_seen_by_everybody()
    {
        var session = CeremonySession.Create("a session"u8, Quorum, Keys()[..2])!;
        var honest = Dealing.Deal(session, _secrets[0], null, Draws(21, 22, 23));

        // Dealer 1's polynomial is 21 + 22x. Dealer 2, who is told f₁(2) = 65, takes a constant of 5 and a slope of −35: together 0 at 2.
        using var slope = Negative(35);
        var calls = 0;
        var rigged = Dealing.Deal(session, _secrets[1], null, wide =>
        {
            wide.Clear();
            if (++calls == 2) slope.CopyTo(wide);
            else wide[0] = 5;
        });

        Assert.Null(Receiving.Receive(session, 1, _secrets[0], [honest, rigged], out var blame));
        Assert.Equal(new(2, CeremonyFault.ShareIsZero), blame);
    }

    [Fact]
    public void With_several_at_fault_the_first_is_named()
    {
        var messages = Dealt(Session());

        Assert.Equal(new(1, CeremonyFault.Malformed), BlameFor([default, default, messages[2]]));
    }

    [Fact]
    public void A_missing_a_short_and_a_strangers_certificate_are_named()
    {
        var session = Session();
        var messages = Dealt(session);
        ReadOnlyMemory<byte>[] certificates = [.. _secrets.Select((secret, i) =>
        {
            using var result = Receiving.Receive(session, (byte)(i + 1), secret, messages, out _)!;
            return (ReadOnlyMemory<byte>)Receiving.Certify(result, secret);
        })];
        using var mine = Receiving.Receive(session, 1, _secrets[0], messages, out _)!;
        CeremonyBlame? Check(params ReadOnlyMemory<byte>[] given) => Receiving.CheckCertificate(session, mine.Transcript.Span, given);

        Assert.Null(Check(certificates));
        Assert.Equal(new(3, CeremonyFault.Certificate), Check(certificates[0], certificates[1]));
        Assert.Equal(new(2, CeremonyFault.Certificate), Check(certificates[0], certificates[1][..^1], certificates[2]));
        Assert.Equal(new(1, CeremonyFault.Certificate), Check(certificates[1], certificates[0], certificates[2]));
    }

    /// <summary>What a keeper needs after a crash: the same messages give the same share, transcript and certificate.</summary>
    [Fact]
    public void Asked_again_a_receiver_has_the_same_share_and_signs_the_same()
    {
        var session = Session();
        var messages = Dealt(session);

        using var first = Receiving.Receive(session, 2, _secrets[1], messages, out _)!;
        using var again = Receiving.Receive(session, 2, _secrets[1], messages, out _)!;

        Assert.True(first.Share.Bytes.SequenceEqual(again.Share.Bytes));
        Assert.Equal(first.Transcript.ToArray(), again.Transcript.ToArray());
        Assert.Equal(Receiving.Certify(first, _secrets[1]), Receiving.Certify(again, _secrets[1]));
    }

    [Fact]
    public void Everything_that_was_agreed_is_in_the_context()
    {
        var keys = Keys();
        var context = Session().Context.ToArray();
        CeremonySession?[] others =
        [
            CeremonySession.Create("another session"u8, Quorum, keys),
            CeremonySession.Create("a session"u8, Quorum, [keys[1], keys[0], keys[2]]),
            CeremonySession.Create("a session"u8, Quorum, keys[..2]),
            CeremonySession.Reshare("a session"u8, Quorum, [(1, keys[0], keys[0])], keys),
            CeremonySession.Reshare("a session"u8, Quorum, [(2, keys[0], keys[0])], keys),
            CeremonySession.Reshare("a session"u8, Quorum, [(1, keys[0], keys[1])], keys),
        ];

        Assert.All(others, other => Assert.NotEqual(context, other!.Context.ToArray()));
    }

    [Fact]
    public void A_session_that_makes_no_sense_is_none()
    {
        var keys = Keys();

        Assert.Null(CeremonySession.Create("a session"u8, 0, keys));
        Assert.Null(CeremonySession.Create("a session"u8, 4, keys));
        Assert.Null(CeremonySession.Create("a session"u8, 1, []));
        Assert.Null(CeremonySession.Create("a session"u8, Quorum, [keys[0], keys[1], keys[0]]));
        Assert.Null(CeremonySession.Reshare("a session"u8, Quorum, [], keys));
        Assert.Null(CeremonySession.Reshare("a session"u8, Quorum, [(1, keys[0], keys[0]), (1, keys[1], keys[1])], keys));
        Assert.Null(CeremonySession.Reshare("a session"u8, Quorum, [(1, keys[0], keys[0]), (2, keys[0], keys[1])], keys));
        Assert.Null(CeremonySession.Reshare("a session"u8, Quorum, [(0, keys[0], keys[0])], keys));
    }

    private CeremonySession Session() => CeremonySession.Create(Encoding.ASCII.GetBytes("a session"), Quorum, Keys())!;

    private Element[] Keys() => [.. _secrets.Select(Element.FromGenerator)];

    private ReadOnlyMemory<byte>[] Dealt(CeremonySession session) =>
        [.. _secrets.Select(secret => (ReadOnlyMemory<byte>)Dealing.Deal(session, secret, null, RandomNumberGenerator.Fill))];

    private CeremonyBlame? BlameFor(ReadOnlyMemory<byte>[] messages, byte receiver = 1)
    {
        using var result = Receiving.Receive(Session(), receiver, _secrets[receiver - 1], messages, out var blame);
        return blame;
    }

    private static byte[] Replaced(ReadOnlyMemory<byte> message, int at, byte[] part) => [.. message.Span[..at], .. part, .. message.Span[(at + part.Length)..]];

    private static Scalar Negative(byte value)
    {
        using var scalar = Scalar.FromIndex(value);
        using var twice = scalar.Plus(scalar);
        return scalar.Minus(twice);
    }

    /// <summary>Small scalars, one after the other.</summary>
    private static WeToo.Core.RandomBytes Draws(params byte[] values)
    {
        var next = 0;
        return wide =>
        {
            wide.Clear();
            BinaryPrimitives.WriteUInt16LittleEndian(wide, values[next++]);
        };
    }
}
