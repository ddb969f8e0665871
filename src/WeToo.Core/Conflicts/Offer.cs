using System.Security.Cryptography;
using WeToo.Core.Filings;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Conflicts;

/// <summary>A keeper's signed word to whom of the team the case of a filing is not to be offered: those whom it names. WEP-1, section 8.1.</summary>
public static class Offer
{
    /// <summary>What a keeper signs, purpose <see cref="OfferPurpose"/>: deployment ‖ filing id ‖ SHA-256(Filing) ‖ u8 count ‖ signing key[count][32].</summary>
    /// <param name="filing">Whose case.</param>
    /// <param name="skipped">Signing keys of those who are passed over, in ascending order.</param>
    public static byte[] Message(FilingMessage filing, IReadOnlyList<ReadOnlyMemory<byte>> skipped)
    {
        ArgumentNullException.ThrowIfNull(filing);
        ArgumentNullException.ThrowIfNull(skipped);
        var writer = new WireWriter().Bytes(filing.Deployment.Span).Bytes(filing.FilingId.Span).Bytes(SHA256.HashData(filing.Bytes.Span)).U8(checked((byte)skipped.Count));
        foreach (var member in skipped) writer.Bytes(member.Span);
        return writer.ToArray();
    }

    /// <summary>Checks that a keeper signed it.</summary>
    public static bool Verify(ReadOnlySpan<byte> keeper, FilingMessage filing, IReadOnlyList<ReadOnlyMemory<byte>> skipped, ReadOnlySpan<byte> signature) =>
        Ed25519.Verify<OfferPurpose>(keeper, Message(filing, skipped), signature);
}
