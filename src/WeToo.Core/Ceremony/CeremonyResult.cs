using WeToo.Core.Group;

namespace WeToo.Core.Ceremony;

/// <summary>What a party of a ceremony did wrong.</summary>
public enum CeremonyFault
{
    /// <summary>Its message has the wrong form: another number of commitments, a bad element, a bad length.</summary>
    Malformed,

    /// <summary>It did not prove that it knows the constant it commits to.</summary>
    ProofOfPossession,

    /// <summary>It re-shares something else than its old share.</summary>
    ConstantDiffers,

    /// <summary>Its ciphertext for this receiver does not decrypt to a share.</summary>
    Decryption,

    /// <summary>The share it sent is not the one it commits to.</summary>
    ShareDiffers,

    /// <summary>It did not sign the transcript that this party has: one of the two was shown something else.</summary>
    Certificate,

    /// <summary>All shares for this receiver add up to zero, which everybody sees: it conspired with a dealer, and its part would have no weight.</summary>
    ShareIsZero,
}

/// <summary>Who spoiled a ceremony, and how.</summary>
/// <param name="Position">The dealer's (or, for <see cref="CeremonyFault.Certificate"/> and <see cref="CeremonyFault.ShareIsZero"/>, receiver's) position, from 1 on.</param>
/// <param name="Fault">What it did.</param>
public sealed record CeremonyBlame(int Position, CeremonyFault Fault);

/// <summary>What a receiver has after the second round, to be certified by all in the third.</summary>
public sealed class CeremonyResult : IDisposable
{
    internal CeremonyResult(Scalar share, Element publicKey, IReadOnlyList<Element> publicShares, byte[] transcript, IReadOnlyList<ReadOnlyMemory<byte>> payloads) =>
        (Share, PublicKey, PublicShares, Transcript, Payloads) = (share, publicKey, publicShares, transcript, payloads);

    /// <summary>This receiver's share of the key.</summary>
    public Scalar Share { get; }

    /// <summary>The whole key's public counterpart.</summary>
    public Element PublicKey { get; }

    /// <summary>The receivers' public shares; receiver i's is at position i − 1.</summary>
    public IReadOnlyList<Element> PublicShares { get; }

    /// <summary>What every receiver signs.</summary>
    public ReadOnlyMemory<byte> Transcript { get; }

    /// <summary>What the dealers sent along with the shares.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Payloads { get; }

    /// <inheritdoc/>
    public void Dispose() => Share.Dispose();
}
