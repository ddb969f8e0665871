using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeToo.Core.Ceremony;
using WeToo.Core.Group;
using Xunit;

namespace WeToo.Tests.Core.Ceremony;

/// <summary>
/// The vectors of C2SP/CCTV, byte for byte: every message is dealt, read, opened, added up, certified and recovered as its parties would. The
/// dealers' randomness comes from the published seed: SHA-512(seed ‖ suite ‖ u32 t ‖ u32 n ‖ "round1_participant_i" ‖ u64 block), all little-endian.
/// </summary>
public sealed class CocktailVectorTests
{
    public static TheoryData<int> Cases => [0, 1, 2, 3];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Context_is_the_published_one(int index)
    {
        var (vector, session) = Load(index);

        Assert.Equal(vector.GetProperty("context").GetString(), Convert.ToHexStringLower(session.Context.Span));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_receiver_ends_with_the_published_share_and_keys(int index)
    {
        var (vector, session) = Load(index);
        for (var i = 1; i <= session.Receivers.Count; i++)
        {
            using var result = Receive(vector, session, i);
            var expected = vector.GetProperty("round2")[i - 1];

            Assert.Equal(expected.GetProperty("secret_share").GetString(), Hex(result.Share));
            Assert.Equal(expected.GetProperty("verification_share").GetString(), Convert.ToHexStringLower(result.PublicShares[i - 1].ToBytes()));
            Assert.Equal(vector.GetProperty("group_public_key").GetString(), Convert.ToHexStringLower(result.PublicKey.ToBytes()));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_transcript_and_every_signature_on_it_are_the_published_ones(int index)
    {
        var (vector, session) = Load(index);
        using var result = Receive(vector, session, 1);
        var round3 = vector.GetProperty("round3");
        ReadOnlyMemory<byte>[] signatures =
        [
            .. Enumerable.Range(1, session.Receivers.Count).Select(i =>
            {
                using var secret = StaticSecret(vector, i);
                return Schnorr.Sign(secret, result.Transcript.Span);
            }),
        ];

        Assert.Equal(round3.GetProperty("transcript_hash").GetString(), Convert.ToHexStringLower(SHA512.HashData(result.Transcript.Span)));
        Assert.Equal(round3.GetProperty("signatures").EnumerateArray().Select(s => s.GetProperty("signature").GetString()), signatures.Select(s => Convert.ToHexStringLower(s.Span)));
        Assert.Null(Receiving.CheckCertificate(session, result.Transcript.Span, signatures));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_proof_of_possession_is_the_published_one(int index)
    {
        var (vector, _) = Load(index);
        foreach (var round1 in vector.GetProperty("round1").EnumerateArray())
        {
            var steps = round1.GetProperty("pop_intermediate");
            var prefix = "COCKTAIL-DKG-Ristretto255-SHA512-NONCE".Length;
            using var constant = Scalar.TryParse(Bytes(steps.GetProperty("nonce_input")).AsSpan(prefix, Scalar.Size))!;

            Assert.Equal(Bytes(round1.GetProperty("pop")), Schnorr.Sign(constant, Bytes(steps.GetProperty("message"))));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_dealer_sends_the_published_message(int index)
    {
        var (vector, session) = Load(index);
        var messages = Messages(vector);
        for (var i = 1; i <= messages.Length; i++)
        {
            using var secret = StaticSecret(vector, i);
            var payload = vector.TryGetProperty("payloads", out var payloads) ? Bytes(payloads[i - 1]) : [];

            var dealt = Dealing.Deal(session, secret, null, Stream(session, i), payload);

            Assert.Equal(Convert.ToHexStringLower(messages[i - 1].Span), Convert.ToHexStringLower(dealt));
        }
    }

    [Fact]
    public void What_the_dealers_sent_along_arrives()
    {
        var (vector, session) = Load(3);
        using var result = Receive(vector, session, 2);

        Assert.Equal(vector.GetProperty("payloads").EnumerateArray().Select(hex => hex.GetString()), result.Payloads.Select(payload => Convert.ToHexStringLower(payload.Span)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_lost_share_is_recovered_from_the_messages(int index)
    {
        var (vector, session) = Load(index);
        var recovery = vector.GetProperty("recovery");
        using var result = Receive(vector, session, recovery.GetProperty("participant_id").GetInt32());

        Assert.Equal(recovery.GetProperty("recovered_secret_share").GetString(), Hex(result.Share));
    }

    private static CeremonyResult Receive(JsonElement vector, CeremonySession session, int receiver)
    {
        using var secret = StaticSecret(vector, receiver);
        var result = Receiving.Receive(session, (byte)receiver, secret, Messages(vector), out var blame, Bytes(vector.GetProperty("extension")));
        Assert.Null(blame);
        return result!;
    }

    private static (JsonElement Vector, CeremonySession Session) Load(int index)
    {
        using var file = Vectors.Read("cocktail-dkg.json");
        var vector = file.RootElement.GetProperty("vectors")[index].Clone();
        Element[] keys = [.. vector.GetProperty("config").GetProperty("static_public_keys").EnumerateArray().Select(ElementOf)];
        return (vector, CeremonySession.Create(Bytes(vector.GetProperty("session_tag")), vector.GetProperty("t").GetInt32(), keys)!);
    }

    private static WeToo.Core.RandomBytes Stream(CeremonySession session, int dealer)
    {
        var seed = Convert.FromHexString("b171b6992cc6db1f40b18dd8b1361d642f013e4b1208a735259a516af60dcb68");
        byte[] label = [.. seed, .. "COCKTAIL(Ristretto255, SHA-512)"u8, .. BitConverter.GetBytes(session.Quorum), .. BitConverter.GetBytes(session.Receivers.Count), .. Encoding.ASCII.GetBytes($"round1_participant_{dealer}")];
        var block = 0UL;
        return wide => SHA512.HashData([.. label, .. BitConverter.GetBytes(block++)]).CopyTo(wide);
    }

    private static ReadOnlyMemory<byte>[] Messages(JsonElement vector) =>
    [
        .. vector.GetProperty("round1").EnumerateArray().Select(round1 => (ReadOnlyMemory<byte>)(byte[])
        [
            .. round1.GetProperty("vss_commitment").EnumerateArray().SelectMany(Bytes),
            .. Bytes(round1.GetProperty("pop")),
            .. Bytes(round1.GetProperty("ephemeral_public_key")),
            .. round1.GetProperty("encrypted_shares").EnumerateArray().Select(Bytes).SelectMany(c => (byte[])[0, 0, 0, 0, 0, 0, 0, (byte)c.Length, .. c]),
        ]),
    ];

    private static Scalar StaticSecret(JsonElement vector, int i) =>
        Scalar.TryParse(Bytes(vector.GetProperty("config").GetProperty("static_secret_keys")[i - 1]))!;

    private static string Hex(Scalar scalar)
    {
        var bytes = new byte[Scalar.Size];
        scalar.CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private static Element ElementOf(JsonElement hex) => Element.TryParse(Bytes(hex), out var element) ? element : throw new JsonException();

    private static byte[] Bytes(JsonElement hex) => Convert.FromHexString(hex.GetString()!);
}
