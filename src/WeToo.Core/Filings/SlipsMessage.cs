using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Wire;

namespace WeToo.Core.Filings;

/// <summary>A rung's y, sealed to the keepers.</summary>
/// <param name="Header">What keepers check and answer to.</param>
/// <param name="Ciphertext">80 bytes.</param>
public sealed record SealedSeed(SealedHeader Header, ReadOnlyMemory<byte> Ciphertext)
{
    /// <summary>Length of <see cref="Ciphertext"/>: a 64-byte y and a 16-byte tag.</summary>
    public const int CiphertextSize = 80;
}

/// <summary>One identifier of a filing, or padding that nobody can tell from one.</summary>
/// <param name="Tag">τ_{t−1}, 32 bytes.</param>
/// <param name="Seeds">y_{t−2}, …, y_0, sealed; so the seed of rung b is at position t − 2 − b.</param>
/// <param name="Mix">ElGamal encryption of N with its proof, 128 bytes, for the mix to come.</param>
public sealed record Slip(ReadOnlyMemory<byte> Tag, IReadOnlyList<SealedSeed> Seeds, ReadOnlyMemory<byte> Mix)
{
    /// <summary>Length of <see cref="Mix"/>, in bytes.</summary>
    public const int MixSize = 128;
}

/// <summary>What the matcher gets of a filing: tags and sealed seeds, signed. WEP-1, section 7.</summary>
public sealed class SlipsMessage
{
    private SlipsMessage(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>The whole message.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The deployment, 16 bytes.</summary>
    public ReadOnlyMemory<byte> Deployment { get; private init; }

    /// <summary>The epoch in which it was made.</summary>
    public uint Epoch { get; private init; }

    /// <summary>The filing's id, 16 bytes.</summary>
    public ReadOnlyMemory<byte> FilingId { get; private init; }

    /// <summary>Who filed.</summary>
    public required Credential Credential { get; init; }

    /// <summary>The least number t, in 2..5.</summary>
    public byte LeastNumber { get; private init; }

    /// <summary>The slips, four of them.</summary>
    public IReadOnlyList<Slip> Slips { get; private init; } = [];

    /// <summary>Length of the message for a least number.</summary>
    public static int SizeFor(byte leastNumber) =>
        1 + Limits.IdSize + 4 + Limits.IdSize + Credential.Size + 1
        + (Limits.SlipCount * (32 + ((leastNumber - 1) * (SealedHeader.Size + SealedSeed.CiphertextSize)) + Slip.MixSize))
        + Ed25519.SignatureSize;

    /// <summary>Reads the message.</summary>
    /// <returns>The slips, or <see langword="null"/> when the form is wrong or a sealed header's parts are not canonical.</returns>
    public static SlipsMessage? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.U8(Limits.Version, Limits.Version);
        var message = new SlipsMessage(bytes)
        {
            Deployment = reader.Bytes(Limits.IdSize),
            Epoch = reader.U32(),
            FilingId = reader.Bytes(Limits.IdSize),
            Credential = Credential.Read(ref reader),
            LeastNumber = reader.U8(Limits.LowestLeastNumber, Limits.HighestLeastNumber),
        };
        if (reader.Failed) return null;

        var slips = new Slip[Limits.SlipCount];
        for (var j = 0; j < slips.Length; j++) slips[j] = ReadSlip(ref reader, message.LeastNumber - 1);
        reader.Bytes(Ed25519.SignatureSize);
        return reader.Done ? new(bytes)
        {
            Deployment = message.Deployment, Epoch = message.Epoch, FilingId = message.FilingId, Credential = message.Credential, LeastNumber = message.LeastNumber, Slips = slips,
        } : null;
    }

    /// <summary>Checks that the pseudonym signed it.</summary>
    /// <returns><see langword="null"/>, or <see cref="Refusal.SignatureInvalid"/>.</returns>
    public Refusal? CheckSignature() => Ed25519.CheckTail<SlipsPurpose>(Credential.Pseudonym.Span, Bytes.Span);

    /// <summary>The sealed seed of a rung, in 0..t−2, of one slip.</summary>
    public SealedSeed Seed(int slip, int rung) => Slips[slip].Seeds[LeastNumber - 2 - rung];

    /// <summary>The label under which a seed was sealed.</summary>
    public byte[] SeedLabel(byte slip, byte rung) => Labels.Seed(Deployment.Span, Credential.Pseudonym.Span, FilingId.Span, slip, rung);

    /// <summary>Writes and signs the message.</summary>
    public static byte[] Write(
        ReadOnlySpan<byte> deployment, uint epoch, ReadOnlySpan<byte> filingId, Credential credential, byte leastNumber, IReadOnlyList<Slip> slips, SigningKey pseudonym)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(slips);
        var writer = credential.WriteTo(new WireWriter().U8(Limits.Version).Bytes(deployment).U32(epoch).Bytes(filingId)).U8(leastNumber);
        foreach (var slip in slips)
        {
            writer.Bytes(slip.Tag.Span);
            foreach (var seed in slip.Seeds) writer.Bytes(seed.Header.ToBytes()).Bytes(seed.Ciphertext.Span);
            writer.Bytes(slip.Mix.Span);
        }

        return writer.SignedBy<SlipsPurpose>(pseudonym);
    }

    private static Slip ReadSlip(ref WireReader reader, int seedCount)
    {
        var tag = reader.Bytes(32);
        var seeds = new SealedSeed[seedCount];
        for (var i = 0; i < seedCount; i++)
        {
            reader.Require(SealedHeader.TryParse(reader.Bytes(SealedHeader.Size).Span, out var header));
            seeds[i] = new(header!, reader.Bytes(SealedSeed.CiphertextSize));
        }

        return new(tag, seeds, reader.Bytes(Slip.MixSize));
    }
}
