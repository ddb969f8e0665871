using System.Buffers.Binary;
using System.Security.Cryptography;
using WeToo.Core.Group;
using WeToo.Core.Sealing;
using WeToo.Core.Threshold;
using WeToo.Core.Wire;

namespace WeToo.Core.Ceremony;

/// <summary>
/// A dealer's message of the first round: commitments C, proof of possession, ephemeral key E and one encrypted share for each receiver.
/// Public; the dealer needs to keep nothing else. cocktail-dkg, msg1.
/// </summary>
public sealed class Dealing
{
    private const int LengthSize = 8;
    private const int LongestCiphertext = 65536;

    private Dealing(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>The whole message.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    internal IReadOnlyList<Element> Commitment { get; private init; } = [];

    internal ReadOnlyMemory<byte> CommitmentBytes { get; private init; }

    internal ReadOnlyMemory<byte> ProofOfPossession { get; private init; }

    internal Element Ephemeral { get; private init; }

    internal IReadOnlyList<ReadOnlyMemory<byte>> Ciphertexts { get; private init; } = [];

    /// <summary>Deals: shares a constant among the receivers.</summary>
    /// <param name="session">What all agreed on.</param>
    /// <param name="staticSecret">The dealer's static secret d.</param>
    /// <param name="constant">The constant to share, where old shares fix it; <see langword="null"/> to draw one.</param>
    /// <param name="random">For the polynomial and the ephemeral key.</param>
    /// <param name="payload">Sent to every receiver along with its share; usually empty.</param>
    /// <returns>The message. Constant-time in all secrets.</returns>
    public static byte[] Deal(CeremonySession session, Scalar staticSecret, Scalar? constant, RandomBytes random, ReadOnlySpan<byte> payload = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        Scalar[] polynomial = [constant?.Copy() ?? Scalar.Random(random), .. Enumerable.Range(1, session.Quorum - 1).Select(_ => Scalar.Random(random))];
        using var ephemeral = Scalar.Random(random);
        var ephemeralKey = Element.FromGenerator(ephemeral);
        var sender = Element.FromGenerator(staticSecret);

        var writer = new WireWriter();
        foreach (var coefficient in polynomial) writer.Element(Element.FromGenerator(coefficient));
        writer.Bytes(Schnorr.Sign(polynomial[0], [.. session.Context.Span, .. writer.Written, .. ephemeralKey.Bytes])).Element(ephemeralKey);
        for (var i = 0; i < session.Receivers.Count; i++)
        {
            using var share = Shamir.Evaluate(polynomial, (byte)(i + 1));
            using var key = DeriveKey(session, session.Receivers[i].Times(ephemeral), session.Receivers[i].Times(staticSecret), ephemeralKey, sender, session.Receivers[i]);
            using var plaintext = SecretBytes.Take([.. share.Bytes, .. payload]);
            var ciphertext = Xchacha.Seal(key.Span[..32], key.Span[32..56], plaintext.Span, default);
            writer.U64((ulong)ciphertext.Length).Bytes(ciphertext);
        }

        foreach (var coefficient in polynomial) coefficient.Dispose();
        return writer.ToArray();
    }

    /// <summary>Reads a dealer's message.</summary>
    /// <returns>The dealing, or <see langword="null"/> when it has not exactly t commitments and n ciphertexts, or an element is not canonical.</returns>
    public static Dealing? TryParse(CeremonySession session, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(session);
        var reader = new WireReader(bytes);
        var commitmentBytes = reader.Bytes(session.Quorum * Element.Size);
        var proof = reader.Bytes(Schnorr.Size);
        var ephemeral = reader.Element();
        var ciphertexts = new ReadOnlyMemory<byte>[session.Receivers.Count];
        for (var i = 0; i < ciphertexts.Length; i++)
        {
            var length = reader.U64();
            reader.Require(length is >= Scalar.Size + Xchacha.TagSize and <= LongestCiphertext);
            if (reader.Failed) return null;
            ciphertexts[i] = reader.Bytes((int)length);
        }

        var elements = new WireReader(commitmentBytes);
        var commitment = new Element[session.Quorum];
        for (var k = 0; k < commitment.Length; k++) commitment[k] = elements.Element();
        return reader.Done && elements.Done
            ? new(bytes) { Commitment = commitment, CommitmentBytes = commitmentBytes, ProofOfPossession = proof, Ephemeral = ephemeral, Ciphertexts = ciphertexts }
            : null;
    }

    /// <summary>Whether the dealer knew the constant it commits to, in this session.</summary>
    internal bool ProvesPossession(CeremonySession session) =>
        Schnorr.Verify(Commitment[0], [.. session.Context.Span, .. CommitmentBytes.Span, .. Ephemeral.Bytes], ProofOfPossession.Span);

    /// <summary>Decrypts what this dealer sent to one receiver: share ‖ payload; null when it does not decrypt.</summary>
    internal SecretBytes? Decrypt(CeremonySession session, Element sender, int receiver, Scalar staticSecret)
    {
        using var key = DeriveKey(session, Ephemeral.Times(staticSecret), sender.Times(staticSecret), Ephemeral, sender, session.Receivers[receiver]);
        return Xchacha.Open(key.Span[..32], key.Span[32..56], Ciphertexts[receiver].Span, default) is { } plaintext ? SecretBytes.Take(plaintext) : null;
    }

    /// <summary>Σ iᵏ·C_k: the public counterpart of the share of index i, as 32 bytes; all zero for the identity.</summary>
    internal byte[] PublicShare(byte index)
    {
        var sum = new byte[Element.Size];
        using var x = Scalar.FromIndex(index);
        for (var k = Commitment.Count - 1; k >= 0; k--)
        {
            Sodium.Multiply(sum, x.Bytes, sum.ToArray());
            _ = Sodium.crypto_core_ristretto255_add(sum, sum.ToArray(), Commitment[k].Bytes);
        }

        return sum;
    }

    /// <summary>H6 of cocktail-dkg: key[32] ‖ nonce[24] and eight bytes to spare.</summary>
    private static SecretBytes DeriveKey(CeremonySession session, Element ephemeralSecret, Element staticSecret, Element ephemeral, Element sender, Element receiver)
    {
        Span<byte> length = stackalloc byte[LengthSize];
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, session.Context.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData("COCKTAIL-DKG-Ristretto255-SHA512-H6"u8);
        hash.AppendData(ephemeralSecret.Bytes);
        hash.AppendData(staticSecret.Bytes);
        hash.AppendData(ephemeral.Bytes);
        hash.AppendData(sender.Bytes);
        hash.AppendData(receiver.Bytes);
        hash.AppendData(length);
        hash.AppendData(session.Context.Span);
        _ = hash.GetHashAndReset(digest);
        return SecretBytes.Take(digest);
    }
}
