using WeToo.Core.Group;

namespace WeToo.Core.Ceremony;

/// <summary>The receivers' side of a ceremony: second and third round, and recovery, which is the second round done again.</summary>
public static class Receiving
{
    /// <summary>Checks all dealings, opens this receiver's shares and adds them up.</summary>
    /// <param name="session">What all agreed on.</param>
    /// <param name="receiver">This receiver's share index, from 1 on.</param>
    /// <param name="staticSecret">This receiver's static secret d.</param>
    /// <param name="messages">One message of each dealer, in order.</param>
    /// <param name="blame">Who spoiled it, when the result is <see langword="null"/>. With several at fault, the first dealer.</param>
    /// <param name="extension">Application data that all certify; usually empty.</param>
    /// <remarks>cocktail-dkg, "Round 2". Constant-time in the shares and the static secret. The same input gives the same result, so a share can be had again.</remarks>
    public static CeremonyResult? Receive(
        CeremonySession session, byte receiver, Scalar staticSecret, IReadOnlyList<ReadOnlyMemory<byte>> messages, out CeremonyBlame? blame, ReadOnlySpan<byte> extension = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentOutOfRangeException.ThrowIfNotEqual(messages.Count, session.Dealers.Count);
        var dealings = new Dealing[messages.Count];
        var payloads = new ReadOnlyMemory<byte>[messages.Count];
        var sum = default(Scalar);
        for (var j = 0; j < dealings.Length; j++)
        {
            var fault = Open(session, j, receiver, staticSecret, messages[j], out var dealing, out var share, out payloads[j]);
            blame = fault is { } what ? new(j + 1, what) : null;
            if (blame is not null)
            {
                sum?.Dispose();
                return null;
            }

            dealings[j] = dealing!;
            var previous = sum;
            sum = previous?.Plus(share!) ?? share!.Copy();
            previous?.Dispose();
            share!.Dispose();
        }

        return Finish(session, receiver, sum!, dealings, payloads, extension, out blame);
    }

    /// <summary>Signs the transcript. cocktail-dkg, "Round 3".</summary>
    /// <param name="result">What this receiver has.</param>
    /// <param name="staticSecret">This receiver's static secret d.</param>
    /// <returns>The certificate, <see cref="Schnorr.Size"/> bytes; the same each time.</returns>
    public static byte[] Certify(CeremonyResult result, Scalar staticSecret)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Schnorr.Sign(staticSecret, result.Transcript.Span);
    }

    /// <summary>Checks that every receiver signed the same transcript.</summary>
    /// <param name="session">What all agreed on.</param>
    /// <param name="transcript">The transcript that this party has.</param>
    /// <param name="signatures">One of each receiver, in order.</param>
    /// <returns><see langword="null"/>, or the first receiver whose signature is missing or wrong.</returns>
    public static CeremonyBlame? CheckCertificate(CeremonySession session, ReadOnlySpan<byte> transcript, IReadOnlyList<ReadOnlyMemory<byte>> signatures)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(signatures);
        for (var i = 0; i < session.Receivers.Count; i++)
            if (i >= signatures.Count || !Schnorr.Verify(session.Receivers[i], transcript, signatures[i].Span)) return new(i + 1, CeremonyFault.Certificate);
        return null;
    }

    private static CeremonyFault? Open(
        CeremonySession session, int dealer, byte receiver, Scalar staticSecret, ReadOnlyMemory<byte> message, out Dealing? dealing, out Scalar? share, out ReadOnlyMemory<byte> payload)
    {
        (share, payload) = (null, default);
        dealing = Dealing.TryParse(session, message);
        if (dealing is null) return CeremonyFault.Malformed;
        if (!dealing.ProvesPossession(session)) return CeremonyFault.ProofOfPossession;
        if (session.Dealers[dealer].Constant is { } constant && !constant.Equals(dealing.Commitment[0])) return CeremonyFault.ConstantDiffers;

        using var plaintext = dealing.Decrypt(session, session.Dealers[dealer].StaticKey, receiver - 1, staticSecret);
        share = plaintext is { Span.Length: >= Scalar.Size } ? Scalar.TryParse(plaintext.Span[..Scalar.Size]) : null;
        if (share is null) return CeremonyFault.Decryption;

        payload = plaintext!.Span[Scalar.Size..].ToArray();
        Span<byte> publicShare = stackalloc byte[Element.Size];
        Sodium.MultiplyGenerator(publicShare, share.Bytes);
        if (Sodium.Equal(publicShare, dealing.PublicShare(receiver))) return null;

        share.Dispose();
        share = null;
        return CeremonyFault.ShareDiffers;
    }

    private static CeremonyResult? Finish(
        CeremonySession session, byte receiver, Scalar share, Dealing[] dealings, ReadOnlyMemory<byte>[] payloads, ReadOnlySpan<byte> extension, out CeremonyBlame? blame)
    {
        // Zero has probability 2⁻²⁵², since every dealer proved that it knows its constant.
        var publicKey = Sum(dealings.Select(dealing => dealing.Commitment[0].ToBytes()))!.Value;
        Element?[] publicShares = [.. Enumerable.Range(1, session.Receivers.Count).Select(i => Sum(dealings.Select(dealing => dealing.PublicShare((byte)i))))];
        var zero = Array.FindIndex(publicShares, publicShare => publicShare is null);
        blame = zero < 0 ? null : new(zero + 1, CeremonyFault.ShareIsZero);
        if (blame is not null)
        {
            share.Dispose();
            return null;
        }

        return Element.FromGenerator(share).Equals(publicShares[receiver - 1]!.Value)
            ? new(share, publicKey, [.. publicShares.Select(publicShare => publicShare!.Value)], session.Transcript(dealings, extension), payloads)
            : throw new InvalidOperationException("Shares that each verify must add up: this is a bug.");
    }

    /// <summary>Adds points up; null for the identity.</summary>
    private static Element? Sum(IEnumerable<byte[]> points)
    {
        Span<byte> sum = stackalloc byte[Element.Size];
        sum.Clear();
        foreach (var point in points) _ = Sodium.crypto_core_ristretto255_add(sum, sum, point);
        return Element.TryParse(sum, out var element) ? element : null;
    }
}
