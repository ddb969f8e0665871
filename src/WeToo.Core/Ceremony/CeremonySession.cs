using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WeToo.Core.Group;
using WeToo.Core.Threshold;

namespace WeToo.Core.Ceremony;

/// <summary>Who deals in a ceremony.</summary>
/// <param name="StaticKey">The dealer's static public key P.</param>
/// <param name="Constant">What the first commitment must be, where the old shares fix it; <see langword="null"/> where the dealer draws it.</param>
public sealed record CeremonyDealer(Element StaticKey, Element? Constant);

/// <summary>
/// What all parties of a ceremony agree on before it begins: who deals, who receives, how many make a quorum. Creating a key is the C2SP
/// protocol cocktail-dkg, suite COCKTAIL(Ristretto255, SHA-512); re-sharing one is our extension of it. spec/ceremony.md.
/// </summary>
public sealed class CeremonySession
{
    private const string CreateSuite = "COCKTAIL(Ristretto255, SHA-512)";
    private const string ReshareSuite = "WETOO-RESHARE(Ristretto255, SHA-512)";

    private CeremonySession(string suite, int quorum, IReadOnlyList<CeremonyDealer> dealers, IReadOnlyList<Element> receivers, byte[] context) =>
        (Suite, Quorum, Dealers, Receivers, Context) = (suite, quorum, dealers, receivers, context);

    /// <summary>How many of the receivers will make a quorum, t.</summary>
    public int Quorum { get; }

    /// <summary>Who deals, in order.</summary>
    public IReadOnlyList<CeremonyDealer> Dealers { get; }

    /// <summary>The static public keys of those who receive; receiver i, from 1 on, gets the share of index i.</summary>
    public IReadOnlyList<Element> Receivers { get; }

    /// <summary>Binds session, suite and parties, 64 bytes.</summary>
    public ReadOnlyMemory<byte> Context { get; }

    internal string Suite { get; }

    /// <summary>A ceremony that creates a key that nobody holds: every party deals and receives.</summary>
    /// <param name="sessionTag">Unique to this run.</param>
    /// <param name="quorum">t, in 1..n.</param>
    /// <param name="parties">The static public keys P_1 … P_n, in the order that all agree on.</param>
    /// <returns>The session, or <see langword="null"/> when the numbers are out of range or two keys are the same.</returns>
    public static CeremonySession? Create(ReadOnlySpan<byte> sessionTag, int quorum, IReadOnlyList<Element> parties)
    {
        ArgumentNullException.ThrowIfNull(parties);
        return IsSound(quorum, parties)
            ? new(CreateSuite, quorum, [.. parties.Select(key => new CeremonyDealer(key, null))], parties, ContextOf(sessionTag, CreateSuite, parties))
            : null;
    }

    /// <summary>
    /// A ceremony that hands an existing key to a new set of keepers, or gives the same keepers fresh shares: each dealer i of an old quorum S
    /// shares λᵢ·(its share), whose public counterpart λᵢ·Yᵢ everybody knows; the new shares of all dealers add up to shares of the same key.
    /// </summary>
    /// <param name="sessionTag">Unique to this run.</param>
    /// <param name="quorum">The new quorum, in 1..n.</param>
    /// <param name="dealers">
    /// A whole old quorum: share index, static key, public share Yᵢ. Fewer hand on another key, which nothing here can tell: the caller counts
    /// them, and compares <see cref="CeremonyResult.PublicKey"/> with the key it knows.
    /// </param>
    /// <param name="receivers">The static public keys of the new set, in order.</param>
    /// <returns>The session, or <see langword="null"/> when the numbers are out of range or two keys or indices are the same.</returns>
    /// <remarks>Source: Desmedt and Jajodia, "Redistributing Secret Shares to New Access Structures", 1997; commitments as in Feldman's VSS.</remarks>
    public static CeremonySession? Reshare(
        ReadOnlySpan<byte> sessionTag, int quorum, IReadOnlyList<(byte Index, Element StaticKey, Element PublicShare)> dealers, IReadOnlyList<Element> receivers)
    {
        ArgumentNullException.ThrowIfNull(dealers);
        ArgumentNullException.ThrowIfNull(receivers);
        byte[] indices = [.. dealers.Select(dealer => dealer.Index)];
        if (!IsSound(quorum, receivers) || dealers.Count == 0 || !Lagrange.AreDistinct(indices)) return null;
        if (dealers.Select(dealer => dealer.StaticKey).Distinct().Count() != dealers.Count) return null;

        CeremonyDealer[] bound =
        [
            .. dealers.Select(dealer =>
            {
                using var coefficient = Lagrange.AtZero(dealer.Index, indices);
                return new CeremonyDealer(dealer.StaticKey, dealer.PublicShare.Times(coefficient));
            }),
        ];
        Element[] everybody = [.. receivers, .. dealers.Select(dealer => dealer.StaticKey), .. bound.Select(dealer => dealer.Constant!.Value)];
        return new(ReshareSuite, quorum, bound, receivers, ContextOf(sessionTag, ReshareSuite, everybody));
    }

    /// <summary>The transcript T that every receiver signs. cocktail-dkg, "Round 3: Certification".</summary>
    internal byte[] Transcript(IReadOnlyList<Dealing> dealings, ReadOnlySpan<byte> extension)
    {
        using var transcript = new MemoryStream();
        var suite = Encoding.ASCII.GetBytes(Suite);
        Append(transcript, LittleEndian((ulong)suite.Length), suite, LittleEndian((ulong)Context.Length), Context.Span.ToArray());
        Append(transcript, LittleEndian((uint)Receivers.Count), LittleEndian((uint)Quorum));
        foreach (var receiver in Receivers) transcript.Write(receiver.Bytes);
        foreach (var dealing in dealings) transcript.Write(dealing.CommitmentBytes.Span);
        foreach (var dealing in dealings) transcript.Write(dealing.ProofOfPossession.Span);
        foreach (var dealing in dealings) transcript.Write(dealing.Ephemeral.Bytes);
        transcript.Write(LittleEndian((ulong)extension.Length));
        transcript.Write(extension);
        return transcript.ToArray();
    }

    private static bool IsSound(int quorum, IReadOnlyList<Element> receivers) =>
        quorum >= 1 && quorum <= receivers.Count && receivers.Count <= byte.MaxValue && receivers.Distinct().Count() == receivers.Count;

    private static byte[] ContextOf(ReadOnlySpan<byte> sessionTag, string suite, IReadOnlyList<Element> keys)
    {
        var suiteBytes = Encoding.ASCII.GetBytes(suite);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData("COCKTAIL-DKG-CONTEXT"u8);
        hash.AppendData(BigEndian((ulong)sessionTag.Length));
        hash.AppendData(sessionTag);
        hash.AppendData(BigEndian((ulong)suiteBytes.Length));
        hash.AppendData(suiteBytes);
        hash.AppendData(LittleEndian((uint)keys.Count));
        foreach (var key in keys) hash.AppendData(key.Bytes);
        return hash.GetHashAndReset();
    }

    private static void Append(MemoryStream stream, params byte[][] parts)
    {
        foreach (var part in parts) stream.Write(part);
    }

    private static byte[] BigEndian(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] LittleEndian(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] LittleEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
